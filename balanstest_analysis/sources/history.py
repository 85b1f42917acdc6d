"""The calling history of a dossier as typed tables of the engine."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import ibis
import ibis.expr.types as ir

from balanstest_analysis.dossier import Dossier
from balanstest_analysis.errors import DataError, DossierError, Problems
from balanstest_analysis.keys import group_key, keyed_fingerprint
from balanstest_analysis.sources.casts import as_stored
from balanstest_analysis.sources.checks import (
    late,
    refuse_codes_that_never_occur,
    refuse_late,
    refuse_personal,
    refuse_wrong,
    tally,
    typed,
    unmapped_codes,
)
from balanstest_analysis.sources.columns import AGE_COLUMNS, TABLES, Column, Request, request
from balanstest_analysis.sources.connecting import connect_for
from balanstest_analysis.sources.engine import (
    Connection,
    close,
    content_of,
    frame,
    knows_zone,
    materialise,
)
from balanstest_analysis.sources.parts import Part, open_parts
from balanstest_analysis.sources.privacy import customer_group, keyed
from balanstest_analysis.sources.readings import Reading, readings_of
from balanstest_analysis.tables_on_disk import table_files

HISTORY_TABLES = ("calls", "events", "objections", "complaints")


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


@dataclass(frozen=True, kw_only=True)
class History:
    """A calling history, open in the engine; no row of it is in Python's memory.

    Attributes:
        connection: the engine.
        group_key: key of the customer groups.
        tables: the tables that the dossier gives, by name.
        customers: ``customer_id`` and ``customer_group`` of everybody with an event, or, without
            events, of everybody who was called.
    """

    connection: Connection = field(repr=False)
    group_key: str = field(repr=False)
    tables: Mapping[str, OpenTable]
    customers: ir.Table = field(repr=False)

    def rows(self, table: str) -> ir.Table | None:
        """Return the rows of a table, or None where the dossier gives none."""
        return self.tables[table].rows if table in self.tables else None

    def has(self, table: str, column: str) -> bool:
        """Return whether the files of a table have a column."""
        return table in self.tables and column in self.tables[table].present

    @property
    def in_database(self) -> bool:
        """Whether the tables are in a database, where rows have no numbers."""
        return not self.tables["calls"].parts[0].files

    def readings(self) -> tuple[Reading, ...]:
        """Return how the tables were read."""
        return tuple(reading for table in self.tables.values() for reading in table.readings)

    def frame(self, expression: ir.Table) -> Any:
        """Return a small result, such as counts, as a DataFrame."""
        return frame(self.connection, expression)

    def keep(self, name: str, expression: ir.Table) -> ir.Table:
        """Return a table of the engine with the rows of an expression that is used repeatedly."""
        return materialise(self.connection, name, expression)

    def close(self) -> None:
        """Let go of the engine and the rows it holds."""
        close(self.connection)


def open_history(dossier: Dossier, secret: bytes) -> History:
    """Return the history of a dossier, every table checked and typed.

    Args:
        dossier: with ``[data.calls]``.
        secret: from `keys.load_secret`.

    Raises:
        DataError: a table cannot be accepted as it stands; names the first row that cannot.
        DossierError: a mapping names a column that is not known.
    """
    given = [table for table in HISTORY_TABLES if table in dossier.data.tables()]
    if "calls" not in given:
        raise DossierError(f"`{dossier.path.name}` gives counts, not a history of calls.")
    connection, key = connect_for(dossier), group_key(secret)
    try:
        tables, customers = _opened(connection, dossier, given, key)
    except BaseException:
        close(connection)
        raise
    return History(connection=connection, group_key=key, tables=tables, customers=customers)


def _opened(
    connection: Connection, dossier: Dossier, given: Sequence[str], key: str
) -> tuple[dict[str, OpenTable], ir.Table]:
    """Return the tables and the customers; what is wrong with any of them is told at once."""
    problems, tables = Problems(), dict[str, OpenTable]()
    customers: ir.Table | None = None
    known_by = "events" if "events" in given else "calls"
    for table in given:
        with problems.gathered():
            opened = open_table(connection, dossier, table, key=key)
            if table == known_by:
                customers = _customers(connection, opened, key)
            tables[table] = _without_raw_rows(opened)
    if "calls" in tables:
        with problems.gathered():
            _refuse_without_age(dossier, tables["calls"])
    problems.refuse()
    assert customers is not None  # else the table they are known by was refused
    return tables, customers


def _customers(connection: Connection, table: OpenTable, key: str) -> ir.Table:
    """Return the customers of a table with their groups, each digested once."""
    column = next(column for column in table.parts[0].columns if column.kind == "key")
    raw = [part.stored.select(key=typed(part, part.stored, column).value) for part in table.parts]
    rows = ibis.union(*raw).distinct()
    found = rows.select(customer_id=keyed(rows.key, key), group=customer_group(rows.key, key))
    one = found.group_by("customer_id").agg(customer_group=found.group.min())
    return materialise(connection, "customers", one)


def _without_raw_rows(table: OpenTable) -> OpenTable:
    """Let go of rows as they came; the files can be read again from the parts."""
    nothing = table.rows.limit(0)
    return replace(table, parts=tuple(replace(part, stored=nothing) for part in table.parts))


def check_tables(dossier: Dossier) -> None:
    """Read every table of a dossier, and keep nothing.

    Args:
        dossier: its data are enough, from `dossier_of_tables`.

    Raises:
        DataError: one sentence for each thing that cannot be accepted.
        DossierError: a mapping names a column that is not known.
    """
    if dossier.data.counts is None:
        open_history(dossier, b"").close()
        return
    connection = connect_for(dossier)
    try:
        open_table(connection, dossier, "counts", key="")
    finally:
        close(connection)


def open_table(connection: Connection, dossier: Dossier, table: str, *, key: str) -> OpenTable:
    """Return one table of a dossier, checked and typed, with digests in place of customers.

    Args:
        connection: the engine.
        dossier: where the table is and how it is written.
        table: its name.
        key: keys the digests; from `keys.group_key`.

    Raises:
        DataError: the table cannot be accepted as it stands; one sentence per defect.
    """
    asked = request(dossier, table)
    refuse_zone(connection, asked)
    parts = open_parts(connection, dossier, asked)
    totals = tally(connection, parts, dossier.data_through)
    _refuse_defects(connection, dossier, parts, totals)
    untidy = frozenset(c.name for c in parts[0].columns if totals[f"untidy.{c.name}"])
    rows = ibis.union(*(_rows(part, dossier.data_through, untidy, key) for part in parts))
    unmapped = {
        name: unmapped_codes(connection, parts, name)
        for name in asked.diallers
        if totals[f"unmapped.{name}"]
    }
    kept = materialise(connection, table, rows)
    content = content_of(connection, kept) if asked.source.table else ""
    return OpenTable(
        rows=_completed(kept, table),
        parts=parts,
        present=frozenset(column.name for column in parts[0].columns),
        rows_read=totals["rows"],
        left_out=totals[f"late.{_dated(table)}"],
        readings=readings_of(parts, unmapped, content),
    )


def _refuse_defects(
    connection: Connection, dossier: Dossier, parts: tuple[Part, ...], totals: Counter[str]
) -> None:
    problems = Problems()
    with problems.gathered():
        refuse_personal(parts, totals)
    with problems.gathered():
        refuse_wrong(connection, parts, totals)
    with problems.gathered():
        refuse_codes_that_never_occur(parts, totals)
    if not dossier.quarter:
        with problems.gathered():
            refuse_late(connection, parts, totals, dossier.data_through)
    if parts[0].request.table in {"calls", "counts"} and not totals["rows"]:
        problems.add(f"`{parts[0].name}` has no rows below its header. Export again.")
    problems.refuse()


def refuse_zone(connection: Connection, asked: Request) -> None:
    """Refuse a time zone that the engine does not know.

    Raises:
        DataError: with an example of a zone.
    """
    zone = asked.source.timezone
    if zone is not None and not knows_zone(connection, zone):
        raise DataError(
            f"`[data.{asked.table}]`: `timezone` is {zone!r}, which is not known. Write it as "
            "Europe/Amsterdam or UTC."
        )


def _dated(table: str) -> str:
    """Return the column that says when a row happened, or an empty text."""
    return next((c.name for c in TABLES[table] if c.dated and c.required), "")


def _rows(part: Part, through: dt.date, untidy: Collection[str], key: str) -> ir.Table:
    table = part.request.table
    values = {column.name: _value(part, column, untidy) for column in part.columns}
    values |= {c.name: keyed(values[c.name], key) for c in part.columns if c.kind == "key"}
    rows = part.stored.select(**values)
    return rows.filter(~late(rows[_dated(table)], through)) if _dated(table) else rows


def _completed(rows: ir.Table, table: str) -> ir.Table:
    """Return the rows with the text columns that the file has not; they take no room."""
    absent = [c for c in TABLES[table] if c.kind in {"text", "code"} and c.name not in rows.columns]
    return rows.mutate(**{c.name: ibis.literal(c.default) for c in absent if c.read})


def _value(part: Part, column: Column, untidy: Collection[str]) -> ir.Column:
    if column.kind in {"key", "text", "code"} and column.name not in untidy:
        return as_stored(part.stored[column.name], column)
    return typed(part, part.stored, column).value


def _refuse_without_age(dossier: Dossier, calls: OpenTable) -> None:
    if dossier.data.events is None and not calls.present & set(AGE_COLUMNS):
        raise DataError(
            f"`{dossier.path.name}` gives no `[data.events]`, and the calls have neither "
            "`reference_date` nor `months_since_purchase`. Add one of the three."
        )


def fingerprints(
    dossier: Dossier, secret: bytes, readings: Sequence[Reading] = ()
) -> dict[str, str]:
    """Return a keyed fingerprint of the dossier and of the files, or the rows, of each table.

    Args:
        dossier: as loaded.
        secret: from `keys.load_secret`; without it the contents cannot be guessed from these.
        readings: how the tables were read; they know the rows that came from a database.
    """
    prints = {"dossier": keyed_fingerprint(secret, dossier.path)}
    contents = {reading.table: reading.content for reading in readings if reading.content}
    for table, source in dossier.data.tables().items():
        if source.table is not None:
            prints[table] = keyed_fingerprint(secret, contents.get(table, "").encode())
            continue
        files = [keyed_fingerprint(secret, file) for file in table_files(dossier, table)]
        joined = keyed_fingerprint(secret, "\n".join(files).encode())
        prints[table] = files[0] if len(files) == 1 else joined
    return prints
