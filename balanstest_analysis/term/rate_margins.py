"""Margins of criteria on one rate."""

from __future__ import annotations

import numpy as np

from balanstest_analysis.dossier.criteria import MaximumRatio, MinimumRate
from balanstest_analysis.statistics.curves import Floats
from balanstest_analysis.statistics.evidence import exact_limits
from balanstest_analysis.statistics.fisher_scoring import Flags
from balanstest_analysis.term.margins import Margin, RateCriterion, evidence_of, spread
from balanstest_analysis.term.outcome_series import OutcomeSeries


def rate_margin(criterion: RateCriterion, series: OutcomeSeries, level: float) -> Margin:
    """Return the margin of a criterion on one rate; positive where it holds."""
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
        evidence=evidence_of(series, threshold, level, maximum=maximum),
        threshold=threshold,
    )


def _thresholds(
    criterion: RateCriterion, series: OutcomeSeries, level: float
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


def _contradicted(series: OutcomeSeries, threshold: float, level: float, *, maximum: bool) -> Flags:
    """Return months that, alone or in a run of three, exactly contradict the criterion."""
    wrong = [
        lower > threshold if maximum else upper < threshold for lower, upper in series.limits(level)
    ]
    return spread(*wrong)


def _unshown(series: OutcomeSeries, threshold: float, level: float, *, maximum: bool) -> Flags:
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
