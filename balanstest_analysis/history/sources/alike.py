"""The files of a table: unpacked where they are compressed, and grouped by their layout."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import unquote

import pyarrow as pa
import pyarrow.parquet as pq

from balanstest_analysis.document import opening
from balanstest_analysis.errors import DataError, Problems
from balanstest_analysis.history.columns.columns import Request
from balanstest_analysis.history.files.headers import (
    Header,
    read_header,
    refuse_wide,
    require_columns,
)
from balanstest_analysis.history.files.kinds import (
    NAMES,
    PACKED,
    WORKBOOKS,
    kind_of,
    named_kind,
    refuse_kind,
)
from balanstest_analysis.history.files.unpacking import unpacked
from balanstest_analysis.history.files.workbooks import workbook_header
from balanstest_analysis.history.sources.row_filters import refuse_absent

NO_VALUE: Final = "__HIVE_DEFAULT_PARTITION__"


@dataclass(frozen=True, kw_only=True)
class Group:
    """Files of one table that are laid out alike.

    Attributes:
        files: in order.
        header: how they are laid out; None for Parquet.
        given: columns that the names of their folders give, such as ``year=2025``.
    """

    files: tuple[Path, ...]
    header: Header | None
    given: Mapping[str, str | None] = field(default_factory=dict)


def opened(
    files: Sequence[Path], place: Path | None = None
) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """Return files with those that are compressed unpacked, and names of what else is in them.

    Args:
        files: as they lie there.
        place: in which they are unpacked; None for the usual place of temporary files.

    Raises:
        DataError: one cannot be unpacked.
    """
    found, others = list[Path](), list[str]()
    problems = Problems()
    for file in files:
        with problems.gathered():
            kind = kind_of(file)
            if kind not in PACKED:
                found.append(file)
                continue
            inside = unpacked(file, kind, place)
            found += inside.files
            others += (f"{name} in {file.name}" for name in inside.others)
    problems.refuse()
    return tuple(found), tuple(others)


def alike(files: Sequence[Path], request: Request) -> list[Group]:
    """Group files by layout, in the order of the first of each.

    Raises:
        DataError: a file cannot be read, or lacks a column.
    """
    groups: dict[tuple[object, ...], list[Path]] = {}
    problems = Problems()
    for file in files:
        with problems.gathered():
            groups.setdefault(_layout(file, request), []).append(file)
    problems.refuse()
    return [_group(key, found) for key, found in groups.items()]


def _group(key: tuple[object, ...], files: list[Path]) -> Group:
    header, given = key[0], key[1]
    assert header is None or isinstance(header, Header)
    assert isinstance(given, tuple)
    return Group(files=tuple(files), header=header, given=dict(given))


def _layout(file: Path, request: Request) -> tuple[object, ...]:
    """Return what files that are alike have in common: header, given columns, and stored types."""
    kind = kind_of(file)
    refuse_kind(file, kind, (*WORKBOOKS, "csv", "parquet"))
    if kind == "parquet":
        names, types = stored_columns(file)
        return (None, _given(file, names, request), types)
    with _telling_kind(file, kind):
        header = (workbook_header if kind in WORKBOOKS else read_header)(file, request)
        given = _given(file, header.names, request)
        require_columns(file, (*header.names, *dict(given)), request)
        refuse_absent(file.name, request, (*header.names, *dict(given)))
    return (header, given)


@contextmanager
def _telling_kind(file: Path, kind: str) -> Iterator[None]:
    """Add to a refusal what the bytes of a file are, where its name says otherwise."""
    try:
        yield
    except DataError as error:
        if not is_named_otherwise(file, kind):
            raise
        told = f"`{file.name}` is {NAMES[kind]} by its bytes, whatever its name says. {error}"
        raise DataError(told) from None


def stored_columns(file: Path) -> tuple[tuple[str, ...], object]:
    """Return the columns of a Parquet file and its types; the engine tells what is wrong in it.

    Raises:
        DataError: it has more columns than any export.
    """
    try:
        with opening.opened(file) as content:
            schema = pq.read_schema(content)
    except (pa.ArrowException, OSError):
        return (), file
    refuse_wide(file, len(schema.names))
    return tuple(schema.names), tuple((field.name, str(field.type)) for field in schema)


def _given(
    file: Path, names: Sequence[str], request: Request
) -> tuple[tuple[str, str | None], ...]:
    """Return the columns that are asked for and that the names of folders give, not the file."""
    asked = set(request.all_of) - set(names)
    parts = [parent.name.partition("=") for parent in file.parents if "=" in parent.name]
    values = {name: None if text == NO_VALUE else unquote(text) for name, _, text in parts}
    return tuple(sorted((name, text) for name, text in values.items() if name in asked))


def is_named_otherwise(file: Path, kind: str) -> bool:
    """Return whether the name of a file says that it is of another kind than its bytes are."""
    named = named_kind(file)
    return bool(named) and named not in PACKED and named != kind
