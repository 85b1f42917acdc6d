"""What the reader of workbooks does not tell: cells with errors, hidden rows, and the calendar.

Calamine gives an error such as #N/A as an empty cell (dimastbk/python-calamine, issue 105). So
every sheet is looked through once for these alone, before it is read, by a parser of its format.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

from balanstest_analysis.errors import DataError
from balanstest_analysis.history.files import ods_marks, xls_marks, xlsb_marks, xlsx_marks
from balanstest_analysis.history.files.sheet_marks import BookMarks

_CELLS_AT_MOST: Final = 200_000_000
_READERS: Final[Mapping[str, Callable[[Path], BookMarks]]] = {
    "xlsx": xlsx_marks.marks_of,
    "xlsb": xlsb_marks.marks_of,
    "xls": xls_marks.marks_of,
    "ods": ods_marks.marks_of,
}


def book_marks(file: Path, kind: str) -> BookMarks:
    """Return what is marked in a workbook.

    Args:
        file: the workbook.
        kind: one of `kinds.WORKBOOKS`.

    Raises:
        DataError: it is broken, or would take more memory than any table.
    """
    about = file.stat()
    return _looked_through(file.resolve(), kind, about.st_size, about.st_mtime_ns)


@lru_cache(maxsize=8)
def _looked_through(file: Path, kind: str, _size: int, _changed: int) -> BookMarks:
    found = _READERS[kind](file)
    for sheet in found.sheets:
        if (sheet.last_row + 1) * (sheet.last_column + 1) > _CELLS_AT_MOST:
            raise DataError(
                f"`{file.name}` has a cell in row {sheet.last_row + 1:,}, far from its table. "
                "Clear what stands outside the table, or save it as CSV (UTF-8)."
            )
    return found
