"""Workbooks of every format: the sheet, the row with the column names, and cells as text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import Final

import python_calamine as calamine

from balanstest_analysis.document.opening import WORKBOOK_BYTES, TooLargeError, content_of
from balanstest_analysis.errors import DataError
from balanstest_analysis.history.columns.columns import OTHER, Column, Request
from balanstest_analysis.history.files.book_marks import book_marks
from balanstest_analysis.history.files.headers import (
    ROWS_SEARCHED,
    Header,
    header_row,
    names_of,
    nearest_row,
    refuse_split,
)
from balanstest_analysis.history.files.kinds import NAMES, WORKBOOKS, kind_of, refuse_kind
from balanstest_analysis.history.files.sheet_marks import SheetMarks
from balanstest_analysis.history.files.text_rows import TextRows, text_columns

Cell = str | float | bool | dt.date | dt.time | dt.timedelta
_FIRST_DAY: Final = dt.datetime(1899, 12, 30)
_SERIALS: Final = range(25_569, 73_051)  # 1970 to 2099: a year or a number of days is no date
_DIGITS_KEPT: Final = 10**15
_DAYS_1904: Final = 1462


def workbook_header(file: Path, request: Request) -> Header:
    """Return the sheet of a workbook that holds the table, and where its column names are.

    It is the sheet in the dossier, the only one, or the only one with every wanted column.

    Raises:
        DataError: the file is no workbook, or the sheet is not clear.
    """
    wanted = set(request.must_have.values())
    stated = request.source.skip_rows
    kind = kind_of(file)
    with closing(_opened(file, kind)) as book:
        tops = {name: _rows(book, name, ROWS_SEARCHED) for name in _sheets(file, book, request)}
    found = {name: header_row(rows, wanted, stated) for name, rows in tops.items()}
    fitting = [name for name, row in found.items() if row is not None]
    if len(fitting) > 1 or (not fitting and len(tops) > 1):
        raise DataError(_which_sheet(file, fitting, tops, request))
    sheet = next(iter(fitting or tops))
    if not fitting and stated is None:
        refuse_split(file, tops[sheet], wanted)
    skipped = found[sheet]
    if skipped is None:
        skipped = _likely_row(tops[sheet], wanted) if stated is None else stated
    names = names_of(tops[sheet][skipped]) if skipped < len(tops[sheet]) else ()
    if not any(names):
        raise DataError(f"`{file.name}` row {skipped + 1} is empty. Put the column names there.")
    return Header("", names, skipped=skipped, sheet=sheet, kind=kind)


def sheet_tops(file: Path) -> dict[str, list[list[Cell]]]:
    """Return the first rows of every sheet.

    Raises:
        DataError: the file is no workbook.
    """
    with closing(_opened(file, kind_of(file))) as book:
        return {name: _rows(book, name, ROWS_SEARCHED) for name in _worksheets(book)}


def filled_sheets(file: Path) -> tuple[str, ...]:
    """Return the names of the sheets in which something stands below a first row.

    Raises:
        DataError: the file is no workbook.
    """
    kind = kind_of(file)
    with closing(_opened(file, kind)) as book:
        filled = {
            name
            for name, marks in zip(book.sheet_names, book_marks(file, kind).sheets, strict=False)
            if marks.last_row
        }
        return tuple(name for name in _worksheets(book) if name in filled)


def workbook_columns(file: Path, header: Header, columns: dict[int, Column]) -> TextRows:
    """Return columns of a sheet as text, named ``c0``, ``c1`` and so on by their position.

    Days and moments are written as ISO, also where a cell holds Excel's number of days.

    Args:
        file: the workbook.
        header: from `workbook_header`.
        columns: the columns that are needed, by position.

    Raises:
        DataError: a cell holds an error such as #N/A, or a number of too many digits as a key.
    """
    kind = kind_of(file)
    marks = book_marks(file, kind)
    shift = _DAYS_1904 if marks.starts_in_1904 else 0
    with closing(_opened(file, kind)) as book:
        sheet = marks.sheets[book.sheet_names.index(header.sheet)]
        rows = _rows(book, header.sheet, None)
    _refuse_errors(file, header, columns, sheet)
    at, width = sorted(columns), len(header.names)

    def texts() -> Iterator[tuple[int, list[str]]]:
        for number, row in enumerate(rows[header.skipped + 1 :], start=header.skipped + 2):
            if any(cell != "" for cell in row):
                cells = [*row, *[""] * (width - len(row))]
                texts = ["" for _ in cells]
                for index in at:
                    texts[index] = _text(cells[index], columns[index], shift)
                    _refuse_rounded(file, number, cells[index], columns[index])
                yield number, texts

    hidden = tuple((file, number) for number in _hidden(rows, header, sheet))
    return TextRows(columns=text_columns(texts(), at), hidden=hidden)


def _hidden(rows: Sequence[Sequence[Cell]], header: Header, marks: SheetMarks) -> Iterator[int]:
    """Yield the numbers of the rows of the table that are hidden and in which something stands."""
    for first, after in marks.hidden:
        for at in range(max(first, header.skipped + 1), min(after, len(rows))):
            if any(cell != "" for cell in rows[at]):
                yield at + 1


def _refuse_errors(
    file: Path, header: Header, columns: dict[int, Column], marks: SheetMarks
) -> None:
    """Refuse a cell such as #N/A in a column that is needed: it would be read as empty."""
    needed = {at for at, column in columns.items() if not column.name.startswith(OTHER)}
    for row, column in sorted(marks.errors):
        if row > header.skipped and column in needed:
            raise DataError(
                f"`{file.name}` row {row + 1}: `{columns[column].name}` is an error of Excel, such "
                "as #N/A. Correct the formula, or empty the cell."
            )


def _opened(file: Path, kind: str) -> calamine.CalamineWorkbook:
    """Return a workbook, opened by its bytes, once it is sure that it takes no more than it may."""
    refuse_kind(file, kind, WORKBOOKS)
    sheets = book_marks(file, kind).sheets
    try:
        book = calamine.CalamineWorkbook.from_filelike(BytesIO(content_of(file, WORKBOOK_BYTES)))
        if len(book.sheet_names) == len(sheets):  # else it is not sure which marks are whose
            return book
        message = f"`{file.name}` lists its sheets in two ways. Save it again as .xlsx."
    except calamine.PasswordError:
        message = f"`{file.name}` is protected with a password. Save it without one, or as CSV."
    except TooLargeError as error:
        message = f"`{file.name}` cannot be read: {error.strerror}. Save it as CSV (UTF-8)."
    except (calamine.CalamineError, OSError):
        message = f"`{file.name}` cannot be read as {NAMES[kind]}. Save it again as .xlsx."
    raise DataError(message)


def _worksheets(book: calamine.CalamineWorkbook) -> list[str]:
    worksheet = calamine.SheetTypeEnum.WorkSheet
    return [sheet.name for sheet in book.sheets_metadata if sheet.typ == worksheet]


def _sheets(file: Path, book: calamine.CalamineWorkbook, request: Request) -> list[str]:
    names = _worksheets(book)
    stated = request.source.sheet
    if stated is None and names:
        return names
    if stated is None or stated not in names:
        raise DataError(
            f"`{file.name}` has no sheet {stated!r}; its sheets are {', '.join(map(repr, names))}. "
            f"Correct `sheet` in `[data.{request.table}]`."
        )
    return [stated]


def _rows(book: calamine.CalamineWorkbook, sheet: str, number: int | None) -> list[list[Cell]]:
    try:
        return book.get_sheet_by_name(sheet).to_python(skip_empty_area=False, nrows=number)
    except (calamine.CalamineError, ValueError, OverflowError):
        message = f"Sheet {sheet!r} cannot be read. Save the workbook again, or as CSV (UTF-8)."
        raise DataError(message) from None


def _which_sheet(
    file: Path, fitting: Sequence[str], sheets: Collection[str], request: Request
) -> str:
    names = ", ".join(map(repr, fitting or sheets))
    which = "more than one sheet with" if fitting else "no sheet with"
    wanted = ", ".join(f"`{name}`" for name in dict.fromkeys(request.must_have.values()))
    return (
        f"`{file.name}` has {which} the columns {wanted}; the sheets are {names}. Name one in "
        f'`[data.{request.table}]` with sheet = "...".'
    )


def _likely_row(rows: Sequence[Sequence[Cell]], wanted: Collection[str]) -> int:
    """Return the row that looks most like column names: it has some, or it is a row of texts."""
    if rows and set(wanted) & set(names_of(rows[nearest_row(rows, wanted)])):
        return nearest_row(rows, wanted)
    texts = [[cell for cell in row if cell != ""] for row in rows]
    filled = [len(row) if all(isinstance(cell, str) for cell in row) else 0 for row in texts]
    return filled.index(max(filled)) if filled else 0


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
    if column.kind in {"day", "moment"} and int(cell) in _SERIALS:
        return _moment_of(cell + shift)
    if float(cell).is_integer():
        return str(int(cell))
    if column.kind == "amount":
        return f"{cell:.6f}"  # six decimals: three after a point could be thousands
    return str(cell)


def _moment_of(serial: float) -> str:
    moment = _FIRST_DAY + dt.timedelta(milliseconds=round(serial * 86_400_000))
    return moment.isoformat(" ")


def _refuse_rounded(file: Path, number: int, cell: Cell, column: Column) -> None:
    if column.name.startswith(OTHER):
        return
    if column.kind in {"key", "text"} and isinstance(cell, float) and abs(cell) >= _DIGITS_KEPT:
        raise DataError(
            f"`{file.name}` row {number}: `{column.name}` is a number of more than 15 digits, of "
            "which Excel keeps only 15. Store it as text."
        )
