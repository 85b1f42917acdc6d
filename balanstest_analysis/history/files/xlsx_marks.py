"""What is marked in an Excel workbook (.xlsx, .xlsm), whatever way its valid XML is written."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from balanstest_analysis.history.files.packages import (
    Attributes,
    Package,
    attribute,
    is_true,
    local,
    opened_package,
)
from balanstest_analysis.history.files.plain_marks import PlainScan, SpelledOtherwiseError
from balanstest_analysis.history.files.sheet_marks import BookMarks, SheetMarks, column_of

_SHEETS: Final = frozenset({"worksheet", "macrosheet", "xlMacrosheet"})


def marks_of(file: Path) -> BookMarks:
    """Return what is marked in a workbook.

    Raises:
        DataError: it is broken.
    """
    with opened_package(file) as package:
        book = package.main_part("xl/workbook.xml")
        numbers, calendars = list[str](), list[bool]()

        def start(element: str, attributes: Attributes) -> None:
            if local(element) == "sheet":
                numbers.append(attribute(attributes, "id") or "")
            elif local(element) == "workbookPr":
                calendars.append(is_true(attributes.get("date1904")))

        package.walk(book, start)
        related = package.related(book)
        sheets = [_sheet(package, *related.get(number, ("", ""))) for number in numbers]
        return BookMarks(sheets=tuple(sheets), starts_in_1904=any(calendars))


def _sheet(package: Package, kind: str, part: str) -> SheetMarks:
    if kind not in _SHEETS or not package.has(part):
        return SheetMarks()
    try:
        return _scanned(package, part)
    except SpelledOtherwiseError:
        return _parsed(package, part)


def _scanned(package: Package, part: str) -> SheetMarks:
    """Return the marks of a sheet that is well-formed and plainly spelled.

    Raises:
        SpelledOtherwiseError: it is not plainly spelled.
    """
    marks = SheetMarks()
    scan = PlainScan(marks)
    package.walk(part, before=scan.see)
    scan.end()
    return marks


def _parsed(package: Package, part: str) -> SheetMarks:
    marks = SheetMarks()
    reader = _SheetReader(marks)
    package.walk(part, reader.start)
    reader.end_row()
    return marks


class _SheetReader:
    """Follows rows and cells, of which the place may be stated or left out."""

    def __init__(self, marks: SheetMarks) -> None:
        self._marks = marks
        self._row = -1
        self._place, self._further = "", -1

    def start(self, element: str, attributes: Attributes) -> None:
        if element.endswith(" c") or element == "c":  # there are millions: nothing more is called
            place = attributes.get("r")
            if place is None:
                self._further += 1
            else:
                self._place, self._further = place, 0
            if attributes.get("t") == "e":
                self._marks.errors.append((self._row, self._column()))
        elif element.endswith(" row") or element == "row":
            self._start_row(attributes)

    def _start_row(self, attributes: Attributes) -> None:
        self.end_row()
        stated = attributes.get("r")
        self._row = int(stated) - 1 if stated else self._row + 1
        self._place, self._further = "", -1
        if is_true(attributes.get("hidden")):
            self._marks.hide(self._row)

    def end_row(self) -> None:
        if self._place or self._further >= 0:
            self._marks.reach(self._row, self._column())

    def _column(self) -> int:
        return column_of(self._place) + self._further
