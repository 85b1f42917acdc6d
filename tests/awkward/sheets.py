"""Workbooks: errors in cells, hidden rows, and several sheets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from tests.awkward.export import (
    EVENT_HEADER,
    EVENTS,
    HEADER,
    PLAIN,
    Export,
    Write,
    all_of,
    event_rows,
    rows,
    text,
)
from tests.awkward_workbooks import write_workbook
from tests.workbook_formats import WRITERS, Error, Spelling, write_xlsx

ERRORS, HIDDEN = "xlsx-errors-other-spelling", "hidden-rows"

TABLE = rows()


def _sheet(write: Callable[..., None], name: str, table: Sequence[Any], **options: Any) -> Write:
    return lambda folder: write(folder / name, table, **options)


def _events(write: Callable[..., None], table: Sequence[Any], *options: Any) -> Write:
    return all_of(text(PLAIN), lambda folder: write(folder / "events.csv", table, *options))


def _ends(*ends: Any) -> list[list[Any]]:
    table = [[*row, end] for row, end in zip(event_rows()[1:], ends, strict=True)]
    return [[*EVENT_HEADER, "ends_on"], *table]


def _with_error(column: int, row: int = 2) -> list[list[Any]]:
    table = [list(row) for row in TABLE]
    table[row][column] = Error()
    return table


def _formatted(*cells: str) -> Write:
    """Return what writes a workbook in which errors of these names are the results of formulas."""

    def write(folder: Path) -> None:
        with xlsxwriter.Workbook(str(folder / "events.csv")) as book:
            sheet = book.add_worksheet("Giften")
            sheet.write_row(0, 0, [*EVENT_HEADER, "ends_on"])
            for at, (row, cell) in enumerate(zip(EVENTS, cells, strict=True), start=1):
                sheet.write_row(at, 0, row)
                if cell.startswith("#"):
                    sheet.write_formula(at, 3, "=VLOOKUP(A1,B:C,2,0)", None, cell)
                elif cell:
                    sheet.write_string(at, 3, cell)

    return all_of(text(PLAIN), write)


SPELLINGS = {
    "a prefix of another letter": Spelling(prefix="q1:"),
    "single quotes and a remark in front": Spelling(quote="'", start="<!-- gemaakt -->"),
    "no places of cells": Spelling(places=False, prefix="main:"),
    "its parts in another folder": Spelling(folder="inhoud", shared=True),
}

ENDS = ("2024-01-31", "2024-07-01", Error(), None)


def _hiding(hide: Callable[[Any], None]) -> Write:
    def write(folder: Path) -> None:
        with xlsxwriter.Workbook(str(folder / "calls.xlsx")) as book:
            sheet = book.add_worksheet("Bellen")
            for at, row in enumerate(TABLE):
                sheet.write_row(at, 0, row)
            hide(sheet)

    return write


def _filter(sheet: Any) -> None:
    sheet.autofilter(0, 0, len(TABLE) - 1, 3)
    sheet.filter_column(2, "x == true")
    sheet.set_row(3, options={"hidden": True})


def _outline(sheet: Any) -> None:
    for at in (2, 3):
        sheet.set_row(at, options={"level": 1, "hidden": True})
    sheet.set_row(4, options={"collapsed": True})


EXPORTS = (
    *(
        Export(
            name=f"an error as the end of a contract, in .{kind}",
            kind=ERRORS,
            write=_events(write, _ends(*ENDS)),
            refused=("`events.csv` row 4: `ends_on` is an error of Excel",),
        )
        for kind, write in WRITERS.items()
    ),
    *(
        Export(
            name=f"an error as the end of a contract, written with {name}",
            kind=ERRORS,
            write=_events(write_xlsx, _ends(*ENDS), spelling),
            refused=("`events.csv` row 4: `ends_on` is an error of Excel",),
        )
        for name, spelling in SPELLINGS.items()
    ),
    *(
        Export(
            name=f"an error for `{HEADER[column]}`",
            kind=ERRORS,
            write=_sheet(write_xlsx, "calls.xlsx", _with_error(column)),
            suffix="xlsx",
            refused=(f"row 3: `{HEADER[column]}`", "error of Excel"),
        )
        for column in range(1, 4)
    ),
    Export(
        name="an error for the customer of a call",
        kind=ERRORS,
        write=_sheet(write_xlsx, "calls.xlsx", _with_error(0)),
        suffix="xlsx",
        refused=("row 3: `customer_id`", "error of Excel"),
    ),
    Export(
        name="errors in a column of which nothing is asked",
        kind=ERRORS,
        write=_sheet(
            write_xlsx, "calls.xlsx", [[*TABLE[0], "regio"], *([*r, Error()] for r in TABLE[1:])]
        ),
        suffix="xlsx",
    ),
    *(
        Export(
            name=f"the formula of an end that comes out as {error}",
            kind=ERRORS,
            write=_formatted("2024-01-31", error, "2024-03-01", ""),
            refused=("`events.csv` row 3: `ends_on` is an error of Excel",),
        )
        for error in ("#N/A", "#REF!", "#VALUE!", "#NAME?")
    ),
    *(
        Export(
            name=f"rows hidden in .{kind}",
            kind=HIDDEN,
            write=_sheet(write, f"calls.{kind}", TABLE, hidden=[2, 3]),
            suffix=kind,
            findings=("hidden_rows",),
        )
        for kind, write in WRITERS.items()
    ),
    Export(
        name="rows hidden by a filter",
        kind=HIDDEN,
        write=_hiding(_filter),
        suffix="xlsx",
        findings=("hidden_rows",),
    ),
    Export(
        name="rows folded away in a group",
        kind=HIDDEN,
        write=_hiding(_outline),
        suffix="xlsx",
        findings=("hidden_rows",),
    ),
    Export(
        name="a filter that hides nothing",
        kind=HIDDEN,
        write=_hiding(lambda sheet: sheet.autofilter(0, 0, 5, 3)),
        suffix="xlsx",
    ),
    Export(
        name="columns that are hidden",
        kind=HIDDEN,
        write=_hiding(lambda sheet: sheet.set_column(2, 3, options={"hidden": True})),
        suffix="xlsx",
    ),
    Export(
        name="the table on a hidden sheet, beside a pivot",
        kind=HIDDEN,
        write=lambda folder: write_workbook(
            folder / "calls.xlsx", {"Draai": [["maand", "aantal"], ["jan", 3]], "_Data": TABLE}
        ),
        suffix="xlsx",
        findings=("sheets_not_used",),
    ),
    Export(
        name="two sheets, of which one is stated",
        kind="folder-skips-files",
        write=lambda folder: write_workbook(
            folder / "calls.xlsx", {"2024": TABLE[:3], "2025": [TABLE[0], *TABLE[3:]]}
        ),
        suffix="xlsx",
        calls='sheet = "2024"',
        months={12: (1, 0), 6: (1, 1)},
        findings=("sheets_not_used",),
    ),
    Export(
        name="two sheets, both stated",
        kind="folder-skips-files",
        write=lambda folder: write_workbook(
            folder / "calls.xlsx", {"2024": TABLE[:3], "2025": [TABLE[0], *TABLE[3:]]}
        ),
        data='[[data.calls]]\npath = "calls.xlsx"\nsheet = "2024"\n'
        '[[data.calls]]\npath = "calls.xlsx"\nsheet = "2025"\n[data.events]\npath = "events.csv"',
    ),
)
