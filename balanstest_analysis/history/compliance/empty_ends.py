"""One and the same end, long before many relations began: the day that a system writes for none.

Each system has a day of its own, such as 1960-01-01 or 1980-01-01: what tells is not which day it
is, but that relations cannot have ended on it.
"""

from __future__ import annotations

from typing import Final

import pandas as pd

from balanstest_analysis.history.columns.day_numbers import day_number
from balanstest_analysis.history.exposure.spells import ended_before_start
from balanstest_analysis.history.findings import Finding
from balanstest_analysis.history.sources import Deferred, Queries

CODE: Final = "one_end_before_starts"
FEWEST: Final = 5
LONG: Final = 366  # days: a mistyped year gives other days, and no day five times


def ask_empty_ends(queries: Queries) -> Deferred[pd.DataFrame]:
    """Ask on which days relations ended that began more than a year later.

    Args:
        queries: put to the history.

    Returns:
        ``rows`` by ``year``, ``month`` and ``day``; none where events have no ends.
    """
    history = queries.history
    if not history.has("events", "ends_on"):
        return Deferred(lambda: pd.DataFrame({"year": [], "month": [], "day": [], "rows": []}))
    events = history.tables["events"].rows
    is_long = day_number(events.occurred_on) - day_number(events.ends_on) > LONG
    found = events.filter(ended_before_start(history, events) & is_long)
    end = found.ends_on
    parts = {"year": end.year(), "month": end.month(), "day": end.day()}
    counted = found.group_by(**{name: part.cast("int64") for name, part in parts.items()})
    return queries.ask(counted.agg(rows=found.count()), list(parts))


def empty_ends(ends: pd.DataFrame) -> Finding | None:
    """Return how many relations ended on one day long before they began; None for few.

    Args:
        ends: from `ask_empty_ends`, answered.

    Examples:
        >>> ends = pd.DataFrame({"year": [1980], "month": [1], "day": [1], "rows": [52]})
        >>> empty_ends(ends).detail
        'On 1980-01-01: 52.'
    """
    many = ends[ends["rows"] >= FEWEST].sort_values("rows", ascending=False)
    if many.empty:
        return None
    days = zip(*(map(int, many[name]) for name in ("year", "month", "day", "rows")), strict=True)
    told = ", ".join(f"{y:04d}-{m:02d}-{d:02d}: {rows:,}" for y, m, d, rows in days)
    return Finding(code=CODE, count=int(many["rows"].sum()), detail=f"On {told}.")
