"""Awkward Excel workbooks: sheets as lists of cells, written with the traps of real ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter

HEADER = ["customer_id", "called_at", "net_contact", "converted"]
CALLS: list[list[Any]] = [
    ["001", dt.datetime(2024, 12, 31, 14, 5), True, False],
    ["002", dt.datetime(2025, 1, 2, 9, 30), True, True],
    ["003", dt.datetime(2025, 2, 3, 23, 30), False, False],
    ["004", dt.datetime(2025, 3, 4, 10, 0), True, False],
    ["001", dt.datetime(2025, 4, 5, 11, 15), True, False],
]
FIRST_DAY = dt.datetime(1899, 12, 30)
Sheets = Mapping[str, Sequence[Sequence[Any]]]


@dataclass(frozen=True)
class Formula:
    """A formula with the value that was computed when the workbook was saved."""

    text: str
    value: Any


@dataclass(frozen=True)
class Merged:
    """A cell merged with those to its right."""

    text: str
    width: int


@dataclass(frozen=True, kw_only=True)
class Workbook:
    """One workbook and what must become of it; see `awkward_exports.Export`."""

    name: str
    sheets: Sheets
    calls: str = ""
    refused: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()


def write_workbook(path: Path, sheets: Sheets) -> None:
    """Write sheets of cells; a sheet whose name starts with ``_`` is hidden."""
    with xlsxwriter.Workbook(str(path)) as book:
        moment = book.add_format({"num_format": "dd-mm-yyyy hh:mm"})
        for name, table in sheets.items():
            sheet = book.add_worksheet(name)
            if name.startswith("_"):
                sheet.hide()
            for at, row in enumerate(table):
                for column, cell in enumerate(row):
                    _write(sheet, at, column, cell, moment)


def _write(sheet: Any, row: int, column: int, cell: Any, moment: Any) -> None:
    if isinstance(cell, Formula):
        sheet.write_formula(row, column, cell.text, None, cell.value)
    elif isinstance(cell, Merged):
        sheet.merge_range(row, column, row, column + cell.width - 1, cell.text)
    elif isinstance(cell, dt.datetime):
        sheet.write_datetime(row, column, cell, moment)
    elif isinstance(cell, str):
        sheet.write_string(row, column, cell)
    elif cell is not None:
        sheet.write(row, column, cell)


def _serial(moment: dt.datetime) -> float:
    return (moment - FIRST_DAY) / dt.timedelta(days=1)


PLAIN = [HEADER, *CALLS]
SERIALS = [HEADER, *([row[0], _serial(row[1]), *row[2:]] for row in CALLS)]
DUTCH = [
    HEADER,
    *(
        [row[0], f"{row[1]:%d-%m-%Y %H:%M}", "ja" if row[2] else "nee", "ja" if row[3] else "nee"]
        for row in CALLS
    ),
]
FORMULAS = [HEADER, *([*row[:2], Formula("=1=1", row[2]), row[3]] for row in CALLS)]
COUNTED = [HEADER, *([*row[:2], int(row[2]), int(row[3])] for row in CALLS)]
TITLE = [[Merged("Overzicht belpogingen", 4)], [], ["gemaakt op", dt.datetime(2026, 10, 1)]]

WORKBOOKS = (
    Workbook(name="a workbook", sheets={"Blad1": PLAIN}),
    Workbook(name="a workbook with days as numbers", sheets={"Blad1": SERIALS}),
    Workbook(name="a workbook with everything as text", sheets={"Blad1": DUTCH}),
    Workbook(name="a workbook with flags as numbers", sheets={"Blad1": COUNTED}),
    Workbook(name="a workbook with a title", sheets={"Blad1": [*TITLE, *PLAIN]}),
    Workbook(
        name="a workbook with merged headers above",
        sheets={"Blad1": [[Merged("Klant", 2), None, Merged("Uitkomst", 2)], *PLAIN]},
    ),
    Workbook(
        name="a workbook with the names in two rows",
        sheets={"Blad1": [[*HEADER[:2], Merged("Uitkomst", 2)], [None, None, *HEADER[2:]], *CALLS]},
        refused=("has its column names in two rows, 1 and 2. Put them all in one row.",),
    ),
    Workbook(name="a workbook with formulas", sheets={"Blad1": FORMULAS}),
    Workbook(
        name="a workbook with formulas that were never computed",
        sheets={"Blad1": [HEADER, *([*row[:2], Formula("=A2", ""), row[3]] for row in CALLS)]},
        refused=("row 2: `net_contact` is empty",),
    ),
    Workbook(
        name="a workbook with an error in a cell",
        sheets={"Blad1": [*PLAIN, ["001", Formula("=1/0", "#DIV/0!"), False, False]]},
        refused=("row 7: `called_at` is an error of Excel",),
    ),
    Workbook(
        name="a workbook with the table on one of its sheets",
        sheets={"Toelichting": [["Lees mij"]], "Data": PLAIN, "Blad3": []},
    ),
    Workbook(
        name="a workbook with the table on two sheets",
        sheets={"2024": PLAIN, "2025": PLAIN},
        refused=("more than one sheet with", "'2024', '2025'"),
    ),
    Workbook(
        name="a workbook with the table on two sheets, stated",
        sheets={"2024": [HEADER], "2025": PLAIN},
        calls='sheet = "2025"',
    ),
    Workbook(
        name="a workbook without the sheet that is stated",
        sheets={"Blad1": PLAIN},
        calls='sheet = "Blad2"',
        refused=("has no sheet 'Blad2'", "'Blad1'"),
    ),
    Workbook(
        name="a workbook with the table on none of its sheets",
        sheets={"Blad1": [["a"]], "Blad2": [["b"]]},
        refused=("no sheet with the columns", "'Blad1', 'Blad2'"),
    ),
    Workbook(
        name="a workbook with years where days should be",
        sheets={"Blad1": [HEADER, *([row[0], row[1].year, *row[2:]] for row in CALLS)]},
        refused=("row 2: `called_at` is '2024'",),
    ),
    Workbook(
        name="a workbook with keys that Excel has rounded",
        sheets={"Blad1": [HEADER, *([1234567890123456, *row[1:]] for row in CALLS)]},
        refused=("of which Excel keeps only 15",),
    ),
    Workbook(
        name="a workbook with the same column twice",
        sheets={"Blad1": [[*HEADER, HEADER[3]], *([*row, row[3]] for row in CALLS)]},
        refused=("more than one column `converted`",),
    ),
    Workbook(
        name="a workbook with blank rows",
        sheets={"Blad1": [HEADER, *([cell for row in CALLS for cell in (row, [])])]},
    ),
    Workbook(name="an empty workbook", sheets={"Blad1": []}, refused=("row 1 is empty",)),
    Workbook(
        name="a workbook that is an old page of text",
        sheets={},
        refused=("has no column", "found are"),
    ),
)[:-1]
