"""Merging months until every count that is published, or follows from one, is large enough."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from balanstest_analysis.statistics.outcome_counts import Counts

ZERO_NEEDS = 100
LEAST_MONTHS = 3
SHORT_RANGE = 12


@dataclass(frozen=True, kw_only=True)
class Bin:
    """Consecutive months that are published as one row; `last` is inclusive."""

    first: int
    last: int

    @property
    def months(self) -> int:
        """Number of months in the bin."""
        return self.last - self.first + 1

    @property
    def month_from(self) -> int:
        """First month, as a published row names it."""
        return self.first

    @property
    def month_to(self) -> int:
        """Last month, as a published row names it."""
        return self.last

    @property
    def ends(self) -> tuple[int, int]:
        """First and last month."""
        return self.first, self.last

    def total(self, values: Counts) -> int:
        """Return the sum of monthly values over the bin."""
        return int(values[self.first : self.last + 1].sum())


def base_bins(
    exposures: Sequence[Counts],
    minimum: int,
    *,
    months: tuple[int, int] | None = None,
    divides: Callable[[int], bool] = lambda _month: True,
) -> tuple[Bin, ...]:
    """Return the finest bins that any outcome may use.

    A long history gets rows of at least three months, because a page of single months is not
    read. Outcomes have different exposures because follow-up takes longer for one than for another;
    their differences are counts too, so they also have to be zero or large enough.

    Args:
        exposures: contacts per month of each outcome, each of shape (months,).
        minimum: least publishable count.
        months: first and last month; by default those with contacts.
        divides: whether a bin may begin in a month; the bins of earlier reports are not divided.
    """
    ordered = sorted(exposures, key=lambda values: int(values.sum()), reverse=True)
    counted = [*ordered, *(longer - shorter for longer, shorter in pairwise(ordered))]
    seen = np.flatnonzero(ordered[0])
    first, last = months or (int(seen[0]), int(seen[-1]))
    width = LEAST_MONTHS if len(seen) > SHORT_RANGE else 1

    def publishable(candidate: Bin) -> bool:
        totals = [abs(candidate.total(values)) for values in counted]
        large = all(total == 0 or total >= minimum for total in totals)
        return large and totals[0] >= minimum and candidate.months >= width

    single = [Bin(first=month, last=month) for month in range(first, last + 1)]
    return merged(joined_where_indivisible(single, divides), publishable)


def joined_where_indivisible(
    blocks: Sequence[Bin], divides: Callable[[int], bool]
) -> tuple[Bin, ...]:
    """Return adjacent blocks, joined where none may begin.

    Args:
        blocks: in order.
        divides: whether a block may begin in a month.
    """
    joined: list[Bin] = []
    for block in blocks:
        if joined and not divides(block.first):
            joined[-1] = Bin(first=joined[-1].first, last=block.last)
        else:
            joined.append(block)
    return tuple(joined)


def outcome_bins(
    base: Sequence[Bin], exposure: Counts, events: Counts, minimum: int
) -> tuple[Bin, ...]:
    """Return the base bins, merged until the events and non-events of each are publishable.

    Args:
        base: from `base_bins`.
        exposure: contacts per month, shape (months,).
        events: events per month, same shape.
        minimum: least publishable count.
    """

    def publishable(candidate: Bin) -> bool:
        n, k = candidate.total(exposure), candidate.total(events)
        return n >= minimum and is_publishable(k, n, minimum) and (n == k or n - k >= minimum)

    return merged(base, publishable)


def is_publishable(count: int, denominator: int, minimum: int) -> bool:
    """Return whether a count may be published: large enough, or a zero among at least 100.

    Examples:
        >>> is_publishable(9, 500, 10), is_publishable(0, 500, 10), is_publishable(0, 60, 10)
        (False, True, False)
    """
    if count == 0:
        return denominator >= ZERO_NEEDS
    return count >= minimum and denominator >= minimum


def merged(blocks: Sequence[Bin], publishable: Callable[[Bin], bool]) -> tuple[Bin, ...]:
    """Return adjacent blocks merged from the left until each is publishable.

    What is left at the end joins the bins before it; if nothing is publishable one bin remains.
    """
    bins: list[Bin] = []
    open_bin: Bin | None = None
    for block in blocks:
        open_bin = Bin(first=open_bin.first if open_bin else block.first, last=block.last)
        if publishable(open_bin):
            bins.append(open_bin)
            open_bin = None
    while open_bin is not None and bins and not publishable(open_bin):
        open_bin = Bin(first=bins.pop().first, last=open_bin.last)
    return (*bins, open_bin) if open_bin else tuple(bins)
