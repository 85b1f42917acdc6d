"""Printed tables beside the same tables as CSV and as sheets of a workbook, cell by cell."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from balanstest_analysis.errors import DataError
from balanstest_analysis.verification.claims.page import Sheet as Printed
from balanstest_analysis.verification.claims.page import single_spaced
from balanstest_analysis.verification.claims.phrase import Phrase, both
from balanstest_analysis.verification.findings import Finding
from balanstest_analysis.verification.workbook import Cell, Sheet

_FROM, _TO, _BRACKETED = ", van", ", tot", ", tussen haakjes"
_NUMBER: Final = re.compile(r"-?\d+(?:,\d+)?%?")
_CLOSE: Final = 1e-9
_MOST_LINES: Final = 200_000
_NO_CSV: Final = both(
    "it is no CSV file as a report has them", "een CSV-bestand dat anders is opgebouwd"
)
_TOO_LONG: Final = both(
    "it has more lines than any table of a report", "meer regels dan een tabel van een rapport"
)
_EMPTY: Final = "Een lege cel staat voor de punt in het rapport"


@dataclass(frozen=True, kw_only=True)
class Difference:
    """Where two tables differ.

    Attributes:
        place: row and column.
        found: in the one that is looked at.
        expected: what the other has.
    """

    place: str
    found: str
    expected: str

    def finding(self, file: str, table: str) -> Finding:
        """Return the difference as a finding about a file."""
        return Finding(
            level="one_story",
            code="differs",
            file=file,
            place=both("{}, {}", "{}, {}", table, self.place),
            found=Phrase(repr(self.found), f"‘{self.found}’"),
            expected=Phrase(repr(self.expected), f"‘{self.expected}’"),
        )


def lines_of(text: str) -> list[list[str]]:
    """Return the cells of a CSV file of ours.

    Raises:
        DataError: it is not written as ours are, or has no end.
    """
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True))
    except csv.Error:
        raise DataError(_NO_CSV) from None
    if len(lines) > _MOST_LINES:
        raise DataError(_TOO_LONG)
    return lines


def printed_differences(printed: Printed, lines: Sequence[Sequence[str]]) -> Iterator[Difference]:
    """Yield where a CSV file says something else than the printed table.

    Args:
        printed: as the page has it.
        lines: of the file, the heads first.
    """
    heads = [single_spaced(head) for head in (lines[0] if lines else ())]
    groups = _groups(printed.columns, heads)
    if groups is None:
        yield Difference(
            place=both("heads", "koppen"),
            found="; ".join(heads),
            expected="; ".join(printed.columns),
        )
        return
    if len(lines) - 1 != len(printed.rows):
        found, expected = str(len(lines) - 1), str(len(printed.rows))
        yield Difference(
            place=both("number of rows", "aantal rijen"), found=found, expected=expected
        )
        return
    for number, (line, row) in enumerate(zip(lines[1:], printed.rows, strict=True), start=1):
        if len(line) != len(heads) or len(row) != len(printed.columns):
            place = both("number of cells in row {}", "aantal cellen van rij {}", number)
            yield Difference(place=place, found=str(len(line)), expected=str(len(row)))
            continue
        for head, group, cell in zip(printed.columns, groups, row, strict=True):
            parts = tuple(line[column] for column in group)
            if not _same(cell, parts):
                place = both(
                    "row {} ({}), column {}", "rij {} ({}), kolom {}", number, row[0], head
                )
                yield Difference(place=place, found=" ".join(parts), expected=cell)


def _groups(printed: Sequence[str], heads: Sequence[str]) -> list[list[int]] | None:
    """Return for every printed column the columns of the file that hold it, or None."""
    groups, at = [], 0
    for head in printed:
        here, after = heads[at : at + 2], at + 1
        plain = [_unprotected(one) for one in here]
        if plain in ([head + _FROM, head + _TO], [head, head + _BRACKETED]):
            after = at + 2
        elif plain[:1] != [head]:
            return None
        groups.append([*range(at, after)])
        at = after
    return groups if at == len(heads) else None


def _same(printed: str, found: Sequence[str]) -> bool:
    if len(found) == 1:
        return _one(printed, single_spaced(found[0]))
    parts = [_shown(one) for one in found]
    forms = {f"{parts[0]} tot {parts[1]}", f"{parts[0]} ({parts[1]})"}
    if not parts[0]:
        forms |= {f"tot {parts[1]}"}
    if not parts[1]:
        forms |= {parts[0]}
    if not any(parts) or set(parts) == {"–"}:
        forms |= {".", "–"}
    return printed in forms or _plain(printed) in set(map(_plain, forms))


def _one(printed: str, found: str) -> bool:
    if found == "":
        return printed in {"", "."}
    return printed == _unprotected(found) or _plain(printed) == found


def _shown(found: str) -> str:
    return _unprotected(single_spaced(found))


def _plain(printed: str) -> str:
    """Return a printed number without points between thousands, with the sign of a file."""
    text = printed.replace("−", "-")
    return re.sub(r"(?<=\d)\.(?=\d{3}(?!\d))", "", text)


def _unprotected(found: str) -> str:
    """Return words without the sign that keeps a spreadsheet from reading them as a formula."""
    return found[1:] if found.startswith("'") and found[1:2] in set("=+-@|%\t\r") else found


def sheet_differences(
    sheet: Sheet, title: str, lines: Sequence[Sequence[str]], notes: str
) -> Iterator[Difference]:
    """Yield where a sheet of the workbook says something else than its CSV file and caption.

    Args:
        sheet: of the workbook.
        title: that stands above it.
        lines: of the CSV file, the heads first.
        notes: what stands below the printed table.
    """
    above = single_spaced(" ".join(map(str, sheet.row(0))))
    if above != title:
        yield Difference(place=both("title", "titel"), found=above, expected=title)
    for number, line in enumerate(lines):
        row = sheet.row(number + 1)
        width = max(len(row), len(line))
        padded = [*row, *[""] * (width - len(row))]
        for column, (found, due) in enumerate(
            zip(padded, [*line, *[""] * (width - len(line))], strict=True)
        ):
            if not _same_value(found, due):
                place = both("row {}, column {}", "rij {}, kolom {}", number, column + 1)
                yield Difference(place=place, found=str(found), expected=due)
    below = [sheet.row(row) for row in range(len(lines) + 1, sheet.last_row + 1)]
    said = single_spaced(" ".join(str(cell) for row in below for cell in row))
    said = single_spaced(said.partition(_EMPTY)[0])
    if _unspaced(said) != _unspaced(notes):  # a sheet folds its notes, at hyphens too
        yield Difference(place=both("notes", "noten"), found=said, expected=notes)


def _unspaced(text: str) -> str:
    return "".join(_unprotected(text).split())


def _same_value(found: Cell, due: str) -> bool:
    if isinstance(found, str):
        return single_spaced(found) == single_spaced(due)
    number = number_of(due)
    return number is not None and abs(found - number) <= _CLOSE * max(1.0, abs(number))


def number_of(text: str) -> float | None:
    """Return a number as a CSV file writes it, or None of what is none.

    Examples:
        >>> number_of("12,5%"), number_of("-3"), number_of("drie")
        (0.125, -3.0, None)
    """
    if not _NUMBER.fullmatch(text):
        return None
    number = float(text.removesuffix("%").replace(",", "."))
    return number / 100 if text.endswith("%") else number
