"""One table of a dossier, kept by the engine, typed and keyed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import ibis
import ibis.expr.types as ir

from balanstest_analysis.history.columns.casts import as_stored, is_right_as_stored, text_of
from balanstest_analysis.history.columns.columns import TABLES, Column
from balanstest_analysis.history.columns.customer_codes import says_customer
from balanstest_analysis.history.columns.privacy import keyed
from balanstest_analysis.history.engines.buckets import Buckets
from balanstest_analysis.history.engines.engine import Engine
from balanstest_analysis.history.sources.checked_tables import CheckedTable
from balanstest_analysis.history.sources.checks import late, typed
from balanstest_analysis.history.sources.ignored_columns import Ignored
from balanstest_analysis.history.sources.listed_codes import (
    RESULT_CODE,
    ListedCode,
    code_number,
    listed_codes,
)
from balanstest_analysis.history.sources.parts import Part
from balanstest_analysis.history.sources.readings import Reading, readings_of
from balanstest_analysis.history.sources.row_filters import Filtered, tells_objection, together
from balanstest_analysis.history.sources.source_numbers import source_cells
from balanstest_analysis.history.sources.surroundings import NOTHING_AROUND, Surroundings
from balanstest_analysis.history.sources.unlike_sources import are_unlike, made_alike
from balanstest_analysis.history.sources.unread_ends import UnreadEnd

_NO_DAYS: Final = {"no_day": ("ends_on", "reference_date"), "epoch": ("occurred_on",)}
TELLS_OBJECTION: Final = "tells_objection"
SAYS_CUSTOMER: Final = "says_customer"
NOTHING_LEFT_OUT: Final = Filtered()


@dataclass(frozen=True, kw_only=True)
class NeverFilled:
    """A column that is read and holds nothing in any row of its source.

    Attributes:
        file: name of the first file of the source.
        column: its name there.
        ours: its name here.
        rows: of the source.
    """

    file: str
    column: str
    ours: str
    rows: int


@dataclass(frozen=True, kw_only=True)
class OwnObjections:
    """Objections of the table itself, and of the codes of calls, where there are both.

    Together they hide what is wrong with either: few customers that match, or months without any.

    Attributes:
        customers: in the table, from the day of the first call on.
        called: of those, who were called.
        by_month: objections in the table, by month counted from the year 0.
        told_by_month: objections that codes of calls tell, likewise.
    """

    customers: int
    called: int
    by_month: Mapping[int, int] = field(repr=False)
    told_by_month: Mapping[int, int] = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class OpenTable:
    """One table, checked and typed.

    Attributes:
        rows: the rows up to ``data_through``; optional text columns are always there, and empty
            where the file has none. Those of calls have ``tells_objection`` where objections are
            told by codes, and those of objections then have ``told``; and ``says_customer`` where a
            code of net contacts says that the customer still is one. Where codes tell net contacts,
            ``result_code`` is the place of the code of a call, from 1 on; see `code_number`. Of
            several sources of calls, ``source`` is the place in `sources`, from 0 on.
        parts: the files they come from, by layout; none for objections that only the calls tell.
        present: the columns that the files have, by name here.
        rows_read: rows in the files.
        left_out: rows later than ``data_through``, left out because a quarter was asked for.
        readings: how the files were read.
        no_days: cells per column with a day that stands for none, such as 1900-01-01.
        nobody: rows that are left out because their key stands for nobody, by kind of word.
        codes: of calls, the result codes that the dossier lists, in the order of ``result_code``.
        surroundings: what lies around the files.
        filtered: what the codes of the dossier left out.
        ignored: columns that seem to tell which rows count, and that the dossier does not name.
        unread_ends: columns that seem to tell when relations ended, likewise.
        never_filled: columns that are read and hold nothing in any row of a source.
        unlike: whether its files have different columns: then every event has its end.
        told_twice: objections of the table that a code of a call tells as well.
        own: of objections that codes of calls tell too, what the table holds by itself.
    """

    rows: ir.Table
    parts: tuple[Part, ...] = field(repr=False)
    present: frozenset[str]
    rows_read: int
    left_out: int
    readings: tuple[Reading, ...]
    no_days: Mapping[str, int] = field(default_factory=dict)
    nobody: Mapping[str, int] = field(default_factory=dict)
    codes: tuple[ListedCode, ...] = ()
    surroundings: Surroundings = NOTHING_AROUND
    filtered: Filtered = NOTHING_LEFT_OUT
    ignored: tuple[Ignored, ...] = ()
    unread_ends: tuple[UnreadEnd, ...] = ()
    never_filled: tuple[NeverFilled, ...] = ()
    unlike: bool = False
    told_twice: int = 0
    own: OwnObjections | None = None

    @property
    def unmapped_codes(self) -> int:
        """Rows whose code the dossier maps to nothing."""
        columns = [codes for reading in self.readings for codes in reading.unmapped.values()]
        return sum(sum(codes.values()) for codes in columns)

    @property
    def rows_reported(self) -> int:
        """Objections or complaints that are to be accounted for."""
        nobody = sum(self.nobody.values())
        return self.rows_read - self.left_out - self.filtered.left_out - nobody

    @property
    def sources(self) -> tuple[str, ...]:
        """The names of its sources: a file and its sheet, the files or a table of a database."""
        return tuple(one.source for one in self.readings if one.source_rows is not None)

    @property
    def name(self) -> str:
        """Its first file or table, as messages name it."""
        return self.parts[0].name if self.parts else "the calls"


def kept_table(
    engine: Engine,
    checked: CheckedTable,
    *,
    key: str = "",
    buckets: Buckets | None = None,
    name: str = "",
) -> OpenTable:
    """Return a table that the engine keeps, with keyed numbers in place of customers.

    Args:
        engine: where it is read and kept.
        checked: the table, with at least one source.
        key: keys the numbers; from `secret.customer_key`.
        buckets: where it is kept; None in one piece.
        name: under which it is kept; that of the table unless given.
    """
    table, parts, totals = checked.table, checked.parts, checked.totals
    rows = ibis.union(*_rows_of(checked, key))
    kept = (engine if buckets is None else buckets).keep(name or table, rows)
    content = engine.content_of(kept) if parts[0].request.source.table else ""
    return OpenTable(
        rows=_completed(kept, table),
        parts=parts,
        present=checked.names,
        rows_read=checked.rows,
        left_out=totals[f"late.{_dated(table)}"],
        readings=_readings(checked, content),
        no_days={
            name: totals[f"{mark}.{name}"]
            for mark, columns in _NO_DAYS.items()
            for name in columns
            if totals[f"{mark}.{name}"]
        },
        nobody=checked.nobody,
        codes=listed_codes(parts),
        surroundings=checked.surroundings,
        filtered=together([source.filtered for source in checked.sources]),
        ignored=tuple(column for source in checked.sources for column in source.ignored),
        unread_ends=tuple(end for source in checked.sources for end in source.unread_ends),
        never_filled=tuple(_never_filled(checked)),
        unlike=are_unlike(parts),
    )


def _never_filled(checked: CheckedTable) -> Iterator[NeverFilled]:
    for source in checked.sources:
        first = source.parts[0]
        for ours in source.never_filled:
            yield NeverFilled(
                file=first.name,
                column=first.request.theirs(ours),
                ours=ours,
                rows=source.totals["rows"],
            )


def _readings(checked: CheckedTable, content: str) -> tuple[Reading, ...]:
    found: list[Reading] = []
    for number, source in enumerate(checked.sources):
        words = _empty_cells(source.totals, source.parts[0])
        litter = 0 if number else checked.surroundings.litter
        text = "" if number else content
        first, *others = readings_of(source.parts, source.unmapped, text, words, litter)
        own = replace(
            first,
            source_rows=source.rows,
            days=source.days,
            in_vain=source.in_vain,
            left_out=source.filtered.left_out,
        )
        found += [own, *others]
    return tuple(replace(reading, table_rows=checked.rows) for reading in found)


def _empty_cells(totals: Mapping[str, int], part: Part) -> dict[str, int]:
    """Return per column how many cells say that they are empty, or hold a day that means that."""
    names = [column.name for column in part.columns]
    found = {n: totals[f"words.{n}"] + totals[f"no_day.{n}"] for n in names}
    return {name: number for name, number in found.items() if number}


def _dated(table: str) -> str:
    """Return the column that says when a row happened, or an empty text."""
    return next((c.name for c in TABLES[table] if c.dated and c.required), "")


def _rows_of(checked: CheckedTable, key: str) -> list[ir.Table]:
    """Return the rows of each part, typed, all with the same columns."""
    totals = checked.totals
    typed_parts = [
        {column.name: _value(totals, part, column) for column in part.columns}
        for part in checked.parts
    ]
    values = made_alike(checked.parts, typed_parts)
    given = zip(checked.parts, values, source_cells(checked), strict=True)
    return [_rows(checked, totals, part, cells | source, key) for part, cells, source in given]


def _rows(
    checked: CheckedTable,
    totals: Mapping[str, int],
    part: Part,
    values: Mapping[str, ir.Value],
    key: str,
) -> ir.Table:
    cells = dict(values)
    cells |= {c.name: keyed(cells[c.name], key) for c in part.columns if c.kind == "key"}
    if part.request.told:
        cells[TELLS_OBJECTION] = tells_objection(part.stored, part.request)
    if any(_customer_codes(one) for one in checked.parts):
        cells[SAYS_CUSTOMER] = _says_customer(part)
    if codes := listed_codes(checked.parts):
        cells[RESULT_CODE] = code_number(part, codes)
    rows, dated = part.stored.select(**cells), _dated(checked.table)
    if not dated or not totals[f"late.{dated}"]:
        return rows
    return rows.filter(~late(rows[dated], checked.through))


def _customer_codes(part: Part) -> list[str]:
    return says_customer(part.request.codes.get("net_contact", ()))


def _says_customer(part: Part) -> ir.BooleanValue:
    codes = _customer_codes(part)
    if not codes:
        return ibis.literal(False)
    return text_of(part.stored["net_contact"]).isin(codes).fill_null(False)


def _completed(rows: ir.Table, table: str) -> ir.Table:
    """Return the rows with the text columns that the file has not; they take no room."""
    absent = [c for c in TABLES[table] if c.kind in {"text", "code"} and c.name not in rows.columns]
    return rows.mutate(**{c.name: ibis.literal(c.default) for c in absent if c.read})


def _value(totals: Mapping[str, int], part: Part, column: Column) -> ir.Column:
    """Return the typed cells of a column; casts that change nothing are left out, as they cost."""
    stored = part.stored[column.name]
    if column.kind == "key":
        return typed(part, part.stored, column).value
    if column.kind in {"text", "code"}:
        untidy = totals[f"untidy.{column.name}"] or column.name in part.request.words
        return typed(part, part.stored, column).value if untidy else as_stored(stored, column)
    if column.name in part.request.codes or totals[f"no_day.{column.name}"]:
        return typed(part, part.stored, column).value
    if is_right_as_stored(stored, column, part.notation(column).zone):
        return stored
    return typed(part, part.stored, column).value
