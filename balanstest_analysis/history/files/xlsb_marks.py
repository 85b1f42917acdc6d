"""What is marked in a binary Excel workbook (.xlsb), by the records of its parts ([MS-XLSB])."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from balanstest_analysis.history.files.packages import Package, opened_package
from balanstest_analysis.history.files.sheet_marks import BookMarks, SheetMarks

_ROW, _CELLS, _ERRORS = 0, range(1, 12), frozenset({3, 11})
_SHEET, _SETTINGS = 156, 153
_HIDDEN: Final = 0x10


def marks_of(file: Path) -> BookMarks:
    """Return what is marked in a workbook.

    Raises:
        DataError: it is broken.
    """
    with opened_package(file) as package:
        book = package.main_part("xl/workbook.bin")
        numbers, is_1904 = list[str](), False
        for kind, record in _records(package, book):
            if kind == _SHEET:
                length = struct.unpack_from("<I", record, 8)[0]
                numbers.append(record[12 : 12 + 2 * length].decode("utf-16-le"))
            elif kind == _SETTINGS:
                is_1904 = bool(record[0] & 1)
        related = package.related(book)
        sheets = [_sheet(package, related.get(number, ("", ""))[1]) for number in numbers]
        return BookMarks(sheets=tuple(sheets), starts_in_1904=is_1904)


def _sheet(package: Package, part: str) -> SheetMarks:
    marks, row = SheetMarks(), 0
    for kind, record in _records(package, part) if package.has(part) else ():
        if kind == _ROW:
            row = _number(record)
            if record[11] & _HIDDEN:
                marks.hide(row)
        elif kind in _CELLS:
            column = _number(record)
            marks.reach(row, column)
            if kind in _ERRORS:
                marks.errors.append((row, column))
    return marks


def _number(record: bytes) -> int:
    return int.from_bytes(record[:4], "little")


def _records(package: Package, part: str) -> Iterator[tuple[int, bytes]]:
    """Yield the records of a part; kind and length take as many bytes as they need."""
    content, at = package.content(part), 0
    while at < len(content):
        kind, at = _varying(content, at, 2)
        length, at = _varying(content, at, 4)
        if at + length > len(content):
            raise ValueError
        yield kind, content[at : at + length]
        at += length


def _varying(content: bytes, at: int, most: int) -> tuple[int, int]:
    """Return a number of which the highest bit of a byte tells that another byte follows."""
    number = 0
    for place in range(most):
        byte = content[at]
        at += 1
        number |= (byte & 0x7F) << (7 * place)
        if not byte & 0x80:
            break
    return number, at
