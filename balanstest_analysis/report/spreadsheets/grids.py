"""A printed table laid out for a spreadsheet: one number per cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from balanstest_analysis.document.blocks import Table
from balanstest_analysis.document.files import protected_cell
from balanstest_analysis.document.wording import MISSING
from balanstest_analysis.report.spreadsheets.cells import (
    NUMBER,
    Cell,
    are_small_numbers,
    are_years,
    cell_of,
    words_of_cell,
    year_of,
)

_INTERVAL = re.compile(rf"(?:({NUMBER}) )?tot ({NUMBER})")
_BRACKETED = re.compile(rf"({NUMBER})(?: \(({NUMBER})\))?")
_ABSENT = {MISSING, "–"}
Column = tuple[str, tuple[Cell, ...]]


@dataclass(frozen=True, kw_only=True)
class Grid:
    """The cells of a table file.

    Attributes:
        columns: headings.
        rows: cells, as many in each row as there are headings.
        emphasised: numbers of the rows that stand out.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    emphasised: tuple[int, ...] = ()

    @property
    def has_absent_numbers(self) -> bool:
        """Whether a cell is empty because the report prints a point there."""
        return any(cell.absent for row in self.rows for cell in row)


def grid_of(table: Table) -> Grid:
    """Return a table's cells, with intervals and bracketed numbers in columns of their own.

    Examples:
        >>> table = Table(columns=("Maand", "Interval"), rows=(("0", "1% tot 2%"),), caption="-")
        >>> grid_of(table).columns
        ('Maand', 'Interval, van', 'Interval, tot')
    """
    columns = [column for index in range(len(table.columns)) for column in _columns(table, index)]
    cells = [cells for _, cells in columns]
    return Grid(
        columns=tuple(protected_cell(head) for head, _ in columns),
        rows=tuple(zip(*cells, strict=True)),
        emphasised=table.emphasise,
    )


def _columns(table: Table, index: int) -> Iterator[Column]:
    head, printed = table.columns[index], tuple(row[index] for row in table.rows)
    for pattern, heads in (
        (_INTERVAL, (f"{head}, van", f"{head}, tot")),
        (_BRACKETED, (head, f"{head}, tussen haakjes")),
    ):
        if _all_of_form(pattern, printed):
            parts = [_parts(pattern, text) for text in printed]
            yield from zip(heads, zip(*parts, strict=True), strict=True)
            return
    yield head, _cells(printed, numeric=table.alignment[index] == "r")


def _all_of_form(pattern: re.Pattern[str], printed: tuple[str, ...]) -> bool:
    """Return whether all cells are of one form, and one at least has both of its parts."""
    found = [pattern.fullmatch(text) for text in printed if text not in _ABSENT]
    return all(found) and any(match and all(match.groups()) for match in found)


def _parts(pattern: re.Pattern[str], text: str) -> tuple[Cell, Cell]:
    match = pattern.fullmatch(text)
    if match is None:
        return words_of_cell(text), words_of_cell(text)
    first, second = (cell_of(part or MISSING) for part in match.groups())
    return first, second


def _cells(printed: tuple[str, ...], *, numeric: bool) -> tuple[Cell, ...]:
    """Words stay words: in a column of words a cell that looks like a number is a name."""
    if are_years(printed):
        return tuple(map(year_of, printed))
    if numeric or are_small_numbers(printed):
        return tuple(map(cell_of, printed))
    return tuple(map(words_of_cell, printed))
