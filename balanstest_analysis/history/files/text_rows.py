"""Files that the engine cannot read itself, as columns of text: other encodings, title rows."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import pyarrow as pa

from balanstest_analysis.errors import DataError
from balanstest_analysis.history.files.encodings import CODECS
from balanstest_analysis.history.files.headers import Header

_ROWS_AT_ONCE = 50_000


def csv_columns(files: Sequence[Path], header: Header, at: Sequence[int]) -> pa.Table:
    """Return columns of CSV files with the same layout, as text; an empty cell is empty.

    Args:
        files: read one after the other.
        header: their layout.
        at: positions of the columns that are needed; they are named ``c0``, ``c1`` and so on.

    Raises:
        DataError: a row has more or fewer cells than the header, or cannot be read.
    """
    batches = [batch for file in files for batch in _batches(_rows(file, header), at)]
    return pa.Table.from_batches(batches, schema=_schema(at))


def text_columns(rows: Iterable[Sequence[str]], at: Sequence[int]) -> pa.Table:
    """Return columns of rows of text, named as `csv_columns` names them."""
    return pa.Table.from_batches(list(_batches(iter(rows), at)), schema=_schema(at))


def _schema(at: Sequence[int]) -> pa.Schema:
    return pa.schema([(f"c{index}", pa.string()) for index in at])


def _batches(rows: Iterator[Sequence[str]], at: Sequence[int]) -> Iterator[pa.RecordBatch]:
    while some := list(islice(rows, _ROWS_AT_ONCE)):
        columns = [pa.array([row[index] for row in some], pa.string()) for index in at]
        yield pa.RecordBatch.from_arrays(columns, schema=_schema(at))


def _rows(file: Path, header: Header) -> Iterator[list[str]]:
    width, number = len(header.names), 0
    try:
        with file.open(encoding=CODECS[header.encoding], newline="") as lines:
            rows = csv.reader(lines, delimiter=header.delimiter, strict=True)
            for number, row in enumerate(rows, start=1):
                if number > header.skipped + 1 and row:
                    _refuse_ragged(file, number, len(row), width)
                    yield row
    except UnicodeError:
        message = f"`{file.name}` is not {header.encoding} text. Save it as CSV (UTF-8)."
        raise DataError(message) from None
    except csv.Error as error:
        raise DataError(f"`{file.name}` line {number + 1} {_reason(error)}") from None


def _refuse_ragged(file: Path, number: int, cells: int, width: int) -> None:
    if cells != width:
        raise DataError(
            f"`{file.name}` line {number} has {cells} cells; the header has {width}. Correct the "
            "export."
        )


def _reason(error: csv.Error) -> str:
    if "field limit" in str(error):
        return "has a cell longer than any field should be. Look for a loose quote there."
    return "has a loose quote or mixed line ends. Export it again as CSV (UTF-8)."
