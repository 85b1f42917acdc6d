"""Where messages go that are no result: standard error."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console

from balanstest_analysis.report.counted_parts import CountedParts

notes = Console(stderr=True, highlight=False, soft_wrap=True)


@contextmanager
def counting(before: str = "", console: Console = notes) -> Iterator[Callable[[int, int], None]]:
    """Yield what tells on a terminal how far the counting of a large history is.

    Args:
        before: told until then; nothing is told of a small history where it is empty.
        console: the terminal.
    """
    status, parts = console.status(before), CountedParts()

    def tell(done: int, total: int) -> None:
        words = parts.told(done, total)
        if words:
            status.start()
            status.update(words)
        else:
            status.stop()

    if before:
        status.start()
    try:
        yield tell
    finally:
        status.stop()
