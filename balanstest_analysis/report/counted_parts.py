"""How far the counting of a large history is: in words, and from one process to another."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from balanstest_analysis.document.opening import content_of

COUNTED_FILE: Final = "BALANSTEST_COUNTED_FILE"
OnParts = Callable[[int, int], None]
_LOOK_EVERY: Final = 0.5
_LONGEST: Final = 100
_ROUNDED_TO: Final = 5
_IN_MINUTES_FROM: Final = 90


class CountedParts:
    """Puts in words how many parts are counted, and how long the others will take.

    Args:
        clock: seconds.

    Examples:
        >>> seconds = iter([0.0, 21.0, 189.0])
        >>> parts = CountedParts(clock=lambda: next(seconds))
        >>> for done in (0, 7, 20):
        ...     parts.told(done, 21)
        'counting customers: 0 of 21 parts'
        'counting customers: 7 of 21 parts, about 40 seconds to go'
        'counting customers: 20 of 21 parts, about 10 seconds to go'
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._first: tuple[float, int] | None = None

    def told(self, done: int, total: int) -> str:
        """Return the words, or nothing where nothing is being counted.

        Args:
            done: parts that are counted.
            total: parts; 0 once all is counted.
        """
        if not total:
            self._first = None
            return ""
        now = self._clock()
        began, before = self._first = self._first or (now, done)
        words = f"counting customers: {done} of {total} parts"
        if done == before:
            return words
        left = (now - began) / (done - before) * (total - done)
        return f"{words}, about {_duration(left)} to go"


def _duration(seconds: float) -> str:
    """Return a duration in words.

    Examples:
        >>> _duration(0.2), _duration(38), _duration(91), _duration(1000)
        ('5 seconds', '40 seconds', '2 minutes', '17 minutes')
    """
    if seconds >= _IN_MINUTES_FROM:
        return f"{round(seconds / 60)} minutes"
    return f"{max(round(seconds / _ROUNDED_TO), 1) * _ROUNDED_TO} seconds"


def parts_to_run() -> OnParts:
    """Return what tells the run that started this process of the parts, if a run did."""
    place = os.environ.get(COUNTED_FILE)
    return _nothing if not place else _written_to(Path(place))


def _nothing(_done: int, _total: int) -> None:
    """Tell nobody."""


def _written_to(file: Path) -> OnParts:
    def write(done: int, total: int) -> None:
        other = file.with_name(f"{file.name}.new")
        with suppress(OSError):  # what cannot be told is no reason to stop
            other.write_text(f"{done} {total}", "ascii")
            other.replace(file)

    return write


@contextmanager
def parts_watched(file: Path, on_parts: OnParts, *, every: float = _LOOK_EVERY) -> Iterator[None]:
    """Pass on what another process tells of its parts.

    Args:
        file: to which it writes them.
        on_parts: called in a thread of its own, when there is something new.
        every: seconds between two looks.
    """
    ended, told = threading.Event(), ""

    def look() -> None:
        nonlocal told
        with suppress(OSError, ValueError):
            found = content_of(file, _LONGEST).decode("ascii")
            if found != told:
                done, total = map(int, found.split())
                told = found
                on_parts(done, total)

    def watch() -> None:
        while not ended.wait(every):
            look()

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        yield
    finally:
        ended.set()
        watching.join()
