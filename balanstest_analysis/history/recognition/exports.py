"""The tables in an export, a file or the sheets of a workbook, opened for recognition."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import ibis
import ibis.expr.types as ir

from balanstest_analysis.dossier.data import TableSource
from balanstest_analysis.errors import DataError
from balanstest_analysis.history.columns.column_names import (
    holds_clock_times,
    is_known,
    may_stand_for,
    ours_of,
)
from balanstest_analysis.history.columns.columns import TABLES, Column, Kind, Request
from balanstest_analysis.history.columns.privacy import (
    is_personal_name,
    is_personal_value,
    is_unread_name,
)
from balanstest_analysis.history.engines.engine import Engine, totals_of
from balanstest_analysis.history.files.encodings import encoding_of
from balanstest_analysis.history.files.evenness import is_uneven
from balanstest_analysis.history.files.headers import DELIMITERS, Header, names_of, top_rows
from balanstest_analysis.history.files.kinds import PACKED, WORKBOOKS, kind_of, refuse_kind
from balanstest_analysis.history.files.unpacking import unpacked
from balanstest_analysis.history.files.workbooks import sheet_tops
from balanstest_analysis.history.sources.alike import stored_columns
from balanstest_analysis.history.sources.no_rows import no_rows
from balanstest_analysis.history.sources.text_tables import text_table

_COLUMNS_AT_MOST = 2000
_DATA = r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T].*)?|(€ ?)?-?\d{2,}([.,]\d+)?|\d[.,]\d+"
_ANY = TableSource(path="-")
_WEAK_OURS = ("customer_id", "amount")


@dataclass(frozen=True, kw_only=True)
class Layout:
    """One table in an export, as it stands.

    Attributes:
        path: the file.
        files: what is read: the file itself, or what was packed in it.
        header: where its column names are; None for Parquet.
        sheets: how many sheets the workbook has; 0 for any other file.
    """

    path: Path
    files: tuple[Path, ...]
    header: Header | None
    sheets: int = 0

    @property
    def sheet(self) -> str:
        """Name of the sheet, or empty."""
        return self.header.sheet if self.header else ""

    @property
    def title(self) -> str:
        """What the table is called: its sheet where there are several, else its file."""
        return self.sheet if self.sheets > 1 else self.path.name.split(".")[0]


def layouts_of(path: Path) -> list[Layout]:
    """Return the tables in a file, in its order; sheets without a row are left out.

    Raises:
        DataError: the file is not there, or cannot be read.
    """
    if not path.exists():
        raise DataError(f"There is no file `{path}`. Give the path of an export.")
    files = _files(path)
    kind = kind_of(files[0])
    refuse_kind(files[0], kind)
    if kind == "parquet":
        stored_columns(files[0])
        return [Layout(path=path, files=files, header=None)]
    if kind in WORKBOOKS:
        return _sheets(path, files[0])
    encoding = encoding_of(files[0], None)
    headers = [
        Header(delimiter, names_of(row), encoding, number)
        for delimiter in DELIMITERS
        for number, row in enumerate(top_rows(files[0], delimiter, encoding, None))
    ]
    header = _likeliest(path, headers)
    _refuse_unlike(path, files, header)
    if any(is_uneven(file, header.delimiter, len(header.names)) for file in files):
        header = replace(header, is_uneven=True)
    return [Layout(path=path, files=files, header=header)]


def _refuse_unlike(path: Path, files: Sequence[Path], header: Header) -> None:
    """Refuse files that are packed together and are different tables.

    Raises:
        DataError: with what to do.
    """
    for file in files[1:]:
        tops = top_rows(file, header.delimiter, encoding_of(file, None), None)
        if header.names not in map(names_of, tops):
            raise DataError(
                f"`{path.name}` holds several tables with different columns. Unpack it, and give "
                "the files."
            )


def _files(path: Path) -> tuple[Path, ...]:
    """Return what is to be read: the file, or what is packed in it."""
    kind = kind_of(path)
    if kind not in PACKED:
        return (path,)
    files = unpacked(path, kind).files
    if not files:
        raise DataError(f"`{path.name}` holds no table. Pack a CSV, Excel or Parquet file in it.")
    return files


def _sheets(path: Path, book: Path) -> list[Layout]:
    tops = {sheet: rows for sheet, rows in sheet_tops(book).items() if any(map(any, rows))}
    headers = {
        sheet: [
            Header("", names_of(row), skipped=number, sheet=sheet)
            for number, row in enumerate(rows)
        ]
        for sheet, rows in tops.items()
    }
    if not headers:
        raise DataError(f"`{path.name}` is empty. Export it again.")
    return [
        Layout(path=path, files=(book,), header=_likeliest(path, rows), sheets=len(tops))
        for rows in headers.values()
    ]


def _likeliest(path: Path, headers: Sequence[Header]) -> Header:
    """Return the layout in which most column names are recognised; the first row otherwise."""
    if not any(any(header.names) for header in headers):
        raise DataError(f"`{path.name}` is empty. Export it again.")
    widest = max(len(header.names) for header in headers)
    if widest > _COLUMNS_AT_MOST:
        raise DataError(
            f"`{path.name}` has a row of {widest:,} cells; allowed are {_COLUMNS_AT_MOST:,}. "
            "Export the columns that are needed."
        )
    best = max(headers, key=_likelihood)
    _refuse_people(path, best)
    return best


def _refuse_people(path: Path, header: Header) -> None:
    """Refuse a first row that holds people in place of column names, which are shown."""
    if _is_mostly_data(header) or any(map(is_personal_value, header.names)):
        raise DataError(
            f"`{path.name}` has no column names: its first row holds data. Put a row with the "
            "name of each column above it."
        )


def _is_data(cell: str) -> bool:
    """Return whether a cell is a day, a number or about a person, and so no column name."""
    return is_personal_value(cell) or re.fullmatch(_DATA, cell.strip()) is not None


def _is_mostly_data(header: Header) -> bool:
    data = sum(map(_is_data, header.names))
    return bool(data) and data >= _known(header)


def _likelihood(header: Header) -> tuple[int, int, int]:
    # In a row of data a word such as EUR is no name, whatever is known of the row above it.
    known = 0 if _is_mostly_data(header) else _known(header)
    return known, -header.skipped, len(header.names)


def _known(header: Header) -> int:
    return sum(is_known(name) or is_personal_name(name) or _is_weak(name) for name in header.names)


def _is_weak(name: str) -> bool:
    weak = (may_stand_for(name, ours) for ours in _WEAK_OURS)
    return may_stand_for(name, "", is_day=True) or any(weak)


def opened(engine: Engine, layout: Layout) -> ir.Table:
    """Return a table with the names of its columns; personal ones are left out.

    Raises:
        DataError: it cannot be read, or has no column names.
    """
    if layout.header is None:
        stored = engine.open_files(layout.files)
        return stored.select([name for name in stored.columns if not is_unread_name(name)])
    needed = _needed(layout.header)
    if not needed:
        raise DataError(f"`{layout.path.name}` has no row that can be read as column names.")
    try:
        return _selected(engine, layout, needed)
    except DataError:
        known = {index: column for index, column in needed.items() if column.kind != "text"}
        if not known:
            raise
        return _selected(engine, layout, known)


def _selected(engine: Engine, layout: Layout, needed: Mapping[int, Column]) -> ir.Table:
    assert layout.header is not None
    rows = text_table(engine, layout.files, layout.header, dict(needed))
    return rows.select(**{column.name: rows[f"c{index}"] for index, column in needed.items()})


def without_totals(engine: Engine, rows: ir.Table, *, is_text: bool) -> tuple[ir.Table, int]:
    """Return the rows of a table without the totals and remarks below it, and their number.

    What tells these apart takes long, and is asked again with every question about the rows.

    Args:
        engine: that reads them.
        rows: from `opened`.
        is_text: whether they are; a file with types of its own has none of these.
    """
    marked = _totals_in(rows) if is_text else None
    if marked is None:
        return rows, totals_of(engine, rows.aggregate(rows=rows.count()))["rows"]
    found = totals_of(engine, rows.aggregate(rows=rows.count(), below=rows.count(where=marked)))
    return rows.filter(~marked) if found["below"] else rows, found["rows"] - found["below"]


def _totals_in(rows: ir.Table) -> ir.BooleanValue | None:
    keys = [name for name in rows.columns if "customer_id" in ours_of(name)]
    days = [name for name in rows.columns if _is_day(name)]
    if not keys or not days:
        return None
    others = [name for name in rows.columns if name not in {keys[0], days[0]}]
    columns = (
        Column(name=keys[0], kind="key"),
        Column(name=days[0], kind="moment", required=True, dated=True),
        *(Column(name=name, kind="text") for name in others),
    )
    marks = no_rows(rows, Request(table="", source=_ANY, columns=columns), columns)
    return ibis.or_(*marks.values())


def _is_day(name: str) -> bool:
    dated = {c.name for columns in TABLES.values() for c in columns if c.dated and c.required}
    return bool(dated & set(ours_of(name))) or may_stand_for(name, "", is_day=True)


def _needed(header: Header) -> dict[int, Column]:
    return {
        index: Column(name=name, kind=_kind(name))
        for index, name in enumerate(header.names)
        if name and header.names.count(name) == 1 and not is_unread_name(name)
    }


def _kind(name: str) -> Kind:
    """Return how a cell of a workbook is to be read, by the name of its column."""
    if holds_clock_times(name):
        return "time"
    kinds = {c.name: c.kind for columns in TABLES.values() for c in columns}
    ours = next(iter(ours_of(name)), None)
    if ours is not None:
        return kinds[ours]
    if may_stand_for(name, "", is_day=True):
        return "moment"
    return next((kinds[weak] for weak in _WEAK_OURS if may_stand_for(name, weak)), "text")
