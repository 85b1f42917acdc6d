"""Rates and limits computed again from published counts, by a second implementation."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import Final, NamedTuple

from scipy.stats import beta

_FEW: Final = 5


class Interval(NamedTuple):
    """A lower and an upper limit."""

    lower: float
    upper: float


def two_sided(events: float, contacts: float, level: float) -> Interval:
    """Return the two-sided limits of a rate: Wilson's, and the exact ones where few events are.

    Args:
        events: among the contacts, both divided by the design effect.
        contacts: more than none.
        level: of the interval.

    Examples:
        >>> [round(limit, 4) for limit in two_sided(236, 1737, 0.95)]
        [0.1206, 0.1528]
        >>> [round(limit, 4) for limit in two_sided(0, 20, 0.95)]
        [0.0, 0.1684]
    """
    if events <= 0 or events >= contacts:
        side = (1 - level) / 2
        return Interval(lower(events, contacts, side), upper(events, contacts, side))
    z = NormalDist().inv_cdf((1 + level) / 2)
    rate, spread = events / contacts, z * z / contacts
    half = math.sqrt(spread * (rate * (1 - rate) + spread / 4)) / (1 + spread)
    middle = (rate + spread / 2) / (1 + spread)
    return Interval(middle - half, middle + half)


def exact(events: float, contacts: float, level: float) -> Interval:
    """Return the exact two-sided limits (Clopper and Pearson).

    Examples:
        >>> [round(limit, 4) for limit in exact(1, 29, 0.95)]
        [0.0009, 0.1776]
    """
    side = (1 - level) / 2
    return Interval(lower(events, contacts, side), upper(events, contacts, side))


def lower(events: float, contacts: float, side: float) -> float:
    """Return the exact lower limit that is passed with a small probability, such as 0.05."""
    return float(beta.ppf(side, events, contacts - events + 1)) if events > 0 else 0.0


def upper(events: float, contacts: float, side: float) -> float:
    """Return the exact upper limit that is passed with a small probability, such as 0.05."""
    return float(beta.ppf(1 - side, events + 1, contacts - events)) if events < contacts else 1.0


def interval(events: int, contacts: int, level: float, effect: float) -> Interval:
    """Return the two-sided limits of a row of counts, as the method states them.

    Args:
        events: counted.
        contacts: counted.
        level: of the interval.
        effect: design effect, by which both are divided inside the limits.
    """
    few = min(events, contacts - events) < _FEW
    scaled = events / effect, contacts / effect
    found = (exact if few else two_sided)(*scaled, level)
    rate = events / contacts
    return Interval(max(0.0, min(found.lower, rate)), min(1.0, max(found.upper, rate)))
