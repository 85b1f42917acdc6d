"""Files that the engine cannot read itself, as columns of text: other encodings, title rows."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import pyarrow as pa

from balanstest_analysis.document.opening import opened_text
from balanstest_analysis.errors import DataError
from balanstest_analysis.history.files.encodings import CODECS
from balanstest_analysis.history.files.headers import Header
from balanstest_analysis.history.files.remark_rows import is_blank, is_remark

ROW = "row_"
ROWS_AT_ONCE = 50_000
_REMARKS_AT_MOST = 100
Rows = list[list[str]]


@dataclass(kw_only=True)
class Noticed:
    """What was seen in files while their rows were read.

    Attributes:
        below: file and row of each row below the table that is no row of it.
        hidden: file and row of each row that is hidden in its sheet.
    """

    below: list[tuple[Path, int]] = field(default_factory=list)
    hidden: list[tuple[Path, int]] = field(default_factory=list)


def schema_of(at: Iterable[int]) -> pa.Schema:
    """Return the columns of text at some positions: ``c0``, ``c1`` and so on, and `ROW`.

    `ROW` is the number of the row as an analyst counts rows.
    """
    return pa.schema([*((f"c{index}", pa.string()) for index in at), (ROW, pa.int64())])


def batch_of(
    columns: Iterable[Sequence[str]], at: Sequence[int], numbers: Sequence[int]
) -> pa.RecordBatch:
    """Return some rows of columns of text.

    Args:
        columns: cells of each.
        at: their positions, as in `schema_of`.
        numbers: of the rows.
    """
    texts = [pa.array(cells, pa.string()) for cells in columns]
    return pa.RecordBatch.from_arrays([*texts, pa.array(numbers, pa.int64())], schema=schema_of(at))


def csv_rows(
    file: Path, header: Header, at: Sequence[int], noticed: Noticed
) -> Iterator[pa.RecordBatch]:
    """Yield columns of a CSV file, as text; an empty cell is empty.

    Args:
        file: read in pieces.
        header: its layout.
        at: positions of the columns that are needed, as in `schema_of`.
        noticed: gets what is no row of the table, once all is read.

    Raises:
        DataError: a row has more or fewer cells than the header, or cannot be read.
    """
    table = _Table(file=file, header=header)
    for number, rows in _pieces(file, header):
        numbers, inside = table.inside(number, rows)
        yield batch_of([[row[index] for row in inside] for index in at], at, numbers)
    noticed.below += [(file, number) for number, _ in table.held]


@dataclass(kw_only=True)
class _Table:
    """Tells which rows of a file are of its table, one piece after another.

    Attributes:
        held: number and width of rows that are no rows of the table, if no row follows.
    """

    file: Path
    header: Header
    held: list[tuple[int, int]] = field(default_factory=list)

    def inside(self, number: int, rows: Rows) -> tuple[Sequence[int], Rows]:
        """Return the rows of the table, and their numbers.

        Args:
            number: of the first.
            rows: of the file.

        Raises:
            DataError: a row has more or fewer cells than the header.
        """
        width, above = len(self.header.names), self.header.skipped + 1
        if number > above and not self.held and set(map(len, rows)) == {width}:
            return range(number, number + len(rows)), rows
        found = [(at, row) for at, row in enumerate(rows, start=number) if at > above]
        kept = [(at, row) for at, row in found if self._is_inside(at, row)]
        return [at for at, _ in kept], [row for _, row in kept]

    def _is_inside(self, number: int, row: list[str]) -> bool:
        width = len(self.header.names)
        if len(row) == width:
            if self.held and not is_remark(row):
                self._refuse_ragged(*self.held[0])
            return True
        if is_blank(row):
            return False
        if len(self.held) == _REMARKS_AT_MOST or not is_remark(row):
            self._refuse_ragged(number, len(row))
        self.held.append((number, len(row)))
        return False

    def _refuse_ragged(self, number: int, cells: int) -> None:
        raise DataError(
            f"`{self.file.name}` line {number} has {cells} cells; the header has "
            f"{len(self.header.names)}. Correct the export."
        )


def _pieces(file: Path, header: Header) -> Iterator[tuple[int, Rows]]:
    """Yield the rows of a file in pieces, with the number of the first of each.

    Raises:
        DataError: a row cannot be read; those before it are yielded.
    """
    number = 1
    with opened_text(file, CODECS[header.encoding]) as lines:
        rows = csv.reader(lines, delimiter=header.delimiter, strict=True)
        while True:
            some, problem = _piece(rows)
            if some:
                yield number, some
            number += len(some)
            if isinstance(problem, csv.Error):
                raise DataError(f"`{file.name}` line {number} {_reason(problem)}")
            if problem is not None:
                message = f"`{file.name}` is not {header.encoding} text. Save it as CSV (UTF-8)."
                raise DataError(message)
            if not some:
                return


def _piece(rows: Iterator[list[str]]) -> tuple[Rows, Exception | None]:
    """Return the next rows, and why there are no more."""
    some: Rows = []
    try:
        some.extend(islice(rows, ROWS_AT_ONCE))
    except (csv.Error, UnicodeError) as problem:
        return some, problem
    return some, None


def _reason(error: csv.Error) -> str:
    if "field limit" in str(error):
        return "has a cell longer than any field should be. Look for a loose quote there."
    return "has a loose quote or mixed line ends. Export it again as CSV (UTF-8)."
