"""One outcome on the common axis of months: counts, curve and resamples."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from balanstest_analysis.statistics.curves import Floats
from balanstest_analysis.statistics.evidence import exact_limits, run_sums


@dataclass(frozen=True, kw_only=True)
class OutcomeSeries:
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
