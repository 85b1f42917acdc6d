"""The workbook: a guide in front, and a sheet per table with its heading in view."""

from __future__ import annotations

import datetime as dt
import io
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from balanstest_analysis.document.blocks import Table
from balanstest_analysis.document.blocks.plain import words_of
from balanstest_analysis.document.files import protected_cell
from balanstest_analysis.report.spreadsheets.cells import Cell
from balanstest_analysis.report.spreadsheets.grids import Grid
from balanstest_analysis.report.spreadsheets.guide import EMPTY_CELL

_INK, _ACCENT, _MUTED, _TINT = "#1C2530", "#174A72", "#55606E", "#F2F5F8"
_TITLE = "Tabellen bij de onderbouwing van de klanttermijn"
_HEAD_ROW = 1
_WIDEST, _NARROWEST = 60, 9
_LINE = 110

Properties: TypeAlias = dict[str, str | int]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A table with its number and its cells."""

    title: str
    table: Table
    grid: Grid


@dataclass(kw_only=True)
class _Formats:
    """The formats of one workbook, each made once."""

    book: xlsxwriter.Workbook
    made: dict[tuple[tuple[str, str | int], ...], Format] = field(default_factory=dict)

    def of(self, **properties: str | int) -> Format:
        key = tuple(sorted(properties.items()))
        if key not in self.made:
            plain = {"font_name": "Calibri", "font_size": 11, "font_color": _INK, "valign": "top"}
            self.made[key] = self.book.add_format(plain | properties)
        return self.made[key]


def workbook(guide: Sequence[tuple[str, str]], sheets: Sequence[Sheet], day: dt.date) -> bytes:
    """Return an Excel workbook; the same tables and day give the same bytes.

    Args:
        guide: subject and explanation, for the first sheet.
        sheets: one per table.
        day: written as the day of creation.
    """
    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, options) as book:
        noon = dt.datetime.combine(day, dt.time(12))
        book.set_properties({"title": _TITLE, "created": noon})
        formats = _Formats(book=book)
        _write_guide(book.add_worksheet("Leeswijzer"), guide, formats)
        for sheet in sheets:
            _write_sheet(book.add_worksheet(sheet.title), sheet, formats)
    return content.getvalue()


def _write_guide(page: Worksheet, guide: Sequence[tuple[str, str]], formats: _Formats) -> None:
    page.write_string(0, 0, _TITLE, _title(formats))
    page.set_column(0, 0, 24)
    page.set_column(1, 1, 95)
    for row, (subject, words) in enumerate(guide, start=2):
        page.write_string(row, 0, subject, formats.of(bold=True))
        page.write_string(row, 1, words, formats.of(text_wrap=True))
    page.freeze_panes(1, 0)
    _print_on_a4(page)


def _write_sheet(page: Worksheet, sheet: Sheet, formats: _Formats) -> None:
    grid = sheet.grid
    page.write_string(0, 0, f"{sheet.title}. {sheet.table.caption}", _title(formats))
    for column, head in enumerate(grid.columns):
        page.write_string(_HEAD_ROW, column, head, _head(formats))
        page.set_column(column, column, _width(grid, column))
    for row, cells in enumerate(grid.rows):
        shade: Properties = {"bold": True, "bg_color": _TINT} if row in grid.emphasised else {}
        for column, cell in enumerate(cells):
            _write_cell(page, _HEAD_ROW + 1 + row, column, cell, formats, shade)
    _write_notes(page, sheet, formats)
    page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    page.freeze_panes(_HEAD_ROW + 1, 1)
    page.repeat_rows(0, _HEAD_ROW)
    page.set_landscape()
    _print_on_a4(page)


def _write_cell(
    page: Worksheet,
    row: int,
    column: int,
    cell: Cell,
    formats: _Formats,
    shade: Properties,
) -> None:
    if cell.number is not None:
        style = formats.of(num_format=cell.number_format, **shade)
        page.write_number(row, column, cell.number, style)
    elif cell.text:
        page.write_string(row, column, cell.text, formats.of(text_wrap=True, **shade))
    else:
        page.write_blank(row, column, None, formats.of(**shade))


def _write_notes(page: Worksheet, sheet: Sheet, formats: _Formats) -> None:
    """Notes stand below the table, folded by hand, for a cell that wraps would widen a column."""
    notes = [words_of(sheet.table.note)] if sheet.table.note else []
    notes += [EMPTY_CELL] if sheet.grid.has_absent_numbers else []
    lines = [line for note in notes for line in textwrap.wrap(note, _LINE)]
    style = formats.of(font_color=_MUTED, font_size=10)
    for row, line in enumerate(lines, start=_HEAD_ROW + len(sheet.grid.rows) + 2):
        page.write_string(row, 0, protected_cell(line), style)


def _title(formats: _Formats) -> Format:
    return formats.of(bold=True, font_size=13, font_color=_ACCENT)


def _head(formats: _Formats) -> Format:
    return formats.of(bold=True, text_wrap=True, bottom=1, valign="bottom")


def _width(grid: Grid, column: int) -> int:
    """Return the width of a column in characters; a heading folds at its words."""
    words = max(map(len, grid.columns[column].split()), default=0)
    longest = max((len(row[column].text) for row in grid.rows), default=0)
    return min(_WIDEST, max(_NARROWEST, words, longest) + 2)


def _print_on_a4(page: Worksheet) -> None:
    page.set_paper(9)
    page.fit_to_pages(1, 0)
