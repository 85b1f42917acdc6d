"""What is marked in an OpenDocument workbook (.ods): its XML repeats rows and cells by number."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from balanstest_analysis.history.files.packages import (
    Attributes,
    attribute,
    local,
    opened_package,
)
from balanstest_analysis.history.files.sheet_marks import BookMarks, SheetMarks

_CELLS: Final = frozenset({"table-cell", "covered-table-cell"})
_ERROR: Final = re.compile(r"#(N/[A-Z]+|[A-Z0-9/]+[!?])|Err:\d+", re.IGNORECASE)


def marks_of(file: Path) -> BookMarks:
    """Return what is marked in a workbook.

    Raises:
        DataError: it is broken.
    """
    reader = _ContentReader()
    with opened_package(file) as package:
        package.walk("content.xml", reader.start, reader.end, reader.text)
    return BookMarks(sheets=tuple(reader.sheets))


class _ContentReader:
    """Follows the sheets; an error is a cell that says so, or a formula that shows one."""

    def __init__(self) -> None:
        self.sheets: list[SheetMarks] = []
        self._depth = 0
        self._row, self._rows = 0, 1
        self._column, self._columns = 0, 1
        self._is_error, self._has_formula, self._filled = False, False, False
        self._text: list[str] = []

    def start(self, name: str, attributes: Attributes) -> None:
        element = local(name)
        if element == "table":
            self._depth += 1
            if self._depth == 1:
                self.sheets.append(SheetMarks())
                self._row, self._rows = 0, 0
        elif self._depth == 1 and element == "table-row":
            self._start_row(attributes)
        elif self._depth == 1 and element in _CELLS:
            self._start_cell(attributes)

    def end(self, name: str) -> None:
        element = local(name)
        if element == "table":
            self._depth -= 1
        elif self._depth == 1 and element in _CELLS:
            self._end_cell()

    def text(self, text: str) -> None:
        if self._has_formula and len(self._text) < 16:
            self._text.append(text)

    def _start_row(self, attributes: Attributes) -> None:
        self._row += self._rows
        self._rows = _times(attributes, "number-rows-repeated")
        self._column, self._columns = 0, 0
        if attribute(attributes, "visibility") in {"filter", "collapse"}:
            self.sheets[-1].hide(self._row, self._rows)

    def _start_cell(self, attributes: Attributes) -> None:
        self._column += self._columns
        self._columns = _times(attributes, "number-columns-repeated")
        kinds = [text for key, text in attributes.items() if key.endswith("value-type")]
        self._filled, self._is_error = bool(kinds), "error" in kinds
        self._has_formula, self._text = attribute(attributes, "formula") is not None, []

    def _end_cell(self) -> None:
        if self._filled:
            last = self._column + self._columns - 1
            self.sheets[-1].reach(self._row + self._rows - 1, last)
        if self._is_error or _ERROR.fullmatch("".join(self._text).strip()):
            self.sheets[-1].errors.append((self._row, self._column))
        self._has_formula = False


def _times(attributes: Attributes, name: str) -> int:
    return max(int(attribute(attributes, name) or 1), 1)
