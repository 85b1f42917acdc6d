"""Events, objections and complaints that an export holds twice: they change no rate, and are told.

Rows of calls that are there twice are one call; see `single_calls`.
"""

from __future__ import annotations

from typing import Final

from balanstest_analysis.history.sources import Deferred, Queries, only_row

TABLES: Final = ("events", "objections", "complaints")


def ask_repeated_rows(queries: Queries) -> dict[str, Deferred[int]]:
    """Ask, per table, how many rows are in every column that is read equal to another one.

    Args:
        queries: put to the history.
    """
    return {
        f"repeated_rows_{table}": _asked(queries, table)
        for table in TABLES
        if table in queries.history.tables
    }


def _asked(queries: Queries, table: str) -> Deferred[int]:
    opened = queries.history.tables[table]
    rows = opened.rows.select(*(name for name in opened.rows.columns if name in opened.present))
    different = rows.group_by(*rows.columns).agg(copies=rows.count())
    more = (different.copies - 1).sum().fill_null(0).cast("int64")
    return queries.ask(different.aggregate(more=more)).then(only_row).then(lambda row: row["more"])
