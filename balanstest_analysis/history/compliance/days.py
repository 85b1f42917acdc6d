"""How many rows each table has on each day; several questions need it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import ibis
import pandas as pd

from balanstest_analysis.history.sources import DAY_OF, Deferred, Queries

_FIRST_DAY = dt.date(1900, 1, 1)
RowsByDay = Mapping[str, Deferred[pd.DataFrame]]


def ask_days(queries: Queries) -> RowsByDay:
    """Ask, per table, for the number of rows on each day.

    Args:
        queries: put to the history.

    Returns:
        Per table ``rows``, and the day as ``year``, ``month`` and ``day``.
    """
    given = [table for table in DAY_OF if table in queries.history.tables]
    return {table: _asked(queries, table) for table in given}


def _asked(queries: Queries, table: str) -> Deferred[pd.DataFrame]:
    rows = queries.history.tables[table].rows
    moment = rows[DAY_OF[table]]
    day = moment.date() if moment.type().is_timestamp() else moment
    number = day.delta(ibis.literal(_FIRST_DAY), unit="day")
    counted = rows.group_by(number=number).agg(rows=rows.count())
    return queries.ask(counted, ["number"]).then(_with_parts)


def _with_parts(found: pd.DataFrame) -> pd.DataFrame:
    days = pd.Timestamp(_FIRST_DAY) + pd.to_timedelta(found["number"].astype("int64"), unit="D")
    parts = {"year": days.dt.year, "month": days.dt.month, "day": days.dt.day}
    return pd.DataFrame({"rows": found["rows"], **parts})
