"""What was not read, was hidden or was left out of the files: findings, with names of files."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final

from balanstest_analysis.document.personal import screened_names
from balanstest_analysis.history.files.row_limits import is_a_limit
from balanstest_analysis.history.files.workbooks import filled_sheets
from balanstest_analysis.history.findings import Finding
from balanstest_analysis.history.sources.open_tables import OpenTable
from balanstest_analysis.history.sources.parts import Part, Place
from balanstest_analysis.history.sources.readings import Reading

_NAMES_SHOWN: Final = 12


def file_findings(tables: Collection[OpenTable]) -> tuple[Finding, ...]:
    """Return what the reader of a history should know about its files.

    Args:
        tables: all that the dossier gives: what one does not use another may.
    """
    parts = [part for table in tables for part in table.parts]
    found = (_files(tables), _sheets(parts), _at_a_limit(tables), _hidden(parts), _below(parts))
    return tuple(finding for finding in found if finding is not None)


def _files(tables: Collection[OpenTable]) -> Finding | None:
    used = {file for table in tables for file in table.surroundings.used}
    others = {
        file: name
        for table in tables
        for file, name in table.surroundings.others.items()
        if file not in used
    }
    packed = {name for table in tables for name in table.surroundings.packed}
    names = sorted({*others.values(), *packed})
    return _named("files_not_read", "Not read", names)


def _sheets(parts: Sequence[Part]) -> Finding | None:
    used: dict[Path, set[str]] = {}
    for part in parts:
        sheet = part.header.sheet if part.header else None
        for file in part.files if sheet else ():
            used.setdefault(file, set()).add(sheet or "")
    names = [
        f"{sheet!r} of {file.name}"
        for file, sheets in used.items()
        for sheet in filled_sheets(file)
        if sheet not in sheets
    ]
    return _named("sheets_not_used", "Not used", names)


def _at_a_limit(tables: Collection[OpenTable]) -> Finding | None:
    """Find the files that have as many rows as programs write at most."""
    names = [
        f"{reading.source} ({reading.source_rows:,} rows)"
        for table in tables
        for reading, following in pairwise([*table.readings, None])
        if reading is not None and _is_whole(reading, following) and _is_cut_off(reading)
    ]
    return _named("files_at_a_limit", "Perhaps cut off", names)


def _is_whole(reading: Reading, following: Reading | None) -> bool:
    """Return whether a source is one file; the first of its readings tells of all its rows."""
    return reading.files == 1 and (following is None or following.source_rows is not None)


def _is_cut_off(reading: Reading) -> bool:
    return reading.source_rows is not None and is_a_limit(reading.source_rows)


def _named(code: str, words: str, names: Sequence[str]) -> Finding | None:
    if not names:
        return None
    more = len(names) - _NAMES_SHOWN
    told = screened_names(dict.fromkeys(names), "name")
    shown = ", ".join([told[name] for name in names[:_NAMES_SHOWN]]) + (
        f" and {more} more" if more > 0 else ""
    )
    return Finding(code=code, count=len(names), detail=f"{words}: {shown}.")


def _hidden(parts: Sequence[Part]) -> Finding | None:
    places = [place for part in parts for place in part.seen.hidden]
    return _placed("hidden_rows", len(places), iter(places))


def _below(parts: Sequence[Part]) -> Finding | None:
    firsts = (part.seen.first_below for part in parts)
    number = sum(part.seen.below for part in parts)
    return _placed("rows_below_table", number, (place for place in firsts if place is not None))


def _placed(code: str, count: int, places: Iterator[Place]) -> Finding | None:
    if not count:
        return None
    first = next(places, None)
    if first is None:
        return Finding(code=code, count=count)
    return Finding(code=code, count=count, example_file=first[0].name, example_row=first[1])
