"""Whether days look filled in: all on the first of January, of a month, or on one single day."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pandas as pd

from balanstest_analysis.history.sources import DAY_OF, Deferred, Queries

# Fewer rows tell nothing. Contracts that all begin on the first of a month are common, and so are
# days on which very many are collected; these shares are more than that gives.
FEWEST: Final = 20
YEAR_ONLY: Final = 0.5
MONTH_ONLY: Final = 0.9
ONE_DAY: Final = 0.5
_FEWEST_MONTHS: Final = 3


def ask_piles(queries: Queries) -> Deferred[list[tuple[str, int]]]:
    """Ask, per table, how many rows lie on days that look filled in, where too many do.

    Args:
        queries: put to the history.
    """
    asked = [_asked(queries, table) for table in DAY_OF if table in queries.history.tables]
    return Deferred(lambda: [found for answer in asked for found in answer.value])


def _asked(queries: Queries, table: str) -> Deferred[list[tuple[str, int]]]:
    rows = queries.history.tables[table].rows
    moment = rows[DAY_OF[table]]
    day = moment.date() if moment.type().is_timestamp() else moment
    number = day.year().cast("int64") * 10_000 + day.month().cast("int64") * 100
    number = number + day.day().cast("int64")
    days = rows.group_by(day=number).agg(rows=rows.count())
    return queries.ask(days, ["day"]).then(lambda found: list(_piles(table, found)))


def _piles(table: str, days: pd.DataFrame) -> Iterator[tuple[str, int]]:
    """Yield the one pile that says most: a year on its own days, one day, or days of months."""
    total = int(days["rows"].sum())
    if total < FEWEST:
        return
    in_year, months = days["day"] % 10_000, days["day"] // 100
    on_one_day = int(days["rows"].max())
    starts = {on: int(days.loc[in_year == on, "rows"].sum()) for on in (101, 701)}
    firsts = int(days.loc[days["day"] % 100 == 1, "rows"].sum())
    if max(starts.values()) > YEAR_ONLY * total:
        yield f"dates_year_only_{table}", max(starts.values())
    elif table == "events" and on_one_day > ONE_DAY * total:
        yield f"dates_one_day_{table}", on_one_day
    elif firsts > MONTH_ONLY * total and months.nunique() >= _FEWEST_MONTHS:
        yield f"dates_month_only_{table}", firsts
