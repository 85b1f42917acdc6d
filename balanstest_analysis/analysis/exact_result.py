"""The exact result of an analysis, put together from what each step made."""

from __future__ import annotations

import platform
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import metadata
from typing import Any

import pandas as pd

from balanstest_analysis.disclosure.exact_result import (
    ExactOutcome,
    ExactRate,
    ExactResult,
    IncidenceMonth,
    JudgedCriterion,
    MonthCount,
)
from balanstest_analysis.document.wording import FIT_WARNING
from balanstest_analysis.dossier.criteria import is_on_burden
from balanstest_analysis.dossier.dossier import Dossier, is_allowed
from balanstest_analysis.dossier.statements import CONDITIONS, Condition
from balanstest_analysis.history.compliance.review import ReviewedHistory
from balanstest_analysis.history.exposure import Exposure
from balanstest_analysis.history.month_composition import composition_by_month
from balanstest_analysis.history.month_table import MonthTable
from balanstest_analysis.published.account import PublishedReading
from balanstest_analysis.published.criteria import (
    CriteriaChange,
    FamilyCrossing,
    OtherChoice,
    WeightPoint,
)
from balanstest_analysis.published.names import OUTCOMES, ConditionAnswer, Outcome
from balanstest_analysis.published.outcomes import FittedCurve, FittedPoint, Observed
from balanstest_analysis.published.people import Clustering
from balanstest_analysis.published.result import AnalysisSettings, RegimeFacts
from balanstest_analysis.statistics.bootstrap import campaigns_are_resampled
from balanstest_analysis.statistics.cumulative_incidence import cumulative_incidence
from balanstest_analysis.statistics.fitting import CurveFit
from balanstest_analysis.statistics.standardisation import standardised_rates
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


def exact_result(
    *,
    dossier: Dossier,
    history: ReviewedHistory,
    outcomes: Mapping[str, OutcomeAnalysis],
    proposal: TermProposal,
    views: Views,
    fingerprints: Mapping[str, str],
) -> ExactResult:
    """Return everything known, exact and internal."""
    exposure = history.exposure
    table = exposure.month_table
    return ExactResult(
        template=dossier.template,
        organisation=dossier.organisation.name,
        sector=dossier.organisation.sector,
        fictitious=dossier.organisation.fictitious,
        category=dossier.scope.category,
        period=dossier.period,
        report_date=dossier.report_date.isoformat(),
        data_through=dossier.data_through.isoformat(),
        conditions={name: _answer(dossier.conditions.get(name)) for name in CONDITIONS},
        regime=_regime(dossier),
        settings=_settings(dossier),
        proposal=proposal,
        current_term_months=dossier.scope.current_term_months,
        criteria=_criteria(proposal, views),
        criteria_hash=dossier.criteria_hash(),
        criteria_changes=_changes(dossier),
        outcomes={name: _outcome(name, dossier, outcomes.get(name), table) for name in OUTCOMES},
        cumulative_incidence=_incidence(dossier, exposure),
        composition=composition_by_month(table),
        clustering=_clustering(table, outcomes),
        sensitivity=views.sensitivity,
        frontier=views.frontier,
        bridge=exposure.bridge,
        findings=exposure.findings,
        readings=_readings(exposure),
        compliance=history.compliance,
        gaps=(*dossier.gaps(), *argument_gaps(dossier, proposal)),
        fingerprints=dict(fingerprints),
        versions=versions(),
        seed=dossier.settings.seed,
    )


def _answer(condition: Condition | None) -> ConditionAnswer:
    if condition is None:
        return "unanswered"
    if condition.is_for_a_lawyer:
        return "for_a_lawyer"
    return "met" if condition.met else "not_met"


def _regime(dossier: Dossier) -> RegimeFacts:
    regime = dossier.regime
    return RegimeFacts(
        id=regime.id,
        name=regime.name,
        cap_months=regime.cap_months,
        verified=regime.verified,
        source=regime.source,
        remark=regime.remark,
        allowed=is_allowed(dossier),
        needs_no_test=dossier.needs_no_test,
        sector_allowed=regime.allows(dossier.organisation.sector),
        override_reason=dossier.scope.regime_reason,
    )


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
        JudgedCriterion(result=result, families=views.by_family[result.criterion.name])
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


def _outcome(
    name: Outcome, dossier: Dossier, outcome: OutcomeAnalysis | None, table: MonthTable
) -> ExactOutcome | None:
    if outcome is None:
        return None
    level = dossier.settings.confidence_level
    fits = outcome.fits
    return ExactOutcome(
        design_effect=fits.data.design_effect,
        rates=tuple(
            ExactRate(
                month=int(month),
                contacts=int(contacts),
                events=int(events),
                rate=Observed(rate=rate, lower=lower, upper=upper),
            )
            for month, contacts, events, rate, lower, upper in _rows(
                outcome.rates(level), "month_from", "n", "k", *_LIMITS
            )
        ),
        followed=followed_counts(table, name),
        fits=tuple(_fit(fit, fits.weights.get(fit.family, 0.0)) for fit in fits.fits),
        curve=tuple(
            FittedPoint(month=int(month), rate=rate, rate_lower=lower, rate_upper=upper)
            for month, rate, lower, upper in _rows(outcome.curve(level), "month", *_LIMITS)
        ),
        standardised=standardised_rates(outcome.counts),
        fit_warning=FIT_WARNING if fits.poorly_described else None,
    )


_LIMITS = ("rate", "rate_lower", "rate_upper")
_SHARES = ("incidence", "incidence_lower", "incidence_upper")


def _rows(frame: pd.DataFrame, *names: str) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of some columns as plain Python numbers."""
    return zip(*(frame[name].tolist() for name in names), strict=True)


def _fit(fit: CurveFit, weight: float) -> FittedCurve:
    return FittedCurve(
        family=fit.family,
        status=fit.status,
        converged=fit.status == "ok",
        parameters=dict(fit.parameters),
        standard_errors=dict(fit.standard_errors),
        model_standard_errors=dict(fit.model_standard_errors),
        deviance=fit.deviance,
        df=fit.df,
        aic=fit.aic,
        p_value=fit.p_value,
        weight=weight,
    )


def followed_counts(table: MonthTable, outcome: Outcome) -> tuple[MonthCount, ...]:
    """Return contacts and events per month, of contacts followed up for every outcome.

    These are what is published: with one denominator for all outcomes no small count follows
    from the difference between two.

    Args:
        table: the month table.
        outcome: its name.
    """
    if outcome not in table.available:
        return ()
    counts = table.counts("joint_exposure", f"joint_{outcome}")
    n, k = counts.exposure_by_month, counts.events_by_month
    return tuple(
        MonthCount(month=int(m), contacts=int(n[m]), events=int(k[m])) for m in n.nonzero()[0]
    )


def _incidence(dossier: Dossier, exposure: Exposure) -> dict[Outcome, tuple[IncidenceMonth, ...]]:
    level = dossier.settings.confidence_level
    tables = {
        name: incidence_months(cumulative_incidence(exposure.life_table[name], level))
        for name in OUTCOMES
        if name in exposure.life_table
    }
    return {name: months for name, months in tables.items() if months}


def incidence_months(table: pd.DataFrame) -> tuple[IncidenceMonth, ...]:
    """Return the rows of `cumulative_incidence` as records."""
    return tuple(
        IncidenceMonth(
            month=int(month),
            at_risk=int(at_risk),
            entries=int(entries),
            events=int(events),
            exits=int(exits),
            share=Observed(rate=share, lower=lower, upper=upper),
        )
        for month, at_risk, entries, events, exits, share, lower, upper in _rows(
            table, "month_from", "at_risk", "entries", "events", "exits", *_SHARES
        )
    )


def _clustering(table: MonthTable, outcomes: Mapping[str, OutcomeAnalysis]) -> Clustering:
    some = next(iter(outcomes.values()))
    return Clustering(
        customer_groups=len(table.groups) if table.has_groups else 0,
        campaigns=len(table.campaigns),
        campaigns_resampled=table.has_groups and campaigns_are_resampled(some.counts),
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
    """Return what the weighing itself still lacks: a burden criterion, or a reason to go without.

    A balancing test weighs: without a criterion on the burden there is nothing on the other side
    of the scale, and an untested criterion needs a reason before a report can be final. Without a
    ground to call there is nothing to weigh.
    """
    if proposal.status == "not_allowed":
        return ()
    gaps = []
    if not any(is_on_burden(criterion) for criterion in dossier.criteria):
        gaps.append("criteria.burden")
    if proposal.untested and not dossier.scope.incomplete_reason:
        gaps.append("scope.incomplete_reason")
    return tuple(gaps)


def versions() -> dict[str, str]:
    """Return the versions of Python and of the packages that make the numbers."""
    return {"python": platform.python_version(), **{n: metadata.version(n) for n in PACKAGES}}
