"""What a worker is asked, and what came of it; both travel as JSON."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Literal, TypeAlias, TypedDict, final

from balanstest_analysis.errors import RunError
from balanstest_analysis.report.run import Limits

Status = Literal["made", "skipped", "unsound", "failed"]
UNSOUND = 7  # what `balanstest verify` returns where it finds something


class JobLine(TypedDict):
    """A job as it travels."""

    dossier: str
    output: str
    quarter: str
    final: bool
    force: bool
    limits: dict[str, int]
    notebook: str | None


class OutcomeLine(TypedDict):
    """An outcome as it travels."""

    status: Status
    exit_code: int
    reason: str
    directory: str | None
    seconds: float


@final
class StepAnswer(TypedDict):
    """A worker begins a step; so many of so many are behind it."""

    step: str
    done: int
    total: int


@final
class OutcomeAnswer(TypedDict):
    """What came of the job."""

    outcome: OutcomeLine


@final
class EndedAnswer(TypedDict):
    """Nothing more comes of the job; the exit code of the process that worked on it."""

    ended: int


Answer: TypeAlias = StepAnswer | OutcomeAnswer | EndedAnswer


@dataclass(frozen=True, kw_only=True)
class Job:
    """One report to be made.

    Attributes:
        dossier: The dossier's file.
        output: Folder of all reports.
        quarter: Such as `2026-Q3`; empty for all data.
        final: Whether gaps are refused.
        force: Whether it is made again though nothing changed.
        limits: Time-outs in seconds.
        notebook: Another notebook than the installed one.
    """

    dossier: Path
    output: Path
    quarter: str = ""
    final: bool = False
    force: bool = False
    limits: Limits = field(default_factory=Limits)
    notebook: Path | None = None

    def to_dict(self) -> JobLine:
        """Return the job for `job_of`."""
        return {
            "dossier": str(self.dossier),
            "output": str(self.output),
            "quarter": self.quarter,
            "final": self.final,
            "force": self.force,
            "limits": asdict(self.limits),
            "notebook": None if self.notebook is None else str(self.notebook),
        }


def job_of(given: JobLine) -> Job:
    """Return a job from what `to_dict` gave.

    Examples:
        >>> job = Job(dossier=Path("balanstest.toml"), output=Path("reports"))
        >>> job_of(job.to_dict()) == job
        True
    """
    notebook = given["notebook"]
    return Job(
        dossier=Path(given["dossier"]),
        output=Path(given["output"]),
        quarter=given["quarter"],
        final=given["final"],
        force=given["force"],
        limits=Limits(**given["limits"]),
        notebook=None if notebook is None else Path(notebook),
    )


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of one dossier.

    Attributes:
        status: `made`, `skipped` because nothing changed, `unsound` where the report is there
            and who receives it would find that something is wrong, or `failed`.
        exit_code: What `balanstest report` would have returned.
        reason: Why it failed or is unsound, one sentence; else empty.
        reden: The same in Dutch, of what is unsound; else empty.
        directory: The published directory, also when it holds an older report; None when the
            dossier is not acceptable.
        seconds: Duration.
    """

    status: Status
    exit_code: int = 0
    reason: str = ""
    reden: str = ""
    directory: Path | None = None
    seconds: float = 0.0

    def to_dict(self) -> OutcomeLine:
        """Return the outcome for `outcome_of`."""
        return {
            "status": self.status,
            "exit_code": self.exit_code,
            "reason": self.reason,
            "directory": str(self.directory) if self.directory else None,
            "seconds": self.seconds,
        }


def outcome_of(given: OutcomeLine) -> Outcome:
    """Return an outcome from what `to_dict` gave.

    Examples:
        >>> outcome = failed("The kernel died.")
        >>> outcome_of(outcome.to_dict()) == outcome
        True
    """
    directory = given["directory"]
    return Outcome(
        status=given["status"],
        exit_code=given["exit_code"],
        reason=given["reason"],
        directory=Path(directory) if directory else None,
        seconds=given["seconds"],
    )


def failed(reason: str, *, exit_code: int = RunError.exit_code, seconds: float = 0.0) -> Outcome:
    """Return the outcome of a dossier that gave no report."""
    return Outcome(status="failed", exit_code=exit_code, reason=writable(reason), seconds=seconds)


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """What who receives a report would find.

    Attributes:
        reason: one sentence in English, for a terminal and for machines.
        reden: the same in Dutch.
    """

    reason: str
    reden: str


Check: TypeAlias = Callable[[Path, int], Doubt | None]
"""What a receiver would find in a run directory, within so many seconds; None where it is sound."""


def no_check(_directory: Path, _seconds: int) -> Doubt | None:
    """Find nothing."""
    return None


def checked(outcome: Outcome, check: Check, seconds: int) -> Outcome:
    """Return an outcome after the report that is there was looked at as its receiver would.

    Args:
        outcome: what came of the job.
        check: finds what is wrong; whatever it raises is a doubt, too.
        seconds: that the check may take.

    Examples:
        >>> made = Outcome(status="made", directory=Path("2026-Q3"))
        >>> doubt = Doubt(reason="A file is missing.", reden="Er ontbreekt een bestand.")
        >>> checked(made, lambda *_: doubt, 60).status, checked(made, no_check, 60).status
        ('unsound', 'made')
    """
    if outcome.status == "failed" or outcome.directory is None:
        return outcome
    started = time.monotonic()
    try:
        doubt = check(outcome.directory, seconds)
    except Exception as error:  # noqa: BLE001 - a defect is told, and the others go on
        kind = type(error).__name__
        doubt = Doubt(
            reason=f"The check of the report failed with {kind}. Report this as a defect.",
            reden=f"De controle van het rapport is mislukt ({kind}). Meld dit als fout.",
        )
    whole = outcome.seconds + time.monotonic() - started
    if doubt is None:
        return replace(outcome, seconds=whole)
    return replace(
        outcome,
        status="unsound",
        exit_code=UNSOUND,
        reason=writable(doubt.reason),
        reden=writable(doubt.reden),
        seconds=whole,
    )


def writable(text: str) -> str:
    r"""Return a text that every file can hold; the name of a file need not be one.

    Examples:
        >>> print(writable("map-\udcff"))
        map-\udcff
    """
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
