"""True rates per month, inside and outside the set of fitted families."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from scipy.interpolate import CubicSpline
from scipy.special import expit, logit

from balanstest_analysis.statistics.floats import Floats


def constant(months: Floats, *, rate: float) -> Floats:
    """Return the same rate in every month."""
    return np.full(months.shape, rate)


def exponential(months: Floats, *, start: float, slope: float) -> Floats:
    """Return start * exp(slope m)."""
    return start * np.exp(slope * months)


def floor(months: Floats, *, start: float, floor: float, decay: float) -> Floats:
    """Return floor + (start - floor) exp(-decay m)."""
    return floor + (start - floor) * np.exp(-decay * months)


def power(months: Floats, *, start: float, exponent: float) -> Floats:
    """Return start * (1 + m) ** exponent."""
    return start * (1 + months) ** exponent


def logistic(months: Floats, *, start: float, slope: float) -> Floats:
    """Return a rate whose logit is linear in the months."""
    return np.asarray(expit(logit(start) + slope * months))


def loglogistic(months: Floats, *, start: float, slope: float) -> Floats:
    """Return a rate whose logit is linear in log(1 + m)."""
    return np.asarray(expit(logit(start) + slope * np.log1p(months)))


def smooth(months: Floats, **through: float) -> Floats:
    """Return the natural spline on the logit scale through rates at months, as ``m12=0.08``."""
    knots = np.array([float(name.removeprefix("m")) for name in through])
    rates = np.array([*through.values()])
    return np.asarray(expit(CubicSpline(knots, logit(rates), bc_type="natural")(months)))


def step(months: Floats, *, before: float, after: float, at: int, slope: float = 0.0) -> Floats:
    """Return a rate that changes at one month, multiplied by exp(slope m)."""
    return np.where(months < at, before, after) * np.exp(slope * months)


def knee(months: Floats, *, start: float, at: int, before: float, after: float) -> Floats:
    """Return a rate whose logarithm has one slope before a month and another after it."""
    return start * np.exp(before * np.minimum(months, at) + after * np.maximum(months - at, 0))


def wave(months: Floats, *, start: float, slope: float, amplitude: float, period: float) -> Floats:
    """Return an exponential on whose logarithm a sine is laid."""
    return start * np.exp(slope * months + amplitude * np.sin(2 * np.pi * months / period))


def season(months: Floats, *, start: float, slope: float, amplitude: float) -> Floats:
    """Return an exponential that swings by a share of itself over twelve months."""
    return start * np.exp(slope * months) * (1 + amplitude * np.cos(2 * np.pi * months / 12))


def hill(months: Floats, *, foot: float, height: float, at: float, width: float) -> Floats:
    """Return a rate that rises to a top and falls again: a reversed U."""
    return foot + height * np.exp(-(((months - at) / width) ** 2))


def bath(months: Floats, *, lowest: float, height: float, at: float) -> Floats:
    """Return a rate that falls to a lowest month and rises again: a bathtub."""
    return lowest + height * ((months - at) / at) ** 2


def mixture(
    months: Floats, *, fast: float, fast_slope: float, slow: float, slow_slope: float
) -> Floats:
    """Return the sum of two exponentials: those who leave soon, and those who stay."""
    return fast * np.exp(fast_slope * months) + slow * np.exp(slow_slope * months)


SHAPES: Final[dict[str, Callable[..., Floats]]] = {
    shape.__name__: shape
    for shape in (
        constant,
        exponential,
        floor,
        power,
        logistic,
        loglogistic,
        smooth,
        step,
        knee,
        wave,
        season,
        hill,
        bath,
        mixture,
    )
}
