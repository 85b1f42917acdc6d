"""How far counts lie from a curve: Pearson's X2 over merged months."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from balanstest_analysis.statistics.distributions import chi2_tail
from balanstest_analysis.statistics.fit_data import FitData
from balanstest_analysis.statistics.floats import Floats

LEAST_EXPECTED = 5


def goodness_of_fit(data: FitData, rates: Floats, parameters: int) -> float | None:
    """Return the p-value of Pearson's X2 over merged months, or None where none can be had.

    Adjacent months are merged until five events and five non-events are expected; the statistic
    is divided by the design effect of single months, to which the sum of their squares belongs
    (the first-order correction of Rao and Scott), never by its own dispersion.
    """
    statistic, bins = pearson(data, rates)
    df = bins - parameters
    return chi2_tail(statistic / data.month_effect, df) if df > 0 else None


def pearson(data: FitData, rates: Floats) -> tuple[float, int]:
    """Return Pearson's X2 over merged months, and the number of merged months."""
    expected, missed = data.exposure * rates, data.exposure * (1 - rates)
    starts = _merged_starts(np.minimum(expected, missed))
    add: Callable[[Floats], Floats] = lambda values: np.add.reduceat(values, starts)  # noqa: E731
    observed, expected, missed = add(data.events), add(expected), add(missed)
    statistic = (observed - expected) ** 2 * (1 / expected + 1 / missed)
    return float(statistic.sum()), len(starts)


def _merged_starts(expected: Floats) -> list[int]:
    """Return where each merged bin starts; a last bin that stays too small joins the one before."""
    starts, held = [0], 0.0
    for month, value in enumerate(expected):
        if held >= LEAST_EXPECTED:
            starts.append(month)
            held = 0.0
        held += value
    if held < LEAST_EXPECTED and len(starts) > 1:
        starts.pop()
    return starts
