"""The published result: every number of a report, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from balanstest_analysis.published.account import AccountLine, PublishedFinding, PublishedReading
from balanstest_analysis.published.compliance import PublishedCompliance
from balanstest_analysis.published.criteria import (
    CriteriaChange,
    NotBefore,
    OtherChoice,
    PublishedCriterion,
    PublishedProposal,
    WeightPoint,
)
from balanstest_analysis.published.decision import DecisionState
from balanstest_analysis.published.fingerprints import Fingerprint
from balanstest_analysis.published.measures import FoundBreach, Measure, found_breaches
from balanstest_analysis.published.names import OUTCOMES, ConditionAnswer, Outcome, Sector
from balanstest_analysis.published.outcomes import PublishedOutcome
from balanstest_analysis.published.people import Clustering, CompositionRow, IncidenceRow
from balanstest_analysis.published.relations import LaterRules, Relations

SCHEMA = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class RegimeFacts:
    """The rules that hold on the report date.

    Attributes:
        id: of the regime.
        name: in Dutch.
        cap_months: None where it has no cap.
        cap_source: where the cap was read, in Dutch; empty without one.
        cap_verified: whether it was read that these rules have the cap.
        needs_ground: whether calling without consent needs a relation; it did not before the law
            of 2021, under which the five conditions came.
        verified: whether a source that could be read confirms it.
        source: in Dutch.
        remark: in Dutch.
        allowed: whether there is a ground to call, conditions included.
        needs_no_test: whether the register takes the place of a test.
        sector_allowed: whether the sector has a ground.
        override_reason: why the dossier states another regime, or None.
    """

    id: str
    name: str
    cap_months: int | None
    cap_source: str
    cap_verified: bool
    needs_ground: bool
    verified: bool
    source: str
    remark: str
    allowed: bool
    needs_no_test: bool
    sector_allowed: bool
    override_reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalysisSettings:
    """How the analysis was done."""

    denominator: Literal["net_contact", "call"]
    conversion_definition: Literal["gross", "net_of_cancellations"]
    objection_window_days: int
    complaint_window_days: int
    confidence_level: float
    resamples: int
    disclosure_minimum: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """What the report shares with earlier ones of its series.

    Attributes:
        kept: tables in which counts of an earlier report stand.
        reports: how many others are known; None before that was looked up.
    """

    kept: tuple[str, ...]
    reports: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultScope:
    """Who asks, what about, and on which data; equal in the exact and the published result.

    Attributes:
        template: question set.
        organisation: its name.
        sector: as declared; the first where there are several.
        sectors: all of them.
        fictitious: whether everything is made up.
        category: of product or organisation.
        period: the last complete quarter.
        report_date: ISO date.
        data_through: ISO date, last day of the history.
        conditions: answer per condition of the exception.
        regime: the rules that hold.
        relations: which relations count under them.
        later_rules: known rules for which the proposal does not hold; None where there are none.
        settings: how the analysis was done.
        not_before: before which month nobody is called; None where the dossier says none.
        decision: of the organisation, beside the proposal.
        measures: that it states about breaches, whether or not these were found.
    """

    template: Literal["opt-in", "bel-me-niet"]
    organisation: str
    sector: Sector
    sectors: tuple[Sector, ...]
    fictitious: bool
    category: str
    period: str
    report_date: str
    data_through: str
    conditions: Mapping[str, ConditionAnswer]
    regime: RegimeFacts
    relations: Relations
    later_rules: LaterRules | None
    settings: AnalysisSettings
    not_before: NotBefore | None
    decision: DecisionState
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedResult(ResultScope):
    """Everything that a report may say, after the disclosure rules.

    Attributes:
        proposal: the proposed term.
        criteria: in the order of the dossier.
        criteria_hash: changes when criteria, reasons or deciding settings change.
        criteria_changes: made after outcomes had been seen.
        outcomes: by name.
        incidence_since_contact: by outcome, where people are known.
        composition: per group of months.
        clustering: what the uncertainty takes account of.
        sensitivity: the term under other choices.
        frontier: the term under other weights.
        bridge: the account; empty where it is withheld, or no rows were delivered.
        findings: about the history.
        readings: how the tables were read.
        compliance: None where counts were delivered instead of a history.
        gaps: what is still to be filled in.
        fingerprints: keyed, of dossier and tables.
        fingerprint_form: how they are made; those of another form tell nothing of these.
        versions: of the software.
        seed: of the random numbers.
        series: what is kept of earlier reports.
    """

    proposal: PublishedProposal
    criteria: tuple[PublishedCriterion, ...]
    criteria_hash: str
    criteria_changes: tuple[CriteriaChange, ...]
    outcomes: Mapping[Outcome, PublishedOutcome]
    incidence_since_contact: Mapping[Outcome, tuple[IncidenceRow, ...]]
    composition: tuple[CompositionRow, ...]
    clustering: Clustering
    sensitivity: tuple[OtherChoice, ...]
    frontier: tuple[WeightPoint, ...]
    bridge: tuple[AccountLine, ...]
    findings: tuple[PublishedFinding, ...]
    readings: tuple[PublishedReading, ...]
    compliance: PublishedCompliance | None
    gaps: tuple[str, ...]
    fingerprints: Mapping[str, Fingerprint]
    fingerprint_form: int
    versions: Mapping[str, str]
    seed: int
    series: Series

    @property
    def rests_on_opinion(self) -> bool:
        """Whether the proposal is preliminary, for a reading of the law that is not settled."""
        return self.relations.membership_reason is not None

    @property
    def has_term(self) -> bool:
        """Whether a term is proposed."""
        return self.proposal.term_months is not None

    @property
    def breaches(self) -> tuple[FoundBreach, ...]:
        """The breaches that the report tells of, with what is done about each."""
        return found_breaches(self.findings, self.compliance, self.measures)

    @property
    def method_version(self) -> str | None:
        """Version of this package that made the numbers; None in a report that does not say."""
        return self.versions.get("balanstest-analysis")

    @property
    def shown_outcomes(self) -> tuple[Outcome, ...]:
        """The outcomes with rows to show, in the order of the report."""
        return tuple(name for name in OUTCOMES if self.outcomes[name].is_shown)

    def criterion_named(self, name: str | None) -> PublishedCriterion | None:
        """Return the criterion with a name, or None."""
        return next((item for item in self.criteria if item.name == name), None)
