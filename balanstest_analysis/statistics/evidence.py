"""Where the evidence begins and ends, and where the data themselves speak against a term."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.stats import beta, binom

from balanstest_analysis.statistics.curves import Floats

POWER = 0.8
LONGEST_BLOCK = 6
LONGEST_GAP = 3
RUN = 3


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """The months between which a criterion is judged.

    Attributes:
        first_month: first month of the first block with enough contacts, or None.
        last_month: last month of the last such block, or None.
        contacts_needed: contacts that a block has to hold.
    """

    first_month: int | None
    last_month: int | None
    contacts_needed: int


@lru_cache(maxsize=512)
def contacts_needed(threshold: float, confidence_level: float, *, maximum: bool) -> int:
    """Return how many contacts an exact one-sided test needs to succeed with 80 % probability.

    The test has to show that the rate is below the threshold (a maximum) while it really is half
    of it, or above it (a minimum) while it really is twice as high.

    Args:
        threshold: between 0 and 1.
        confidence_level: one-sided.
        maximum: whether the criterion is a maximum.

    Examples:
        >>> contacts_needed(0.05, 0.95, maximum=True)
        361
    """
    truth = threshold / 2 if maximum else min(2 * threshold, (1 + threshold) / 2)
    high = 2
    while _power(np.array([high]), threshold, truth, confidence_level)[0] < POWER:
        high *= 2
    # power is a sawtooth in n, so the first n that succeeds is looked for one by one
    step = max(high // 4096, 1)
    coarse = np.arange(high // 4, high + step, step)
    enough = coarse[_power(coarse, threshold, truth, confidence_level) >= POWER][0]
    fine = np.arange(max(enough - step, 1), enough + 1)
    return int(fine[_power(fine, threshold, truth, confidence_level) >= POWER][0])


def _power(n: NDArray[np.int64], threshold: float, truth: float, level: float) -> Floats:
    """Return the probability that the exact test succeeds with n contacts, shape as n."""
    if truth < threshold:
        most = binom.ppf(1 - level, n, threshold)
        critical = np.where(binom.cdf(most, n, threshold) <= 1 - level, most, most - 1)
        return np.asarray(binom.cdf(critical, n, truth))
    return np.asarray(binom.sf(binom.ppf(level, n, threshold), n, truth))


def find_evidence(exposure: Floats, needed: int) -> Evidence:
    """Return the months from the first through the last block that holds enough contacts.

    Blocks do not overlap and last at most six months; more than three months without a contact
    end the evidence.

    Args:
        exposure: contacts per month (divided by the design effect), shape (months,).
        needed: contacts per block.

    Examples:
        >>> find_evidence(np.array([0, 90, 120, 60, 50, 3, 3, 3]), 100)
        Evidence(first_month=1, last_month=4, contacts_needed=100)
    """
    first: int | None = None
    last: int | None = None
    block: list[int] = []
    for month in np.flatnonzero(exposure > 0):
        if last is not None and month - max([last, *block]) > LONGEST_GAP + 1:
            break
        block = [m for m in [*block, int(month)] if m > month - LONGEST_BLOCK]
        if exposure[block].sum() >= needed:
            first = block[0] if first is None else first
            last, block = int(month), []
    return Evidence(first_month=first, last_month=last, contacts_needed=needed)


def exact_limits(events: Floats, exposure: Floats, level: float) -> tuple[Floats, Floats]:
    """Return the exact one-sided lower and upper limit of each rate (Clopper and Pearson 1934).

    Args:
        events: counts, fractions allowed, shape (rows,).
        exposure: same shape; where it is 0 the limits are 0 and 1.
        level: confidence level of each limit by itself.
    """
    k, n = np.asarray(events, dtype=float), np.asarray(exposure, dtype=float)
    with np.errstate(invalid="ignore"):
        lower = np.where(k > 0, beta.ppf(1 - level, np.maximum(k, 1e-300), n - k + 1), 0.0)
        upper = np.where(n - k > 0, beta.ppf(level, k + 1, np.maximum(n - k, 1e-300)), 1.0)
    return np.where(n > 0, lower, 0.0), np.where(n > 0, upper, 1.0)


def run_sums(values: Floats) -> Floats:
    """Return the sum over the run of three months that starts at each month.

    Args:
        values: shape (months,); a run at the end is shorter.

    Examples:
        >>> run_sums(np.array([1.0, 2.0, 3.0, 4.0]))
        array([6., 9., 7., 4.])
    """
    padded = np.concatenate([values, np.zeros(RUN - 1)])
    return np.asarray(np.convolve(padded, np.ones(RUN), mode="valid"))
