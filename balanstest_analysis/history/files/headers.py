"""How a file is laid out: encoding, separator, and the row that holds the column names."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from pathlib import Path

from balanstest_analysis.document.opening import opened_text
from balanstest_analysis.errors import DataError, Problems
from balanstest_analysis.history.columns.column_names import is_known
from balanstest_analysis.history.columns.columns import Request
from balanstest_analysis.history.columns.privacy import is_personal_name
from balanstest_analysis.history.files.encodings import CODECS, encoding_of
from balanstest_analysis.history.files.evenness import is_uneven
from balanstest_analysis.history.files.line_ends import refuse_odd_ends

DELIMITERS = (",", ";", "\t", "|")
ROWS_SEARCHED = 25
COLUMNS_AT_MOST = 16_384  # as many as a sheet of Excel has
_SHOWN_COLUMNS = 30
_YEAR = r"(?:19|20)\d\d(?!\d)"
_NOT_A_NAME = re.compile(
    rf"(?<!\d)(?!{_YEAR})\d{{3,}}|@|\d{{4}}-\d\d-\d\d|\d\d?[-/]\d\d?[-/]\d{{4}}"
)


@dataclass(frozen=True)
class Header:
    """How a file is laid out.

    Attributes:
        delimiter: what separates the cells of a CSV file; empty for a workbook.
        names: its column names, in order.
        encoding: of a CSV file, a key of `encodings.CODECS`.
        skipped: rows above the column names.
        sheet: the sheet of a workbook.
        kind: what the file is by its bytes; see `kinds.kind_of`.
        is_uneven: whether a CSV file has odd line ends, or rows below its table that are no rows
            of it.
    """

    delimiter: str
    names: tuple[str, ...]
    encoding: str = "utf-8"
    skipped: int = 0
    sheet: str = ""
    kind: str = "csv"
    is_uneven: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether the engine can read the file itself."""
        is_text = bool(self.delimiter) and self.encoding.startswith("utf-8")
        return is_text and not self.skipped and not self.is_uneven


def read_header(file: Path, request: Request) -> Header:
    """Return the layout of a CSV file, with whether it is even from beginning to end.

    Args:
        file: the file.
        request: what is asked of the table.

    Raises:
        DataError: as `_found_header`.
    """
    header = _found_header(file, request)
    if not header.is_plain:
        return header
    return replace(header, is_uneven=is_uneven(file, header.delimiter, len(header.names)))


def refuse_wide(file: Path, width: int) -> None:
    """Refuse a table with more columns than any export has.

    Raises:
        DataError: with their number.
    """
    if width > COLUMNS_AT_MOST:
        raise DataError(
            f"`{file.name}` has {width:,} columns; allowed are {COLUMNS_AT_MOST:,}. Export the "
            "columns that are needed."
        )


def _found_header(file: Path, request: Request) -> Header:
    """Return the layout of a CSV file.

    The separator is the first under which a row has every wanted column; where none has, the one
    that gives most columns in the first row, so that the caller can name what was found. Rows
    above the column names, such as a title, are skipped.

    Args:
        file: the file.
        request: what is asked of the table, with what the dossier states about its layout.

    Raises:
        DataError: the encoding or line ends are not clear, or no row can be read as column names.
    """
    source = request.source
    encoding = encoding_of(file, source.encoding)
    refuse_odd_ends(file, encoding)
    delimiters = (source.delimiter,) if source.delimiter else DELIMITERS
    tops = {mark: top_rows(file, mark, encoding, source.skip_rows) for mark in delimiters}
    refuse_wide(file, max((len(row) for rows in tops.values() for row in rows), default=0))
    wanted = request.wanted
    for delimiter, rows in tops.items():
        found = header_row(rows, wanted, source.skip_rows)
        if found is not None:
            return Header(delimiter, names_of(rows[found]), encoding, found)
    if source.skip_rows is None:
        for rows in tops.values():
            refuse_split(file, rows, wanted)
        for delimiter, rows in sorted(tops.items(), key=lambda top: -_most(top[1], wanted)):
            if _most(rows, wanted):
                found = nearest_row(rows, wanted)
                return Header(delimiter, names_of(rows[found]), encoding, found)
    return _first_row(file, tops, encoding, source.skip_rows or 0)


def header_row(
    rows: Sequence[Sequence[object]], wanted: Collection[str], stated: int | None
) -> int | None:
    """Return the number of the first row that has every wanted column, or None.

    Args:
        rows: the first rows of a file.
        wanted: column names.
        stated: rows to skip as the dossier states it; then no other row is looked at.
    """
    at = range(len(rows)) if stated is None else range(stated, min(stated + 1, len(rows)))
    return next((index for index in at if set(wanted) <= set(names_of(rows[index]))), None)


def refuse_split(file: Path, rows: Sequence[Sequence[object]], wanted: Collection[str]) -> None:
    """Refuse column names that stand in two rows, one above the other.

    Raises:
        DataError: with the two rows.
    """
    for number, (upper, lower) in enumerate(pairwise(rows), start=1):
        above, below = (set(wanted) & set(names_of(row)) for row in (upper, lower))
        if above | below == set(wanted) and above - below and below - above:
            raise DataError(
                f"`{file.name}` has its column names in two rows, {number} and {number + 1}. Put "
                "them all in one row."
            )


def nearest_row(rows: Sequence[Sequence[object]], wanted: Collection[str]) -> int:
    """Return the number of the first row that has most of the wanted columns."""
    return max(range(len(rows)), key=lambda index: len(set(wanted) & set(names_of(rows[index]))))


def _most(rows: Sequence[Sequence[object]], wanted: Collection[str]) -> int:
    return max((len(set(wanted) & set(names_of(row))) for row in rows), default=0)


def names_of(row: Iterable[object]) -> tuple[str, ...]:
    """Return the cells of a row as column names."""
    return tuple(str(cell).strip() for cell in row)


def top_rows(file: Path, delimiter: str, encoding: str, skip: int | None) -> list[list[str]]:
    """Return the first rows; a cell further on that cannot be read is told when it is read."""
    rows: list[list[str]] = []
    try:
        with opened_text(file, CODECS[encoding]) as lines:
            for row in islice(csv.reader(lines, delimiter=delimiter), (skip or 0) + ROWS_SEARCHED):
                rows.append(row)
    except UnicodeError:
        raise DataError(f"`{file.name}` is not {encoding} text. Save it as CSV (UTF-8).") from None
    except csv.Error:
        pass
    return rows


def _first_row(file: Path, tops: dict[str, list[list[str]]], encoding: str, skipped: int) -> Header:
    """Return the row where the column names should be, though it lacks some of them."""
    read = {mark: rows for mark, rows in tops.items() if len(rows) > skipped}
    headers = [Header(m, names_of(rows[skipped]), encoding, skipped) for m, rows in read.items()]
    if not headers and file.stat().st_size and not skipped:
        raise DataError(
            f"`{file.name}` row 1 cannot be read as column names. Save it as CSV (UTF-8)."
        )
    if not any(any(header.names) for header in headers):
        raise DataError(f"`{file.name}` row {skipped + 1} is empty. Put the column names there.")
    return max(headers, key=lambda header: len(header.names))


def require_columns(file: Path, found: Collection[str], request: Request) -> None:
    """Refuse a file that lacks columns it must have, or has one twice.

    Args:
        file: the file, to be named.
        found: its column names.
        request: what the dossier asks of the table.

    Raises:
        DataError: with the columns that were found, unless the first row may hold a person.
    """
    problems = Problems()
    missing = {o: names for o, names in request.must_have.items() if not {*names} <= {*found}}
    if missing:
        problems.add(_missing(file, missing, found, request))
    for name in dict.fromkeys(request.all_of):
        if list(found).count(name) > 1:
            problems.add(
                f"`{file.name}` has more than one column `{name}`. Rename or remove the others."
            )
    problems.refuse()


def _missing(
    file: Path, missing: dict[str, tuple[str, ...]], found: Collection[str], request: Request
) -> str:
    absent = [name for names in missing.values() for name in names if name not in found]
    names = [f"`{name}`" for name in dict.fromkeys(absent)]
    there = _found(found, {request.theirs(column.name) for column in request.columns})
    them = "it, or name yours" if len(names) == 1 else "them, or name yours"
    mapping = ", ".join(f"{ours} = {_place(request, ours)}" for ours in missing)
    flags = any(column.kind == "flag" and column.name in missing for column in request.columns)
    codes = f" Or make flags from codes in `[data.{request.table}.values]`." if flags else ""
    return (
        f"`{file.name}` has no column {' or '.join(names)}; {there} Add {them} "
        f"in `[data.{request.table}]` with columns = {{ {mapping} }}.{codes}"
    )


def _place(request: Request, ours: str) -> str:
    """Return where the name of a column is to be filled in, or those of a day and its time."""
    return '["...", "..."]' if ours in request.times else '"..."'


def _found(found: Collection[str], wanted: Collection[str]) -> str:
    """Tell the columns that were found; a row in which none is known may be a person's."""
    known = any(name in wanted or is_known(name) or is_personal_name(name) for name in found)
    if not known or any(_NOT_A_NAME.search(name) for name in found):
        return "its first row does not look like column names."
    names = [f"`{name}`" for name in found if name][:_SHOWN_COLUMNS]
    more = ["..."] if len(found) > _SHOWN_COLUMNS else []
    return f"found are {', '.join(names + more)}."
