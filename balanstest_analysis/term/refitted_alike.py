"""The curves of a history refitted to parts and recounts of it, all in one batch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from balanstest_analysis.statistics.count_draws import DrawnCounts
from balanstest_analysis.statistics.floats import Floats
from balanstest_analysis.statistics.resampled_rates import average_outcomes, starts_near
from balanstest_analysis.term.outcomes import OutcomeAnalysis


def averaged_rates(
    whole: Mapping[str, OutcomeAnalysis], others: Mapping[str, Sequence[OutcomeAnalysis]]
) -> dict[str, Floats]:
    """Return averaged rates of each other history, shape (histories, 1 + draws, months).

    The first of each are those of its counts, before its draws. Families, knots and design effect
    are those of the whole.

    Args:
        whole: the history, by outcome.
        others: with the months and the chance of the whole, and as many draws each; by outcome.
    """
    fits = {name: whole[name].fits for name in others}
    batches = {name: _stacked(found) for name, found in others.items()}
    starts = {name: _starts(whole[name], found) for name, found in others.items()}
    rates = average_outcomes(fits, batches, starts)
    return {
        name: rates[name].reshape(len(found), -1, rates[name].shape[1])
        for name, found in others.items()
    }


def _starts(whole: OutcomeAnalysis, others: Sequence[OutcomeAnalysis]) -> dict[str, Floats]:
    points = DrawnCounts(
        exposure=np.vstack([other.counts.exposure_by_month for other in others]).astype(float),
        events=np.vstack([other.counts.events_by_month for other in others]).astype(float),
    )
    return starts_near(whole.fits, whole.resampled, points, len(others[0].drawn.events))


def _stacked(others: Sequence[OutcomeAnalysis]) -> DrawnCounts:
    exposure = [np.vstack([o.counts.exposure_by_month, o.drawn.exposure]) for o in others]
    events = [np.vstack([o.counts.events_by_month, o.drawn.events]) for o in others]
    return DrawnCounts(exposure=np.vstack(exposure), events=np.vstack(events))
