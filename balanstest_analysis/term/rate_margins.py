"""Margins of criteria on one rate."""

from __future__ import annotations

import numpy as np

from balanstest_analysis.dossier.criteria import MaximumRatio, MinimumRate
from balanstest_analysis.statistics.evidence import (
    RUN,
    WINDOW,
    Evidence,
    Flags,
    find_last,
    find_start,
    needed_for_maximum,
    needed_for_minimum,
)
from balanstest_analysis.statistics.floats import Floats
from balanstest_analysis.term.margins import (
    Margin,
    RateCriterion,
    contradictions,
    run_rates,
    run_starts,
)
from balanstest_analysis.term.outcome_series import Limits, OutcomeSeries, limits_over_draws


def rate_margin(
    criterion: RateCriterion, series: OutcomeSeries, level: float, not_before: int = 0
) -> Margin:
    """Return the margin of a criterion on one rate; positive where it holds.

    Args:
        criterion: on one rate.
        series: its outcome.
        level: one-sided confidence level.
        not_before: month before which nobody is called.
    """
    maximum = not isinstance(criterion, MinimumRate)
    sign = -1.0 if maximum else 1.0
    threshold, drawn_threshold, favourable = _thresholds(criterion, series, level)
    outside = _outside_reference(criterion, len(series.exposure))
    point = sign * (series.rate - threshold)
    lower, upper = _drawn_margin(series, drawn_threshold, level, maximum=maximum)
    if maximum and not series.events.any():
        # a fit on zero events is no evidence: the pooled exact limit has to meet the threshold
        lower = upper = np.full(len(outside), threshold - series.pooled_upper_limit(level))
    if series.curveless:
        lower = _shown_margin(series, threshold, level, maximum=maximum)
        point = upper = np.full(len(outside), np.inf)
    evidence = rate_evidence(
        series, threshold, level, maximum=maximum, not_before=not_before, tested=outside
    )
    wrong = WrongSide(series=series, threshold=favourable, level=level, sign=sign, outside=outside)
    shown = _shown(series, threshold, level, maximum=maximum)[0]
    return Margin(
        point=np.where(outside, point, np.inf),
        lower=np.where(outside, lower, np.inf),
        upper=np.where(outside, upper, np.inf),
        refuted=evidence.start is not None
        and wrong.refuted(evidence.start, shown=shown[evidence.start]),
        contradicted=wrong.contradicted(),
        unshown=_unshown(series, threshold, level, maximum=maximum) & outside,
        wrong_end=wrong.at_end(),
        evidence=evidence,
        points_wrong=wrong.points_wrong(evidence.start),
        threshold=threshold,
    )


def rate_evidence(
    series: OutcomeSeries,
    threshold: float,
    level: float,
    *,
    maximum: bool,
    not_before: int = 0,
    tested: Flags | None = None,
) -> Evidence:
    """Return the months in which a rate can be tested.

    Args:
        series: an outcome.
        threshold: of a maximum; that of a minimum does not enter.
        level: one-sided confidence level.
        maximum: whether the criterion is a maximum.
        not_before: month before which nobody is called.
        tested: months that are held against the threshold; by default all.
    """
    needed = (
        needed_for_maximum(threshold, level)
        if maximum
        else needed_for_minimum(series.pooled_rate, level)
    )
    start = find_start(series.exposure, not_before)
    last = None
    if start is not None:
        last = find_last(series.exposure, series.evidence_effects, start, needed, tested)
    return Evidence(start=start, last_month=last, contacts_needed=needed)


def _thresholds(
    criterion: RateCriterion, series: OutcomeSeries, level: float
) -> tuple[float, Floats | float, float]:
    """Return the threshold at the point, in every draw, and at its most favourable."""
    if not isinstance(criterion, MaximumRatio):
        return criterion.threshold, criterion.threshold, criterion.threshold
    first, last = criterion.reference_months
    inside = slice(first, last + 1)
    k, n = series.events[inside].sum(), max(series.exposure[inside].sum(), 1)
    upper = series.window_limits(first, min(last, len(series.events) - 1), level)[1]
    drawn = criterion.factor * series.drawn_events[:, inside].sum(axis=1) / n
    return float(criterion.factor * k / n), drawn[:, None], criterion.factor * upper


def _drawn_margin(
    series: OutcomeSeries, threshold: Floats | float, level: float, *, maximum: bool
) -> Limits:
    """Return the limits of the margin over the draws."""
    if not isinstance(threshold, float):
        return limits_over_draws(threshold - series.drawn, level)
    lower, upper = series.drawn_limits(level)
    return (
        (threshold - upper, threshold - lower)
        if maximum
        else (lower - threshold, upper - threshold)
    )


def _outside_reference(criterion: RateCriterion, months: int) -> Flags:
    outside = np.ones(months, dtype=bool)
    if isinstance(criterion, MaximumRatio):
        first, last = criterion.reference_months
        outside[first : last + 1] = False
    return outside


class WrongSide:
    """Where the data themselves lie on the wrong side of a threshold."""

    def __init__(
        self, *, series: OutcomeSeries, threshold: float, level: float, sign: float, outside: Flags
    ) -> None:
        self.series, self.threshold, self.level = series, threshold, level
        self.sign, self.outside = sign, outside
        self.months, self.runs = (
            self._excluded(lower, upper) & outside for lower, upper in series.limits(level)
        )

    def _excluded(self, lower: Floats, upper: Floats) -> Flags:
        return np.asarray(lower > self.threshold if self.sign < 0 else upper < self.threshold)

    def _window(self, first: int, last: int) -> bool:
        if not self.outside[first : last + 1].all():
            return False
        lower, upper = self.series.window_limits(first, last, self.level)
        return bool(self._excluded(np.array(lower), np.array(upper)))

    def refuted(self, start: int, *, shown: bool = False) -> bool:
        """Return whether the start, what comes before it or the six months from it lie there.

        Args:
            start: month from which the criterion is judged.
            shown: whether the start itself is shown to hold; later months do not undo that.
        """
        last = min(start + WINDOW, len(self.months)) - 1
        before = max(start - RUN + 1, 0)
        early = self.months[: start + 1].any() or self.runs[:before].any()
        return bool(early) or (not shown and self._window(start, last))

    def points_wrong(self, start: int | None) -> bool:
        """Return whether the rate of all months from the start on lies there."""
        inside = self.outside.copy()
        inside[: start or 0] = False
        n, k = self.series.exposure[inside].sum(), self.series.events[inside].sum()
        return bool(n > 0 and self.sign * (k / n - self.threshold) < 0)

    def contradicted(self) -> Flags:
        """Return the months that no term passes."""
        rate = self.series.events / np.maximum(self.series.exposure, 1)
        own = (self.sign * (rate - self.threshold) < 0) & (self.series.exposure > 0)
        return contradictions(self.months, self.runs, own)

    def at_end(self) -> Flags:
        """Return the months at which the run that ends there lies on the wrong side."""
        rates = run_rates(self.series, run_starts(self.series))
        return np.asarray((self.sign * (rates - self.threshold) < 0) & self.outside)


def _shown_margin(
    series: OutcomeSeries, threshold: float, level: float, *, maximum: bool
) -> Floats:
    """Return the margin at the exact limit of each month, or of the three from it if better.

    Where no curve is left the months are shown one after the other, in a fixed sequence.
    """
    either = [
        threshold - upper if maximum else lower - threshold for lower, upper in series.limits(level)
    ]
    return np.where(series.exposure > 0, np.maximum(*either), np.inf)


def _unshown(series: OutcomeSeries, threshold: float, level: float, *, maximum: bool) -> Flags:
    """Return months whose exact limits do not meet the threshold, if no curve describes them.

    Neither the month's own limit nor that of the three months from it. Held against this in
    order, month after month, the term needs no curve (stepwise tests, Hsu and Berger 1999).
    """
    if not series.undescribed:
        return np.zeros(len(series.exposure), dtype=bool)
    month, run = _shown(series, threshold, level, maximum=maximum)
    return np.asarray((series.exposure > 0) & ~month & ~run)


def _shown(
    series: OutcomeSeries, threshold: float, level: float, *, maximum: bool
) -> tuple[Flags, Flags]:
    """Return where the exact limit of each month, and of the three from it, meets a threshold."""
    month, run = (
        upper <= threshold if maximum else lower >= threshold
        for lower, upper in series.limits(level)
    )
    return month, run
