"""Counts drawn again with the covariance they have: a Gaussian copula of binomials."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.special import bdtr, ndtr

from balanstest_analysis.statistics.count_covariance import CountCovariance
from balanstest_analysis.statistics.floats import Floats


@dataclass(frozen=True, kw_only=True)
class DrawnCounts:
    """Counts of one outcome in every draw.

    Attributes:
        exposure: contacts, shape (draws, months); those that there were.
        events: same shape.
    """

    exposure: Floats = field(repr=False)
    events: Floats = field(repr=False)

    def of(self, draws: slice) -> DrawnCounts:
        """Return some of the draws."""
        return DrawnCounts(exposure=self.exposure[draws], events=self.events[draws])


@dataclass(frozen=True, kw_only=True)
class Correlations:
    """Correlations of the events of outcomes that are drawn together.

    Attributes:
        names: of the outcomes.
        matrix: shape (outcomes x months, outcomes x months), the months of each in a row.
    """

    names: tuple[str, ...]
    matrix: Floats = field(repr=False)

    @classmethod
    def of(cls, names: Sequence[str], covariance: CountCovariance) -> Correlations:
        """Return the correlations that belong to a covariance.

        Args:
            names: of the outcomes whose events it is about.
            covariance: of events whose months lie in a row, outcome after outcome.
        """
        scale = np.sqrt(np.maximum(np.diag(covariance.matrix), 0))
        varies = covariance.binomial > 0
        inverse = np.divide(1, scale, out=np.zeros_like(scale), where=varies & (scale > 0))
        return cls(names=tuple(names), matrix=covariance.matrix * np.outer(inverse, inverse))

    def at(self, names: Sequence[str], months: int) -> Correlations:
        """Return those of some of the outcomes, with more or fewer months; new ones have none."""
        known = len(self.matrix) // len(self.names)
        shared = min(known, months)
        blocks = self.matrix.reshape(len(self.names), known, len(self.names), known)
        places = [self.names.index(name) for name in names]
        wanted = np.zeros((len(names), months, len(names), months))
        picked = blocks[np.ix_(places, range(shared), places, range(shared))]
        wanted[:, :shared, :, :shared] = picked
        size = len(names) * months
        return Correlations(names=tuple(names), matrix=wanted.reshape(size, size))

    def uniforms(self, z: Mapping[str, Floats]) -> dict[str, Floats]:
        """Return correlated standard uniforms of each outcome, shape (draws, months).

        The root is triangular, so that an outcome or a month that is added moves none before it.

        Args:
            z: independent standard normal, by name, of one shape.
        """
        drawn = np.hstack([z[name] for name in self.names]) @ _triangular_root(self.matrix).T
        parts = np.split(ndtr(drawn), len(self.names), axis=1)
        return dict(zip(self.names, parts, strict=True))


def _triangular_root(matrix: Floats) -> Floats:
    """Return L with L L' = matrix, lower triangular (Cholesky, column after column).

    A column whose pivot is nothing but rounding is left empty, so that L is the same wherever it
    is computed.
    """
    rest, root = matrix.copy(), np.zeros_like(matrix)
    for place in range(len(matrix)):
        if rest[place, place] > LEAST_PIVOT:
            column = rest[place:, place] / np.sqrt(rest[place, place])
            root[place:, place] = column
            rest[place:, place:] -= np.outer(column, column)
    return root


SPREAD = 9.0  # standard deviations of a binomial beyond which no draw lies
LEAST_EFFECT = 1e-6  # of the variance of chance: less is rounding
LEAST_PIVOT = 1e-10  # of a correlation matrix: less is rounding


def draw_events(
    exposure: Floats, events: Floats, covariance: CountCovariance, u: Floats, widened: float = 1.0
) -> Floats:
    """Return the events of every draw, on the contacts that there were.

    The count of month m is the quantile, at u, of a binomial with the mean k and the variance
    C_mm: n / phi trials, times phi, where phi is the variance over that of chance.

    Args:
        exposure: contacts, shape (months,).
        events: events, same shape.
        covariance: of the events.
        u: standard uniform, with the correlations of the events, shape (draws, months).
        widened: factor on the standard deviation; see `count_covariance.widening`.

    Returns:
        Shape (draws, months); fractions occur, because phi is none.
    """
    variance = np.diag(covariance.matrix) * widened**2
    drawn = np.tile(events.astype(float), (len(u), 1))
    chance = covariance.binomial
    for month in np.flatnonzero((chance > 0) & (variance > LEAST_EFFECT * chance)):
        effect = variance[month] / chance[month]
        trials = max(1, round(exposure[month] / effect))
        rate = events[month] / exposure[month]
        drawn[:, month] = _quantiles(u[:, month], trials, rate) * exposure[month] / trials
    return drawn


def _quantiles(u: Floats, trials: int, rate: float) -> Floats:
    mean, sd = trials * rate, np.sqrt(trials * rate * (1 - rate))
    low = max(0, int(mean - SPREAD * sd - SPREAD))
    high = min(trials, int(mean + SPREAD * sd + SPREAD))
    counts = np.arange(low, high + 1)
    places = np.searchsorted(bdtr(counts, trials, rate), u, side="left")
    return np.asarray(counts[np.minimum(places, len(counts) - 1)], dtype=float)
