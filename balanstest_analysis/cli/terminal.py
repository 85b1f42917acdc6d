"""Runs on a terminal: steps as a bar or as lines with times, and what came of many dossiers."""

from __future__ import annotations

import time
import webbrowser
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.box import ASCII2
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar
from rich.table import Table

from balanstest_analysis.cli.console import notes
from balanstest_analysis.errors import BalanstestError
from balanstest_analysis.report.batch import ProposalFacts, Row
from balanstest_analysis.report.event_log import Log
from balanstest_analysis.report.run import Progress, ReportRun, Step


@contextmanager
def shown_progress(console: Console) -> Iterator[Progress]:
    """Yield a callback that shows each step as it begins."""
    if not console.is_terminal:
        yield _lines(console)
        return
    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bar(*columns, TextColumn("{task.description}"), console=console, transient=True) as bar:
        task = bar.add_task("reading the dossier")
        yield lambda step: bar.update(
            task, description=step.within or step, completed=step.done, total=step.total
        )


def _lines(console: Console) -> Progress:
    started, told = time.monotonic(), ""

    def line(step: Step) -> None:
        nonlocal told
        if step != told:
            console.print(f"{time.monotonic() - started:5.1f} s  {step}")
        told = step

    return line


def logged_run(
    make: Callable[[Progress], ReportRun], *, log: Log, dossier: Path, progress: Progress
) -> ReportRun:
    """Return a run whose steps and end are kept in a log as well as told.

    Args:
        make: starts the run, given what is to be told of its steps.
        log: of events.
        dossier: as it was given.
        progress: shows the steps.

    Raises:
        BalanstestError: as the run raises it, once it is in the log.
    """
    subject = str(dossier)

    def on_step(step: Step) -> None:
        if step.within is None:
            log("step", dossier=subject, step=step, done=step.done, total=step.total)
        progress(step)

    log("run_begins", dossier=subject)
    try:
        run = make(on_step)
    except BalanstestError as error:
        log("failed", dossier=subject, exit_code=error.exit_code, reason=str(error))
        raise
    log(run.status, dossier=subject, exit_code=0, seconds=round(run.seconds, 3))
    return run


def open_in_browser(page: Path) -> None:
    """Open a page in the browser of who runs this, or say that there is none.

    Args:
        page: that is there.
    """
    if not webbrowser.open(page.resolve().as_uri()):
        notes.print("No browser was found here; open the file yourself.")


def row_line(row: Row) -> str:
    """Return what is told of a dossier when it has ended."""
    outcome = row.outcome
    line = f"{outcome.seconds:5.1f} s  {outcome.status:<7} {row.dossier}"
    return f"{line}: {outcome.reason}" if outcome.reason else line


def overview_table(rows: Sequence[Row]) -> Table:
    """Return the dossiers as a table: proposal, change, status, duration and findings."""
    table = Table(title="Reports of the quarter", title_justify="left", box=ASCII2)
    table.add_column("dossier", overflow="fold")
    for name in ("period", "status", "exit"):
        table.add_column(name, no_wrap=True)
    for name in ("term", "before", "change", "findings", "seconds"):
        table.add_column(name, justify="right")
    for row in rows:
        table.add_row(*_overview_cells(row))
    return table


def _overview_cells(row: Row) -> Iterator[str]:
    yield escape(row.dossier)
    yield row.period or "-"
    yield row.outcome.status
    yield str(row.outcome.exit_code)
    yield _term(row.proposal)
    yield _term(row.previous)
    yield "-" if row.change_months is None else f"{row.change_months:+d}"
    yield "-" if row.findings is None else str(row.findings)
    yield f"{row.outcome.seconds:.1f}"


def _term(proposal: ProposalFacts | None) -> str:
    if proposal is None:
        return "-"
    term = proposal["term_months"]
    if term is None:
        return proposal["status"].replace("_", " ")
    return f"{term}{' provisional' if proposal['provisional'] else ''}"
