"""Everything that an analysis knows, exact and internal, behind a name that says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

import pandas as pd

from balanstest_analysis.analysis.exact_result import (
    NO_VIEWS,
    Standing,
    Views,
    exact_result,
    standing_of,
)
from balanstest_analysis.analysis.internal import Internal
from balanstest_analysis.analysis.internal_json import internal_json
from balanstest_analysis.disclosure.exact_result import ExactResult
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.history.compliance.review import ReviewedHistory
from balanstest_analysis.history.exposure import Exposure
from balanstest_analysis.published.fingerprints import Fingerprint
from balanstest_analysis.term.outcomes import OutcomeAnalysis
from balanstest_analysis.term.proposal import TermProposal


class ExactAnalysis(Internal):
    """Everything known, exact: personal data, that stays with who made it.

    Attributes:
        dossier: what was asked.
        history: month table, bridge and findings, and the compliance of the calling.
        outcomes: by name; joint outcomes too where a criterion weighs them together.
        term: the proposed term.
        fingerprints: keyed fingerprint of the dossier and of each table.
    """

    def __init__(
        self,
        *,
        dossier: Dossier,
        history: ReviewedHistory,
        outcomes: Mapping[str, OutcomeAnalysis],
        term: TermProposal,
        views: Callable[[], Views],
        fingerprints: Mapping[str, Fingerprint],
    ) -> None:
        self.dossier = dossier
        self.history = history
        self.outcomes = outcomes
        self.term = term
        self._views = views
        self.fingerprints = fingerprints

    @property
    def exposure(self) -> Exposure:
        """Month table, bridge and findings."""
        return self.history.exposure

    @property
    def standing(self) -> Standing:
        """What page one of a report begins with."""
        return standing_of(self.dossier, self.term)

    @cached_property
    def views(self) -> Views:
        """The proposal by single families, under other choices and under other weights.

        To refit all of these takes as long as all that comes before, so it waits until it is asked.
        """
        return self._views()

    @cached_property
    def result(self) -> ExactResult:
        """Everything known, as `disclosure` takes it."""
        return self._result(self.views)

    @cached_property
    def alone(self) -> ExactResult:
        """The same without the views, for who asks what other choices lead to."""
        return self._result(NO_VIEWS)

    def _result(self, views: Views) -> ExactResult:
        return exact_result(
            dossier=self.dossier,
            history=self.history,
            outcomes=self.outcomes,
            proposal=self.term,
            views=views,
            fingerprints=self.fingerprints,
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the internal result with the keys of `resultaat.json`."""
        return internal_json(self.result)

    def campaign_counts(self, outcome: str) -> pd.DataFrame:
        """Return contacts and events per campaign, of contacts followed up for every outcome.

        Args:
            outcome: ``"conversion"``, ``"objection"`` or ``"complaint"``; without data about it
                there is no row.
        """
        table = self.exposure.month_table
        if outcome not in table.available:
            return pd.DataFrame({"campaign": [], "n": [], "k": []})
        counts = table.counts("joint_exposure", f"joint_{outcome}")
        return pd.DataFrame(
            {
                "campaign": [*table.campaigns],
                "n": counts.exposure.sum(axis=1),
                "k": counts.events.sum(axis=1),
            }
        )

    def under(self, dossier: Dossier, term: TermProposal) -> ExactAnalysis:
        """Return the same history and outcomes, judged by another dossier.

        Args:
            dossier: about the same history.
            term: what it leads to.
        """
        return ExactAnalysis(
            dossier=dossier,
            history=self.history,
            outcomes=self.outcomes,
            term=term,
            views=lambda: self.views,
            fingerprints=self.fingerprints,
        )
