"""Workbooks of Excel, with the traps of real ones."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.awkward.export import Export
from tests.awkward_workbooks import WORKBOOKS, Sheets, write_workbook

KIND = "workbooks"


def _writer(sheets: Sheets) -> Callable[[Path], None]:
    return lambda folder: write_workbook(folder / "calls.xlsx", sheets)


EXPORTS = tuple(
    Export(
        name=book.name,
        kind=KIND,
        suffix="xlsx",
        calls=book.calls,
        refused=book.refused,
        findings=book.findings,
        write=_writer(book.sheets),
    )
    for book in WORKBOOKS
)
