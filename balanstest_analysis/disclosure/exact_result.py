"""What publication starts from: everything known, exact, in the records that made it.

None of this leaves the organisation, but for what `publish` builds from it field by field.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from balanstest_analysis.history.compliance.records import Compliance
from balanstest_analysis.history.findings import BridgeLine, Finding
from balanstest_analysis.history.month_composition import MonthComposition
from balanstest_analysis.published.account import PublishedReading
from balanstest_analysis.published.criteria import (
    CriteriaChange,
    FamilyCrossing,
    OtherChoice,
    SetAside,
    WeightPoint,
)
from balanstest_analysis.published.fingerprints import Fingerprint
from balanstest_analysis.published.names import Outcome
from balanstest_analysis.published.outcomes import FittedCurve, FittedPoint, MixPoint, Observed
from balanstest_analysis.published.people import Clustering
from balanstest_analysis.published.result import ResultScope
from balanstest_analysis.statistics.count_covariance import CountCovariance
from balanstest_analysis.term.criterion_result import CriterionResult
from balanstest_analysis.term.proposal import TermProposal


@dataclass(frozen=True, kw_only=True)
class MonthCount:
    """Contacts and events of one outcome in one month."""

    month: int
    contacts: int = field(repr=False)
    events: int = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class ExactRate(MonthCount):
    """The same with the rate and its interval."""

    rate: Observed = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class ExactOutcome:
    """Everything known about one outcome that was delivered.

    Attributes:
        design_effect: of repeated calls to the same people, at least 1.
        rates: of the contacts followed up for this outcome, per month with contacts.
        followed: the contacts followed up for every outcome, and their events, per month.
        fits: one per curve family, with all parameters.
        curve: the average per month.
        standardised: at a common mix of campaigns; empty where it cannot be.
        fit_warning: in Dutch, or None.
        covariance: of the events per month.
    """

    design_effect: float
    rates: tuple[ExactRate, ...] = field(repr=False)
    followed: tuple[MonthCount, ...] = field(repr=False)
    fits: tuple[FittedCurve, ...] = field(repr=False)
    curve: tuple[FittedPoint, ...] = field(repr=False)
    standardised: tuple[MixPoint, ...] = field(repr=False)
    fit_warning: str | None
    covariance: CountCovariance = field(repr=False)

    def window_effect(self, first: int, last: int) -> float:
        """Return the design effect of the months of a row, in tenths, as it is printed.

        Args:
            first: first month.
            last: last month, inclusive.
        """
        return round(self.covariance.window_effect(first, last), 1)

    @property
    def contacts(self) -> int:
        """Contacts followed up for this outcome."""
        return sum(row.contacts for row in self.rates)

    @property
    def events(self) -> int:
        """Events among them."""
        return sum(row.events for row in self.rates)


@dataclass(frozen=True, kw_only=True)
class IncidenceMonth:
    """Persons of one outcome in a month since their first contact, and the share with an event."""

    month: int
    at_risk: int = field(repr=False)
    events: int = field(repr=False)
    exits: int = field(repr=False)
    share: Observed = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class JudgedCriterion:
    """What one criterion supports, and what every curve alone says of it."""

    result: CriterionResult
    families: tuple[FamilyCrossing, ...]


@dataclass(frozen=True, kw_only=True)
class ExactResult(ResultScope):
    """Everything known of an analysis, exact and internal.

    Attributes:
        proposal: the proposed term.
        set_aside: criteria that the organisation validly leaves out, with its reasons.
        current_term_months: of the organisation today, or None where not stated.
        criteria: in the order of the dossier.
        criteria_hash: of criteria, reasons and deciding settings.
        criteria_changes: made after outcomes had been seen.
        outcomes: by name; None where no data were delivered.
        incidence_since_contact: by outcome, where persons are known.
        composition: per month with calls.
        clustering: with the exact dispersions.
        sensitivity: the term under other choices.
        frontier: the term under other weights.
        bridge: the account; empty for counts that were delivered.
        findings: about the history.
        readings: how the tables were read.
        compliance: None where counts were delivered.
        gaps: what is still to be filled in.
        fingerprints: keyed.
        versions: of the software.
        seed: of the random numbers.
    """

    proposal: TermProposal
    set_aside: tuple[SetAside, ...]
    current_term_months: int | None
    criteria: tuple[JudgedCriterion, ...]
    criteria_hash: str
    criteria_changes: tuple[CriteriaChange, ...]
    outcomes: Mapping[Outcome, ExactOutcome | None]
    incidence_since_contact: Mapping[Outcome, tuple[IncidenceMonth, ...]]
    composition: tuple[MonthComposition, ...]
    clustering: Clustering
    sensitivity: tuple[OtherChoice, ...]
    frontier: tuple[WeightPoint, ...]
    bridge: tuple[BridgeLine, ...]
    findings: tuple[Finding, ...]
    readings: tuple[PublishedReading, ...]
    compliance: Compliance | None
    gaps: tuple[str, ...]
    fingerprints: Mapping[str, Fingerprint]
    versions: Mapping[str, str]
    seed: int

    @property
    def available(self) -> Mapping[Outcome, ExactOutcome]:
        """The outcomes of which data were delivered."""
        return {name: found for name, found in self.outcomes.items() if found is not None}

    @property
    def request_edges(self) -> tuple[int, ...]:
        """The first month asked for beyond the cap, and the first one beyond the request."""
        asked, cap = self.proposal.requested_term_months, self.regime.cap_months
        return () if asked is None or cap is None or asked <= cap else (cap, asked)
