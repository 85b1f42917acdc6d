"""How many rows each table has on each day; several questions need it."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from balanstest_analysis.history.columns.day_numbers import FIRST_DAY, day_number
from balanstest_analysis.history.sources import DAY_OF, Deferred, Queries

RowsByDay = Mapping[str, Deferred[pd.DataFrame]]


def ask_days(queries: Queries) -> RowsByDay:
    """Ask, per table, for the number of rows on each day.

    Args:
        queries: put to the history.

    Returns:
        Per table ``rows``, and the day as ``number`` (see `day_number`) and as ``year``, ``month``
        and ``day``.
    """
    given = [table for table in DAY_OF if table in queries.history.tables]
    return {table: _asked(queries, table) for table in given}


def _asked(queries: Queries, table: str) -> Deferred[pd.DataFrame]:
    rows = queries.history.tables[table].rows
    moment = rows[DAY_OF[table]]
    counted = rows.group_by(number=day_number(moment)).agg(rows=rows.count())
    return queries.ask(counted, ["number"]).then(_with_parts)


def _with_parts(found: pd.DataFrame) -> pd.DataFrame:
    number = found["number"].astype("int64")
    days = pd.Timestamp(FIRST_DAY) + pd.to_timedelta(number, unit="D")
    parts = {"year": days.dt.year, "month": days.dt.month, "day": days.dt.day}
    return pd.DataFrame({"rows": found["rows"], "number": number, **parts})
