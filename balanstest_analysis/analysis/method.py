"""The method on one page: from a dossier to rates, curves, criteria and a proposed term."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

from balanstest_analysis.analysis import overviews
from balanstest_analysis.analysis.exact_result import Views, exact_result
from balanstest_analysis.analysis.internal_json import internal_json
from balanstest_analysis.analysis.shown_results import ShownProposal, shown_proposal
from balanstest_analysis.disclosure.campaigns import campaign_rates
from balanstest_analysis.disclosure.exact_result import ExactResult
from balanstest_analysis.disclosure.publish import publish
from balanstest_analysis.document.blocks import Shown
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.history.compliance.review import (
    ReviewedHistory,
    refuse_blocking,
    review_history,
)
from balanstest_analysis.history.exposure import Exposure
from balanstest_analysis.history.secret import load_secret
from balanstest_analysis.history.sources import fingerprints
from balanstest_analysis.published.report_counts import ReportCounts
from balanstest_analysis.published.result import PublishedResult
from balanstest_analysis.statistics.count_covariance import customer_effect
from balanstest_analysis.term.family_crossings import family_crossings
from balanstest_analysis.term.outcome_series import OutcomeSeries
from balanstest_analysis.term.outcomes import OutcomeAnalysis, analyse_outcomes, series_of
from balanstest_analysis.term.proposal import TermProposal, propose
from balanstest_analysis.term.recount_proposals import proposals_when_recounted
from balanstest_analysis.term.sensitivity import proposals_under_other_choices
from balanstest_analysis.term.weight_frontier import weight_frontier


@dataclass(frozen=True, kw_only=True)
class Analysis:
    """The result of `analyse`: exact and internal, and therefore still personal data.

    What it shows in a notebook is published: small counts are hidden, as in a report. Its fields
    and `to_dict` are exact, and stay with who made them.

    Attributes:
        dossier: what was asked.
        history: month table, bridge and findings, and the compliance of the calling.
        outcomes: by name; joint outcomes too where a criterion weighs them together.
        term: the proposed term, exact.
        views: the proposal by single families, under other choices and under other weights.
        fingerprints: keyed fingerprint of the dossier and of each table.
    """

    dossier: Dossier = field(repr=False)
    history: ReviewedHistory = field(repr=False)
    outcomes: dict[str, OutcomeAnalysis] = field(repr=False)
    term: TermProposal = field(repr=False)
    views: Views = field(repr=False)
    fingerprints: dict[str, str] = field(repr=False)

    @property
    def exposure(self) -> Exposure:
        """Month table, bridge and findings."""
        return self.history.exposure

    @cached_property
    def exact(self) -> ExactResult:
        """Everything known, exact: internal."""
        return exact_result(
            dossier=self.dossier,
            history=self.history,
            outcomes=self.outcomes,
            proposal=self.term,
            views=self.views,
            fingerprints=self.fingerprints,
        )

    @cached_property
    def published(self) -> PublishedResult:
        """The result with small counts hidden, as in `resultaat.json`."""
        return publish(self.exact)

    def published_beside(self, earlier: Sequence[ReportCounts]) -> PublishedResult:
        """Return the result with what follows from earlier reports of its series hidden as well.

        Args:
            earlier: published reports of the series, the one whose values are kept as the last.
        """
        return publish(self.exact, earlier)

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

    def campaigns(self, outcome: str) -> Shown:
        """Return an outcome per campaign; small campaigns are joined.

        Args:
            outcome: ``"conversion"``, ``"objection"`` or ``"complaint"``.
        """
        settings, table = self.dossier.settings, self.exposure.month_table
        rows = []
        if outcome in table.available:
            rows = campaign_rates(
                table.campaigns,
                table.counts("joint_exposure", f"joint_{outcome}"),
                minimum=settings.disclosure_minimum,
                confidence_level=settings.confidence_level,
                design_effect=customer_effect(table.outcome(outcome)),
            )
        return overviews.campaigns_overview(self.published, outcome, rows)

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
        return internal_json(self.exact)

    def to_frame(self) -> pd.DataFrame:
        """Return one row per criterion, as it may be published."""
        return self.criteria.to_frame()

    def _repr_html_(self) -> str:
        return overviews.analysis_overview(self.published)._repr_html_()

    def _repr_mimebundle_(self, **choice: Any) -> dict[str, str]:
        return overviews.analysis_overview(self.published)._repr_mimebundle_(**choice)


def analyse(dossier: Dossier, *, create_secret: bool = True) -> Analysis:
    """Return the analysis of a dossier: rates, curves, criteria and the proposed term.

    Args:
        dossier: from `load_dossier`.
        create_secret: whether a missing secret may be made and kept beside the dossier.

    Raises:
        DataError: the history cannot be accepted.

    Examples:
        >>> from balanstest_analysis import load_dossier
        >>> analysis = analyse(load_dossier("data/sample/balanstest.toml"))
        >>> analysis.proposal.status, analysis.proposal.route
        ('proposed', 'own_file')
    """
    secret = load_secret(dossier.path, create=create_secret)
    history = review_history(dossier, secret)
    exposure = history.exposure
    refuse_blocking(exposure.findings)
    outcomes = analyse_outcomes(dossier, exposure.month_table)
    series = series_of(outcomes, exposure.month_table.months)
    proposal = propose(dossier, series)
    return Analysis(
        dossier=dossier,
        history=history,
        outcomes=outcomes,
        term=proposal,
        views=_views(dossier, exposure, outcomes, series, proposal),
        fingerprints=fingerprints(dossier, secret, exposure.readings),
    )


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
