"""The files of a table as rows with our column names, one part per layout."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.errors import DataError, Problems
from balanstest_analysis.history.columns.casts import readable_type, text_of
from balanstest_analysis.history.columns.columns import Column, Request
from balanstest_analysis.history.columns.notations import ISO, Notation, decided, evidence
from balanstest_analysis.history.columns.privacy import refuse_personal_names
from balanstest_analysis.history.engines.engine import Engine, totals_of
from balanstest_analysis.history.files.headers import Header, read_header, require_columns
from balanstest_analysis.history.files.input_files import kind_of, table_files
from balanstest_analysis.history.files.text_rows import csv_columns
from balanstest_analysis.history.files.workbooks import workbook_columns, workbook_header


@dataclass(frozen=True, kw_only=True)
class Part:
    """Files of one table that are laid out alike.

    Attributes:
        request: the table they belong to.
        files: sorted by name; none for a table in a database.
        header: how they are laid out; None for Parquet and for a table in a database.
        columns: what is read from them.
        stored: the rows as stored, with our names.
        notations: how days, moments and amounts are written, by column.
    """

    request: Request
    files: tuple[Path, ...]
    header: Header | None
    columns: tuple[Column, ...]
    stored: ir.Table
    notations: Mapping[str, Notation] = field(default_factory=dict)

    def notation(self, column: Column) -> Notation:
        """Return how the cells of a column are written."""
        return self.notations.get(column.name, ISO)

    @property
    def name(self) -> str:
        """Its first file or its table in a database, as messages name it."""
        return self.request.source.table or self.files[0].name

    @property
    def first_row_number(self) -> int:
        """Number of the first row of data, as an analyst would count it."""
        return 1 if self.header is None else self.header.skipped + 2


def open_parts(engine: Engine, dossier: Dossier, request: Request) -> tuple[Part, ...]:
    """Return the files of a table, grouped by layout.

    Raises:
        DataError: a file is missing, cannot be read, lacks a column, stores it as a type that
            cannot hold it or writes it so that it can be read in two ways; an optional column is
            in some of the files only; or a column seems to hold who somebody is.
    """
    refuse_personal_names(request)
    if request.source.table is not None:
        part = _stored_part(request, (), _database_rows(engine, request))
        return (_with_notations(engine, part),)
    groups = _alike(table_files(dossier, request.table), request)
    parts = [_part(engine, request, header, files) for header, files in groups]
    problems = Problems()
    for part in parts[1:]:
        with problems.gathered():
            _refuse_difference(parts[0], part)
    problems.refuse()
    return tuple(_with_notations(engine, part) for part in parts)


def reopened(engine: Engine, part: Part, file: Path) -> ir.Table:
    """Return the stored rows of one file of a part, with our names, in the order of the file."""
    return _part(engine, part.request, part.header, (file,)).stored


Group = tuple[Header | None, tuple[Path, ...]]


def _alike(files: Sequence[Path], request: Request) -> list[Group]:
    """Group CSV files by layout; every other file is a part of its own."""
    groups: dict[Header, list[Path]] = {}
    problems = Problems()
    for file in files if kind_of(files[0]) != "parquet" else ():
        with problems.gathered():
            read = workbook_header if kind_of(file) == "xlsx" else read_header
            header = read(file, request)
            require_columns(file, header.names, request)
            groups.setdefault(header, []).append(file)
    problems.refuse()
    if not groups:
        return [(None, (file,)) for file in files]
    return [(header, tuple(group)) for header, group in groups.items()]


def _part(engine: Engine, request: Request, header: Header | None, files: tuple[Path, ...]) -> Part:
    if header is None:
        return _stored_part(request, files, engine.open_files(files))
    columns = _present(request, header.names)
    at = {c.name: header.names.index(request.theirs(c.name)) for c in columns}
    needed = {at[column.name]: column for column in columns}
    rows = text_table(engine, files, header, needed)
    stored = rows.select(**{name: rows[f"c{position}"] for name, position in at.items()})
    return Part(request=request, files=files, header=header, columns=columns, stored=stored)


def text_table(
    engine: Engine, files: Sequence[Path], header: Header, needed: dict[int, Column]
) -> ir.Table:
    """Return files that hold text, with columns named ``c0``, ``c1`` and so on by position.

    Args:
        engine: that reads them.
        files: laid out alike.
        header: their layout.
        needed: the columns that are needed, by position.

    Raises:
        DataError: a file cannot be read.
    """
    if header.is_plain:
        return engine.open_files(files, header)
    if header.delimiter:
        return ibis.memtable(csv_columns(files, header, sorted(needed)))
    tables = [workbook_columns(file, header, needed) for file in files]
    return ibis.memtable(pa.concat_tables(tables))


def reopened_whole(engine: Engine, part: Part) -> ir.Table:
    """Return the stored rows of a part, with our names, in no particular order."""
    if not part.files:
        return _stored_part(part.request, (), _database_rows(engine, part.request)).stored
    return _part(engine, part.request, part.header, part.files).stored


def _database_rows(engine: Engine, request: Request) -> ir.Table:
    return engine.open_table(str(request.source.table), request.table)


def _stored_part(request: Request, files: tuple[Path, ...], rows: ir.Table) -> Part:
    """Return a part of rows that have types of their own, such as those of Parquet."""
    require_columns(Path(request.source.table or files[0]), rows.columns, request)
    columns = _present(request, rows.columns)
    stored = rows.select(**{c.name: rows[request.theirs(c.name)] for c in columns})
    part = Part(request=request, files=files, header=None, columns=columns, stored=stored)
    _refuse_types(part)
    return part


def _with_notations(engine: Engine, part: Part) -> Part:
    texts = {c.name: text_of(part.stored[c.name]) for c in part.columns if _is_text(part, c)}
    wanted = {
        f"{name} {column.name}": count
        for column in part.columns
        if column.name in texts
        for name, count in evidence(texts[column.name], column).items()
    }
    counts = totals_of(engine, part.stored.aggregate(**wanted)) if wanted else {}
    notations: dict[str, Notation] = {}
    problems = Problems()
    for column in part.columns:
        found = {
            key.split(" ")[0]: n for key, n in counts.items() if key.split(" ")[1] == column.name
        }
        with problems.gathered():
            if found:
                notations[column.name] = decided(part.request, column, found, part.name)
    problems.refuse()
    return replace(part, notations=notations)


def _is_text(part: Part, column: Column) -> bool:
    return bool(part.stored[column.name].type().is_string())


def _present(request: Request, found: Collection[str]) -> tuple[Column, ...]:
    return tuple(column for column in request.columns if request.theirs(column.name) in found)


def _refuse_types(part: Part) -> None:
    problems = Problems()
    for column in part.columns:
        stored = part.stored[column.name].type()
        if not readable_type(column, stored):
            problems.add(
                f"`{part.name}`: {part.request.label(column.name)} is stored as {stored}, "
                "which cannot hold it. Store it as text."
            )
    problems.refuse()


def _refuse_difference(first: Part, other: Part) -> None:
    here, there = ({c.name for c in part.columns} for part in (first, other))
    for name in sorted(here ^ there):
        having, lacking = (first, other) if name in here else (other, first)
        raise DataError(
            f"`{lacking.files[0].name}` has no column {first.request.label(name)}, which "
            f"`{having.files[0].name}` has. Give all files of a table the same columns."
        )
