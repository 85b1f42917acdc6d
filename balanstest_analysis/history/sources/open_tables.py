"""One table of a dossier: found fit to be taken in, then kept by the engine, typed and keyed."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import ibis
import ibis.expr.types as ir

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.errors import DataError, Problems
from balanstest_analysis.history.columns.casts import as_stored, is_right_as_stored
from balanstest_analysis.history.columns.columns import TABLES, Column, Request, request
from balanstest_analysis.history.columns.privacy import customer_group, keyed
from balanstest_analysis.history.engines.buckets import Buckets
from balanstest_analysis.history.engines.engine import Engine
from balanstest_analysis.history.sources.checks import (
    late,
    refuse_codes_that_never_occur,
    refuse_late,
    refuse_personal,
    refuse_wrong,
    tally,
    typed,
    unmapped_codes,
)
from balanstest_analysis.history.sources.file_layouts import Part, open_parts
from balanstest_analysis.history.sources.readings import Reading, readings_of


@dataclass(frozen=True, kw_only=True)
class CheckedTable:
    """One table that can be taken in as it stands.

    Attributes:
        table: its name.
        through: the last day that is taken in.
        parts: the files, by layout.
        totals: from `checks.tally`.
        unmapped: rows per code that the dossier maps to nothing, by column of the file.
    """

    table: str
    through: dt.date
    parts: tuple[Part, ...]
    totals: Counter[str]
    unmapped: Mapping[str, Mapping[str, int]]

    @property
    def rows(self) -> int:
        """Number of rows in the files."""
        return self.totals["rows"]


@dataclass(frozen=True, kw_only=True)
class OpenTable:
    """One table, checked and typed.

    Attributes:
        rows: the rows up to ``data_through``; optional text columns are always there, and empty
            where the file has none.
        parts: the files they come from, by layout.
        present: the columns that the files have, by name here.
        rows_read: rows in the files.
        left_out: rows later than ``data_through``, left out because a quarter was asked for.
        readings: how the files were read.
    """

    rows: ir.Table
    parts: tuple[Part, ...] = field(repr=False)
    present: frozenset[str]
    rows_read: int
    left_out: int
    readings: tuple[Reading, ...]

    @property
    def unmapped_codes(self) -> int:
        """Rows whose code the dossier maps to nothing."""
        columns = [codes for reading in self.readings for codes in reading.unmapped.values()]
        return sum(sum(codes.values()) for codes in columns)


def checked_table(engine: Engine, dossier: Dossier, table: str) -> CheckedTable:
    """Return one table of a dossier, after every cell has been looked at.

    Args:
        engine: where it is read and kept.
        dossier: where the table is and how it is written.
        table: its name.

    Raises:
        DataError: the table cannot be accepted as it stands; one sentence per defect.
    """
    asked = request(dossier, table)
    refuse_zone(engine, asked)
    parts = open_parts(engine, dossier, asked)
    totals = tally(engine, parts, dossier.data_through)
    _refuse_defects(engine, dossier, parts, totals)
    unmapped = {
        name: unmapped_codes(engine, parts, name)
        for name in asked.diallers
        if totals[f"unmapped.{name}"]
    }
    return CheckedTable(
        table=table, through=dossier.data_through, parts=parts, totals=totals, unmapped=unmapped
    )


def kept_table(
    engine: Engine,
    checked: CheckedTable,
    *,
    key: str = "",
    grouped: bool = False,
    buckets: Buckets | None = None,
) -> OpenTable:
    """Return a table that the engine keeps, with keyed numbers in place of customers.

    Args:
        engine: where it is read and kept.
        checked: the table.
        key: keys the numbers and groups; from `secret.group_key`.
        grouped: whether ``customer_group`` is wanted.
        buckets: where it is kept; None in one piece.
    """
    table, parts = checked.table, checked.parts
    rows = ibis.union(*(_rows(checked, part, key, grouped=grouped) for part in parts))
    kept = engine.keep(table, rows) if buckets is None else buckets.keep(table, rows)
    content = engine.content_of(kept) if parts[0].request.source.table else ""
    return OpenTable(
        rows=_completed(kept, table),
        parts=parts,
        present=frozenset(column.name for column in parts[0].columns),
        rows_read=checked.rows,
        left_out=checked.totals[f"late.{_dated(table)}"],
        readings=readings_of(parts, checked.unmapped, content),
    )


def _refuse_defects(
    engine: Engine, dossier: Dossier, parts: tuple[Part, ...], totals: Counter[str]
) -> None:
    problems = Problems()
    with problems.gathered():
        refuse_personal(parts, totals)
    with problems.gathered():
        refuse_wrong(engine, parts, totals)
    with problems.gathered():
        refuse_codes_that_never_occur(parts, totals)
    if not dossier.quarter:
        with problems.gathered():
            refuse_late(engine, parts, totals, dossier.data_through)
    if parts[0].request.table in {"calls", "counts"} and not totals["rows"]:
        problems.add(f"`{parts[0].name}` has no rows below its header. Export again.")
    problems.refuse()


def refuse_zone(engine: Engine, asked: Request) -> None:
    """Refuse a time zone that the engine does not know.

    Raises:
        DataError: with an example of a zone.
    """
    zone = asked.source.timezone
    if zone is not None and not engine.knows_zone(zone):
        raise DataError(
            f"`[data.{asked.table}]`: `timezone` is {zone!r}, which is not known. Write it as "
            "Europe/Amsterdam or UTC."
        )


def _dated(table: str) -> str:
    """Return the column that says when a row happened, or an empty text."""
    return next((c.name for c in TABLES[table] if c.dated and c.required), "")


def _rows(checked: CheckedTable, part: Part, key: str, *, grouped: bool) -> ir.Table:
    values = {column.name: _value(checked, part, column) for column in part.columns}
    if grouped:
        values["customer_group"] = customer_group(values["customer_id"], key)
    values |= {c.name: keyed(values[c.name], key) for c in part.columns if c.kind == "key"}
    rows, dated = part.stored.select(**values), _dated(checked.table)
    if not dated or not checked.totals[f"late.{dated}"]:
        return rows
    return rows.filter(~late(rows[dated], checked.through))


def _completed(rows: ir.Table, table: str) -> ir.Table:
    """Return the rows with the text columns that the file has not; they take no room."""
    absent = [c for c in TABLES[table] if c.kind in {"text", "code"} and c.name not in rows.columns]
    return rows.mutate(**{c.name: ibis.literal(c.default) for c in absent if c.read})


def _value(checked: CheckedTable, part: Part, column: Column) -> ir.Column:
    """Return the typed cells of a column; casts that change nothing are left out, as they cost."""
    stored = part.stored[column.name]
    if column.kind in {"key", "text", "code"}:
        untidy = checked.totals[f"untidy.{column.name}"]
        return typed(part, part.stored, column).value if untidy else as_stored(stored, column)
    if column.name in part.request.codes:
        return typed(part, part.stored, column).value
    if is_right_as_stored(stored, column, part.notation(column).zone):
        return stored
    return typed(part, part.stored, column).value
