"""The rows of a table once more, each with its number in the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

import ibis
import ibis.expr.types as ir

from balanstest_analysis.history.columns.casts import text_of
from balanstest_analysis.history.columns.columns import Column
from balanstest_analysis.history.columns.empty_words import EPOCH
from balanstest_analysis.history.columns.privacy import keyed
from balanstest_analysis.history.files.text_rows import ROW
from balanstest_analysis.history.sources.checks import typed
from balanstest_analysis.history.sources.file_layouts import reopened, reopened_whole
from balanstest_analysis.history.sources.history import History
from balanstest_analysis.history.sources.parts import Part
from balanstest_analysis.history.sources.places import first_place, named_file
from balanstest_analysis.history.sources.unlike_sources import completed


def numbered_rows(
    history: History, table: str, columns: Sequence[str], *, digests: bool = True
) -> Iterator[tuple[str, ir.Table]]:
    """Yield each file of a table with its rows, as name of the file and typed columns.

    The rows of a database and of Spark have no numbers.

    Args:
        history: open.
        table: one of its tables.
        columns: names of the columns that are wanted, as far as the files have them.
        digests: whether customers are the digests of the history, or as they were delivered.

    Yields:
        Name of the file or table, and a table with ``row`` (as an analyst counts it, empty where
        rows have no order) and the columns.
    """
    for part in history.tables[table].parts:
        for name, stored, number in _stored(history, part):
            values = {
                column.name: typed(part, stored, column).value
                for column in part.columns
                if column.name in columns
            }
            values = completed(part, values, history.tables[table].parts)
            values = {name: value for name, value in values.items() if name in columns}
            if digests and "customer_id" in values:
                values["customer_id"] = keyed(values["customer_id"], history.customer_key)
            values["is_somebody"] = part.is_somebody(stored)
            rows = stored.select(row=number, **values)
            yield name, rows.filter(rows.is_somebody).drop("is_somebody")


def _stored(history: History, part: Part) -> Iterator[tuple[str, ir.Table, ir.IntegerValue]]:
    if not history.has_row_numbers:
        yield part.name, reopened_whole(history.engine, part), ibis.null("int64")
        return
    for file in part.files:
        stored = reopened(history.engine, part, file)
        yield named_file(part, file), stored, stored[ROW]


def first_row_of_nobody(history: History, table: str) -> tuple[str, int] | None:
    """Return file and row of the first key of a table that stands for nobody, if rows have any."""
    for part in history.tables[table].parts if history.has_row_numbers else ():
        if not part.keys.nobody:
            continue
        for name, stored, number in _stored(history, part):
            rows = stored.select(row=number, is_nobody=~part.is_somebody(stored))
            first = history.frame(rows.aggregate(row=rows.row.min(where=rows.is_nobody)))
            if first["row"].notna().all():
                return name, int(first["row"].iloc[0])
    return None


def first_row_without_day(history: History, table: str, column: str) -> tuple[str, int] | None:
    """Return file and row of the first cell with a day that stands for none, if rows have any."""
    for part in history.tables[table].parts if history.has_row_numbers else ():
        for dated in (one for one in part.columns if one.name == column):
            for name, stored, number in _stored(history, part):
                marked = _stands_for_none(part, stored, dated) & part.is_somebody(stored)
                rows = stored.select(row=number, marked=marked)
                first = history.frame(rows.aggregate(row=rows.row.min(where=rows.marked)))
                if first["row"].notna().all():
                    return name, int(first["row"].iloc[0])
    return None


def _stands_for_none(part: Part, stored: ir.Table, column: Column) -> ir.BooleanValue:
    cells = typed(part, stored, column)
    if cells.no_day is not None:
        return cells.no_day
    return (cells.value == ibis.date(EPOCH.isoformat())).fill_null(False)


def first_unmapped_row(history: History) -> tuple[str, int] | None:
    """Return file and row of the first call whose code the dossier maps to nothing, if any."""
    calls = history.tables["calls"]
    for reading in calls.readings:
        for dialler in reading.unmapped:
            mark = partial(_unmapped_cells, dialler=dialler)
            parts = [part for part in calls.parts if dialler in part.request.diallers]
            return first_place(history.engine, parts, mark)[:2]
    return None


def _unmapped_cells(
    part: Part, stored: ir.Table, dialler: str
) -> tuple[ir.BooleanValue, ir.Column]:
    code = text_of(stored[part.request.flags_of(dialler)[0]])
    known = code.isin(part.request.known_codes(dialler)).fill_null(False)
    return ~known, ibis.literal("")
