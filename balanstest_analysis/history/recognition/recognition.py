"""Which column of an export is probably what, by its name and by what stands in it.

Only totals and short lists of codes leave the file; no row is copied.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import ibis.expr.types as ir

from balanstest_analysis.errors import DataError
from balanstest_analysis.history.columns.column_names import is_dialler, is_known, likely_table
from balanstest_analysis.history.columns.columns import TABLES, Column
from balanstest_analysis.history.columns.privacy import is_personal_name
from balanstest_analysis.history.engines.duckdb_engine import DuckDBEngine
from balanstest_analysis.history.engines.engine import Engine
from balanstest_analysis.history.files.encodings import encoding_of
from balanstest_analysis.history.files.headers import DELIMITERS, Header, names_of, top_rows
from balanstest_analysis.history.files.input_files import kind_of
from balanstest_analysis.history.files.workbooks import sheet_tops
from balanstest_analysis.history.recognition.column_matches import (
    Match,
    codes_of,
    last_day_of,
    matches_by_content,
    matches_by_name,
)
from balanstest_analysis.history.sources.file_layouts import text_table


@dataclass(frozen=True, kw_only=True)
class Sketch:
    """What an export probably is.

    Attributes:
        path: the file.
        table: the table it probably is, or empty.
        sheet: the sheet of a workbook.
        matches: columns that were recognised.
        dialler: the column with result codes of a dialler, or empty.
        codes: rows per result code; empty where they are too many or may be about a person.
        ignored: columns that look personal; they are never read.
        missing: columns that the table must have and that were not recognised, by name here.
        optional: columns that the table can have and that were not recognised, by name here.
        others: the columns that were not recognised, from which these can be chosen.
        last_day: the last day on which something happened, where the order of day and month is
            clear.
    """

    path: Path
    table: str
    sheet: str = ""
    matches: tuple[Match, ...] = ()
    dialler: str = ""
    codes: Mapping[str, int] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    last_day: dt.date | None = None


def sketch_of(path: Path) -> Sketch:
    """Return what an export probably is, from its column names and from totals over its cells.

    Args:
        path: a CSV, Excel or Parquet file.

    Raises:
        DataError: the file cannot be read.
    """
    if not path.is_file():
        raise DataError(f"There is no file `{path}`. Give the path of an export.")
    with closing(DuckDBEngine()) as engine:
        header, rows = _opened(engine, path)
        return _sketched(engine, path, header, rows)


def _opened(engine: Engine, path: Path) -> tuple[Header, ir.Table]:
    """Return the layout of an export, and its columns as text; personal ones are left out."""
    if kind_of(path) == "parquet":
        stored = engine.open_files([path])
        header = Header("", tuple(stored.columns))
        kept = [name for name in header.names if not is_personal_name(name)]
        return header, stored.select(**{name: stored[name].cast("string") for name in kept})
    header = _likely_header(path)
    needed = {
        index: Column(name=name, kind="text")
        for index, name in enumerate(header.names)
        if name and header.names.count(name) == 1 and not is_personal_name(name)
    }
    if not needed:
        raise DataError(f"`{path.name}` has no row that can be read as column names.")
    rows = text_table(engine, [path], header, needed)
    return header, rows.select(**{c.name: rows[f"c{index}"] for index, c in needed.items()})


def _likely_header(path: Path) -> Header:
    """Return the layout in which most column names are recognised; the first row otherwise."""
    if kind_of(path) == "xlsx":
        tops = sheet_tops(path)
        layouts = [
            Header("", names_of(row), skipped=number, sheet=sheet)
            for sheet, rows in tops.items()
            for number, row in enumerate(rows)
        ]
    elif kind_of(path) == "csv":
        encoding = encoding_of(path, None)
        layouts = [
            Header(delimiter, names_of(row), encoding, number)
            for delimiter in DELIMITERS
            for number, row in enumerate(top_rows(path, delimiter, encoding, None))
        ]
    else:
        raise DataError(f"`{path.name}` is not of a kind that can be read. Save it as CSV (UTF-8).")
    if not layouts:
        raise DataError(f"`{path.name}` is empty. Export it again.")
    return max(layouts, key=_likelihood)


def _likelihood(header: Header) -> tuple[int, int, int]:
    known = sum(is_known(name) for name in header.names)
    return known, -header.skipped, len(header.names)


def _sketched(engine: Engine, path: Path, header: Header, rows: ir.Table) -> Sketch:
    named = any(is_known(name) or is_personal_name(name) for name in header.names)
    table = likely_table(path.stem, rows.columns) if named else ""
    columns = TABLES.get(table, ())
    matches = list(matches_by_name(engine, rows, columns))
    for column in columns:
        if column.required and column.dated and column.name not in {m.ours for m in matches}:
            matches += matches_by_content(engine, rows, column, {m.theirs for m in matches})
    dialler = next((name for name in rows.columns if is_dialler(name)), "")
    dialler = dialler if table == "calls" else ""
    found = {match.ours for match in matches} | ({"net_contact", "converted"} if dialler else set())
    used = {match.theirs for match in matches} | {dialler}
    return Sketch(
        path=path,
        table=table,
        sheet=header.sheet,
        matches=tuple(matches),
        dialler=dialler,
        codes=codes_of(engine, rows, dialler) if dialler else {},
        ignored=tuple(name for name in header.names if is_personal_name(name)),
        missing=tuple(c.name for c in columns if c.required and c.name not in found),
        optional=tuple(
            c.name for c in columns if c.read and not c.required and c.name not in found
        ),
        others=tuple(name for name in rows.columns if name not in used),
        last_day=last_day_of(engine, rows, columns, matches),
    )
