"""Excel workbooks: the sheet, the row with the column names, and cells as text."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

import pyarrow as pa
import python_calamine as calamine

from balanstest_analysis.errors import DataError
from balanstest_analysis.history.columns.columns import Column, Request
from balanstest_analysis.history.files.headers import (
    ROWS_SEARCHED,
    Header,
    header_row,
    names_of,
    nearest_row,
    refuse_split,
)
from balanstest_analysis.history.files.text_rows import text_columns

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
    with closing(_opened(file)) as book:
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
    return Header("", names, skipped=skipped, sheet=sheet)


def sheet_tops(file: Path) -> dict[str, list[list[Cell]]]:
    """Return the first rows of every sheet.

    Raises:
        DataError: the file is no workbook.
    """
    with closing(_opened(file)) as book:
        worksheet = calamine.SheetTypeEnum.WorkSheet
        names = [sheet.name for sheet in book.sheets_metadata if sheet.typ == worksheet]
        return {name: _rows(book, name, ROWS_SEARCHED) for name in names}


def workbook_columns(file: Path, header: Header, columns: dict[int, Column]) -> pa.Table:
    """Return columns of a sheet as text, named ``c0``, ``c1`` and so on by their position.

    Days and moments are written as ISO, also where a cell holds Excel's number of days.

    Args:
        file: the workbook.
        header: from `workbook_header`.
        columns: the columns that are needed, by position.

    Raises:
        DataError: a cell holds an error such as #N/A, or a number of too many digits as a key.
    """
    shift = _DAYS_1904 if _starts_in_1904(file) else 0
    with closing(_opened(file)) as book:
        rows = _rows(book, header.sheet, None)[header.skipped + 1 :]
    _refuse_errors(file, header, columns)
    at, width = sorted(columns), len(header.names)

    def texts() -> Iterator[list[str]]:
        for number, row in enumerate(rows, start=header.skipped + 2):
            if any(cell != "" for cell in row):
                cells = [*row, *[""] * (width - len(row))]
                texts = ["" for _ in cells]
                for index in at:
                    texts[index] = _text(cells[index], columns[index], shift)
                    _refuse_rounded(file, number, cells[index], columns[index])
                yield texts

    return text_columns(texts(), at)


def _opened(file: Path) -> calamine.CalamineWorkbook:
    try:
        return calamine.CalamineWorkbook.from_path(str(file))
    except calamine.PasswordError:
        message = f"`{file.name}` is protected with a password. Save it without one, or as CSV."
    except (calamine.CalamineError, OSError):
        message = f"`{file.name}` cannot be read as an Excel workbook. Save it again as .xlsx."
    raise DataError(message) from None


def _sheets(file: Path, book: calamine.CalamineWorkbook, request: Request) -> list[str]:
    worksheet = calamine.SheetTypeEnum.WorkSheet
    names = [sheet.name for sheet in book.sheets_metadata if sheet.typ == worksheet]
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
        case int() | float() if column.kind in {"day", "moment"} and int(cell) in _SERIALS:
            return _moment_of(cell + shift)
        case float() if cell.is_integer():
            return str(int(cell))
        case _:
            return str(cell)


def _moment_of(serial: float) -> str:
    moment = _FIRST_DAY + dt.timedelta(milliseconds=round(serial * 86_400_000))
    return moment.isoformat(" ")


def _refuse_rounded(file: Path, number: int, cell: Cell, column: Column) -> None:
    if column.kind in {"key", "text"} and isinstance(cell, float) and abs(cell) >= _DIGITS_KEPT:
        raise DataError(
            f"`{file.name}` row {number}: `{column.name}` is a number of more than 15 digits, of "
            "which Excel keeps only 15. Store it as text."
        )


# ---------------------------------------------------------------- what the reader does not tell


def _starts_in_1904(file: Path) -> bool:
    return bool(re.search(rb'date1904="(?:1|true)"', _member(file, "xl/workbook.xml")))


def _refuse_errors(file: Path, header: Header, columns: dict[int, Column]) -> None:
    """Refuse a cell such as #N/A in a column that is needed: it would be read as empty."""
    letters = {_letters(index): column for index, column in columns.items()}
    sheet = _member(file, _sheet_member(file, header.sheet))
    for cell in re.finditer(rb'<c\b[^>]*\bt="e"[^>]*>', sheet):
        place = re.search(rb'\br="([A-Z]+)(\d+)"', cell[0])
        if place and int(place[2]) > header.skipped + 1 and place[1].decode() in letters:
            raise DataError(
                f"`{file.name}` row {int(place[2])}: `{letters[place[1].decode()].name}` is an "
                "error of Excel, such as #N/A. Correct the formula, or empty the cell."
            )


def _letters(index: int) -> str:
    return (_letters(index // 26 - 1) if index >= 26 else "") + chr(ord("A") + index % 26)


def _sheet_member(file: Path, sheet: str) -> str:
    book = _member(file, "xl/workbook.xml").decode("utf-8", "replace")
    links = _member(file, "xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    for tag in re.findall(r"<(?:\w+:)?sheet\b[^>]*>", book):
        name = re.search(r'\bname="([^"]*)"', tag)
        link = re.search(r'\br:id="([^"]*)"', tag)
        if name and link and _plain(name[1]) == sheet:
            for relation in re.findall(r"<Relationship\b[^>]*>", links):
                target = re.search(r'\bTarget="([^"]*)"', relation)
                if target and f'Id="{link[1]}"' in relation:
                    path = target[1]
                    return path.lstrip("/") if path.startswith("/") else f"xl/{path}"
    return ""


def _plain(text: str) -> str:
    for mark, plain in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'")):
        text = text.replace(mark, plain)
    return text.replace("&amp;", "&")


def _member(file: Path, name: str) -> bytes:
    try:
        with zipfile.ZipFile(file) as archive:
            return archive.read(name)
    except (KeyError, OSError, zipfile.BadZipFile, RuntimeError):
        return b""
