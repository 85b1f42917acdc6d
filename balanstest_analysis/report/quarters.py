"""What the notebook over the quarters calls: every published series of reports, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import Block, Fragment, Heading, Paragraph, Table
from balanstest_analysis.errors import UsageError
from balanstest_analysis.presentation.chapters.history import series
from balanstest_analysis.published.earlier_report import EarlierReport
from balanstest_analysis.report.earlier_quarters import all_series

Scope = tuple[str, str]
_NO_REPORTS: Final = (
    "In deze map staan nog geen rapporten. Maak er een met ‘balanstest report’, of noem in de "
    "eerste cel een andere map, en voer dit notebook opnieuw uit."
)


@dataclass(frozen=True, kw_only=True)
class Quarters:
    """The published reports of every category.

    Attributes:
        reports: by organisation and category, the oldest first.
    """

    reports: dict[Scope, tuple[EarlierReport, ...]]

    def overview(self) -> Fragment:
        """Return the latest proposal of every category, beside the one before."""
        heading = Heading(level=1, text="Kwartalen naast elkaar")
        if not self.reports:
            return Fragment(blocks=(heading, Paragraph(text=_NO_REPORTS)))
        table = Table(
            columns=("Organisatie", "Categorie", "Laatste kwartaal", "Voorstel", "Daarvoor"),
            rows=tuple(_latest(scope, found) for scope, found in self.reports.items()),
            caption="Het laatste voorstel per categorie",
            align="lllrr",
        )
        return Fragment(blocks=(heading, table))

    def courses(self) -> Fragment:
        """Return every category over its quarters, with what changed and asks for attention."""
        blocks: list[Block] = []
        for (organisation, category), found in self.reports.items():
            blocks.append(Heading(level=2, text=f"{organisation}, {category}"))
            blocks.extend(series(found))
        return Fragment(blocks=tuple(blocks))


def open_quarters(reports: str) -> Quarters:
    """Return the published reports in a folder; internal results are never read.

    Args:
        reports: folder of all reports, relative to the notebook's folder or absolute.

    Raises:
        UsageError: there is no such folder.
    """
    folder = Path(reports)
    if not folder.is_dir():
        raise UsageError(
            f"Er is geen map `{reports}`. Maak eerst een rapport met ‘balanstest report’, of noem "
            "in de eerste cel de map waarin uw rapporten staan, en voer dit notebook opnieuw uit."
        )
    return Quarters(reports=all_series(folder))


def _latest(scope: Scope, found: tuple[EarlierReport, ...]) -> tuple[str, ...]:
    proposals = [_proposal(report) for report in found[-2:]]
    before = proposals[0] if len(proposals) > 1 else wording.MISSING
    return (*scope, wording.quarter(found[-1].period), proposals[-1], before)


def _proposal(report: EarlierReport) -> str:
    proposal = report.result.proposal
    if proposal.term_months is None:
        return wording.PROPOSAL_STATUSES[proposal.status]
    return wording.months(proposal.term_months)
