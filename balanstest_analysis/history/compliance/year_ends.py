"""Ends of relations that lie on one day of the year, far more than on any other.

Months are counted from the day on which a relation ended. An administration that closes relations
on 31 December or 1 January writes down another day, up to a year from it.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

import ibis
import pandas as pd

from balanstest_analysis.history.findings import Finding
from balanstest_analysis.history.sources import Deferred, Queries

CODE: Final = "ends_on_one_day_of_year"
FEWEST_ENDS: Final = 100
# Relations of whole months end on twelve days of the year, and more of them in some months.
SHARE: Final = 0.25
TIMES_THE_NEXT: Final = 3


def ask_ends(queries: Queries, through: dt.date) -> Deferred[pd.DataFrame]:
    """Ask on which days of the year relations ended.

    An event that is over on its own day, as a gift is, has no end that somebody wrote down.

    Args:
        queries: put to the history.
        through: last day of the history.

    Returns:
        ``rows`` by ``month`` and ``day``; none where events have no ends.
    """
    if not queries.history.has("events", "ends_on"):
        return Deferred(lambda: pd.DataFrame({"month": [], "day": [], "rows": []}))
    events = queries.history.tables["events"].rows
    ended = events.filter(
        (events.ends_on > events.occurred_on) & (events.ends_on <= ibis.date(through.isoformat()))
    )
    counted = ended.group_by(
        month=ended.ends_on.month().cast("int64"), day=ended.ends_on.day().cast("int64")
    ).agg(rows=ended.count())
    return queries.ask(counted, ["month", "day"])


def year_ends(ends: pd.DataFrame) -> Finding | None:
    """Return how many relations ended on one day of the year, where no other day has so many.

    Args:
        ends: from `ask_ends`, answered.

    Examples:
        >>> ends = pd.DataFrame({"month": [12, 6, 3], "day": [31, 30, 9], "rows": [80, 15, 5]})
        >>> year_ends(ends).detail
        'On 31-12 of all years together: 80 of 100 ends; on no other day more than 15.'
    """
    total = int(ends["rows"].sum())
    if total < FEWEST_ENDS:
        return None
    days = zip(*(map(int, ends[name]) for name in ("rows", "month", "day")), strict=True)
    (most, month, day), (next_most, *_) = sorted([(0, 0, 0), *days], reverse=True)[:2]
    if most < SHARE * total or most < TIMES_THE_NEXT * next_most:
        return None
    told = (
        f"On {day:02d}-{month:02d} of all years together: {most:,} of {total:,} ends; on no other "
        f"day more than {next_most:,}."
    )
    return Finding(code=CODE, count=most, detail=told)
