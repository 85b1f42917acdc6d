"""An Excel workbook read within bounds, cell by cell: numbers as numbers, words as words."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree as Xml

from balanstest_analysis.errors import DataError
from balanstest_analysis.verification.claims.phrase import both

Cell = str | float
_MOST_BYTES: Final = 100_000_000
_MOST_PARTS: Final = 1_000
_PLACE: Final = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ACTIVE: Final = re.compile(r"vba|macro|externalLink|activeX|embeddings|connections", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A sheet of a workbook.

    Attributes:
        title: on its tab.
        cells: by row and column, from 0; empty ones are left out.
        formulas: places with a formula.
    """

    title: str
    cells: dict[tuple[int, int], Cell]
    formulas: tuple[str, ...]

    def row(self, number: int) -> list[Cell]:
        """Return the cells of a row, empty ones as no words, up to the last that is filled."""
        filled = {column: cell for (row, column), cell in self.cells.items() if row == number}
        return [filled.get(column, "") for column in range(max(filled, default=-1) + 1)]

    @property
    def last_row(self) -> int:
        """Number of the last row with a filled cell."""
        return max((row for row, _ in self.cells), default=-1)


def sheets_of(content: bytes) -> list[Sheet]:
    """Return the sheets of a workbook.

    Args:
        content: of the file.

    Raises:
        DataError: it is no workbook, is larger than any of ours, or holds what acts.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _refuse(archive)
            return _sheets(archive)
    except (zipfile.BadZipFile, Xml.ParseError, KeyError, ValueError, RuntimeError, EOFError):
        raise DataError(
            both("no workbook that can be read", "geen werkmap die te lezen is")
        ) from None


def _refuse(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    total = sum(member.file_size for member in members)
    if len(members) > _MOST_PARTS or total > _MOST_BYTES:
        raise DataError(
            both("more than any workbook of a report", "meer dan een werkmap van een rapport")
        )
    acting = next((one.filename for one in members if _ACTIVE.search(one.filename)), None)
    if acting is not None:
        raise DataError(
            both(
                "{}, which no workbook of a report has",
                "{}, wat een werkmap van een rapport niet heeft",
                acting,
            )
        )


def _xml(archive: zipfile.ZipFile, name: str) -> Xml.Element:
    with archive.open(name) as opened:
        content = opened.read(_MOST_BYTES)
    if b"<!DOCTYPE" in content[:4096] or b"<!ENTITY" in content:
        raise ValueError
    return Xml.fromstring(content)


def _sheets(archive: zipfile.ZipFile) -> list[Sheet]:
    shared: list[str] = []
    if "xl/sharedStrings.xml" in archive.namelist():
        strings = _xml(archive, "xl/sharedStrings.xml")
        shared = ["".join(t.text or "" for t in one.iter(f"{_MAIN}t")) for one in strings]
    links = {
        str(one.get("Id")): str(one.get("Target"))
        for one in _xml(archive, "xl/_rels/workbook.xml.rels")
    }
    return [
        _sheet(_xml(archive, _target(links[str(one.get(_LINK))])), str(one.get("name")), shared)
        for one in _xml(archive, "xl/workbook.xml").iter(f"{_MAIN}sheet")
    ]


def _target(link: str) -> str:
    return link.lstrip("/") if link.startswith("/") else f"xl/{link}"


def _sheet(content: Xml.Element, title: str, shared: list[str]) -> Sheet:
    cells: dict[tuple[int, int], Cell] = {}
    formulas = []
    for one in content.iter(f"{_MAIN}c"):
        place = _PLACE.fullmatch(one.get("r", ""))
        if place is None:
            raise ValueError
        if one.find(f"{_MAIN}f") is not None:
            formulas.append(place[0])
        value = _value(one, shared)
        if value != "":
            cells[int(place[2]) - 1, _column(place[1])] = value
    return Sheet(title=title, cells=cells, formulas=tuple(formulas))


def _value(cell: Xml.Element, shared: list[str]) -> Cell:
    kind, value = cell.get("t", "n"), cell.findtext(f"{_MAIN}v")
    if kind == "inlineStr":
        return "".join(t.text or "" for t in cell.iter(f"{_MAIN}t"))
    if value is None:
        return ""
    if kind == "s":
        number = int(value)
        return shared[number] if 0 <= number < len(shared) else ""
    return float(value) if kind == "n" else value


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1
