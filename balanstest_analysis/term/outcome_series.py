"""One outcome on the common axis of months: counts, curve and draws."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from balanstest_analysis.statistics.count_covariance import CountCovariance
from balanstest_analysis.statistics.evidence import RUN, WINDOW, exact_limits, run_sums
from balanstest_analysis.statistics.floats import Floats
from balanstest_analysis.statistics.quantiles import quantiles

Limits = tuple[Floats, Floats]


@dataclass(frozen=True, kw_only=True)
class OutcomeSeries:
    """One outcome on the common axis of months 0 .. M-1.

    Attributes:
        exposure: contacts, shape (months,).
        events: events, same shape.
        rate: averaged curve, same shape; 0 outside the observed range.
        drawn: averaged curve in every draw, shape (draws, months).
        drawn_events: events in every draw, same shape.
        covariance: of the events.
        undescribed: no curve describes the outcome, so that months have to speak for themselves.
        curveless: there is no curve at all but one that the data contradict.
    """

    exposure: Floats
    events: Floats
    rate: Floats
    drawn: Floats
    drawn_events: Floats
    covariance: CountCovariance
    undescribed: bool = False
    curveless: bool = False

    @cached_property
    def pooled_rate(self) -> float:
        """Events per contact over all months."""
        return float(self.events.sum() / self.exposure.sum())

    def drawn_limits(self, level: float) -> Limits:
        """Return the one-sided limits of the curve over the draws, each of shape (months,)."""
        if level not in self._drawn_limits:
            self._drawn_limits[level] = limits_over_draws(self.drawn, level)
        return self._drawn_limits[level]

    @cached_property
    def _drawn_limits(self) -> dict[float, Limits]:
        """Thresholds change often, and the draws do not."""
        return {}

    def pooled_upper_limit(self, level: float) -> float:
        """Return the exact one-sided upper limit of the pooled rate."""
        return self.window_limits(0, len(self.events) - 1, level)[1]

    def window_limits(self, first: int, last: int, level: float) -> tuple[float, float]:
        """Return the exact limits of the rate of a window, at its own design effect.

        Args:
            first: first month.
            last: last month, inclusive.
            level: confidence level of each limit by itself.
        """
        inside = slice(first, last + 1)
        effect = self.covariance.window_effect(first, last)
        k, n = self.events[inside].sum() / effect, self.exposure[inside].sum() / effect
        lower, upper = exact_limits(np.array([k]), np.array([n]), level)
        return float(lower[0]), float(upper[0])

    def limits(self, level: float) -> tuple[Limits, Limits]:
        """Return the exact limits by month, and by the run of three months from each."""
        single, three = self._effects
        runs = run_sums(self.events) / three, run_sums(self.exposure) / three
        months = self.events / single, self.exposure / single
        return _exact(*months, level), _exact(*runs, level)

    @cached_property
    def _effects(self) -> Limits:
        return self.covariance.run_effects(1), self.covariance.run_effects(RUN)

    @cached_property
    def evidence_effects(self) -> Floats:
        """Design effect of the window of six months that ends at each month."""
        return self.covariance.effects_until(WINDOW, len(self.exposure))


def limits_over_draws(drawn: Floats, level: float) -> Limits:
    """Return the one-sided lower and upper limit over draws, per month.

    Args:
        drawn: shape (draws, months); infinite in every draw where a month is not tested.
        level: confidence level of each limit by itself.
    """
    tested = np.isfinite(drawn[0])
    lower, upper = np.full((2, drawn.shape[1]), np.inf)
    lower[tested], upper[tested] = quantiles(drawn[:, tested], [1 - level, level])
    return lower, upper


def _exact(events: Floats, exposure: Floats, level: float) -> Limits:
    return _limits_of(events.tobytes(), exposure.tobytes(), level)


@lru_cache(maxsize=512)
def _limits_of(events: bytes, exposure: bytes, level: float) -> Limits:
    """Counts stay the same under most other choices, and their limits are asked for again."""
    return exact_limits(np.frombuffer(events), np.frombuffer(exposure), level)
