"""Margins of criteria that weigh several outcomes against each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from balanstest_analysis.dossier.criteria import BurdenPerConversion, NetBenefit
from balanstest_analysis.history.month_table import JOINT_OUTCOMES
from balanstest_analysis.statistics.evidence import RUN, WINDOW, Evidence, Flags
from balanstest_analysis.statistics.floats import Floats
from balanstest_analysis.term.margins import (
    Margin,
    contradictions,
    needed_series,
    run_rates,
    run_starts,
)
from balanstest_analysis.term.outcome_series import OutcomeSeries, limits_over_draws
from balanstest_analysis.term.rate_margins import rate_evidence

Weighed = BurdenPerConversion | NetBenefit


def weighed_margin(
    criterion: Weighed, series: Mapping[str, OutcomeSeries], level: float, not_before: int = 0
) -> Margin:
    """Return the margin of a criterion that weighs outcomes; positive where it holds.

    Args:
        criterion: that weighs several outcomes.
        series: by name, on the same months.
        level: one-sided confidence level.
        not_before: month before which nobody is called.
    """
    weights, constant = _weights(criterion)
    used = {name: weight for name, weight in weights.items() if weight != 0}
    weighed = _Weighed(weights=used, constant=constant, series=series, level=level)
    evidence = _evidence(criterion, series, level, not_before)
    drawn = weighed.total({name: weighed.careful(name) for name in used})
    lower, upper = limits_over_draws(drawn, level)
    point = weighed.total({name: weighed.careful_point(name) for name in used})
    if any(series[name].curveless for name in used):
        lower, upper, point = (
            weighed.shown(),
            np.full_like(upper, np.inf),
            np.full_like(point, np.inf),
        )
    return Margin(
        point=point,
        lower=lower,
        upper=upper,
        refuted=evidence.start is not None and weighed.refuted(evidence.start),
        contradicted=weighed.contradicted(),
        unshown=weighed.unshown(),
        wrong_end=weighed.at_end(),
        evidence=evidence,
        points_wrong=weighed.points_wrong(evidence.start or 0),
        threshold=None,
    )


@dataclass(frozen=True, kw_only=True)
class _Weighed:
    """The sum that has to be positive, under several readings of the data."""

    weights: Mapping[str, float]
    constant: float
    series: Mapping[str, OutcomeSeries]
    level: float

    def total(self, rates: Mapping[str, Floats]) -> Floats:
        """Return the sum for rates by name, all of the same shape."""
        return np.asarray(
            self.constant + sum(weight * rates[name] for name, weight in self.weights.items())
        )

    def careful(self, name: str) -> Floats:
        """Return the drawn rates; a burden without events has the pooled limit instead."""
        return self._at_limit_without_events(name, self.series[name].drawn)

    def careful_point(self, name: str) -> Floats:
        """Return the averaged curve; a burden without events has the pooled limit instead."""
        return self._at_limit_without_events(name, self.series[name].rate)

    def _at_limit_without_events(self, name: str, rates: Floats) -> Floats:
        one = self.series[name]
        if self.weights[name] < 0 and not one.events.any():
            return np.full_like(rates, one.pooled_upper_limit(self.level))
        return rates

    def _extreme(self, limits: Mapping[str, tuple[Floats, Floats]], *, best: bool) -> Floats:
        """Return the sum with every rate at its best or worst limit."""
        chosen = {
            name: limits[name][1 if (weight > 0) == best else 0]
            for name, weight in self.weights.items()
        }
        return self.total(chosen)

    def _extremes(self, *, best: bool) -> tuple[Floats, Floats]:
        """Return the same by month, and by run of three."""
        limits = {name: self.series[name].limits(self.level) for name in self.weights}
        months, runs = ({name: both[scale] for name, both in limits.items()} for scale in (0, 1))
        return self._extreme(months, best=best), self._extreme(runs, best=best)

    def refuted(self, start: int) -> bool:
        """Return whether the start, what comes before it or the six months from it fail."""
        months, runs = self._extremes(best=True)
        last = min(start + WINDOW, len(months)) - 1
        window = {
            name: tuple(
                np.array(limit)
                for limit in self.series[name].window_limits(start, last, self.level)
            )
            for name in self.weights
        }
        early = (months[: start + 1] < 0).any() or (runs[: max(start - RUN + 1, 0)] < 0).any()
        pooled = self._extreme({n: (low, high) for n, (low, high) in window.items()}, best=True)
        # what the start itself shows is not undone by the months after it
        shown = self._extremes(best=False)[0][start] >= 0
        return bool(early) or bool(pooled < 0 and not shown)

    def points_wrong(self, start: int) -> bool:
        """Return whether the rates of all months from the start on fail."""
        rates = {
            name: np.array(
                self.series[name].events[start:].sum()
                / max(self.series[name].exposure[start:].sum(), 1)
            )
            for name in self.weights
        }
        return bool(self.total(rates) < 0)

    def contradicted(self) -> Flags:
        """Return the months that no term passes."""
        months, runs = self._extremes(best=True)
        own = self.total(
            {
                name: self.series[name].events / np.maximum(self.series[name].exposure, 1)
                for name in self.weights
            }
        )
        return contradictions(months < 0, runs < 0, (own < 0) & self._seen)

    @property
    def _seen(self) -> Flags:
        return np.asarray(np.any([self.series[name].exposure > 0 for name in self.weights], axis=0))

    def shown(self) -> Floats:
        """Return the sum with every rate at its least favourable limit, by month or by run."""
        return np.where(self._seen, np.maximum(*self._extremes(best=False)), np.inf)

    def unshown(self) -> Flags:
        """Return months that fail with every rate at its least favourable limit."""
        months, runs = self._extremes(best=False)
        undescribed = any(self.series[name].undescribed for name in self.weights)
        return np.asarray(undescribed & self._seen & (months < 0) & (runs < 0))

    def at_end(self) -> Flags:
        """Return the months at which the run that ends there fails by its own rates."""
        common = [name for name in self.weights if name != JOINT_OUTCOMES[2]]
        starts = np.minimum.reduce([run_starts(self.series[name]) for name in common])
        return np.asarray(
            self.total({n: run_rates(self.series[n], starts) for n in self.weights}) < 0
        )


def _weights(criterion: Weighed) -> tuple[dict[str, float], float]:
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


def _evidence(
    criterion: Weighed, series: Mapping[str, OutcomeSeries], level: float, not_before: int
) -> Evidence:
    """Return the months in which conversion and objection can be told from half and twice as much.

    The weights themselves do not enter: a heavier weight may never find evidence that a lighter
    one lacks.
    """
    conversion, objection, _ = JOINT_OUTCOMES
    own = rate_evidence(series[conversion], 0.0, level, maximum=False, not_before=not_before)
    if objection not in needed_series(criterion):
        return own
    burden = series[objection]
    twice = 2 * (burden.pooled_rate or burden.pooled_upper_limit(level))
    other = rate_evidence(burden, twice, level, maximum=True, not_before=not_before)
    return own if own.contacts_needed >= other.contacts_needed else other
