"""A printed cell read back as the number that it shows."""

from __future__ import annotations

import re
from dataclasses import dataclass

from balanstest_analysis.document.files import protected_cell
from balanstest_analysis.document.wording import MISSING

NUMBER = r"−?(?:[1-9]\d{0,2}(?:\.\d{3})+|0|[1-9]\d{0,2})(?:,\d+)?%?"
_NUMBER = re.compile(NUMBER)
_SMALL = re.compile(r"(?:0|[1-9]\d{0,2})(?:,\d+)?%?")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A cell of a table file.

    Attributes:
        text: as a CSV file has it, with a decimal comma and without points between thousands;
            empty where the report prints a point.
        number: its value, or None for words and for what is not published.
        number_format: how a workbook shows the number.
        absent: whether the report prints a point here.
    """

    text: str
    number: float | None = None
    number_format: str = ""
    absent: bool = False


def cell_of(printed: str) -> Cell:
    """Return a printed cell as a number where it is one, and as words otherwise.

    Examples:
        >>> cell_of("16,1%").number, cell_of("16,1%").number_format
        (0.161, '0.0%')
        >>> cell_of("12.345").text, cell_of(".").text, cell_of("=1+1").text
        ('12345', '', "'=1+1")
    """
    if not _NUMBER.fullmatch(printed):
        return words_of_cell(printed)
    text = printed.replace(".", "").replace("−", "-")
    plain, percent = text.removesuffix("%"), text.endswith("%")
    decimals = len(plain.partition(",")[2])
    value = float(f"{plain.replace(',', '.')}e-2" if percent else plain.replace(",", "."))
    return Cell(text=text, number=value, number_format=_format(decimals, percent=percent))


def _format(decimals: int, *, percent: bool) -> str:
    whole = "0" if percent else "#,##0"
    return whole + ("." + "0" * decimals if decimals else "") + ("%" if percent else "")


def words_of_cell(printed: str) -> Cell:
    """Return a printed cell as words, whatever it looks like; a point becomes an empty cell."""
    if printed == MISSING:
        return Cell(text="", absent=True)
    return Cell(text=protected_cell(printed))


def year_of(printed: str) -> Cell:
    """Return a year as a number that is shown without a point between thousands."""
    return Cell(text=printed, number=float(printed), number_format="0")


def are_small_numbers(column: tuple[str, ...]) -> bool:
    """Return whether a column is all numbers below a thousand, which no code or version is."""
    return all(printed == MISSING or _SMALL.fullmatch(printed) for printed in column)


def are_years(column: tuple[str, ...]) -> bool:
    """Return whether a column is all years."""
    return all(_YEAR.fullmatch(printed) for printed in column)
