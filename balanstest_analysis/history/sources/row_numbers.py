"""The rows of a table once more, each with its number in the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

import ibis
import ibis.expr.types as ir

from balanstest_analysis.history.columns.casts import text_of
from balanstest_analysis.history.columns.privacy import keyed
from balanstest_analysis.history.sources.checks import first_place, typed
from balanstest_analysis.history.sources.file_layouts import Part, reopened, reopened_whole
from balanstest_analysis.history.sources.history import History


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
            if digests and "customer_id" in values:
                values["customer_id"] = keyed(values["customer_id"], history.group_key)
            yield name, stored.select(row=number, **values)


def _stored(history: History, part: Part) -> Iterator[tuple[str, ir.Table, ir.IntegerValue]]:
    if not history.has_row_numbers:
        yield part.name, reopened_whole(history.engine, part), ibis.null("int64")
        return
    for file in part.files:
        number = ibis.row_number() + part.first_row_number
        yield file.name, reopened(history.engine, part, file), number


def first_unmapped_row(history: History) -> tuple[str, int] | None:
    """Return file and row of the first call whose code the dossier maps to nothing, if any."""
    calls = history.tables["calls"]
    for reading in calls.readings:
        for dialler in reading.unmapped:
            mark = partial(_unmapped_cells, dialler=dialler)
            return first_place(history.engine, calls.parts, mark)[:2]
    return None


def _unmapped_cells(
    part: Part, stored: ir.Table, dialler: str
) -> tuple[ir.BooleanValue, ir.Column]:
    code = text_of(stored[part.request.flags_of(dialler)[0]])
    known = code.isin(part.request.known_codes(dialler)).fill_null(False)
    return ~known, ibis.literal("")
