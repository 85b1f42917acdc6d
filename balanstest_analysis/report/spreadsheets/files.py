"""Which files there are, and what is in each."""

from __future__ import annotations

import csv
import datetime as dt
import io
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from balanstest_analysis.document.blocks import Table
from balanstest_analysis.document.blocks.inline import anchor_of
from balanstest_analysis.document.files import protected_cell
from balanstest_analysis.report.spreadsheets.grids import Grid, grid_of
from balanstest_analysis.report.spreadsheets.guide import About, guide_lines
from balanstest_analysis.report.spreadsheets.workbook import Sheet, workbook

WORKBOOK = "tabellen.xlsx"
FOLDER = "tabellen"
GUIDE = f"{FOLDER}/leeswijzer.csv"
_GUIDE_HEAD = ("Onderwerp", "Uitleg")
_LONGEST_NAME = 40


@dataclass(frozen=True, kw_only=True)
class TableFile:
    """One file.

    Attributes:
        path: relative to the run directory.
        description: what is in it, in Dutch.
        content: the bytes; the same tables give the same bytes.
    """

    path: str
    description: str
    content: bytes


def table_files(tables: Sequence[Table], about: About, day: dt.date) -> tuple[TableFile, ...]:
    """Return the workbook, the guide and one CSV file per table; nothing without tables.

    Args:
        tables: as printed, in the order of their numbers.
        about: of the report, for the guide.
        day: the date inside the workbook.
    """
    if not tables:
        return ()
    named = tuple((_name(number, table), table) for number, table in enumerate(tables, start=1))
    guide = [(protected_cell(key), protected_cell(text)) for key, text in guide_lines(about, named)]
    grids = [grid_of(table) for table in tables]
    sheets = [
        Sheet(title=f"Tabel {number}", table=table, grid=grid)
        for number, (table, grid) in enumerate(zip(tables, grids, strict=True), start=1)
    ]
    return (
        TableFile(
            path=WORKBOOK,
            description="Alle tabellen van dit rapport (Excel-werkmap)",
            content=workbook(guide, sheets, day),
        ),
        TableFile(
            path=GUIDE,
            description="Leeswijzer bij de tabellen (CSV)",
            content=_csv((_GUIDE_HEAD, *guide)),
        ),
        *(
            TableFile(
                path=f"{FOLDER}/{name}",
                description=f"Tabel {number}. {table.caption} (CSV)",
                content=_csv(_lines(grid)),
            )
            for number, ((name, table), grid) in enumerate(zip(named, grids, strict=True), start=1)
        ),
    )


def _name(number: int, table: Table) -> str:
    plain = unicodedata.normalize("NFKD", table.caption).encode("ascii", "ignore").decode()
    words = anchor_of(plain)
    if len(words) > _LONGEST_NAME:
        words = words[:_LONGEST_NAME].rpartition("-")[0] or words[:_LONGEST_NAME]
    return f"tabel-{number:02}-{words}.csv"


def _lines(grid: Grid) -> Iterable[Sequence[str]]:
    yield grid.columns
    for row in grid.rows:
        yield [cell.text for cell in row]


def _csv(lines: Iterable[Sequence[str]]) -> bytes:
    """A Dutch Excel takes the semicolon and the decimal comma, and UTF-8 by its first mark."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(lines)
    return text.getvalue().encode("utf-8-sig")
