"""The covariance of counts per month, over customers and campaigns, and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from balanstest_analysis.statistics.customer_products import StaysInMemory
from balanstest_analysis.statistics.distributions import normal_quantile, t_quantile
from balanstest_analysis.statistics.floats import Floats
from balanstest_analysis.statistics.outcome_counts import Counts, OutcomeCounts

FEWEST_CAMPAIGNS = 3
FEW_CAMPAIGNS = 9
FEWEST_EFFECTIVE = 2.0


@dataclass(frozen=True, kw_only=True)
class CountCovariance(StaysInMemory):
    """Covariance of the events per month, contacts given.

    Attributes:
        matrix: shape (months, months), positive semidefinite.
        binomial: what chance alone would give, shape (months,).
        campaigns: number of campaigns that it takes in, or 0 where they are too few.
    """

    matrix: Floats = field(repr=False)
    binomial: Floats = field(repr=False)
    campaigns: int

    def window_effect(self, first: int, last: int) -> float:
        """Return by how much the variance of the events of a window exceeds chance.

        At least that of windows of its length on average, and at least 1: the spread that one
        window shows is itself an estimate, and where it came out low by chance its limits would
        be too narrow. A window without events shows no spread at all.

        Args:
            first: first month of the window.
            last: last month, inclusive.

        Examples:
            >>> quiet, busy = np.diag([0.5, 3.0]), np.ones(2)
            >>> covariance = CountCovariance(matrix=quiet, binomial=busy, campaigns=0)
            >>> covariance.window_effect(0, 0), covariance.window_effect(1, 1)
            (1.75, 3.0)
        """
        last = min(last, len(self.binomial) - 1)
        inside = slice(first, last + 1)
        chance, average = self.binomial[inside].sum(), self.average_effect(last - first + 1)
        if chance <= 0:
            return average
        return max(float(self.matrix[inside, inside].sum() / chance), average)

    def average_effect(self, length: int) -> float:
        """Return the effect of windows of this many months, on average over their events.

        Args:
            length: from 1 to the number of months.
        """
        return float(self._average_effects[length - 1])

    @cached_property
    def _average_effects(self) -> Floats:
        months = len(self.binomial)
        sums = np.zeros((months + 1, months + 1))
        sums[1:, 1:] = self.matrix.cumsum(axis=0).cumsum(axis=1)
        chance = np.concatenate([[0.0], self.binomial.cumsum()])
        averages = np.ones(months)
        for length in range(1, months + 1):
            first = np.arange(months - length + 1)
            last = first + length
            spread = sums[last, last] - sums[first, last] - sums[last, first] + sums[first, first]
            below = (chance[last] - chance[first]).sum()
            averages[length - 1] = max(1.0, spread.sum() / below) if below > 0 else 1.0
        return averages

    def run_effects(self, length: int) -> Floats:
        """Return the effect of the window of this many months that starts at each month."""
        months = len(self.binomial)
        ends = np.minimum(np.arange(months) + length - 1, months - 1)
        return np.array([self.window_effect(first, last) for first, last in enumerate(ends)])

    def effects_until(self, length: int, months: int) -> Floats:
        """Return the effect of the window of this many months that ends at each of some months."""
        ends = np.arange(months)
        firsts = np.maximum(ends - length + 1, 0)
        windows = zip(firsts.tolist(), ends.tolist(), strict=True)
        return np.array([self.window_effect(*window) for window in windows])

    def carried_to(self, exposure: Floats, events: Floats) -> CountCovariance:
        """Return the covariance of other counts of the same history, such as those of a year.

        Effects and correlations stay those of the months; a month that is not among them stands
        by itself. The sums over customers are not counted anew for every other choice.

        Args:
            exposure: contacts, shape (other months,).
            events: events, same shape.
        """
        size = max(len(exposure), len(self.binomial))
        own, other = np.zeros(size), np.zeros(size)
        own[: len(self.binomial)] = self.binomial
        rate = events / np.maximum(exposure, 1)
        other[: len(exposure)] = exposure * rate * (1 - rate)
        matrix = np.diag(np.where(own > 0, 0.0, other))
        scale = np.sqrt(np.divide(other, own, out=np.zeros(size), where=own > 0))
        known = slice(0, len(self.binomial))
        matrix[known, known] += self.matrix * np.outer(scale[known], scale[known])
        inside = slice(0, len(exposure))
        return CountCovariance(
            matrix=matrix[inside, inside], binomial=other[inside], campaigns=self.campaigns
        )

    @property
    def month_effect(self) -> float:
        """The effect of single months, on average over their events; at least 1."""
        return self.average_effect(1)

    @property
    def overall_effect(self) -> float:
        """The effect of all months together."""
        return self.window_effect(0, len(self.binomial) - 1)


def count_covariance(counts: OutcomeCounts) -> CountCovariance:
    """Return the covariance of the events per month.

    That over customers, and what campaigns add beyond it, from three campaigns on (Cameron, Gelbach
    and Miller 2011, Journal of Business & Economic Statistics 29:238: what is subtracted is the
    intersection); see `campaign_factor`. With fewer campaigns it is that over customers alone.
    Without customers each contact stands by itself. Negative eigenvalues are set to 0 at the end.

    Args:
        counts: of shape (campaigns, months).
    """
    n, k = counts.exposure_by_month.astype(float), counts.events_by_month.astype(float)
    rate = k / np.maximum(n, 1)
    chance = n * rate * (1 - rate)
    matrix = np.diag(chance) if counts.customers is None else counts.customers.residuals(rate)
    campaigns = len(counts.exposure)
    if not tell_their_spread(counts.exposure):
        return CountCovariance(matrix=_semidefinite(matrix), binomial=chance, campaigns=0)
    by_campaign = counts.events - counts.exposure * rate
    shared = np.diag(chance) if counts.cells is None else counts.cells.residuals(rate)
    factor, part = campaign_factor(counts.exposure)
    added = factor * (by_campaign.T @ by_campaign - part * shared)
    return CountCovariance(
        matrix=_semidefinite(matrix + added), binomial=chance, campaigns=campaigns
    )


def tell_their_spread(exposure: Counts) -> bool:
    """Return whether campaigns tell how much they differ: three, and no one of them nearly all.

    Args:
        exposure: contacts, shape (campaigns, months).
    """
    sizes = exposure.sum(axis=1)
    return len(sizes) >= FEWEST_CAMPAIGNS and effective_number(sizes) >= FEWEST_EFFECTIVE


def effective_number(sizes: Floats | Counts) -> float:
    """Return how many parts of equal size are as uneven as these: the inverse of Simpson's index.

    Examples:
        >>> effective_number(np.array([1, 1, 1])), round(effective_number(np.array([98, 1, 1])), 2)
        (3.0, 1.04)
    """
    shares = sizes / max(sizes.sum(), 1)
    return float(1 / max((shares**2).sum(), 1e-12))


def campaign_factor(exposure: Counts) -> tuple[float, float]:
    """Return what makes the sum over campaigns unbiased, and the part of chance that is in it.

    With w the share of each campaign c of size N, effects of variance s give the residuals
    N (u - sum of w u), whose squares add up to s times the sum of N^2 (1 - 2 w + sum of w^2), while
    the variance is s times the sum of N^2. Chance is in the squares for a part 1 - sum of w^2. With
    campaigns of one size this is C / (C - 1), and all of the intersection is subtracted.

    Args:
        exposure: contacts, shape (campaigns, months).

    Examples:
        >>> factor, part = campaign_factor(np.ones((4, 3), dtype=int))
        >>> round(factor, 3), round(factor * part, 3)
        (1.333, 1.0)
    """
    sizes = exposure.sum(axis=1).astype(float)
    shares = sizes / sizes.sum()
    index = float((shares**2).sum())
    factor = (sizes**2).sum() / (sizes**2 * (1 - 2 * shares + index)).sum()
    return float(factor), 1 - index


def _semidefinite(matrix: Floats) -> Floats:
    values, vectors = np.linalg.eigh((matrix + matrix.T) / 2)
    return np.asarray((vectors * np.maximum(values, 0)) @ vectors.T)


def share_few_months(exposure: Counts) -> bool:
    """Return whether campaigns cannot be told from the months in which they ran.

    So it is where a contact shares its month with fewer than two campaigns, counted by their
    sizes (the inverse of Simpson's index), on average over the contacts.

    Args:
        exposure: contacts, shape (campaigns, months).

    Examples:
        >>> share_few_months(np.eye(6, dtype=int)), share_few_months(np.ones((6, 6), dtype=int))
        (True, False)
    """
    by_month = exposure.sum(axis=0)
    seen = by_month > 0
    if len(exposure) < FEWEST_CAMPAIGNS or not seen.any():
        return False
    shares = exposure[:, seen] / by_month[seen]
    effective = 1 / (shares**2).sum(axis=0)
    return float(np.average(effective, weights=by_month[seen])) < FEWEST_EFFECTIVE


def customer_effect(counts: OutcomeCounts) -> float:
    """Return by how much repeated calls widen the rate of all contacts together, at least 1.

    Args:
        counts: of shape (campaigns, months).
    """
    if counts.customers is None:
        return 1.0
    n, k = counts.exposure_by_month.astype(float), counts.events_by_month.astype(float)
    rate = k / np.maximum(n, 1)
    chance = float((n * rate * (1 - rate)).sum())
    return max(1.0, float(counts.customers.residuals(rate).sum()) / chance) if chance > 0 else 1.0


def widening(campaigns: int, level: float) -> float:
    """Return by how much limits are wider because few campaigns tell their spread badly.

    The quantile of Student's t over that of the normal distribution, for three to nine campaigns.

    Examples:
        >>> round(widening(3, 0.95), 3), widening(20, 0.95)
        (1.775, 1.0)
    """
    if not FEWEST_CAMPAIGNS <= campaigns <= FEW_CAMPAIGNS:
        return 1.0
    return t_quantile(level, campaigns - 1) / normal_quantile(level)
