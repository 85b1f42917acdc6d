"""Rows of months in which every count that is published, or follows from one, is large enough."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Protocol

import numpy as np

from balanstest_analysis.statistics.outcome_counts import Counts

ZERO_NEEDS = 100
ROWS = (12, 10, 8, 6, 4, 3, 2, 1)


class Months(Protocol):
    """A published row of consecutive months."""

    @property
    def month_from(self) -> int:
        """First month."""
        ...

    @property
    def month_to(self) -> int:
        """Last month, inclusive."""
        ...


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
    tables: Sequence[Sequence[Months]] = (),
    edges: Sequence[int] = (),
) -> tuple[Bin, ...]:
    """Return the finest bins that any outcome may use.

    Outcomes have different exposures because follow-up takes longer for one than for another;
    their differences are counts too, so they also have to be zero or large enough.

    Args:
        exposures: contacts per month of each outcome, each of shape (months,).
        minimum: least publishable count.
        months: first and last month; by default those with contacts.
        tables: rows of earlier reports, which are fixed: they are not divided again.
        edges: months in which a bin should begin, from the dossier and not from the counts.
    """
    ordered = sorted(exposures, key=lambda values: int(values.sum()), reverse=True)
    counted = [*ordered, *(longer - shorter for longer, shorter in pairwise(ordered))]
    seen = np.flatnonzero(ordered[0])
    first, last = months or (int(seen[0]), int(seen[-1]))

    def publishable(candidate: Bin) -> bool:
        totals = [abs(candidate.total(values)) for values in counted]
        return totals[0] >= minimum and all(total == 0 or total >= minimum for total in totals)

    single = [Bin(first=month, last=month) for month in range(first, last + 1)]
    if not tables:
        return evenly_joined(single, ordered[0], publishable, edges=edges)
    fixed = joined_where_indivisible(single, partial(divides, tables=tables))
    blocks = _with_one_new(fixed, tables)
    return evenly_joined(blocks, ordered[0], publishable, fixed=True, edges=edges)


def _with_one_new(blocks: Sequence[Bin], tables: Sequence[Sequence[Months]]) -> list[Bin]:
    """Return blocks with the months before those of earlier reports as one, and those after."""
    first = min(rows[0].month_from for rows in tables)
    last = max(rows[-1].month_to for rows in tables)
    known = [part for part in blocks if first <= part.first and part.last <= last]
    earlier = [part for part in blocks if part.last < first]
    later = [part for part in blocks if part.first > last]
    ends = [[Bin(first=new[0].first, last=new[-1].last)] if new else [] for new in (earlier, later)]
    return [*ends[0], *known, *ends[1]]


def edges(rows: Sequence[Months]) -> set[int]:
    """Return the months in which a row begins, and the one after the last."""
    return {row.month_from for row in rows} | {rows[-1].month_to + 1}


def divides(month: int, tables: Iterable[Sequence[Months]]) -> bool:
    """Return whether a bin may begin in a month: no earlier bin has it inside.

    Examples:
        >>> rows = [Bin(first=0, last=2), Bin(first=3, last=5)]
        >>> [month for month in range(8) if divides(month, [rows])]
        [0, 3, 6, 7]
    """
    return all(
        month <= rows[0].month_from or month > rows[-1].month_to or month in edges(rows)
        for rows in tables
    )


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
    base: Sequence[Bin],
    exposure: Counts,
    events: Counts,
    minimum: int,
    *,
    edges: Sequence[int] = (),
) -> tuple[Bin, ...]:
    """Return the base bins, joined until the events and non-events of each are publishable.

    Args:
        base: from `base_bins`.
        exposure: contacts per month, shape (months,).
        events: events per month, same shape.
        minimum: least publishable count.
        edges: months in which a bin should begin, as in `base_bins`.
    """

    def publishable(candidate: Bin) -> bool:
        n, k = candidate.total(exposure), candidate.total(events)
        return n >= minimum and is_publishable(k, n, minimum) and (n == k or n - k >= minimum)

    return evenly_joined(base, exposure, publishable, fixed=True, edges=edges)


def is_publishable(count: int, denominator: int, minimum: int) -> bool:
    """Return whether a count may be published: large enough, or a zero among at least 100.

    Examples:
        >>> is_publishable(9, 500, 10), is_publishable(0, 500, 10), is_publishable(0, 60, 10)
        (False, True, False)
    """
    if count == 0:
        return denominator >= ZERO_NEEDS
    return count >= minimum and denominator >= minimum


def evenly_joined(
    blocks: Sequence[Bin],
    contacts: Counts,
    publishable: Callable[[Bin], bool],
    *,
    fixed: bool = False,
    edges: Sequence[int] = (),
) -> tuple[Bin, ...]:
    """Return blocks joined to as many rows of about equal contacts as can all be published.

    Their number is one of `ROWS`, so that it tells only that with more rows some row would have
    been small, not which. Joining a small row with its neighbour would tell where it is. If
    nothing is publishable one bin remains.

    Args:
        blocks: adjacent, in order; at least one.
        contacts: per month, shape (months,).
        publishable: whether a bin may be published as a row.
        fixed: whether the blocks themselves are tried first, however many they are.
        edges: months in which a row should begin.

    Examples:
        >>> months = [Bin(first=month, last=month) for month in range(24)]
        >>> contacts = np.full(24, 50)
        >>> len(evenly_joined(months, contacts, lambda part: part.total(contacts) >= 250))
        4
    """
    numbers = [n for n in ROWS if n < len(blocks)]
    if fixed or len(blocks) <= ROWS[0]:
        numbers = [len(blocks), *numbers]
    for number in numbers:
        bins = rows_of_equal_contacts(blocks, contacts, number, edges)
        if all(publishable(part) for part in bins):
            return bins
    return rows_of_equal_contacts(blocks, contacts, 1)


def rows_of_equal_contacts(
    blocks: Sequence[Bin], contacts: Counts, rows: int, edges: Sequence[int] = ()
) -> tuple[Bin, ...]:
    """Return adjacent blocks joined to a number of rows with about as many contacts each.

    Each row ends with the block at which the contacts so far come nearest to its share. Then the
    beginning of a row that lies nearest to an edge is moved there, while the rows on both sides
    keep at least half a share. Edges come from the dossier, so that the rows still follow from
    their number and the contacts alone.

    Args:
        blocks: at least as many as rows.
        contacts: per month, shape (months,).
        rows: at least one.
        edges: months in which a row should begin.

    Examples:
        >>> months = [Bin(first=month, last=month) for month in range(4)]
        >>> [part.ends for part in rows_of_equal_contacts(months, np.array([90, 30, 30, 30]), 2)]
        [(0, 0), (1, 3)]
        >>> months, contacts = [Bin(first=month, last=month) for month in range(6)], np.ones(6)
        >>> [part.ends for part in rows_of_equal_contacts(months, contacts, 2, edges=[4])]
        [(0, 3), (4, 5)]
    """
    so_far = np.cumsum([0, *(part.total(contacts) for part in blocks)])
    ends = [0]
    for row in range(1, rows):
        # every row still to come needs a block of its own
        possible = so_far[ends[-1] + 1 : len(blocks) - (rows - row) + 1]
        distance = np.abs(possible - so_far[-1] * row / rows)
        ends.append(ends[-1] + int(distance.argmin()) + 1)
    ends = _moved_to(edges, blocks, so_far, [*ends, len(blocks)])
    return tuple(
        Bin(first=blocks[start].first, last=blocks[end - 1].last) for start, end in pairwise(ends)
    )


def _moved_to(
    edges: Sequence[int], blocks: Sequence[Bin], so_far: Counts, ends: list[int]
) -> list[int]:
    """Return where rows end, with those nearest to an edge moved to it where both rows allow it.

    Args:
        edges: months.
        blocks: in order.
        so_far: contacts before each block and after the last, shape (blocks + 1,).
        ends: number of blocks before each row and after the last.
    """
    least = so_far[-1] / (2 * (len(ends) - 1))
    starts = [block.first for block in blocks]
    moved: set[int] = set()
    for place in (starts.index(edge) for edge in edges if edge in starts[1:]):
        free = [row for row in range(1, len(ends) - 1) if row not in moved]
        if place in ends or not free:
            moved |= {ends.index(place)} if place in ends else set()
            continue
        nearest = min(free, key=lambda row: abs(int(so_far[ends[row]] - so_far[place])))
        before, after = ends[nearest - 1], ends[nearest + 1]
        beside = min(so_far[place] - so_far[before], so_far[after] - so_far[place])
        if before < place < after and beside >= least:
            ends = [*ends[:nearest], place, *ends[nearest + 1 :]]
            moved.add(nearest)
    return ends
