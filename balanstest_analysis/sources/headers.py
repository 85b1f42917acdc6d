"""How a CSV file is laid out: what its first row says."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from balanstest_analysis.errors import DataError
from balanstest_analysis.sources.columns import Request

DELIMITERS = (",", ";", "\t", "|")
_SHOWN_COLUMNS = 30
_NOT_A_NAME = re.compile(r"\d{5,}|@|\d{4}-\d\d-\d\d|\d\d?[-/]\d\d?[-/]\d{4}")


@dataclass(frozen=True)
class Header:
    """How a CSV file is laid out.

    Attributes:
        delimiter: what separates its cells.
        names: its column names, in order.
    """

    delimiter: str
    names: tuple[str, ...]


def read_header(file: Path, wanted: Collection[str]) -> Header:
    """Return the delimiter and the column names of a CSV file.

    The delimiter is the first under which the header has every wanted column; where none has,
    the one that gives most columns, so that the caller can name what was found.

    Raises:
        DataError: the first row cannot be read as column names.
    """
    headers = [Header(delimiter, _first_row(file, delimiter)) for delimiter in DELIMITERS]
    for header in headers:
        if set(wanted) <= set(header.names):
            return header
    return max(headers, key=lambda header: len(header.names))


def _first_row(file: Path, delimiter: str) -> tuple[str, ...]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            row = next(csv.reader(lines, delimiter=delimiter), [])
    except UnicodeDecodeError:
        raise DataError(f"`{file.name}` is not UTF-8 text. Save it as CSV (UTF-8).") from None
    except csv.Error:
        raise DataError(
            f"`{file.name}` row 1 cannot be read as column names. Save it as CSV (UTF-8)."
        ) from None
    names = tuple(name.strip() for name in row)
    if not any(names):
        raise DataError(f"`{file.name}` row 1 is empty. Put the column names there.")
    return names


def require_columns(file: Path, found: Collection[str], request: Request) -> None:
    """Refuse a file that lacks a column it must have, or has it twice.

    Args:
        file: the file, to be named.
        found: its column names.
        request: what the dossier asks of the table.

    Raises:
        DataError: with the columns that were found, unless the first row may hold a person.
    """
    for ours, theirs in request.must_have.items():
        if theirs not in found:
            raise DataError(
                f"`{file.name}` has no column `{theirs}`; {_found(found)} Add it, or name yours "
                f'in `[data.{request.table}]` with columns = {{ {ours} = "..." }}.'
            )
    for column in request.columns:
        theirs = request.theirs(column.name)
        if list(found).count(theirs) > 1:
            raise DataError(
                f"`{file.name}` has more than one column `{theirs}`. Rename or remove the others."
            )


def _found(found: Collection[str]) -> str:
    if any(_NOT_A_NAME.search(name) for name in found):
        return "its first row does not look like column names."
    names = [f"`{name}`" for name in list(found)[:_SHOWN_COLUMNS]]
    more = ["..."] if len(found) > _SHOWN_COLUMNS else []
    return f"found are {', '.join(names + more)}."
