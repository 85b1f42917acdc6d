"""The last day on which something happened, according to an export itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import ibis.expr.types as ir

from balanstest_analysis.history.columns.casts import cast
from balanstest_analysis.history.columns.columns import Column
from balanstest_analysis.history.engines.engine import Engine, first_row
from balanstest_analysis.history.recognition.column_matches import Match


def last_day_of(
    engine: Engine, rows: ir.Table, columns: Sequence[Column], matches: Sequence[Match]
) -> dt.date | None:
    """Return the last day on which something happened, or None where its order is not clear."""
    column = next((column for column in columns if column.required and column.dated), None)
    theirs = [m for m in matches if column and m.ours == column.name and m.certain and not m.state]
    if column is None or not theirs:
        return None
    cells = rows[theirs[0].theirs]
    last = cast(cells, column, theirs[0].notation).value.max().name("last").as_table()
    moment = first_row(engine, last).get("last")
    return moment.date() if isinstance(moment, dt.datetime) else moment
