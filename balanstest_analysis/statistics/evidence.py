"""Where the evidence begins and ends, and where the data themselves speak against a term."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import special

from balanstest_analysis.statistics.distributions import (
    beta_quantile,
    binomial_at_most,
    binomial_more_than,
)
from balanstest_analysis.statistics.floats import Floats

Counts = NDArray[np.int64]
Flags = NDArray[np.bool_]

POWER = 0.8
WINDOW = 6
LONGEST_GAP = 3
RUN = 3
EARLY_SHARE = 0.01
LEAST_RATE, MOST_RATE = 1e-5, 0.95
STEPS = 60  # thresholds per decade at which the contacts needed are computed
EVENTS_AT_MOST = (20, 64)  # of a test; few take more than the first
LAXER_STEPS = 15  # beyond 1.8 times the threshold, no tooth of the saw reaches as high


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """The months between which a criterion is judged.

    Attributes:
        start: month from which it is judged, or None where there are no contacts.
        last_month: last month of the last window with enough contacts, or None.
        contacts_needed: contacts that a window of six months has to hold.
    """

    start: int | None
    last_month: int | None
    contacts_needed: int


def needed_for_maximum(threshold: float, confidence_level: float) -> int:
    """Return the contacts that it takes to show that a rate is below a threshold.

    An exact one-sided test has to succeed with 80 % probability while the rate is half the
    threshold. The power of exact tests is a sawtooth, so the largest number over this and every
    laxer threshold is taken: a stricter threshold never needs fewer.

    Args:
        threshold: between 0 and 1.
        confidence_level: one-sided.

    Examples:
        >>> needed_for_maximum(0.05, 0.95) >= needed_for_maximum(0.0501, 0.95)
        True
    """
    step = math.floor(math.log10(min(max(threshold, LEAST_RATE), MOST_RATE)) * STEPS)
    return _needed_from(step, confidence_level)


@lru_cache(maxsize=2048)
def _needed_from(step: int, level: float) -> int:
    laxer = np.arange(step, min(step + LAXER_STEPS, 0) + 1)
    return max(_needed_at(int(one), level) for one in laxer)


@lru_cache(maxsize=4096)
def _needed_at(step: int, level: float) -> int:
    threshold = min(10 ** (step / STEPS), MOST_RATE)
    return _fewest(threshold, threshold / 2, level)


def needed_for_minimum(pooled_rate: float, confidence_level: float) -> int:
    """Return the contacts that it takes to tell a rate from half of it.

    The threshold of a minimum does not enter: a stricter one needs fewer contacts by itself, and
    would find evidence that a laxer one lacks.

    Args:
        pooled_rate: of the outcome, over all months.
        confidence_level: one-sided.

    Examples:
        >>> needed_for_minimum(0.12, 0.95)
        140
    """
    rate = min(max(pooled_rate, 2 * LEAST_RATE), MOST_RATE)
    return _fewest(round(rate / 2, 6), round(rate, 6), confidence_level)


@lru_cache(maxsize=4096)
def _fewest(threshold: float, truth: float, level: float) -> int:
    """Return the fewest contacts with which the exact test succeeds often enough.

    A test that succeeds with at most c events (a maximum), or at least c (a minimum), does so on
    one stretch of n. Within it power only falls, or only rises, so that one n has to be looked at.
    """
    look = _fewest_below if truth < threshold else _fewest_above
    tried = (look(np.arange(most), threshold, truth, level) for most in EVENTS_AT_MOST)
    return int(next(fewest for found in tried for fewest in found))


def _fewest_below(below: Counts, threshold: float, truth: float, level: float) -> Counts:
    """Return, for the most events with which a test of a maximum succeeds, where it has power."""
    # Poisson events are spread more than binomial ones: they take more contacts, and not many
    poisson = special.gammaincinv(below + 1, level)
    fewest = _first_n(
        lambda n: binomial_at_most(below, n, threshold) <= 1 - level,
        low=np.floor(poisson / threshold - poisson).astype(np.int64),
        high=np.ceil(poisson / threshold).astype(np.int64),
    )
    return fewest[binomial_at_most(below, fewest, truth) >= POWER]


def _fewest_above(below: Counts, threshold: float, truth: float, level: float) -> Counts:
    """Return, for one event fewer than a test of a minimum takes, where it has power."""
    none = np.zeros_like(below)
    most = np.full_like(below, math.ceil(4 * len(below) / threshold))
    above = _first_n(
        lambda n: binomial_more_than(below, n, threshold) > 1 - level, low=none, high=most
    )
    fewest = _first_n(lambda n: binomial_more_than(below, n, truth) >= POWER, low=none, high=most)
    enough = fewest < above
    found: Counts = np.maximum(fewest, np.concatenate([[0], above[:-1]]))[enough]
    return found


def _first_n(succeeds: Callable[[Counts], Flags], low: Counts, high: Counts) -> Counts:
    """Return for every number of events the first n that succeeds; all larger ones do too.

    Args:
        succeeds: whether each of some n does.
        low: an n for each that should fail; where it succeeds, one looks from 0.
        high: an n for each that should succeed; where it fails, one looks further.
    """
    low = np.where(succeeds(low), 0, low)
    while not (done := succeeds(high)).all():
        low, high = np.where(done, low, high), np.where(done, high, 2 * high)
    while (high - low > 1).any():
        middle = (low + high) // 2
        done = succeeds(middle)
        high, low = np.where(done, middle, high), np.where(done, low, middle)
    return high


def find_start(exposure: Floats, not_before: int = 0) -> int | None:
    """Return the month from which criteria are judged.

    The latest month with contacts before which lie at most 1 % of all contacts, or the first one
    with contacts from a stated month on, where that is later. No threshold moves it.

    Args:
        exposure: contacts per month, shape (months,).
        not_before: month before which nobody is called.

    Examples:
        >>> find_start(np.array([1, 0, 60, 60, 60]))
        2
    """
    seen = np.flatnonzero(exposure > 0)
    before = np.cumsum(exposure) - exposure
    early = seen[before[seen] <= EARLY_SHARE * exposure.sum()]
    later = seen[seen >= not_before]
    if not len(later):
        return None
    return max(int(early[-1]), int(later[0]))


def find_last(
    exposure: Floats, effects: Floats, start: int, needed: int, tested: Flags | None = None
) -> int | None:
    """Return the last month with contacts of any six consecutive months that hold enough.

    More than three months without a contact end the evidence.

    Args:
        exposure: contacts per month, shape (months,).
        effects: design effect of the window of six months that ends at each month, same shape.
        start: first month looked at.
        needed: contacts per window, divided by its design effect.
        tested: months whose contacts are evidence, same shape; by default all.

    Examples:
        >>> find_last(np.array([0, 90, 120, 60, 50, 3, 3, 3]), np.ones(8), 1, 100)
        7
    """
    last: int | None = None
    previous = start
    counted = exposure if tested is None else np.where(tested, exposure, 0)
    for month in np.flatnonzero(exposure > 0):
        if month < start:
            continue
        if month - previous > LONGEST_GAP + 1:
            break
        previous = int(month)
        window = counted[max(start, month - WINDOW + 1) : month + 1]
        if counted[month] > 0 and window.sum() / effects[month] >= needed:
            last = int(month)
    return last


def exact_limits(events: Floats, exposure: Floats, level: float) -> tuple[Floats, Floats]:
    """Return the exact one-sided lower and upper limit of each rate (Clopper and Pearson 1934).

    Args:
        events: counts, fractions allowed, shape (rows,).
        exposure: same shape; where it is 0 the limits are 0 and 1.
        level: confidence level of each limit by itself.
    """
    k, n = np.asarray(events, dtype=float), np.asarray(exposure, dtype=float)
    with np.errstate(invalid="ignore"):
        lower = np.where(k > 0, beta_quantile(1 - level, np.maximum(k, 1e-300), n - k + 1), 0.0)
        upper = np.where(n - k > 0, beta_quantile(level, k + 1, np.maximum(n - k, 1e-300)), 1.0)
    return np.where(n > 0, lower, 0.0), np.where(n > 0, upper, 1.0)


def run_sums(values: Floats, length: int = RUN) -> Floats:
    """Return the sum over the run of months that starts at each month.

    Args:
        values: shape (months,); a run at the end is shorter.
        length: of a run, in months.

    Examples:
        >>> run_sums(np.array([1.0, 2.0, 3.0, 4.0]))
        array([6., 9., 7., 4.])
    """
    padded = np.concatenate([values, np.zeros(length - 1)])
    return np.asarray(np.convolve(padded, np.ones(length), mode="valid"))
