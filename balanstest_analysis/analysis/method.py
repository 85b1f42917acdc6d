"""The method on one page: from a dossier to rates, curves, criteria and a proposed term."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import pandas as pd

from balanstest_analysis.analysis import overviews
from balanstest_analysis.analysis.exact_analysis import ExactAnalysis
from balanstest_analysis.analysis.exact_result import Views
from balanstest_analysis.analysis.shown_results import ShownProposal, shown_proposal
from balanstest_analysis.disclosure.exact_result import ExactResult
from balanstest_analysis.disclosure.publish import publish
from balanstest_analysis.document.blocks import Shown
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.dossier.loading import load_dossier
from balanstest_analysis.history.compliance.review import refuse_blocking, review_history
from balanstest_analysis.history.exposure import Exposure
from balanstest_analysis.history.secret import load_secret
from balanstest_analysis.history.sources import OnProgress, fingerprints, no_progress
from balanstest_analysis.published.earlier_reports import (
    CarriedReport,
    earlier_reports,
    others,
    reports_directory,
)
from balanstest_analysis.published.json_form import counts_from_json, to_json
from balanstest_analysis.published.report_counts import ReportCounts
from balanstest_analysis.published.result import PublishedResult
from balanstest_analysis.statistics import refitting
from balanstest_analysis.term.family_crossings import family_crossings
from balanstest_analysis.term.outcome_series import OutcomeSeries
from balanstest_analysis.term.outcomes import OutcomeAnalysis, analyse_outcomes, series_of
from balanstest_analysis.term.proposal import TermProposal, propose
from balanstest_analysis.term.recount_proposals import proposals_when_recounted
from balanstest_analysis.term.sensitivity import proposals_under_other_choices
from balanstest_analysis.term.weight_frontier import weight_frontier


@dataclass(frozen=True, kw_only=True, repr=False)
class Analysis:
    """The result of `analyse`.

    What it shows, and every result it gives, follows from `published`: small counts are hidden,
    those that follow from an earlier report too, as in the report of `balanstest report`. What is
    exact stands under `exact` and `to_dict`, is personal data, and stays with who made it.

    Attributes:
        dossier: what was asked.
        exact: everything known, exact and internal.
        reports: folder of all reports, whose earlier ones are minded; None where there is none.
    """

    dossier: Dossier
    exact: ExactAnalysis
    reports: Path | None = None

    @cached_property
    def earlier(self) -> tuple[CarriedReport, ...]:
        """The earlier reports of the series, the one whose values are kept as the last.

        Raises:
            RunError: a report of the series cannot be read.
        """
        found = earlier_reports(
            self.reports, self.dossier.series, data_through=self.dossier.data_through.isoformat()
        )
        return tuple(found)

    @cached_property
    def published(self) -> PublishedResult:
        """The result as it may be published, as in `resultaat.json`.

        Raises:
            RunError: a report of the series cannot be read.
        """
        return self.publish(self.exact.result)

    def publish(self, exact: ExactResult) -> PublishedResult:
        """Return a result of this history as it may be published beside the earlier reports.

        The one way out, of reports, notebooks and the explorer.

        Args:
            exact: the own result, or one under other choices.

        Raises:
            RunError: a report of the series cannot be read.
        """
        result = publish(exact, self._counts_before)
        known = len(others(self.earlier, to_json(result)))
        return replace(result, series=replace(result.series, reports=known))

    @cached_property
    def _counts_before(self) -> tuple[ReportCounts, ...]:
        return tuple(counts_from_json(report) for report in self.earlier)

    @cached_property
    def proposal(self) -> ShownProposal:
        """The proposed term, as it may be published."""
        return shown_proposal(self.published)

    @property
    def findings(self) -> Shown:
        """What was found in the history, and how often."""
        return overviews.findings_overview(self.published)

    @property
    def criteria(self) -> Shown:
        """What every criterion supports, with its picture."""
        return overviews.criteria_overview(self.published)

    def rates(self, outcome: str) -> Shown:
        """Return an outcome per group of months, with its picture.

        Args:
            outcome: ``"conversion"``, ``"objection"`` or ``"complaint"``.

        Raises:
            UsageError: there is no such outcome.
        """
        return overviews.rates_overview(self.published, outcome)

    @property
    def campaigns(self) -> Shown:
        """How the campaigns share the contacts, and the proposal without each of them."""
        return overviews.campaigns_overview(self.published)

    def fits(self, outcome: str) -> Shown:
        """Return the curves of an outcome and their weights.

        Args:
            outcome: ``"conversion"``, ``"objection"`` or ``"complaint"``.

        Raises:
            UsageError: there is no such outcome.
        """
        return overviews.fits_overview(self.published, outcome)

    def to_dict(self) -> dict[str, Any]:
        """Return the exact, internal result with the keys of `resultaat.json`."""
        return self.exact.to_dict()

    def to_frame(self) -> pd.DataFrame:
        """Return one row per criterion, as it may be published."""
        return self.criteria.to_frame()

    def __repr__(self) -> str:
        return f"Analysis(period={self.dossier.period!r})"

    def _repr_html_(self) -> str:
        return overviews.analysis_overview(self.published)._repr_html_()

    def _repr_mimebundle_(self, **choice: Any) -> dict[str, str]:
        return overviews.analysis_overview(self.published)._repr_mimebundle_(**choice)


def analyse(
    dossier: Dossier | str | Path,
    *,
    create_secret: bool = True,
    on_progress: OnProgress = no_progress,
) -> Analysis:
    """Return the analysis of a dossier: rates, curves, criteria and the proposed term.

    Args:
        dossier: from `load_dossier`, or the path of its file.
        create_secret: whether a missing secret may be made and kept beside the dossier.
        on_progress: as of `review_history`; called with 0 of 0 once all is counted.

    Raises:
        DossierError: the dossier cannot be accepted.
        DataError: the history cannot be accepted.

    Examples:
        >>> analysis = analyse("data/sample/balanstest.toml")
        >>> analysis.proposal.status, analysis.proposal.route
        ('proposed', 'own_file')
    """
    if not isinstance(dossier, Dossier):
        dossier = load_dossier(dossier)
    refitting.import_meanwhile()
    secret = load_secret(
        dossier.path, fictitious=dossier.organisation.fictitious, create=create_secret
    )
    history = review_history(dossier, secret, on_progress=on_progress)
    on_progress(0, 0)
    exposure = history.exposure
    refuse_blocking(exposure.findings)
    outcomes = analyse_outcomes(dossier, exposure.month_table)
    series = series_of(outcomes, exposure.month_table.months)
    proposal = propose(dossier, series)
    exact = ExactAnalysis(
        dossier=dossier,
        history=history,
        outcomes=outcomes,
        term=proposal,
        views=partial(_views, dossier, exposure, outcomes, series, proposal),
        fingerprints=fingerprints(dossier, secret, exposure.readings),
    )
    return Analysis(dossier=dossier, exact=exact, reports=reports_directory(dossier.path))


def _views(
    dossier: Dossier,
    exposure: Exposure,
    outcomes: dict[str, OutcomeAnalysis],
    series: dict[str, OutcomeSeries],
    proposal: TermProposal,
) -> Views:
    level = dossier.settings.confidence_level
    return Views(
        by_family={
            result.criterion.name: family_crossings(result, outcomes, level)
            for result in proposal.per_criterion
        },
        sensitivity=(
            *proposals_under_other_choices(dossier, exposure.month_table, outcomes, series),
            *proposals_when_recounted(dossier, proposal, outcomes, exposure.recounts),
        ),
        frontier=weight_frontier(dossier, series),
    )
