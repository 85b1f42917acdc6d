"""The exact result of an analysis, put together from what each step made."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import metadata
from typing import Any, Final

from balanstest_analysis.analysis.exact_outcomes import exact_incidence, exact_outcome
from balanstest_analysis.analysis.open_breaches import stated_measures
from balanstest_analysis.analysis.relation_facts import (
    regime_facts,
    relations_of,
    rules_after,
)
from balanstest_analysis.disclosure.exact_result import (
    ExactOutcome,
    ExactResult,
    JudgedCriterion,
)
from balanstest_analysis.dossier.criteria import is_on_burden
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.dossier.statements import CONDITIONS, Condition
from balanstest_analysis.history.compliance.review import ReviewedHistory
from balanstest_analysis.history.exposure import Exposure
from balanstest_analysis.history.month_composition import composition_by_month
from balanstest_analysis.history.month_table import MonthTable
from balanstest_analysis.published.account import PublishedReading
from balanstest_analysis.published.criteria import (
    CriteriaChange,
    FamilyCrossing,
    NotBefore,
    OtherChoice,
    SetAside,
    WeightPoint,
)
from balanstest_analysis.published.decision import Decision, DecisionState, Undecided
from balanstest_analysis.published.fingerprints import Fingerprint
from balanstest_analysis.published.names import OUTCOMES, ConditionAnswer, Outcome
from balanstest_analysis.published.people import Clustering
from balanstest_analysis.published.relations import Relations
from balanstest_analysis.published.result import AnalysisSettings, RegimeFacts
from balanstest_analysis.statistics.count_covariance import share_few_months
from balanstest_analysis.term.outcomes import OutcomeAnalysis
from balanstest_analysis.term.proposal import TermProposal

PACKAGES = (
    "balanstest-analysis",
    "duckdb",
    "holidays",
    "ibis-framework",
    "numpy",
    "pandas",
    "scipy",
    "statsmodels",
)


@dataclass(frozen=True, kw_only=True)
class Views:
    """The proposal seen from other sides; none of them binds.

    Attributes:
        by_family: what each single family says, by name of the criterion.
        sensitivity: the term under other choices.
        frontier: the term under other weights of objections and complaints.
    """

    by_family: Mapping[str, tuple[FamilyCrossing, ...]]
    sensitivity: tuple[OtherChoice, ...]
    frontier: tuple[WeightPoint, ...]


NO_VIEWS: Final = Views(by_family={}, sensitivity=(), frontier=())


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where a proposal stands: what page one of a report begins with, without any other views.

    Attributes:
        proposal: the proposed term.
        conditions: of the exception, with their answers.
        regime: in force.
        relations: which of them count.
        gaps: of the dossier and of the weighing.
    """

    proposal: TermProposal
    conditions: Mapping[str, ConditionAnswer]
    regime: RegimeFacts
    relations: Relations
    gaps: tuple[str, ...]


def standing_of(dossier: Dossier, proposal: TermProposal) -> Standing:
    """Return where the proposal of a dossier stands.

    Args:
        dossier: what was asked.
        proposal: the proposed term.
    """
    return Standing(
        proposal=proposal,
        conditions={name: _answer(dossier.conditions.get(name)) for name in CONDITIONS},
        regime=regime_facts(dossier),
        relations=relations_of(dossier),
        gaps=(*dossier.gaps(), *argument_gaps(dossier, proposal)),
    )


def exact_result(
    *,
    dossier: Dossier,
    history: ReviewedHistory,
    outcomes: Mapping[str, OutcomeAnalysis],
    proposal: TermProposal,
    views: Views,
    fingerprints: Mapping[str, Fingerprint],
) -> ExactResult:
    """Return everything known, exact and internal; nothing from other sides with `NO_VIEWS`."""
    exposure = history.exposure
    table = exposure.month_table
    standing = standing_of(dossier, proposal)
    return ExactResult(
        **_scope(dossier),
        conditions=standing.conditions,
        regime=standing.regime,
        relations=standing.relations,
        set_aside=_set_aside(dossier, proposal),
        proposal=proposal,
        current_term_months=dossier.scope.current_term_months,
        criteria=_criteria(proposal, views),
        criteria_hash=dossier.criteria_hash(),
        criteria_changes=_changes(dossier),
        outcomes=_outcomes(dossier, outcomes, table),
        incidence_since_contact=exact_incidence(dossier, exposure),
        composition=composition_by_month(table),
        clustering=_clustering(table, outcomes),
        sensitivity=views.sensitivity,
        frontier=views.frontier,
        bridge=exposure.bridge,
        findings=exposure.findings,
        readings=_readings(exposure),
        compliance=history.compliance,
        gaps=standing.gaps,
        fingerprints=dict(fingerprints),
        versions=versions(),
        seed=dossier.settings.seed,
    )


def _scope(dossier: Dossier) -> dict[str, Any]:
    """Return who asks, what about, and under which rules."""
    return {
        "template": dossier.template,
        "organisation": dossier.organisation.name,
        "sector": dossier.organisation.sectors[0],
        "sectors": dossier.organisation.sectors,
        "fictitious": dossier.organisation.fictitious,
        "category": dossier.scope.category,
        "period": dossier.period,
        "report_date": dossier.report_date.isoformat(),
        "data_through": dossier.data_through.isoformat(),
        "later_rules": rules_after(dossier),
        "settings": _settings(dossier),
        "not_before": _not_before(dossier),
        "decision": _decision(dossier),
        "measures": stated_measures(dossier),
    }


def _outcomes(
    dossier: Dossier, outcomes: Mapping[str, OutcomeAnalysis], table: MonthTable
) -> dict[Outcome, ExactOutcome | None]:
    return {name: exact_outcome(name, dossier, outcomes.get(name), table) for name in OUTCOMES}


def _not_before(dossier: Dossier) -> NotBefore | None:
    month, reason = dossier.scope.not_before_month, dossier.scope.not_before_reason
    return None if month is None else NotBefore(month=month, reason=reason or "")


def _decision(dossier: Dossier) -> DecisionState:
    decided = dossier.decision
    if decided is None or decided.is_open:
        return Undecided()
    return Decision(
        term_months=decided.term_months,
        decided_on=decided.decided_on.isoformat(),
        decided_by=decided.decided_by,
        reason=decided.reason,
    )


def _set_aside(dossier: Dossier, proposal: TermProposal) -> tuple[SetAside, ...]:
    reasons = {one.criterion: one.reason for one in dossier.set_aside}
    return tuple(SetAside(criterion=n, reason=reasons[n]) for n in proposal.set_aside)


def _answer(condition: Condition | None) -> ConditionAnswer:
    if condition is None:
        return "unanswered"
    if condition.is_for_a_lawyer:
        return "for_a_lawyer"
    return "met" if condition.met else "not_met"


def _settings(dossier: Dossier) -> AnalysisSettings:
    settings = dossier.settings
    return AnalysisSettings(
        denominator=settings.denominator,
        conversion_definition=settings.conversion_definition,
        objection_window_days=settings.objection_window_days,
        complaint_window_days=settings.complaint_window_days,
        confidence_level=settings.confidence_level,
        resamples=settings.resamples,
        disclosure_minimum=settings.disclosure_minimum,
    )


def _criteria(proposal: TermProposal, views: Views) -> tuple[JudgedCriterion, ...]:
    return tuple(
        JudgedCriterion(result=result, families=views.by_family.get(result.criterion.name, ()))
        for result in proposal.per_criterion
    )


def _changes(dossier: Dossier) -> tuple[CriteriaChange, ...]:
    return tuple(
        CriteriaChange(
            date=change.date.isoformat(),
            old_hash=change.old_hash,
            new_hash=change.new_hash,
            note=change.note,
            changed=tuple(change.changed),
            reason=change.reason,
            old_term_months=change.old_term_months,
            new_term_months=change.new_term_months,
        )
        for change in dossier.criteria_changes
    )


def _clustering(table: MonthTable, outcomes: Mapping[str, OutcomeAnalysis]) -> Clustering:
    some = next(iter(outcomes.values()))
    return Clustering(
        customers_known=some.counts.customers is not None,
        campaigns=len(table.campaigns),
        campaigns_resampled=some.fits.covariance.campaigns > 0,
        campaigns_share_few_months=share_few_months(some.counts.exposure),
        dispersion={
            name: outcome.fits.dispersion for name, outcome in outcomes.items() if name in OUTCOMES
        },
    )


def _readings(exposure: Exposure) -> tuple[PublishedReading, ...]:
    return tuple(
        PublishedReading(
            table=reading.table,
            kind=reading.kind,
            files=reading.files,
            delimiter=reading.delimiter,
            encoding=reading.encoding,
            skipped_rows=reading.skipped_rows,
            dates=dict(reading.dates),
            decimal=dict(reading.decimal),
            timezone=reading.timezone,
        )
        for reading in exposure.readings
    )


def argument_gaps(dossier: Dossier, proposal: TermProposal) -> tuple[str, ...]:
    """Return what the weighing itself still lacks: a burden criterion, or a test of a criterion.

    A balancing test weighs: without a criterion on the burden there is nothing on the other side
    of the scale, and one that is set aside is not there. Where a criterion could not be tested
    there is no proposal, and what is set aside in vain is told. Without a ground to call there is
    nothing to weigh.
    """
    if proposal.status == "not_allowed":
        return ()
    gaps = []
    weighed = [one for one in dossier.criteria if one.name not in proposal.set_aside]
    if not any(is_on_burden(criterion) for criterion in weighed):
        gaps.append("criteria.burden")
    if proposal.status == "undetermined":
        gaps.append("criteria.untested")
    if any(stated.criterion not in proposal.set_aside for stated in dossier.set_aside):
        gaps.append("set_aside.void")
    return tuple(gaps)


def versions() -> dict[str, str]:
    """Return the versions of Python and of the packages that make the numbers."""
    return {"python": platform.python_version(), **{n: metadata.version(n) for n in PACKAGES}}
