"""Periods since the first contact in which people are told of: whole ones, joined in a fixed order.

They follow from the calendar alone. Most who report anything do so in their first conversation,
so that the first month stands apart wherever it can be told: joined with later months, in which
fewer people are followed, its reports would weigh too much.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from balanstest_analysis.disclosure.binning import Bin, Months, divides

LAST_MONTHS = (0, 2, 5, 11, 23, 35)
JOINED_FIRST = (2, 23, 5, 11)
OF_A_LIMIT = 11


def chosen_periods(
    last: int, tables: Sequence[Sequence[Months]], publishable: Callable[[Bin], bool]
) -> tuple[Bin, ...]:
    """Return the first of all ways to join the periods in which every one can be published.

    Where none can be, one period of at most a year remains, for a limit; nothing where not even
    the first month was followed, or earlier reports divide otherwise.

    Args:
        last: month since the first contact up to which enough people were followed; -1 for none.
        tables: rows of earlier reports, which are not divided again.
        publishable: whether a period may be published as a row.

    Examples:
        >>> [part.ends for part in chosen_periods(13, [], lambda part: True)]
        [(0, 0), (1, 2), (3, 5), (6, 11)]
        >>> [part.ends for part in chosen_periods(13, [], lambda part: part.months >= 6)]
        [(0, 5), (6, 11)]
    """

    def allowed(periods: Sequence[Bin]) -> bool:
        return all(divides(part.first, tables) for part in periods)

    ways = [way for way in ways_to_join(last) if allowed(way)]
    for way in ways:
        if all(publishable(part) for part in way):
            return way
    one = [way for way in ways if len(way) == 1 and way[0].last <= OF_A_LIMIT]
    return one[-1] if one else ()


def ways_to_join(last: int) -> Iterator[tuple[Bin, ...]]:
    """Yield adjacent periods from month 0 on, in the order in which they are tried.

    A short first period goes before everything, then a long time in all, then many periods.

    Args:
        last: month since the first contact that no period may pass.

    Examples:
        >>> for way in ways_to_join(5):
        ...     print([part.ends for part in way])
        [(0, 0), (1, 2), (3, 5)]
        [(0, 0), (1, 5)]
        [(0, 0), (1, 2)]
        [(0, 0)]
        [(0, 2), (3, 5)]
        [(0, 2)]
        [(0, 5)]
    """
    whole = [month for month in LAST_MONTHS if month <= last]
    for first in whole:
        for end in reversed([month for month in whole if month >= first]):
            between = [month for month in whole if first < month < end]
            for inside in _fewer_and_fewer(between):
                yield _periods(sorted({first, *inside, end}))


def _fewer_and_fewer(months: Sequence[int]) -> Iterator[Sequence[int]]:
    yield months
    for dropped in JOINED_FIRST:
        if dropped in months:
            months = [month for month in months if month != dropped]
            yield months


def _periods(ends: Sequence[int]) -> tuple[Bin, ...]:
    return tuple(Bin(first=before + 1, last=end) for before, end in pairwise([-1, *ends]))
