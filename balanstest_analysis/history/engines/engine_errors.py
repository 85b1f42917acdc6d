"""How an engine's errors become ours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from balanstest_analysis.errors import BalanstestError


@contextmanager
def retold(our_error: Callable[[Exception], BalanstestError | None]) -> Iterator[None]:
    """Raise an engine's errors as ours, which hold no row and no address.

    Args:
        our_error: returns an error in our words, or None where it is not one of the engine's.
    """
    try:
        yield
    except Exception as error:
        ours = our_error(error)
        if ours is None:
            raise
        raise ours from None
