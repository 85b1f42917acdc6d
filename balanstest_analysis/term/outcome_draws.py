"""Counts of outcomes drawn again, each outcome from a stream of chance of its own."""

from __future__ import annotations

import math
import zlib
from collections.abc import Mapping

import numpy as np

from balanstest_analysis.dossier.statements import Settings
from balanstest_analysis.statistics.count_covariance import widening
from balanstest_analysis.statistics.count_draws import Correlations, DrawnCounts, draw_events
from balanstest_analysis.statistics.floats import Floats
from balanstest_analysis.statistics.model_averaging import OutcomeFits
from balanstest_analysis.statistics.outcome_counts import OutcomeCounts


class Chance:
    """The chance of all draws under some settings: whoever asks again gets the same.

    Each outcome has a stream of its own, so that a criterion that is added, or an outcome that is
    delivered, moves no other.

    Args:
        settings: number of draws, seed and confidence level.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._made: dict[tuple[tuple[str, ...], bytes], dict[str, Floats]] = {}

    def uniforms(self, correlations: Correlations) -> dict[str, Floats]:
        """Return correlated standard uniforms of each outcome, shape (draws, months)."""
        asked = (correlations.names, correlations.matrix.tobytes())
        if asked not in self._made:
            months = len(correlations.matrix) // len(correlations.names)
            z = {name: self._normals(name, months) for name in correlations.names}
            self._made[asked] = correlations.uniforms(z)
        return self._made[asked]

    def _normals(self, name: str, months: int) -> Floats:
        rng = np.random.default_rng([self.settings.seed, zlib.crc32(name.encode())])
        return rng.standard_normal((self.settings.resamples, months))


def drawn_counts(
    chance: Chance,
    counts: Mapping[str, OutcomeCounts],
    fits: Mapping[str, OutcomeFits],
    correlations: Mapping[str, Correlations],
) -> dict[str, DrawnCounts]:
    """Return the counts of every draw.

    Args:
        chance: of the draws.
        counts: by name.
        fits: of those counts.
        correlations: that each is drawn with.
    """
    return {
        name: _drawn(
            chance.settings, counts[name], fits[name], chance.uniforms(correlations[name])[name]
        )
        for name in counts
    }


def _drawn(settings: Settings, counts: OutcomeCounts, fits: OutcomeFits, u: Floats) -> DrawnCounts:
    campaigns, level = fits.covariance.campaigns, settings.confidence_level
    widened = widening(campaigns, level) if campaigns else math.sqrt(fits.dispersion)
    exposure, events = (
        values.astype(float) for values in (counts.exposure_by_month, counts.events_by_month)
    )
    return DrawnCounts(
        exposure=np.broadcast_to(exposure, u.shape),
        events=draw_events(exposure, events, fits.covariance, u, widened),
    )
