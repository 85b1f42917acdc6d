"""The last day on which something happened, according to an export itself."""

from __future__ import annotations

import datetime as dt
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import ibis.expr.types as ir

from balanstest_analysis.history.columns.casts import cast
from balanstest_analysis.history.columns.columns import Column
from balanstest_analysis.history.engines.engine import Engine
from balanstest_analysis.history.recognition.column_matches import Match
from balanstest_analysis.history.sources.part_notations import read_moment, with_moments
from balanstest_analysis.history.sources.parts import part_of_rows

LEAST_GAP = dt.timedelta(days=7)
YEAR = dt.timedelta(days=365)
FEW_OF = 1000
FEW_BEGIN_OF = 20  # events that begin after the day of the export are fewer than one in twenty
WEEKS = 53
LEAST_A_WEEK = 10


@dataclass(frozen=True, kw_only=True)
class LastDay:
    """Until when an export runs.

    Attributes:
        day: the last day, without rows that lie apart from all others.
        later: how many rows lie apart after it.
        from_day: the first day of those; None where there are none.
        is_sure: whether something happened then, and did not only begin then.
    """

    day: dt.date
    later: int = 0
    from_day: dt.date | None = None
    is_sure: bool = field(default=True, repr=False)


def last_day_of(
    engine: Engine, rows: ir.Table, columns: Sequence[Column], matches: Sequence[Match]
) -> LastDay | None:
    """Return the last day on which something happened, or None where its order is not clear.

    Args:
        engine: with the rows.
        rows: of an export, those that count.
        columns: that its table may have.
        matches: columns that were recognised.
    """
    column = next((column for column in columns if column.required and column.dated), None)
    theirs = [m for m in matches if column and m.ours == column.name and m.certain and not m.state]
    if column is None or not theirs:
        return None
    days = _days(rows, column, theirs[0]).filter(lambda table: table.day.notnull())
    counts = engine.ask(days.group_by("day").agg(rows=days.count()).order_by("day")).rows()
    found = [(day["day"], day["rows"]) for day in counts]
    return last_in_step(found) if column.name == "occurred_on" else last_of(found)


def _days(rows: ir.Table, column: Column, match: Match) -> ir.Table:
    """Return the ``day`` of each row."""
    part = part_of_rows(rows.select(**{column.name: rows[match.theirs]}), (column,))
    stored = with_moments(replace(part, notations={column.name: match.notation})).stored
    moment = read_moment(stored, column.name)
    value = cast(stored[column.name], column, match.notation, moment=moment).value
    return stored.select(day=value.date() if value.type().is_timestamp() else value)


def last_in_step(counts: Sequence[tuple[dt.date, int]]) -> LastDay | None:
    """Return the last day of events up to which there are as many as before.

    A contract may begin after the day of the export. Those are fewer than there were, so the last
    week has to hold half the rows of the median week of the year before it. Where rows are few,
    or come by the month, there is no telling: the day is as `last_of` says, and not sure.

    Args:
        counts: each day with its number of rows, in order.

    Examples:
        >>> year = [(dt.date(2025, 1, 1) + dt.timedelta(days=n), 10) for n in range(365)]
        >>> last_in_step([*year, (dt.date(2026, 1, 8), 2), (dt.date(2026, 2, 1), 1)])
        LastDay(day=datetime.date(2025, 12, 31), later=3, from_day=datetime.date(2026, 1, 8))
        >>> (
        ...     last_in_step([*year, (dt.date(2052, 1, 1), 1)]).is_sure,
        ...     last_in_step(year[::30]).is_sure,
        ... )
        (True, False)
    """
    plain = last_of(counts)
    if plain is None:
        return None
    most = sum(rows for _, rows in counts) // FEW_BEGIN_OF
    later, first = plain.later, plain.from_day
    for day, rows in reversed([pair for pair in counts if pair[0] <= plain.day]):
        if later > most:
            break
        last_week, *before = _weeks(counts, day)
        usual = statistics.median(before)
        if usual < LEAST_A_WEEK:
            break
        if last_week >= usual / 2:
            return LastDay(day=day, later=later, from_day=first)
        later, first = later + rows, day
    return replace(plain, is_sure=False)


def _weeks(counts: Sequence[tuple[dt.date, int]], last: dt.date) -> list[int]:
    """Return the rows of the week up to a day, and of the weeks of the year before it."""
    weeks = [0] * WEEKS
    for day, rows in counts:
        ago = (last - day).days // 7
        if 0 <= ago < WEEKS:
            weeks[ago] += rows
    return weeks


def last_of(counts: Sequence[tuple[dt.date, int]]) -> LastDay | None:
    """Return the last of the days, and what lies apart after it.

    A slip of the pen, such as 2026 for 2025, puts a row or two long after all others, and an
    export would seem to run until then. Apart are rows after a gap of more than a week that is
    longer than any in the year before it, if they are no more than one in a thousand of all. An
    export that thins out, or has rows once a month, has none.

    Args:
        counts: each day with its number of rows, in order.

    Examples:
        >>> days = [(dt.date(2026, 1, day), 100) for day in range(1, 29)]
        >>> last_of([*days, (dt.date(2026, 4, 5), 2)])
        LastDay(day=datetime.date(2026, 1, 28), later=2, from_day=datetime.date(2026, 4, 5))
        >>> last_of([*days, (dt.date(2026, 4, 5), 3)]).day
        datetime.date(2026, 4, 5)
    """
    if not counts:
        return None
    most = sum(rows for _, rows in counts) // FEW_OF
    days = [day for day, _ in counts]
    later, found = 0, LastDay(day=days[-1])
    for place in range(len(counts) - 1, 0, -1):
        later += counts[place][1]
        if later > most:
            break
        if days[place] - days[place - 1] > max(LEAST_GAP, _longest_gap(days[:place])):
            found = LastDay(day=days[place - 1], later=later, from_day=days[place])
    return found


def _longest_gap(days: Sequence[dt.date]) -> dt.timedelta:
    """Return the longest time between two days in a row, in the year up to the last."""
    year = [day for day in days if day > days[-1] - YEAR]
    return max((after - before for before, after in pairwise(year)), default=LEAST_GAP)
