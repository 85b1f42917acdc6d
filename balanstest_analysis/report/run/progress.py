"""What a run tells while it goes on."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field


class Step(str):
    """The name of a step, with how many of how many steps are behind it.

    What is told while it goes on is `within`; it is None where the step begins.
    """

    __slots__ = ("done", "total", "within")

    done: int
    total: int
    within: str | None

    def __new__(cls, name: str, *, done: int, total: int, within: str | None = None) -> Step:
        """Return a step; it reads and prints as its name."""
        step = super().__new__(cls, name)
        step.done = done
        step.total = total
        step.within = within
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
    _step: Step | None = None
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
        self._step = Step(name, done=min(self._done, self.total), total=self.total)
        self.on_progress(self._step)
        self._done += 1

    def tell(self, within: str) -> None:
        """Tell how far the current step is; nothing where that is not known any more."""
        if (step := self._step) is not None:
            self.on_progress(Step(step, done=step.done, total=step.total, within=within))

    def end(self) -> dict[str, float]:
        """End the current step and return the seconds so far, to milliseconds."""
        now = time.perf_counter()
        if self._measured:
            spent = self.durations.get(self._measured, 0.0)
            self.durations[self._measured] = spent + now - self._since
        self._since, self._measured = now, ""
        return {name: round(seconds, 3) for name, seconds in self.durations.items()}
