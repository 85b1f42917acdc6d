"""Counts as somebody gives them in Python: numbers, or one sentence that says what is wrong."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from balanstest_analysis.errors import FitError
from balanstest_analysis.statistics.floats import Floats


def checked_counts(
    exposure: ArrayLike, events: ArrayLike, months: ArrayLike | None = None
) -> tuple[Floats, Floats, Floats]:
    """Return months, contacts and events as numbers, one of each for every row.

    Args:
        exposure: contacts, shape (rows,).
        events: at most as many as contacts, same shape.
        months: same shape; by default 0, 1, 2, ...

    Raises:
        FitError: with the first row that cannot be a count, and what is allowed.

    Examples:
        >>> checked_counts([20, 29], [0, 1])
        (array([0., 1.]), array([20., 29.]), array([0., 1.]))
        >>> checked_counts([10], [11])
        Traceback (most recent call last):
        balanstest_analysis.errors.FitError: Row 1 has more events than contacts. Allowed are
        counts with 0 <= events <= contacts; correct that row.
    """
    n, k = _numbers("exposure", exposure), _numbers("events", events)
    x = np.arange(len(n), dtype=float) if months is None else _numbers("months", months)
    if not len(x) == len(n) == len(k):
        raise FitError(
            f"There are {len(x)} months, {len(n)} values of `exposure` and {len(k)} of `events`. "
            "Give one of each for every row."
        )
    _refuse_rows("has a month that is empty or no number", ~np.isfinite(x))
    _refuse_rows("has contacts or events that are empty or no number", ~np.isfinite(n + k))
    _refuse_rows("has fewer than 0 contacts or events", (n < 0) | (k < 0))
    _refuse_rows("has more events than contacts", k > n)
    return x, n, k


def _numbers(name: str, given: ArrayLike) -> Floats:
    values = np.asarray(given)
    if values.ndim != 1:
        raise FitError(f"`{name}` is no row of numbers. Give a list or a column, as [200, 150].")
    if values.dtype.kind not in "biufO" or any(isinstance(value, str) for value in values):
        raise FitError(f"`{name}` holds text or dates. Give numbers, such as [200, 150].")
    try:
        return values.astype(float)
    except (TypeError, ValueError):
        raise FitError(
            f"`{name}` holds an empty value, or something that is no number. Give numbers, such "
            "as [200, 150]."
        ) from None


def _refuse_rows(what: str, wrong: np.ndarray) -> None:
    if wrong.any():
        raise FitError(
            f"Row {int(np.flatnonzero(wrong)[0]) + 1} {what}. Allowed are counts with 0 <= events "
            "<= contacts; correct that row."
        )
