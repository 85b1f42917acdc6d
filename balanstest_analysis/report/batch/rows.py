"""One row per dossier: the proposal, what changed since the quarter before, and what happened."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from balanstest_analysis.published.names import ProposalStatus, Route
from balanstest_analysis.published.open_ends import open_ends
from balanstest_analysis.published.result import PublishedResult
from balanstest_analysis.report.batch.dossiers import Candidate
from balanstest_analysis.report.batch.jobs import Outcome, Status, writable
from balanstest_analysis.report.earlier_quarters import published_result, quarters_before


class ProposalFacts(TypedDict):
    """What the overview says of a proposal."""

    status: ProposalStatus
    route: Route
    term_months: int | None
    provisional: bool
    binding: str | None
    lower: float | None
    upper: float | None


class EarlierProposal(ProposalFacts):
    """The same, of an earlier quarter."""

    period: str


class OverviewRow(TypedDict):
    """A row as it stands in the overview's JSON."""

    dossier: str
    organisation: str
    category: str
    period: str
    status: Status
    exit_code: int
    reason: str
    seconds: float
    report: str
    proposal: ProposalFacts | None
    previous: EarlierProposal | None
    change_months: int | None
    findings: int | None


@dataclass(frozen=True, kw_only=True)
class Row:
    """What the overview says of one dossier.

    Attributes:
        dossier: The file, relative to what all dossiers of the batch have in common.
        organisation: Name, empty where the dossier is not acceptable.
        category: Name of the category, or empty.
        period: Such as `2026-Q3`, or empty.
        outcome: What came of it.
        report: The published report relative to the folder of all reports, or empty.
        proposal: Of the report that is there now, None when this run gave none.
        previous: Period and proposal of the last report before this quarter, or None.
        findings: How many kinds of findings the report has, None without a report.
    """

    dossier: str
    organisation: str = ""
    category: str = ""
    period: str = ""
    outcome: Outcome
    report: str = ""
    proposal: ProposalFacts | None = None
    previous: EarlierProposal | None = None
    findings: int | None = None

    @property
    def change_months(self) -> int | None:
        """Months by which the term moved since the report before; None where one has no term."""
        if self.proposal is None or self.previous is None:
            return None
        now, before = self.proposal["term_months"], self.previous["term_months"]
        return None if now is None or before is None else now - before

    def to_dict(self) -> OverviewRow:
        """Return the row as it stands in the overview's JSON."""
        return {
            "dossier": self.dossier,
            "organisation": self.organisation,
            "category": self.category,
            "period": self.period,
            "status": self.outcome.status,
            "exit_code": self.outcome.exit_code,
            "reason": self.outcome.reason,
            "seconds": round(self.outcome.seconds, 3),
            "report": self.report,
            "proposal": self.proposal,
            "previous": self.previous,
            "change_months": self.change_months,
            "findings": self.findings,
        }


def row_of(candidate: Candidate, outcome: Outcome, *, common: Path) -> Row:
    """Return the row of a dossier.

    Args:
        candidate: The dossier.
        outcome: What came of it.
        common: Folder that all dossiers of the batch have in common.
    """
    dossier, places = candidate.dossier, candidate.places
    name = writable(candidate.path.relative_to(common).as_posix())
    if dossier is None or places is None:
        return Row(dossier=name, outcome=outcome)
    earlier = quarters_before(places.output, dossier.series, dossier.period)
    result = None if outcome.status == "failed" else published_result(places.target)
    return Row(
        dossier=name,
        organisation=dossier.organisation.name,
        category=dossier.scope.category,
        period=dossier.period,
        outcome=outcome,
        report=places.name if result else "",
        proposal=_proposal(result) if result else None,
        previous={"period": earlier[-1].period, **_proposal(earlier[-1].result)}
        if earlier
        else None,
        findings=len(result.findings) if result else None,
    )


def _proposal(result: PublishedResult) -> ProposalFacts:
    proposal = result.proposal
    return {
        "status": proposal.status,
        "route": proposal.route,
        "term_months": proposal.term_months,
        "provisional": bool(open_ends(proposal.status, result.gaps, result.relations)),
        "binding": proposal.binding,
        "lower": proposal.crossing.lower,
        "upper": proposal.crossing.upper,
    }
