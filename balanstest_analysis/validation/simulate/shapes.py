"""How a true rate depends on the months since the last purchase: one small function per shape."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def flat(months: Floats, *, rate: float) -> Floats:
    """Return the same rate in every month.

    Examples:
        >>> flat(np.arange(3.0), rate=0.04)
        array([0.04, 0.04, 0.04])
    """
    return np.full(months.shape, rate)


def floor(months: Floats, *, start: float, floor: float, half_life: float) -> Floats:
    """Return floor + (start - floor) * 2 ** (-m / half_life), the decay to a floor.

    Args:
        months: completed months, any shape.
        start: rate in month 0.
        floor: rate that remains.
        half_life: months in which the part above the floor halves.

    Examples:
        >>> floor(np.array([0.0, 14.0]), start=0.16, floor=0.02, half_life=14)
        array([0.16, 0.09])
    """
    return floor + (start - floor) * np.exp2(-months / half_life)


def logistic(months: Floats, *, first: float, at_36: float) -> Floats:
    """Return a rate that is linear in months on the logit scale, through months 0 and 36.

    Examples:
        >>> logistic(np.array([0.0, 36.0]), first=0.033, at_36=0.10).round(6)
        array([0.033, 0.1  ])
    """
    slope = (logit(at_36) - logit(first)) / 36
    return expit(logit(first) + slope * months)


def step(months: Floats, *, before: float, after: float, at: int) -> Floats:
    """Return one rate before a month and another from that month on.

    Examples:
        >>> step(np.arange(3.0), before=0.04, after=0.09, at=2)
        array([0.04, 0.04, 0.09])
    """
    return np.where(months < at, before, after)


SHAPES: Final[dict[str, Callable[..., Floats]]] = {
    "flat": flat,
    "floor": floor,
    "logistic": logistic,
    "step": step,
}


def logit(rate: Floats | float) -> Floats:
    """Return log(rate / (1 - rate))."""
    return np.asarray(np.log(rate) - np.log1p(-np.asarray(rate)))


def expit(log_odds: Floats) -> Floats:
    """Return the rate of which these are the log odds, 1 / (1 + exp(-x))."""
    return np.asarray(1 / (1 + np.exp(-log_odds)))
