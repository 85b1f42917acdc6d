"""How far each criterion is from failing, per month: at the point and in every resample."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

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
from balanstest_analysis.statistics.curves import Floats
from balanstest_analysis.statistics.evidence import (
    RUN,
    Evidence,
    contacts_needed,
    exact_limits,
    find_evidence,
    run_sums,
)
from balanstest_analysis.statistics.fisher_scoring import Flags

RateCriterion = MinimumRate | MaximumRate | MaximumRatio


@dataclass(frozen=True, kw_only=True)
class Series:
    """One outcome on the common axis of months 0 .. M-1.

    Attributes:
        exposure: contacts, shape (months,).
        events: events, same shape.
        rate: averaged curve, same shape; 0 outside the observed range.
        resampled: averaged curve in every resample, shape (resamples, months).
        drawn_exposure: contacts in every resample, same shape.
        drawn_events: events in every resample, same shape.
        design_effect: at least 1.
        undescribed: no curve describes the outcome, so that months have to speak for themselves.
    """

    exposure: Floats
    events: Floats
    rate: Floats
    resampled: Floats
    drawn_exposure: Floats
    drawn_events: Floats
    design_effect: float
    undescribed: bool = False

    def pooled_rate(self) -> float:
        """Return events per contact over all months."""
        return float(self.events.sum() / self.exposure.sum())

    def pooled_upper_limit(self, level: float) -> float:
        """Return the exact one-sided upper limit of the pooled rate."""
        k, n = self._effective(self.events.sum(keepdims=True), self.exposure.sum(keepdims=True))
        return float(exact_limits(k, n, level)[1][0])

    def limits(self, level: float) -> tuple[tuple[Floats, Floats], tuple[Floats, Floats]]:
        """Return the exact limits by month, and by run of three months."""
        k, n = self._effective(self.events, self.exposure)
        return _limits_of(k.tobytes(), n.tobytes(), level)

    def _effective(self, events: Floats, exposure: Floats) -> tuple[Floats, Floats]:
        return events / self.design_effect, exposure / self.design_effect


@lru_cache(maxsize=256)
def _limits_of(
    events: bytes, exposure: bytes, level: float
) -> tuple[tuple[Floats, Floats], tuple[Floats, Floats]]:
    """Counts stay the same under most other choices, and their limits are asked for again."""
    k, n = np.frombuffer(events), np.frombuffer(exposure)
    return exact_limits(k, n, level), exact_limits(run_sums(k), run_sums(n), level)


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


def margin(criterion: Criterion, series: Mapping[str, Series], level: float) -> Margin | None:
    """Return the margin of a criterion, or None for a horizon and where an outcome is missing.

    Args:
        criterion: any kind.
        series: by name, on the same months.
        level: one-sided confidence level.
    """
    names = needed_series(criterion)
    if isinstance(criterion, Horizon) or any(name not in series for name in names):
        return None
    if isinstance(criterion, BurdenPerConversion | NetBenefit):
        return _weighed_margin(criterion, series, level)
    return _rate_margin(criterion, series[criterion.outcome], level)


def _rate_margin(criterion: RateCriterion, series: Series, level: float) -> Margin:
    maximum = not isinstance(criterion, MinimumRate)
    sign = -1.0 if maximum else 1.0
    threshold, drawn, favourable = _thresholds(criterion, series, level)
    resampled = series.resampled
    if maximum and not series.events.any():
        # a fit on zero events is no evidence: the pooled exact limit has to meet the threshold
        resampled = np.full_like(resampled, series.pooled_upper_limit(level))
    outside = _outside_reference(criterion, len(series.exposure))
    contradicted = _contradicted(series, favourable, level, maximum=maximum) & outside
    unshown = _unshown(series, threshold, level, maximum=maximum) & outside
    return Margin(
        point=np.where(outside, sign * (series.rate - threshold), np.inf),
        resampled=np.where(outside, sign * (resampled - drawn), np.inf),
        contradicted=contradicted,
        unshown=unshown,
        evidence=_evidence(series, threshold, level, maximum=maximum),
        threshold=threshold,
    )


def _thresholds(
    criterion: RateCriterion, series: Series, level: float
) -> tuple[float, Floats | float, float]:
    """Return the threshold at the point, in every resample, and at its most favourable."""
    if not isinstance(criterion, MaximumRatio):
        return criterion.threshold, criterion.threshold, criterion.threshold
    first, last = criterion.reference_months
    k, n = series.events[first : last + 1].sum(), series.exposure[first : last + 1].sum()
    drawn_n = series.drawn_exposure[:, first : last + 1].sum(axis=1)
    drawn_k = series.drawn_events[:, first : last + 1].sum(axis=1)
    effect = series.design_effect
    upper = float(exact_limits(np.array([k / effect]), np.array([n / effect]), level)[1][0])
    drawn = criterion.factor * drawn_k / np.maximum(drawn_n, 1)
    return criterion.factor * k / max(n, 1), drawn[:, None], criterion.factor * upper


def _outside_reference(criterion: RateCriterion, months: int) -> Flags:
    outside = np.ones(months, dtype=bool)
    if isinstance(criterion, MaximumRatio):
        first, last = criterion.reference_months
        outside[first : last + 1] = False
    return outside


def _contradicted(series: Series, threshold: float, level: float, *, maximum: bool) -> Flags:
    """Return months that, alone or in a run of three, exactly contradict the criterion."""
    wrong = [
        lower > threshold if maximum else upper < threshold for lower, upper in series.limits(level)
    ]
    return _spread(*wrong)


def _unshown(series: Series, threshold: float, level: float, *, maximum: bool) -> Flags:
    """Return months whose exact limits do not meet the threshold, if no curve describes them.

    Neither the month's own limit nor that of the three months from it. Held against this in
    order, month after month, the term needs no curve (stepwise tests, Hsu and Berger 1999).
    """
    if not series.undescribed:
        return np.zeros(len(series.exposure), dtype=bool)
    month, run = (
        upper <= threshold if maximum else lower >= threshold
        for lower, upper in series.limits(level)
    )
    return np.asarray((series.exposure > 0) & ~month & ~run)


def _spread(months: Flags, runs: Flags) -> Flags:
    """Mark every month of a run that starts where `runs` is true."""
    marked = months.copy()
    for shift in range(RUN):
        marked[shift:] |= runs[: len(runs) - shift]
    return marked


def _evidence(series: Series, threshold: float, level: float, *, maximum: bool) -> Evidence:
    bounded = min(max(threshold, 1e-5), 0.95)
    needed = contacts_needed(round(bounded, 6), level, maximum=maximum)
    return find_evidence(series.exposure / series.design_effect, needed)


def _weighed_margin(
    criterion: BurdenPerConversion | NetBenefit, series: Mapping[str, Series], level: float
) -> Margin:
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


def _careful(series: Series, level: float, *, burden: bool) -> Floats:
    if burden and not series.events.any():
        return np.full_like(series.resampled, series.pooled_upper_limit(level))
    return series.resampled


def _weighed_contradiction(
    weights: Mapping[str, float], constant: float, series: Mapping[str, Series], level: float
) -> Flags:
    """Return months that fail even with every rate at its most favourable exact limit."""
    months, runs = (value < 0 for value in _extremes(weights, constant, series, level, best=True))
    return _spread(months, runs)


def _weighed_unshown(
    weights: Mapping[str, float], constant: float, series: Mapping[str, Series], level: float
) -> Flags:
    """Return months that fail with every rate at its least favourable limit; see `_unshown`."""
    month, run = _extremes(weights, constant, series, level, best=False)
    used = [series[name] for name in weights]
    seen = np.logical_or.reduce([one.exposure > 0 for one in used])
    return np.asarray(any(one.undescribed for one in used) & seen & (month < 0) & (run < 0))


def _extremes(
    weights: Mapping[str, float],
    constant: float,
    series: Mapping[str, Series],
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
    criterion: BurdenPerConversion | NetBenefit, series: Mapping[str, Series], level: float
) -> Evidence:
    """Return the months in which conversion and objection can be told from half and twice as much.

    The weights themselves do not enter: a heavier weight may never find evidence that a lighter
    one lacks.
    """
    conversion, objection, _ = JOINT_OUTCOMES
    half = series[conversion].pooled_rate() / 2
    evidence = _evidence(series[conversion], half, level, maximum=False)
    if objection not in needed_series(criterion):
        return evidence
    burden = series[objection]
    twice = 2 * (burden.pooled_rate() or burden.pooled_upper_limit(level))
    other = _evidence(series[objection], twice, level, maximum=True)
    return evidence if evidence.contacts_needed >= other.contacts_needed else other
