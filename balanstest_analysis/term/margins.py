"""How far each criterion is from failing, per month: at the point and in every resample."""

from __future__ import annotations

from dataclasses import dataclass

from balanstest_analysis.dossier.criteria import (
    BurdenPerConversion,
    Criterion,
    Horizon,
    MaximumRate,
    MaximumRatio,
    MinimumRate,
    NetBenefit,
)
from balanstest_analysis.history.month_table import JOINT_OUTCOMES
from balanstest_analysis.published.names import OUTCOMES, Outcome
from balanstest_analysis.statistics.curves import Floats
from balanstest_analysis.statistics.evidence import RUN, Evidence, contacts_needed, find_evidence
from balanstest_analysis.statistics.fisher_scoring import Flags
from balanstest_analysis.term.outcome_series import OutcomeSeries

RateCriterion = MinimumRate | MaximumRate | MaximumRatio


@dataclass(frozen=True, kw_only=True)
class Margin:
    """Distance to failing, in the unit of the criterion; it holds where this is at least 0.

    Attributes:
        point: shape (months,).
        resampled: shape (resamples, months).
        contradicted: months whose own data lie on the wrong side, shape (months,).
        unshown: months that no curve vouches for and whose own data do not show that the
            criterion holds, same shape.
        evidence: the months between which the criterion may be judged.
        threshold: the rate that the outcome was held against, or None where it is no rate.
    """

    point: Floats
    resampled: Floats
    contradicted: Flags
    unshown: Flags
    evidence: Evidence
    threshold: float | None


def needed_series(criterion: Criterion) -> tuple[str, ...]:
    """Return the names of the series that a criterion rests on."""
    match criterion:
        case Horizon():
            return ()
        case BurdenPerConversion(complaint_weight=weight):
            return JOINT_OUTCOMES if weight > 0 else JOINT_OUTCOMES[:2]
        case NetBenefit(objection_weight=objection, complaint_weight=complaint):
            weights = (1.0, objection, complaint)
            return tuple(n for n, w in zip(JOINT_OUTCOMES, weights, strict=True) if w > 0)
        case _:
            return (criterion.outcome,)


def needed_outcomes(criterion: Criterion) -> tuple[Outcome, ...]:
    """Return the outcomes that a criterion weighs."""
    needed = {name.removeprefix("joint_") for name in needed_series(criterion)}
    return tuple(outcome for outcome in OUTCOMES if outcome in needed)


def spread(months: Flags, runs: Flags) -> Flags:
    """Mark every month of a run that starts where `runs` is true."""
    marked = months.copy()
    for shift in range(RUN):
        marked[shift:] |= runs[: len(runs) - shift]
    return marked


def evidence_of(
    series: OutcomeSeries, threshold: float, level: float, *, maximum: bool
) -> Evidence:
    """Return the months with enough contacts to test a rate against a threshold."""
    bounded = min(max(threshold, 1e-5), 0.95)
    needed = contacts_needed(round(bounded, 6), level, maximum=maximum)
    return find_evidence(series.exposure / series.design_effect, needed)
