"""What is marked in an old Excel workbook (.xls): records in a file with a small file system.

The file system is that of [MS-CFB], the records are those of [MS-XLS].
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from balanstest_analysis.document.opening import WORKBOOK_BYTES, content_of
from balanstest_analysis.errors import DataError
from balanstest_analysis.history.files.sheet_marks import BookMarks, SheetMarks

_SHEET, _START, _END, _PROTECTED, _CALENDAR = 0x85, 0x809, 0x0A, 0x2F, 0x22
_ROW, _FORMULA, _ERROR = 0x208, 0x06, 0x205
_CELLS: Final = frozenset({_FORMULA, _ERROR, 0x203, 0x204, 0x27E, 0xFD, 0xBD, 0xD6})
_HIDDEN, _IS_ERROR, _IS_NO_NUMBER = 0x20, 2, b"\xff\xff"
_NO_SECTOR: Final = 0xFFFFFFFA
_SHORT_STREAM: Final = 4096


def marks_of(file: Path) -> BookMarks:
    """Return what is marked in a workbook.

    Raises:
        DataError: it is broken, or protected with a password.
    """
    try:
        return _marks(file, _book_stream(file))
    except (struct.error, IndexError, ValueError, OSError):
        raise DataError(
            f"`{file.name}` cannot be read as an old Excel workbook (.xls): it is broken. Save it "
            "again as .xlsx."
        ) from None


def _marks(file: Path, stream: bytes) -> BookMarks:
    places, is_1904 = list[int](), False
    for kind, at, _ in _records(stream, 0):
        if kind == _PROTECTED:
            raise DataError(_protected(file))
        if kind == _SHEET:
            places.append(struct.unpack_from("<I", stream, at)[0])
        elif kind == _CALENDAR:
            is_1904 = bool(stream[at])
    sheets = tuple(_sheet(stream, place) for place in places)
    return BookMarks(sheets=sheets, starts_in_1904=is_1904)


def _sheet(stream: bytes, place: int) -> SheetMarks:
    marks = SheetMarks()
    for kind, at, length in _records(stream, place):
        if kind == _ROW and length >= 14 and stream[at + 12] & _HIDDEN:
            marks.hide(struct.unpack_from("<H", stream, at)[0])
        elif kind in _CELLS:
            row, column = struct.unpack_from("<HH", stream, at)
            marks.reach(row, column)
            if _is_error(stream, kind, at):
                marks.errors.append((row, column))
    return marks


def _is_error(stream: bytes, kind: int, at: int) -> bool:
    if kind == _ERROR:
        return stream[at + 7] == 1
    is_text = kind == _FORMULA and stream[at + 12 : at + 14] == _IS_NO_NUMBER
    return is_text and stream[at + 6] == _IS_ERROR


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Yield kind, place and length of the records of one sheet, or of the workbook's own part."""
    depth = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        depth += (kind == _START) - (kind == _END)  # a drawing is a part within the sheet
        yield kind, at + 4, length
        if depth == 0:
            return
        at += 4 + length


def _protected(file: Path) -> str:
    return f"`{file.name}` is protected with a password. Save it without one, or as CSV."


def _book_stream(file: Path) -> bytes:
    """Return the stream with the workbook; a newer workbook lies in one when it is encrypted."""
    files = _Sectors(content_of(file, WORKBOOK_BYTES))
    streams = files.streams()
    if "EncryptedPackage" in streams:
        raise DataError(_protected(file))
    for name in ("Workbook", "Book"):
        if name in streams:
            return files.stream(*streams[name])
    raise ValueError("no workbook")


class _Sectors:
    """The file system within the file: chains of sectors, and of small ones for short streams."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._size = 1 << struct.unpack_from("<H", content, 30)[0]
        self._small = 1 << struct.unpack_from("<H", content, 32)[0]
        self._next = self._table(self._places_of_table())
        self._directory = self._chain(struct.unpack_from("<I", content, 48)[0])
        small_table = self._chain(struct.unpack_from("<I", content, 60)[0])
        self._next_small = struct.unpack(f"<{len(small_table) // 4}I", small_table)

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        return self._content[start : start + self._size].ljust(self._size, b"\0")

    def _places_of_table(self) -> list[int]:
        places = list(struct.unpack_from("<109I", self._content, 76))
        more, number = struct.unpack_from("<II", self._content, 68)
        for _ in range(number):
            if more >= _NO_SECTOR:
                break
            *some, more = struct.unpack(f"<{self._size // 4}I", self._sector(more))
            places += some
        return [place for place in places if place < _NO_SECTOR]

    def _table(self, places: list[int]) -> tuple[int, ...]:
        raw = b"".join(map(self._sector, places))
        return struct.unpack(f"<{len(raw) // 4}I", raw)

    def _chain(self, number: int) -> bytes:
        found, most = list[bytes](), len(self._next)
        while number < _NO_SECTOR:
            if len(found) > most:
                raise ValueError("a chain without end")
            found.append(self._sector(number))
            number = self._next[number]
        return b"".join(found)

    def streams(self) -> Mapping[str, tuple[int, int]]:
        """Return where each stream starts, and its length, by name."""
        found: dict[str, tuple[int, int]] = {}
        for at in range(0, len(self._directory), 128):
            length = struct.unpack_from("<H", self._directory, at + 64)[0]
            name = self._directory[at : at + max(length - 2, 0)].decode("utf-16-le", "replace")
            found[name] = struct.unpack_from("<II", self._directory, at + 116)
        return found

    def stream(self, start: int, length: int) -> bytes:
        """Return a stream; a short one lies in small sectors, in a stream of the directory."""
        if length >= _SHORT_STREAM:
            return self._chain(start)[:length]
        small = self._chain(struct.unpack_from("<I", self._directory, 116)[0])
        found, number = list[bytes](), start
        while number < _NO_SECTOR and len(found) <= len(self._next_small):
            found.append(small[number * self._small : (number + 1) * self._small])
            number = self._next_small[number]
        return b"".join(found)[:length]
