"""Makes a request to end an orderly end: the kernel stops, and nothing half stays behind."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from types import FrameType

from balanstest_analysis.document.operating_system import requests_to_end


class Terminated(SystemExit):
    """Raised where the work is, when the process is asked to end; asyncio lets it through."""


@dataclass(kw_only=True)
class Ending:
    """Whether the process was asked to end, and whether the work may be broken off for it."""

    asked: bool = False
    _interruptible: bool = False

    @contextlib.contextmanager
    def interruptible(self) -> Iterator[None]:
        """Let the work inside be broken off; what is outside, such as tidying up, is finished.

        Raises:
            Terminated: The process is asked to end, or was before.
        """
        self._interruptible = True
        try:
            self.raise_if_asked()
            yield
        finally:
            self._interruptible = False

    def raise_if_asked(self) -> None:
        """Break off here, where what was broken off has become another error on its way.

        Raises:
            Terminated: The process was asked to end.
        """
        if self.asked:
            raise Terminated

    def on_signal(self, _number: int, _frame: FrameType | None) -> None:
        """Break the work off once; a second signal does not disturb the tidying up."""
        self.asked = True
        if self._interruptible:
            self._interruptible = False
            raise Terminated


@contextlib.contextmanager
def terminable() -> Iterator[Ending]:
    """Yield what knows of a request to end; only the main thread can be told of one."""
    ending = Ending()
    if threading.current_thread() is not threading.main_thread():
        yield ending
        return
    previous = {one: signal.signal(one, ending.on_signal) for one in requests_to_end()}
    try:
        yield ending
    finally:
        for one, handler in previous.items():
            signal.signal(one, handler)
