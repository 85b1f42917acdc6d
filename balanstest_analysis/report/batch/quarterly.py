"""The reports of many dossiers over one quarter: each is tried, whatever becomes of the others."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from balanstest_analysis.dossier.quarters import quarter_end
from balanstest_analysis.errors import UsageError
from balanstest_analysis.report.batch.capacity import jobs_for
from balanstest_analysis.report.batch.dossiers import Candidate, candidates
from balanstest_analysis.report.batch.jobs import (
    Check,
    Job,
    Outcome,
    StepAnswer,
    failed,
    no_check,
    writable,
)
from balanstest_analysis.report.batch.overview import keep_overview
from balanstest_analysis.report.batch.rows import Row, row_of
from balanstest_analysis.report.batch.worker_pool import WorkerPool
from balanstest_analysis.report.event_log import Log, no_log
from balanstest_analysis.report.run import Limits

OnDone = Callable[[Row], None]


@dataclass(frozen=True, kw_only=True)
class Batch:
    """What came of all dossiers.

    Attributes:
        rows: One per dossier, in the order in which they were found.
        overview: Folder with the overview of this run, as HTML and JSON.
        jobs: How many reports were made at a time.
        seconds: Duration of the whole.
    """

    rows: tuple[Row, ...]
    overview: Path
    jobs: int
    seconds: float

    @property
    def exit_code(self) -> int:
        """The worst exit code of the dossiers: the highest."""
        return max(row.outcome.exit_code for row in self.rows)


@dataclass(frozen=True, kw_only=True)
class Choices:
    """How the reports of a batch are made.

    Attributes:
        quarter: Such as `2026-Q3`; empty for the quarter of each dossier's data.
        final: Whether gaps are refused.
        force: Whether a report is made again though nothing changed.
        limits: Time-outs in seconds of each report.
        notebook: Another notebook than the installed one.
    """

    quarter: str = ""
    final: bool = False
    force: bool = False
    limits: Limits = field(default_factory=Limits)
    notebook: Path | None = None


def _nothing(_row: Row) -> None:
    """Tell nothing."""


def run_quarterly(
    paths: Iterable[str | Path],
    *,
    output_dir: str | Path,
    choices: Choices | None = None,
    jobs: int | None = None,
    log: Log = no_log,
    on_done: OnDone = _nothing,
    check: Check = no_check,
) -> Batch:
    """Return what came of the dossiers after trying all of them.

    Args:
        paths: Dossiers, and folders with dossiers in them.
        output_dir: Folder of all reports.
        choices: How the reports are made.
        jobs: At most this many at a time; else as many as cores and memory allow.
        log: Is told of each step.
        on_done: Is told of each dossier when it has ended.
        check: Looks at each report that is there, as who receives it would.

    Raises:
        UsageError: The quarter is not one, a folder holds no dossier, or two dossiers would
            write the same report. Nothing has been made then.
        RunError: The overview cannot be written.
    """
    started = time.perf_counter()
    chosen = choices or Choices()
    if chosen.quarter:
        quarter_end(chosen.quarter)
    output = Path(output_dir).resolve()
    found = candidates(map(Path, paths), quarter=chosen.quarter, output=output)
    if not found:
        raise UsageError("There is no dossier to report on. Give dossiers, or a folder of them.")
    number = jobs_for([one.dossier for one in found if one.dossier], asked=jobs)
    log("quarter_begins", quarter=chosen.quarter, dossiers=len(found), jobs=number)
    desk = _Desk(found=found, output=output, choices=chosen, log=log)
    pool = WorkerPool(size=number, on_step=desk.on_step, check=check)
    rows = _all_rows(found, desk, pool, on_done)
    seconds = time.perf_counter() - started
    overview = keep_overview(rows, quarter=chosen.quarter, output=output, seconds=seconds)
    batch = Batch(rows=rows, overview=overview, jobs=number, seconds=seconds)
    log("quarter_ended", exit_code=batch.exit_code, seconds=round(seconds, 3))
    return batch


@dataclass(frozen=True, kw_only=True)
class _Desk:
    """Turns candidates into jobs, and what comes of them into rows and events."""

    found: Sequence[Candidate]
    output: Path
    choices: Choices
    log: Log

    @property
    def acceptable(self) -> list[int]:
        """The positions of the dossiers for which a report can be tried."""
        return [number for number, one in enumerate(self.found) if one.refusal is None]

    def jobs(self) -> list[Job]:
        return [
            Job(
                dossier=self.found[number].path,
                output=self.output,
                quarter=self.choices.quarter,
                final=self.choices.final,
                force=self.choices.force,
                limits=self.choices.limits,
                notebook=self.choices.notebook,
            )
            for number in self.acceptable
        ]

    def on_step(self, position: int, answer: StepAnswer) -> None:
        one = self.found[self.acceptable[position]]
        self.log("step", **_subject(one), **answer)

    def row(self, one: Candidate, outcome: Outcome) -> Row:
        common = Path(os.path.commonpath([other.path.parent for other in self.found]))
        self.log(
            outcome.status,
            **_subject(one),
            exit_code=outcome.exit_code,
            seconds=round(outcome.seconds, 3),
            reason=outcome.reason,
        )
        return row_of(one, outcome, common=common)


def _subject(one: Candidate) -> dict[str, str]:
    return {"dossier": writable(str(one.path)), "report": one.places.name if one.places else ""}


def _all_rows(
    found: Sequence[Candidate], desk: _Desk, pool: WorkerPool, on_done: OnDone
) -> tuple[Row, ...]:
    rows: dict[int, Row] = {}

    def note(number: int, outcome: Outcome) -> None:
        rows[number] = desk.row(found[number], outcome)
        on_done(rows[number])

    for number, one in enumerate(found):
        if one.refusal is not None:
            note(number, failed(str(one.refusal), exit_code=one.refusal.exit_code))
    acceptable = desk.acceptable
    pool.make_all(desk.jobs(), lambda position, outcome: note(acceptable[position], outcome))
    return tuple(rows[number] for number in range(len(found)))
