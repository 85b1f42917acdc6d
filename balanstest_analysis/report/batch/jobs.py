"""What a worker is asked, and what came of it; both travel as JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from balanstest_analysis.errors import RunError
from balanstest_analysis.report.run import Limits

Status = Literal["made", "skipped", "failed"]


@dataclass(frozen=True, kw_only=True)
class Order:
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

    def to_dict(self) -> dict[str, Any]:
        """Return the order for `order_of`."""
        return {
            key: str(value) if isinstance(value, Path) else value
            for key, value in asdict(self).items()
        }


def order_of(given: dict[str, Any]) -> Order:
    """Return an order from what `to_dict` gave.

    Examples:
        >>> order = Order(dossier=Path("balanstest.toml"), output=Path("reports"))
        >>> order_of(order.to_dict()) == order
        True
    """
    paths = ("dossier", "output", "notebook")
    places = {key: Path(given[key]) for key in paths if given[key]}
    return Order(**given | places | {"limits": Limits(**given["limits"])})


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of one dossier.

    Attributes:
        status: `made`, `skipped` because nothing changed, or `failed`.
        exit_code: What `balanstest report` would have returned.
        reason: Why it failed, one sentence; else empty.
        directory: The published directory, also when it holds an older report; None when the
            dossier is not acceptable.
        seconds: Duration.
    """

    status: Status
    exit_code: int = 0
    reason: str = ""
    directory: Path | None = None
    seconds: float = 0.0

    def to_dict(self) -> dict[str, Any]:
        """Return the outcome for `outcome_of`."""
        return asdict(self) | {"directory": str(self.directory) if self.directory else None}


def outcome_of(given: dict[str, Any]) -> Outcome:
    """Return an outcome from what `to_dict` gave.

    Examples:
        >>> outcome = failed("The kernel died.")
        >>> outcome_of(outcome.to_dict()) == outcome
        True
    """
    directory = given["directory"]
    return Outcome(**given | {"directory": Path(directory) if directory else None})


def failed(reason: str, *, exit_code: int = RunError.exit_code, seconds: float = 0.0) -> Outcome:
    """Return the outcome of a dossier that gave no report."""
    return Outcome(status="failed", exit_code=exit_code, reason=reason, seconds=seconds)
