"""The steps of a run on a terminal: a bar where there is one, lines with times elsewhere."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from balanstest_analysis.report.progress import Progress, Step


@contextmanager
def shown_progress(console: Console) -> Iterator[Progress]:
    """Yield a callback that shows each step as it begins."""
    if not console.is_terminal:
        yield _lines(console)
        return
    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bar(*columns, TextColumn("{task.description}"), console=console, transient=True) as bar:
        task = bar.add_task("starting")
        yield lambda step: bar.update(task, description=step, completed=step.done, total=step.total)


def _lines(console: Console) -> Progress:
    started = time.monotonic()

    def line(step: Step) -> None:
        console.print(f"{time.monotonic() - started:5.1f} s  {step}")

    return line
