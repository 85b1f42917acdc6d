"""The files of a table as rows with our column names, one part per layout."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import ibis.expr.types as ir

from balanstest_analysis.dossier import Dossier
from balanstest_analysis.errors import DataError
from balanstest_analysis.sources.casts import readable_type
from balanstest_analysis.sources.columns import Column, Request
from balanstest_analysis.sources.engine import Connection, open_csv, open_parquet
from balanstest_analysis.sources.headers import Header, read_header, require_columns
from balanstest_analysis.tables_on_disk import is_parquet, table_files


@dataclass(frozen=True, kw_only=True)
class Part:
    """Files of one table that are laid out alike.

    Attributes:
        request: the table they belong to.
        files: sorted by name.
        header: how they are laid out; None for Parquet.
        columns: what is read from them.
        stored: the rows as stored, with our names.
    """

    request: Request
    files: tuple[Path, ...]
    header: Header | None
    columns: tuple[Column, ...]
    stored: ir.Table


def open_parts(connection: Connection, dossier: Dossier, request: Request) -> tuple[Part, ...]:
    """Return the files of a table, grouped by layout.

    Raises:
        DataError: a file is missing, cannot be read, lacks a column or stores it as a type that
            cannot hold it; or an optional column is in some of the files only.
    """
    files = table_files(dossier, request.table)
    open_part = _parquet_part if is_parquet(files[0]) else _csv_part
    parts = tuple(open_part(connection, request, alike) for alike in _alike(files, request))
    for part in parts[1:]:
        _refuse_difference(parts[0], part)
    return parts


def reopened(connection: Connection, part: Part, file: Path) -> ir.Table:
    """Return the stored rows of one file of a part, with our names, in the order of the file."""
    open_part = _parquet_part if part.header is None else _csv_part
    return open_part(connection, part.request, (file,)).stored


def _alike(files: Sequence[Path], request: Request) -> list[tuple[Path, ...]]:
    """Group CSV files by header; every Parquet file carries its own schema."""
    if is_parquet(files[0]):
        return [tuple(files)] if len(files) == 1 else [(file,) for file in files]
    groups: dict[Header, list[Path]] = {}
    for file in files:
        header = read_header(file, request.must_have.values())
        require_columns(file, header.names, request)
        groups.setdefault(header, []).append(file)
    return [tuple(group) for group in groups.values()]


def _csv_part(connection: Connection, request: Request, files: tuple[Path, ...]) -> Part:
    header = read_header(files[0], request.must_have.values())
    columns = _present(request, header.names)
    rows = open_csv(connection, files, header)
    at = {c.name: f"c{header.names.index(request.theirs(c.name))}" for c in columns}
    stored = rows.select(**{name: rows[position] for name, position in at.items()})
    return Part(request=request, files=files, header=header, columns=columns, stored=stored)


def _parquet_part(connection: Connection, request: Request, files: tuple[Path, ...]) -> Part:
    rows = open_parquet(connection, files)
    require_columns(files[0], rows.columns, request)
    columns = _present(request, rows.columns)
    stored = rows.select(**{c.name: rows[request.theirs(c.name)] for c in columns})
    part = Part(request=request, files=files, header=None, columns=columns, stored=stored)
    _refuse_types(part)
    return part


def _present(request: Request, found: Collection[str]) -> tuple[Column, ...]:
    return tuple(column for column in request.columns if request.theirs(column.name) in found)


def _refuse_types(part: Part) -> None:
    for column in part.columns:
        stored = part.stored[column.name].type()
        if not readable_type(column, stored):
            raise DataError(
                f"`{part.files[0].name}`: {part.request.label(column.name)} is stored as {stored}, "
                "which cannot hold it. Store it as text."
            )


def _refuse_difference(first: Part, other: Part) -> None:
    here, there = ({c.name for c in part.columns} for part in (first, other))
    for name in sorted(here ^ there):
        having, lacking = (first, other) if name in here else (other, first)
        raise DataError(
            f"`{lacking.files[0].name}` has no column {first.request.label(name)}, which "
            f"`{having.files[0].name}` has. Give all files of a table the same columns."
        )
