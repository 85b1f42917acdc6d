"""Counts with a row that is a total but for something: an outcome left empty, months left out.

A total that was made of other rows than those that are there has not all of their counts. What it
shares with them is no chance: a month of so many contacts hardly ever has as many as all others.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

Numbers = npt.NDArray[np.int64]
_FEWEST_CONTACTS: Final = 100
_FEWEST_OTHERS: Final = 5
_FEWEST_BY_CONTACTS: Final = 5
_FEWEST_WITH_OUTCOME: Final = 3
_FEW: Final = 2
_FEWEST_NEARLY: Final = 1_000
_FEWEST_EVENTS: Final = 20
_MONTHS_CUMULATIVE: Final = 10
_TIMES_CUMULATIVE: Final = 3
_PER_CENT: Final = 100
_SPREAD: Final = 8


def nearly_total(months: Numbers, numbers: Numbers) -> tuple[int, str] | None:
    """Return the place of a row that is a total but for something, and of what; or None.

    Args:
        months: of each row.
        numbers: contacts first, then the outcomes, of shape (rows, counts).

    Examples:
        >>> rows = [[400, 9], [410, 8], [420, 7], [430, 6], [1660, 0]]
        >>> nearly_total(np.arange(5), np.array(rows)) is None
        True
        >>> nearly_total(np.arange(6), np.array([*rows[:4], [440, 5], [2100, 0]]))
        (5, 'has as many contacts as all other rows together')
    """
    checks: tuple[tuple[str, Callable[[Numbers, Numbers, Numbers], bool]], ...] = (
        ("has as many contacts as all other rows together", _is_sum_of_contacts),
        ("is, but for one or two, the sum of all other rows", _is_nearly_sum),
        ("is the sum of most other rows, but for those of some months", _is_sum_of_months),
    )
    contacts = numbers[:, 0]
    for place in np.flatnonzero((3 * contacts >= contacts.sum()) & (contacts >= _FEWEST_CONTACTS)):
        others = np.arange(len(numbers)) != place
        in_order = np.argsort(months[others], kind="stable")
        rest, row = numbers[others][in_order], numbers[place]
        for what, holds in checks:
            if holds(row, rest, months[others][in_order]):
                return int(place), what
    return None


def _is_sum_of_contacts(row: Numbers, rest: Numbers, _: Numbers) -> bool:
    sums = rest.sum(axis=0)
    if row[0] != sums[0]:
        return False
    return len(rest) >= _FEWEST_BY_CONTACTS or (
        len(rest) >= _FEWEST_WITH_OUTCOME and _shares_outcome(row, sums)
    )


def _shares_outcome(row: Numbers, sums: Numbers) -> bool:
    return bool(((row == sums) & (row > 0))[1:].any())


def _is_nearly_sum(row: Numbers, rest: Numbers, _: Numbers) -> bool:
    sums = rest.sum(axis=0)
    if len(rest) < _FEWEST_OTHERS or row[0] < _FEWEST_NEARLY:
        return False
    near = np.abs(row - sums) <= _FEW
    return bool(near[0] and (near & (sums >= _FEWEST_EVENTS))[1:].any())


def _is_sum_of_months(row: Numbers, rest: Numbers, months: Numbers) -> bool:
    """Return whether a row is the sum of the others from some month on, or until some month."""
    if len(rest) <= _FEWEST_OTHERS or 2 * row[0] < rest[:, 0].sum():
        return False
    ends = np.append(months[1:] != months[:-1], False)
    first = np.cumsum(rest, axis=0)
    last = rest.sum(axis=0) - first
    size = np.arange(1, len(rest) + 1)
    until = first[ends & (size >= _FEWEST_OTHERS)]
    since = last[ends & (len(rest) - size >= _FEWEST_OTHERS)]
    sums = np.concatenate([until, since])
    same = sums[sums[:, 0] == row[0]]
    return any(_shares_outcome(row, one) for one in same)


def row_of_percentages(numbers: Numbers) -> int | None:
    """Return the place of the first or last row where it has 100 of everything, alone; or None.

    Examples:
        >>> row_of_percentages(np.array([[400, 9], [410, 8], [420, 7], [100, 100]]))
        3
    """
    full = (numbers == _PER_CENT).all(axis=1)
    outcomes = numbers[~full]
    others_low = bool((2 * outcomes[:, 1:] < outcomes[:, :1]).all()) if len(outcomes) else False
    if full.sum() != 1 or len(numbers) <= _FEWEST_WITH_OUTCOME or not others_low:
        return None
    place = int(np.argmax(full))
    return place if place in (0, len(numbers) - 1) else None


def row_of_averages(numbers: Numbers) -> int | None:
    """Return the place of the first or last row where it is the average of all others; or None.

    Of counts that hardly differ any row is the average, so two of them differ enough.

    Examples:
        >>> rows = [[400 + 5 * n, 40 - n] for n in range(11)]
        >>> row_of_averages(np.array([*rows, [425, 35]]))
        11
        >>> row_of_averages(np.array(rows)) is None
        True
    """
    if len(numbers) <= _FEWEST_OTHERS:
        return None
    for place in (0, len(numbers) - 1):
        rest = np.delete(numbers, place, axis=0)
        near = np.abs(numbers[place] - rest.mean(axis=0)) < 1
        telling = np.ptp(rest, axis=0) >= _SPREAD
        if near.all() and telling.sum() > 1:
            return place
    return None


def is_cumulative(table: pd.DataFrame, columns: list[str]) -> bool:
    """Return whether counts are those of all months through each, in every campaign and group.

    Nothing becomes less from month to month, and everything becomes several times as much. Of
    counts per month that would be so by chance for hardly any outcome.

    Args:
        table: from `count_checks.counts_with_places`.
        columns: of the counts, contacts first.
    """
    parts = [part for _, part in table.groupby(["campaign", "group"], sort=False)]
    told = [part for part in parts if len(part) >= _MONTHS_CUMULATIVE]
    return bool(told) and all(_grows(part, columns) for part in told)


def _grows(part: pd.DataFrame, columns: list[str]) -> bool:
    numbers = part.sort_values("months_since_purchase")[columns].to_numpy(np.int64)
    used = numbers[:, numbers[-1] >= _FEWEST_EVENTS]
    if used.shape[1] < 2 or (np.diff(numbers, axis=0) < 0).any():
        return False
    return bool(
        (np.diff(numbers[:, 0]) > 0).all() and (used[-1] >= _TIMES_CUMULATIVE * used[0]).all()
    )
