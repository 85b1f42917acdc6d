"""Where the files of a table are, and what their first row says."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from balanstest_analysis.dossier import Dossier
from balanstest_analysis.errors import DataError
from balanstest_analysis.sources.columns import Request

DELIMITERS = (",", ";", "\t", "|")
_CSV = (".csv", ".tsv", ".txt")
_READABLE = (*_CSV, ".parquet")
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


def table_files(dossier: Dossier, table: str) -> tuple[Path, ...]:
    """Return the files of a table, sorted by name.

    Args:
        dossier: paths are relative to its folder; a path is a file, a folder or a glob.
        table: ``"calls"``, ``"events"``, ``"objections"``, ``"complaints"`` or ``"counts"``.

    Raises:
        DataError: there is no such file, or it is not of a kind that can be read.
    """
    source = dossier.data.tables()[table]
    if source.path is None:
        raise DataError(
            f"`{dossier.path.name}`: `data.{table}.table` asks for a database, which cannot be "
            "read yet. Give `path` with a CSV or Parquet file."
        )
    files = _matches(dossier.path.parent, source.path)
    for file in files:
        _refuse_unreadable(file)
    if not files:
        raise DataError(
            f"`{dossier.path.name}`: `data.{table}.path` is '{source.path}', where there is no "
            "CSV or Parquet file. Correct the path; it is relative to the dossier's folder."
        )
    if len({is_parquet(file) for file in files}) > 1:
        raise DataError(f"`{source.path}` holds both CSV and Parquet. Give `path` as `*.csv`.")
    return files


def is_parquet(file: Path) -> bool:
    """Return whether a file is Parquet, by its name."""
    return file.suffix.lower() == ".parquet"


def _matches(folder: Path, path: str) -> tuple[Path, ...]:
    target = folder / path
    if target.is_dir():
        inside = (file for file in target.iterdir() if file.suffix.lower() in _READABLE)
        return tuple(sorted(file for file in inside if not file.name.startswith(".")))
    if target.exists():
        return (target,)
    if not any(character in path for character in "*?["):
        return ()
    root = Path(target.anchor) if Path(path).is_absolute() else folder
    pattern = str(target.relative_to(root)) if Path(path).is_absolute() else path
    return tuple(sorted(file for file in root.glob(pattern) if file.is_file()))


def _refuse_unreadable(file: Path) -> None:
    if file.suffix.lower() not in _READABLE:
        raise DataError(
            f"`{file.name}` cannot be read; allowed are {', '.join(_READABLE)}. "
            "Save it as CSV (UTF-8)."
        )
    try:
        with file.open("rb") as content:
            content.read(1)
    except OSError as error:
        raise DataError(f"`{file.name}` cannot be read: {error.strerror}.") from None


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
