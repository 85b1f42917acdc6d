"""Workbooks of every format: the sheet, and the row with the column names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import python_calamine as calamine

from balanstest_analysis.document.opening import WORKBOOK_BYTES, TooLargeError, content_of
from balanstest_analysis.errors import DataError
from balanstest_analysis.history.columns.columns import Request
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

Cell = str | float | bool | dt.date | dt.time | dt.timedelta


def workbook_header(file: Path, request: Request) -> Header:
    """Return the sheet of a workbook that holds the table, and where its column names are.

    It is the sheet in the dossier, the only one, or the only one with every wanted column.

    Raises:
        DataError: the file is no workbook, or the sheet is not clear.
    """
    wanted = request.wanted
    stated = request.source.skip_rows
    kind = kind_of(file)
    sheets = _sheets(file, _book_of(file, kind), request)
    read = {name: _top(parsed_sheet(file, kind, name)) for name in _by_size(file, kind, sheets)}
    tops = {name: read[name] for name in sheets}
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
        return {name: _top(_sheet(book, name)) for name in _worksheets(book)}


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


def parsed_sheet(file: Path, kind: str, name: str) -> calamine.CalamineSheet:
    """Return a sheet; the last one is kept until `forget`, as it is asked for twice.

    Raises:
        DataError: the file is no workbook, or the sheet cannot be read.
    """
    with _errors_named(file, kind, name):
        return _kept_sheet(_book_of(file, kind), name)


@contextmanager
def _errors_named(file: Path, kind: str, name: str) -> Iterator[None]:
    """Tell which row may be why a sheet cannot be read: Calamine knows only the old errors."""
    try:
        yield
    except DataError:
        errors = sheet_marks(file, kind, name).errors if kind in WORKBOOKS else []
        if not errors:
            raise
        row, column = min(errors)
        raise DataError(
            f"`{file.name}` sheet {name!r} row {row + 1}, column {column + 1}: an error of Excel, "
            "such as #SPILL!. Correct the formula, or empty the cell."
        ) from None


def sheet_marks(file: Path, kind: str, name: str) -> SheetMarks:
    """Return what is marked in a sheet, by its name."""
    return book_marks(file, kind).sheets[_book_of(file, kind).sheet_names.index(name)]


def forget() -> None:
    """Let go of the workbook and the sheet that were read last."""
    _kept_sheet.cache_clear()
    _kept_book.cache_clear()


def _book_of(file: Path, kind: str) -> calamine.CalamineWorkbook:
    about = file.stat()
    return _kept_book(file.absolute(), kind, about.st_size, about.st_mtime_ns)


@lru_cache(maxsize=1)
def _kept_book(file: Path, kind: str, _size: int, _changed: int) -> calamine.CalamineWorkbook:
    return _opened(file, kind)


@lru_cache(maxsize=1)
def _kept_sheet(book: calamine.CalamineWorkbook, name: str) -> calamine.CalamineSheet:
    return _sheet(book, name)


def _sheet(book: calamine.CalamineWorkbook, name: str) -> calamine.CalamineSheet:
    with read_in_our_words(name):
        return book.get_sheet_by_name(name)


def _top(sheet: calamine.CalamineSheet) -> list[list[Cell]]:
    with read_in_our_words(sheet.name):
        return sheet.to_python(skip_empty_area=False, nrows=ROWS_SEARCHED)


@contextmanager
def read_in_our_words(sheet: str) -> Iterator[None]:
    """Tell that a sheet cannot be read.

    Raises:
        DataError: it cannot.
    """
    try:
        yield
    except (calamine.CalamineError, ValueError, OverflowError):
        message = f"Sheet {sheet!r} cannot be read. Save the workbook again, or as CSV (UTF-8)."
        raise DataError(message) from None


def _by_size(file: Path, kind: str, names: Sequence[str]) -> list[str]:
    """Return sheets so that the largest is read last, and kept."""
    return sorted(names, key=lambda name: sheet_marks(file, kind, name).last_row)


def _which_sheet(
    file: Path, fitting: Sequence[str], sheets: Collection[str], request: Request
) -> str:
    names = ", ".join(map(repr, fitting or sheets))
    which = "more than one sheet with" if fitting else "no sheet with"
    asked = [name for names in request.must_have.values() for name in names]
    wanted = ", ".join(f"`{name}`" for name in dict.fromkeys(asked))
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
