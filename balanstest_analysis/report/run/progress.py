"""What a run tells while it goes on."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field


class Step(str):
    """The name of a step that begins, with how many of how many steps are behind it."""

    __slots__ = ("done", "total")

    done: int
    total: int

    def __new__(cls, name: str, *, done: int, total: int) -> Step:
        """Return a step; it reads and prints as its name."""
        step = super().__new__(cls, name)
        step.done = done
        step.total = total
        return step


Progress = Callable[[Step], None]


def quiet(_step: Step) -> None:
    """Tell nothing."""


@dataclass(kw_only=True)
class StepTimer:
    """Counts the steps of one run and measures them."""

    on_progress: Progress
    total: int
    durations: dict[str, float] = field(default_factory=dict)
    _done: int = 0
    _measured: str = ""
    _since: float = 0.0

    def begin(self, name: str, *, measured_as: str) -> None:
        """End the current step and begin the next.

        Args:
            name: What to tell.
            measured_as: Key under which the seconds of this step are summed.
        """
        self.end()
        self._measured = measured_as
        self.on_progress(Step(name, done=min(self._done, self.total), total=self.total))
        self._done += 1

    def end(self) -> dict[str, float]:
        """End the current step and return the seconds so far, to milliseconds."""
        now = time.perf_counter()
        if self._measured:
            spent = self.durations.get(self._measured, 0.0)
            self.durations[self._measured] = spent + now - self._since
        self._since, self._measured = now, ""
        return {name: round(seconds, 3) for name, seconds in self.durations.items()}
