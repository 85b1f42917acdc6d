"""Margins of criteria that weigh several outcomes against each other."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from balanstest_analysis.dossier.criteria import BurdenPerConversion, NetBenefit
from balanstest_analysis.history.month_table import JOINT_OUTCOMES
from balanstest_analysis.statistics.curves import Floats
from balanstest_analysis.statistics.evidence import Evidence
from balanstest_analysis.statistics.fisher_scoring import Flags
from balanstest_analysis.term.margins import Margin, evidence_of, needed_series, spread
from balanstest_analysis.term.outcome_series import OutcomeSeries


def weighed_margin(
    criterion: BurdenPerConversion | NetBenefit, series: Mapping[str, OutcomeSeries], level: float
) -> Margin:
    """Return the margin of a criterion that weighs outcomes; positive where it holds."""
    weights, constant = _weights(criterion)
    used = {name: weight for name, weight in weights.items() if weight != 0}
    point = constant + sum(weight * series[name].rate for name, weight in used.items())
    resampled = constant + sum(
        weight * _careful(series[name], level, burden=weight < 0) for name, weight in used.items()
    )
    return Margin(
        point=np.asarray(point),
        resampled=np.asarray(resampled),
        contradicted=_weighed_contradiction(used, constant, series, level),
        unshown=_weighed_unshown(used, constant, series, level),
        evidence=_weighed_evidence(criterion, series, level),
        threshold=None,
    )


def _weights(criterion: BurdenPerConversion | NetBenefit) -> tuple[dict[str, float], float]:
    """Return the weight of each joint outcome in the margin, and its constant."""
    if isinstance(criterion, NetBenefit):
        values = (
            criterion.value_per_conversion,
            -criterion.objection_weight,
            -criterion.complaint_weight,
        )
        return dict(zip(JOINT_OUTCOMES, values, strict=True)), -criterion.cost_per_contact
    values = (criterion.threshold, -1.0, -criterion.complaint_weight)
    return dict(zip(JOINT_OUTCOMES, values, strict=True)), 0.0


def _careful(series: OutcomeSeries, level: float, *, burden: bool) -> Floats:
    if burden and not series.events.any():
        return np.full_like(series.resampled, series.pooled_upper_limit(level))
    return series.resampled


def _weighed_contradiction(
    weights: Mapping[str, float], constant: float, series: Mapping[str, OutcomeSeries], level: float
) -> Flags:
    """Return months that fail even with every rate at its most favourable exact limit."""
    months, runs = (value < 0 for value in _extremes(weights, constant, series, level, best=True))
    return spread(months, runs)


def _weighed_unshown(
    weights: Mapping[str, float], constant: float, series: Mapping[str, OutcomeSeries], level: float
) -> Flags:
    """Return months that fail with every rate at its least favourable limit; see `_unshown`."""
    month, run = _extremes(weights, constant, series, level, best=False)
    used = [series[name] for name in weights]
    seen = np.logical_or.reduce([one.exposure > 0 for one in used])
    return np.asarray(any(one.undescribed for one in used) & seen & (month < 0) & (run < 0))


def _extremes(
    weights: Mapping[str, float],
    constant: float,
    series: Mapping[str, OutcomeSeries],
    level: float,
    *,
    best: bool,
) -> tuple[Floats, Floats]:
    """Return the sum with every rate at its best or worst exact limit, by month and by run."""
    sums: list[Floats | float] = [constant, constant]
    for name, weight in weights.items():
        for scale, (lower, upper) in enumerate(series[name].limits(level)):
            sums[scale] = sums[scale] + weight * (upper if (weight > 0) == best else lower)
    return np.asarray(sums[0]), np.asarray(sums[1])


def _weighed_evidence(
    criterion: BurdenPerConversion | NetBenefit, series: Mapping[str, OutcomeSeries], level: float
) -> Evidence:
    """Return the months in which conversion and objection can be told from half and twice as much.

    The weights themselves do not enter: a heavier weight may never find evidence that a lighter
    one lacks.
    """
    conversion, objection, _ = JOINT_OUTCOMES
    half = series[conversion].pooled_rate() / 2
    evidence = evidence_of(series[conversion], half, level, maximum=False)
    if objection not in needed_series(criterion):
        return evidence
    burden = series[objection]
    twice = 2 * (burden.pooled_rate() or burden.pooled_upper_limit(level))
    other = evidence_of(series[objection], twice, level, maximum=True)
    return evidence if evidence.contacts_needed >= other.contacts_needed else other
