"""The files with tables: each CSV file, the workbook and the guide beside what the page prints."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from balanstest_analysis.errors import DataError
from balanstest_analysis.verification.claims.page import Page, single_spaced
from balanstest_analysis.verification.claims.phrase import both, reason_of, value
from balanstest_analysis.verification.findings import Finding
from balanstest_analysis.verification.one_story import differs, told
from balanstest_analysis.verification.parcel import FOLDER, GUIDE, WORKBOOK, Parcel
from balanstest_analysis.verification.tables import (
    lines_of,
    printed_differences,
    sheet_differences,
)
from balanstest_analysis.verification.workbook import Sheet, sheets_of

_TABLE: Final = re.compile(r"tabel-(\d+)-[\w-]*\.csv")
_CONTENTS: Final = re.compile(r"Tabel (\d+)")
_GUIDE_SHEET: Final = "Leeswijzer"
_FILE: Final = both("the file", "het bestand")
_A_TABLE: Final = both("a table", "een tabel")
_MOST_TABLES: Final = 999


class TableFiles:
    """The files with tables of one report.

    Attributes:
        lines: of each CSV file with a table, by its number.
        names: of these files, by the same number.
        guide: lines of the guide.
        sheets: of the workbook, by title.
        faults: files that cannot be read.
    """

    def __init__(self, parcel: Parcel) -> None:
        """Read the files of a parcel, beside the PDF or attached to it."""
        self._folder = "" if parcel.kind == "pdf" else FOLDER
        self.faults: list[Finding] = []
        self.names = {
            int(found[1]): name
            for name in sorted(parcel.files)
            if (found := _TABLE.fullmatch(name.removeprefix(self._folder)))
        }
        self.lines = {number: self._lines(parcel, name) for number, name in self.names.items()}
        self.guide = self._lines(parcel, f"{self._folder}{GUIDE}")
        self.sheets = self._sheets(parcel)

    def _lines(self, parcel: Parcel, name: str) -> list[list[str]]:
        text = parcel.text(name)
        if text is None:
            if name in parcel.files:
                self.faults.append(
                    differs(name, _FILE, both("no text in UTF-8", "geen tekst in UTF-8"), _A_TABLE)
                )
            return []
        try:
            return lines_of(text)
        except DataError as error:
            self.faults.append(differs(name, _FILE, reason_of(error), _A_TABLE))
            return []

    def _sheets(self, parcel: Parcel) -> dict[str, Sheet]:
        if WORKBOOK not in parcel.files:
            return {}
        try:
            return {sheet.title: sheet for sheet in sheets_of(parcel.files[WORKBOOK])}
        except DataError as error:
            self.faults.append(
                differs(WORKBOOK, _FILE, reason_of(error), both("a workbook", "een werkmap"))
            )
            return {}

    @property
    def guide_name(self) -> str:
        """Name of the guide."""
        return f"{self._folder}{GUIDE}"

    @property
    def cells(self) -> int:
        """Number of cells in the CSV files."""
        return sum(len(line) for lines in self.lines.values() for line in lines)


def table_faults(files: TableFiles, page: Page, source: str) -> Iterator[Finding]:
    """Yield where a CSV file, a sheet or the guide says something else than the printed table.

    Args:
        files: of the report.
        page: that prints the tables.
        source: its file.
    """
    yield from files.faults
    numbers = range(1, min(len(page.sheets), _MOST_TABLES) + 1)
    for number in sorted({*files.names} - {*numbers}):
        due = both("no such table: {}", "geen tabel met dat nummer: {}", source)
        yield differs(files.names[number], _FILE, _table(number), due)
    for number in numbers:
        printed = page.sheets[number - 1]
        if number not in files.names:
            due = both("a CSV file with it", "ook een CSV-bestand ervan")
            yield differs(source, _table(number), _A_TABLE, due)
            continue
        lines = files.lines[number]
        yield from told(printed_differences(printed, lines), files.names[number], _table(number))
    if files.sheets:
        yield from _workbook_faults(files, page)
    yield from _guide_faults(files, page)


def _workbook_faults(files: TableFiles, page: Page) -> Iterator[Finding]:
    titles = [_GUIDE_SHEET, *(f"Tabel {number}" for number in range(1, len(page.sheets) + 1))]
    if [*files.sheets] != titles:
        yield differs(
            WORKBOOK, both("the sheets", "de bladen"), ", ".join(files.sheets), ", ".join(titles)
        )
    for number, printed in enumerate(page.sheets, start=1):
        sheet = files.sheets.get(f"Tabel {number}")
        if sheet is None:
            continue
        title = f"Tabel {number}. {_without_number(printed.caption)}"
        found = sheet_differences(sheet, title, files.lines.get(number, []), printed.note)
        yield from told(found, WORKBOOK, sheet.title)
        for place in sheet.formulas:
            where = both("{}, cell {}", "{}, cel {}", sheet.title, place)
            yield differs(
                WORKBOOK, where, both("a formula", "een formule"), both("a value", "een waarde")
            )
    if _GUIDE_SHEET in files.sheets and files.guide:
        yield from _guide_sheet_faults(files, files.sheets[_GUIDE_SHEET])


def _guide_sheet_faults(files: TableFiles, guide: Sheet) -> Iterator[Finding]:
    due = [_joined(line) for line in files.guide[1:]]
    rows = [_joined([str(cell) for cell in guide.row(row)]) for row in range(guide.last_row + 1)]
    found_ = [row for row in rows[1:] if row]
    for one, two in zip([*found_, *[""] * len(due)], due, strict=False):
        if one != two:
            yield differs(
                WORKBOOK,
                _GUIDE_SHEET,
                f"“{one}”",
                both("“{}”, as in {}", "“{}”, zoals in {}", two, GUIDE),
            )
    if len(found_) > len(due):
        yield differs(
            WORKBOOK, _GUIDE_SHEET, both("{} lines", "{} regels", len(found_)), str(len(due))
        )


def _joined(cells: Sequence[str]) -> str:
    return single_spaced(" ".join(cells))


def _guide_faults(files: TableFiles, page: Page) -> Iterator[Finding]:
    """Yield where the guide tells other tables, or other words of the reading guide, than the page.

    Args:
        files: of the report.
        page: that prints the tables.
    """
    due = {}
    for number, printed in enumerate(page.sheets, start=1):
        name = files.names.get(number, "").rpartition("/")[2]
        note = f" {printed.note}" if printed.note else ""
        due[f"Tabel {number}"] = f"{_without_number(printed.caption)} ({name}).{note}"
    due |= {
        one.term: one.text
        for one in page.passages
        if one.kind == "definition" and one.section == "Leeswijzer bij de overzichten"
    }
    due.pop("Figuur", None)
    told_ = {
        single_spaced(line[0]): single_spaced(line[1]) for line in files.guide if len(line) > 1
    }
    if not told_:
        return
    for subject, words in due.items():
        if told_.get(subject) != words:
            found = f"“{told_[subject]}”" if subject in told_ else value(None)
            yield differs(files.guide_name, subject, found, f"“{words}”")
    for subject in told_:
        if _CONTENTS.fullmatch(subject) and subject not in due:
            yield differs(
                files.guide_name,
                subject,
                _A_TABLE,
                both("no such table", "geen tabel met dat nummer"),
            )


def _table(number: int) -> str:
    return both("table {}", "tabel {}", number)


def _without_number(caption: str) -> str:
    return re.sub(r"^\d+ ", "", caption)
