"""Files that the engine cannot read itself, as columns of text: other encodings, title rows."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pyarrow as pa

from balanstest_analysis.document.opening import opened_text
from balanstest_analysis.errors import DataError
from balanstest_analysis.history.files.encodings import CODECS
from balanstest_analysis.history.files.headers import Header
from balanstest_analysis.history.files.remark_rows import is_blank, is_remark

ROW = "row_"
_ROWS_AT_ONCE = 50_000
_REMARKS_AT_MOST = 100


@dataclass(frozen=True, kw_only=True)
class TextRows:
    """Columns of a file as text, and what was seen on the way.

    Attributes:
        columns: named ``c0``, ``c1`` and so on by their position, and `ROW` with the number of the
            row as an analyst counts rows.
        below: file and row of each row below the table that is no row of it.
        hidden: file and row of each row that is hidden in its sheet.
    """

    columns: pa.Table
    below: tuple[tuple[Path, int], ...] = ()
    hidden: tuple[tuple[Path, int], ...] = ()


def csv_columns(files: Sequence[Path], header: Header, at: Sequence[int]) -> TextRows:
    """Return columns of CSV files with the same layout, as text; an empty cell is empty.

    Args:
        files: read one after the other.
        header: their layout.
        at: positions of the columns that are needed; they are named ``c0``, ``c1`` and so on.

    Raises:
        DataError: a row has more or fewer cells than the header, or cannot be read.
    """
    below: list[tuple[Path, int]] = []
    batches = [batch for file in files for batch in _batches(_rows(file, header, below), at)]
    return TextRows(columns=pa.Table.from_batches(batches, schema=_schema(at)), below=tuple(below))


def text_columns(rows: Iterable[tuple[int, Sequence[str]]], at: Sequence[int]) -> pa.Table:
    """Return columns of numbered rows of text, named as `csv_columns` names them."""
    return pa.Table.from_batches(list(_batches(iter(rows), at)), schema=_schema(at))


def _schema(at: Sequence[int]) -> pa.Schema:
    return pa.schema([*((f"c{index}", pa.string()) for index in at), (ROW, pa.int64())])


def _batches(
    rows: Iterator[tuple[int, Sequence[str]]], at: Sequence[int]
) -> Iterator[pa.RecordBatch]:
    while some := list(islice(rows, _ROWS_AT_ONCE)):
        columns = [pa.array([row[index] for _, row in some], pa.string()) for index in at]
        numbers = pa.array([number for number, _ in some], pa.int64())
        yield pa.RecordBatch.from_arrays([*columns, numbers], schema=_schema(at))


def _rows(
    file: Path, header: Header, below: list[tuple[Path, int]]
) -> Iterator[tuple[int, list[str]]]:
    width, number, held = len(header.names), 0, list[tuple[int, int]]()
    try:
        with opened_text(file, CODECS[header.encoding]) as lines:
            rows = csv.reader(lines, delimiter=header.delimiter, strict=True)
            for number, row in enumerate(rows, start=1):
                if number <= header.skipped + 1 or (len(row) != width and is_blank(row)):
                    continue
                if len(row) == width:
                    if held and not is_remark(row):
                        _refuse_ragged(file, width, *held[0])
                    yield number, row
                    continue
                if len(held) == _REMARKS_AT_MOST or not is_remark(row):
                    _refuse_ragged(file, width, number, len(row))
                held.append((number, len(row)))
    except UnicodeError:
        message = f"`{file.name}` is not {header.encoding} text. Save it as CSV (UTF-8)."
        raise DataError(message) from None
    except csv.Error as error:
        raise DataError(f"`{file.name}` line {number + 1} {_reason(error)}") from None
    below += [(file, number) for number, _ in held]


def _refuse_ragged(file: Path, width: int, number: int, cells: int) -> None:
    raise DataError(
        f"`{file.name}` line {number} has {cells} cells; the header has {width}. Correct the "
        "export."
    )


def _reason(error: csv.Error) -> str:
    if "field limit" in str(error):
        return "has a cell longer than any field should be. Look for a loose quote there."
    return "has a loose quote or mixed line ends. Export it again as CSV (UTF-8)."
