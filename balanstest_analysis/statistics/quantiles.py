"""Quantiles over draws, of all months at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from balanstest_analysis.statistics.floats import Floats

HALF_WAY: Final = 0.5


def quantiles(draws: Floats, levels: Sequence[float]) -> Floats:
    """Return quantiles of each month over its draws, interpolated linearly.

    Definition 7 of Hyndman and Fan (1996), The American Statistician 50:361, which is that of
    `numpy.quantile`, to the last digit. A processor sorts all months in a quarter of the time that
    NumPy takes to part each month at each level.

    Args:
        draws: shape (draws, months), at least one draw and no NaN.
        levels: from 0 to 1.

    Returns:
        Shape (levels, months).

    Examples:
        >>> quantiles(np.array([[4.0, 0.0], [1.0, 0.0], [3.0, 8.0]]), [0.25, 1.0])
        array([[2., 0.],
               [4., 8.]])
    """
    ordered = np.sort(draws, axis=0)
    return np.array([_between(ordered, (len(ordered) - 1) * level) for level in levels])


def _between(ordered: Floats, place: float) -> Floats:
    """Return what lies at a place between two rows, reckoned from the nearer one."""
    before = int(place)
    after = min(before + 1, len(ordered) - 1)
    step, beyond = ordered[after] - ordered[before], place - before
    if beyond < HALF_WAY:
        return np.asarray(ordered[before] + step * beyond)
    return np.asarray(ordered[after] - step * (1 - beyond))
