"""How far each criterion is from failing, per month: at the point, in every draw, in the data."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

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
from balanstest_analysis.statistics.evidence import RUN, Evidence, Flags
from balanstest_analysis.statistics.floats import Floats
from balanstest_analysis.term.outcome_series import OutcomeSeries

RateCriterion = MinimumRate | MaximumRate | MaximumRatio
LEAST_EXPECTED = 10


@dataclass(frozen=True, kw_only=True)
class Margin:
    """Distance to failing, in the unit of the criterion; it holds where this is at least 0.

    Attributes:
        point: shape (months,).
        lower: its one-sided lower limit over the draws, shape (months,).
        upper: its one-sided upper limit, same shape.
        refuted: what the data themselves exclude before and at the start: the start, an earlier
            month or run, or the six months from the start lie on the wrong side at their limit.
        contradicted: months that no term passes, because their own data or those of the run they
            are in lie on the wrong side, shape (months,).
        unshown: months that no curve vouches for and whose own data do not show that the
            criterion holds, same shape.
        wrong_end: months at which the rate of the run that ends there, long enough for ten
            expected events, lies on the wrong side, same shape.
        evidence: the months between which the criterion may be judged.
        points_wrong: the rates of all months from the start on lie on the wrong side.
        threshold: the rate that the outcome was held against, or None where it is no rate.
    """

    point: Floats
    lower: Floats
    upper: Floats
    refuted: bool
    contradicted: Flags
    unshown: Flags
    wrong_end: Flags
    evidence: Evidence
    points_wrong: bool
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


def contradictions(months: Flags, runs: Flags, own: Flags) -> Flags:
    """Return the months that no term passes.

    Args:
        months: whose own exact limit lies on the wrong side, shape (months,).
        runs: whose run of three from there lies on the wrong side, same shape.
        own: whose own rate lies on the wrong side, same shape.
    """
    in_run = np.zeros_like(months)
    for shift in range(RUN):
        in_run[shift:] |= runs[: len(runs) - shift]
    return months | (in_run & own)


def run_starts(series: OutcomeSeries, least: float = LEAST_EXPECTED) -> Floats:
    """Return the first month of the shortest run that ends at each month with events enough.

    Args:
        series: an outcome.
        least: events that its pooled rate must give in the run.
    """
    total = np.concatenate([[0.0], np.cumsum(series.exposure * series.pooled_rate)])
    wanted = total[1:] - least
    return np.maximum(np.searchsorted(total, wanted + 1e-9, side="right") - 1, 0)


def run_rates(series: OutcomeSeries, starts: Floats) -> Floats:
    """Return events per contact from each start through each month, shape (months,)."""
    k, n = (np.concatenate([[0.0], np.cumsum(v)]) for v in (series.events, series.exposure))
    ends = np.arange(len(series.events)) + 1
    return np.asarray((k[ends] - k[starts]) / np.maximum(n[ends] - n[starts], 1))
