"""Columns that nobody mapped, and that seem to tell which rows of a table count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import ibis
import ibis.expr.types as ir

from balanstest_analysis.history.columns.casts import text_of
from balanstest_analysis.history.columns.column_names import ours_of
from balanstest_analysis.history.columns.columns import OTHER, Request
from balanstest_analysis.history.columns.privacy import is_unread_name
from balanstest_analysis.history.columns.report_subjects import REPORTS, may_tell_subject
from balanstest_analysis.history.columns.uncounted_rows import (
    DECIDED,
    Uncounted,
    may_leave_out,
    tells_by_name,
    uncounted_rows,
    undone_among,
)
from balanstest_analysis.history.engines.engine import Engine, first_row, rows_of
from balanstest_analysis.history.sources.checks import typed
from balanstest_analysis.history.sources.file_layouts import reopened_whole
from balanstest_analysis.history.sources.parts import Part
from balanstest_analysis.history.sources.unread_ends import ENDS, asks_for_ends

_COLUMNS_LOOKED_AT: Final = 60
_ROWS_LOOKED_AT: Final = 50_000
_CODES_AT_MOST: Final = 40
_PAID: Final = "paid"


@dataclass(frozen=True, kw_only=True)
class Ignored:
    """A column that seems to tell which rows of a table count, and that the dossier ignores.

    Attributes:
        table: name of the table.
        file: name of the first file with such rows.
        column: its name there.
        found: what its codes tell.
    """

    table: str
    file: str
    column: str
    found: Uncounted


def ignored_columns(engine: Engine, parts: Sequence[Part]) -> Iterator[Ignored]:
    """Yield the columns of a table that seem to tell which of its rows count.

    Args:
        engine: where they are read.
        parts: of one source; only rows that count are looked at.
    """
    table = parts[0].request.table
    codes: dict[str, Counter[str]] = {}
    paid: dict[str, Counter[str]] = {}
    files: dict[str, str] = {}
    for part in parts if table in DECIDED else ():
        for column, found in _codes_of(engine, part):
            codes.setdefault(column, Counter()).update(found.rows)
            paid.setdefault(column, Counter()).update(found.paid)
            files.setdefault(column, part.name)
    for column, numbers in codes.items():
        uncounted = uncounted_rows(table, column, numbers)
        uncounted = uncounted or undone_among(table, column, paid[column])
        if uncounted is not None and not _is_end(parts[0].request, column):
            yield Ignored(table=table, file=files[column], column=column, found=uncounted)


@dataclass(frozen=True, kw_only=True)
class _Codes:
    """The rows per code of a column, and those of them that may be a payment."""

    rows: Mapping[str, int]
    paid: Mapping[str, int]


def _is_end(request: Request, column: str) -> bool:
    """Return whether a column is told as one of ends; see `unread_ends`."""
    return asks_for_ends(request) and ENDS in ours_of(column)


def _codes_of(engine: Engine, part: Part) -> Iterator[tuple[str, _Codes]]:
    """Yield the columns of a part that may decide, with the rows per code."""
    names = _others(part)
    if not names:
        return
    request = replace(part.request, others=names)
    rows = reopened_whole(engine, replace(part, request=request))
    texts = {f"{OTHER}{n}": text_of(rows[f"{OTHER}{n}"]) for n in range(len(names))}
    cells = rows.select(**texts, **{_PAID: _may_be_paid(part, rows)})
    sample = cells.limit(_ROWS_LOOKED_AT)
    different = first_row(engine, sample.aggregate(**{c: sample[c].nunique() for c in texts}))
    for number, name in enumerate(names):
        column, table = f"{OTHER}{number}", part.request.table
        few = 0 < different[column] <= _CODES_AT_MOST
        if few or (different[column] and tells_by_name(table, name)):
            seen = _counted(engine, sample, column)
            perhaps = uncounted_rows(table, name, seen.rows, perhaps=True)
            if perhaps is not None or undone_among(table, name, seen.paid) is not None:
                yield name, _counted(engine, cells, column)


def _may_be_paid(part: Part, rows: ir.Table) -> ir.BooleanValue:
    """Return where an event is not without payment by its amount; see `spells.no_payment`."""
    amounts = [column for column in part.columns if column.name == "amount"]
    if not amounts:
        return ibis.literal(True)
    amount = typed(part, rows, amounts[0]).value
    return (amount > 0) | amount.isnull()


def _counted(engine: Engine, cells: ir.Table, column: str) -> _Codes:
    codes = cells.select(_PAID, code=cells[column]).filter(cells[column].notnull())
    counted = codes.group_by("code").agg(rows=codes.count(), paid=codes.count(where=codes[_PAID]))
    most = counted.order_by([counted.rows.desc(), counted.code]).limit(10 * _CODES_AT_MOST)
    found = rows_of(engine, most)
    return _Codes(
        rows={row["code"]: int(row["rows"]) for row in found},
        paid={row["code"]: int(row[_PAID]) for row in found},
    )


def _others(part: Part) -> tuple[str, ...]:
    """Return the columns that are not read, those with a telling name in front."""
    request = part.request
    read = {*request.all_of, *request.names.values()}
    names = [
        name
        for name in part.names
        if name.strip()
        and name not in read
        and not is_unread_name(name)
        and (request.table not in REPORTS or may_tell_subject(request.table, name))
    ]
    single = [name for name, number in Counter(names).items() if number == 1]
    telling = {name for name in single if may_leave_out(request.table, name)}
    ordered = sorted(single, key=lambda name: name not in telling)
    return tuple(ordered[:_COLUMNS_LOOKED_AT])
