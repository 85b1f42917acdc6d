"""The rows of a sheet as columns of text, a piece at a time."""

from __future__ import annotations

import datetime as dt
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Final

import pyarrow as pa
import python_calamine as calamine

from balanstest_analysis.errors import DataError
from balanstest_analysis.history.columns.columns import OTHER, Column
from balanstest_analysis.history.files.book_marks import book_marks
from balanstest_analysis.history.files.headers import Header
from balanstest_analysis.history.files.kinds import kind_of
from balanstest_analysis.history.files.sheet_marks import SheetMarks
from balanstest_analysis.history.files.text_rows import ROWS_AT_ONCE, Noticed, batch_of
from balanstest_analysis.history.files.workbooks import (
    Cell,
    forget,
    parsed_sheet,
    read_in_our_words,
    sheet_marks,
)

_FIRST_DAY: Final = dt.datetime(1899, 12, 30)
_SERIALS: Final = range(25_569, 73_051)  # 1970 to 2099: a year or a number of days is no date
_DIGITS_KEPT: Final = 10**15
_DAYS_1904: Final = 1462
Rows = list[list[Cell]]


def workbook_rows(
    file: Path, header: Header, columns: Mapping[int, Column], noticed: Noticed
) -> Iterator[pa.RecordBatch]:
    """Yield columns of a sheet as text, as `schema_of` names them.

    Days and moments are written as ISO, also where a cell holds Excel's number of days.

    Args:
        file: the workbook.
        header: from `workbook_header`.
        columns: the columns that are needed, by position.
        noticed: gets the hidden rows, once all is read.

    Raises:
        DataError: a cell holds an error such as #N/A, or a number of too many digits as a key.
    """
    kind = kind_of(file)
    sheet = parsed_sheet(file, kind, header.sheet)
    marks = sheet_marks(file, kind, header.sheet)
    forget()
    _refuse_errors(file, header, columns, marks)
    shift = _DAYS_1904 if book_marks(file, kind).starts_in_1904 else 0
    filled = array("q")
    for first, rows in _pieces(sheet, header.skipped + 2):
        numbers = [at for at, row in enumerate(rows, start=first) if row.count("") < len(row)]
        inside = [rows[number - first] for number in numbers]
        _refuse_rounded(file, numbers, inside, columns)
        texts = [_texts(_cells(inside, at), columns[at], shift) for at in sorted(columns)]
        yield batch_of(texts, sorted(columns), numbers)
        if marks.hidden:
            filled.extend(numbers)
    noticed.hidden += [(file, number) for number in _hidden(filled, marks)]


def _pieces(sheet: calamine.CalamineSheet, first: int) -> Iterator[tuple[int, Rows]]:
    """Yield rows from one of them on, with the number of the first of each piece."""
    left: list[Cell] = [""] * (sheet.start[1] if sheet.start else 0)  # only rows come padded
    with read_in_our_words(sheet.name):
        rows = islice(sheet.iter_rows(), first - 1, None)
    while True:
        with read_in_our_words(sheet.name):
            some = list(islice(rows, ROWS_AT_ONCE))
        if not some:
            return
        yield first, [left + row for row in some] if left else some
        first += len(some)


def _cells(rows: Rows, at: int) -> list[Cell]:
    """Return a column; a row that ends before it has an empty cell there."""
    return [row[at] if at < len(row) else "" for row in rows]


def _hidden(filled: Sequence[int], marks: SheetMarks) -> Iterator[int]:
    """Yield the numbers of the rows of the table that are hidden and in which something stands."""
    for first, after in marks.hidden:
        yield from filled[bisect_left(filled, first + 1) : bisect_left(filled, after + 1)]


def _refuse_errors(
    file: Path, header: Header, columns: Mapping[int, Column], marks: SheetMarks
) -> None:
    """Refuse a cell such as #N/A in a column that is needed: it would be read as empty."""
    needed = {at for at, column in columns.items() if not column.name.startswith(OTHER)}
    for row, column in sorted(marks.errors):
        if row > header.skipped and column in needed:
            raise DataError(
                f"`{file.name}` row {row + 1}: `{columns[column].name}` is an error of Excel, such "
                "as #N/A. Correct the formula, or empty the cell."
            )


def _texts(cells: list[Cell], column: Column, shift: int) -> list[str]:
    kinds = set(map(type, cells))
    if kinds == {str}:
        return cells  # type: ignore[return-value]
    return [_text(cell, column, shift) for cell in cells]


def _text(cell: Cell, column: Column, shift: int) -> str:
    match cell:
        case bool():
            return "true" if cell else "false"
        case dt.datetime():
            return cell.isoformat(" ")
        case dt.date() | dt.time():
            return cell.isoformat()
        case int() | float():
            return _number_text(cell, column, shift)
        case _:
            return str(cell)


def _number_text(cell: float, column: Column, shift: int) -> str:
    if column.kind in {"day", "moment", "time"} and int(cell) in _SERIALS:
        return _moment_of(cell + shift)
    if column.kind == "time" and 0 <= cell < 1:
        return _moment_of(cell).split(" ")[1]
    if float(cell).is_integer():
        return str(int(cell))
    if column.kind == "amount":
        return f"{cell:.6f}"  # six decimals: three after a point could be thousands
    return str(cell)


def _moment_of(serial: float) -> str:
    moment = _FIRST_DAY + dt.timedelta(milliseconds=round(serial * 86_400_000))
    return moment.isoformat(" ")


def _refuse_rounded(
    file: Path, numbers: Sequence[int], rows: Rows, columns: Mapping[int, Column]
) -> None:
    """Refuse a key of more digits than Excel keeps, the first of all."""
    asked = {
        at: column
        for at, column in sorted(columns.items())
        if column.kind in {"key", "text"} and not column.name.startswith(OTHER)
    }
    found = [
        (place, at)
        for at in asked
        for place, cell in enumerate(_cells(rows, at))
        if isinstance(cell, float) and abs(cell) >= _DIGITS_KEPT
    ]
    if found:
        place, at = min(found)
        raise DataError(
            f"`{file.name}` row {numbers[place]}: `{asked[at].name}` is a number of more than 15 "
            "digits, of which Excel keeps only 15. Store it as text."
        )
