"""The files of a table as rows with our column names, one part per layout."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

import ibis
import ibis.expr.types as ir

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.errors import DataError, Problems
from balanstest_analysis.history.columns.columns import Column, Request
from balanstest_analysis.history.columns.privacy import refuse_personal_names
from balanstest_analysis.history.engines.engine import Engine, first_row, totals_of
from balanstest_analysis.history.files.headers import require_columns
from balanstest_analysis.history.files.input_files import found_files
from balanstest_analysis.history.files.spill import spill_place
from balanstest_analysis.history.files.text_rows import ROW
from balanstest_analysis.history.sources.alike import Group, alike, opened
from balanstest_analysis.history.sources.keys_seen import (
    KEY,
    ODD,
    KeysSeen,
    marked_keys,
    sums_of_keys,
)
from balanstest_analysis.history.sources.no_rows import (
    LIKELY,
    MOST_LIKELY,
    MOST_LIKELY_COUNTS,
    may_be_no_row,
    no_rows,
)
from balanstest_analysis.history.sources.parts import Part, Place
from balanstest_analysis.history.sources.row_filters import filtered, refuse_absent, that_count
from balanstest_analysis.history.sources.same_files import without_copies
from balanstest_analysis.history.sources.stated_kinds import kind_added, with_stated_kind
from balanstest_analysis.history.sources.stored_types import refuse_types
from balanstest_analysis.history.sources.text_tables import read_text
from balanstest_analysis.history.sources.two_columns import column_beside, joined


def open_parts(engine: Engine, dossier: Dossier, request: Request) -> tuple[Part, ...]:
    """Return the files of a table, grouped by layout, without rows that are none of the table.

    Raises:
        DataError: a file is missing, cannot be read, lacks a column or stores it as a type that
            cannot hold it; an optional column is in some of the files only; or a column seems to
            hold who somebody is.
    """
    refuse_personal_names(request)
    if request.source.table is not None:
        rows = _only_its_rows(engine, _database_part(engine, request))
        return (with_stated_kind(rows),)
    there = found_files(dossier, request.table, request.source).files
    files, _ = opened(there, spill_place(dossier))
    single = without_copies(files, request.table)
    parts = [_part(engine, request, group) for group in alike(single, request)]
    problems = Problems()
    for part in parts[1:]:
        with problems.gathered():
            _refuse_difference(parts[0], part)
    problems.refuse()
    return tuple(parts)


def part_of_files(engine: Engine, part: Part, files: tuple[Path, ...]) -> Part:
    """Return some of the files of a part, as it is laid out."""
    return _part(engine, part.request, _group_of(part, files))


def reopened(engine: Engine, part: Part, file: Path) -> ir.Table:
    """Return the stored rows of one file of a part, with our names, in the order of the file.

    `ROW` is the number of each row, as an analyst counts rows.
    """
    bare = _bare_part(engine, part.request, _group_of(part, (file,)))
    return kind_added(_only_rows(_numbered(bare), part), part.request)


def reopened_whole(engine: Engine, part: Part) -> ir.Table:
    """Return the stored rows of a part, with our names, in no particular order."""
    if not part.files:
        bare = _database_part(engine, part.request)
    else:
        bare = _bare_part(engine, part.request, _group_of(part, part.files))
    return kind_added(_only_rows(bare.stored, part), part.request)


def _group_of(part: Part, files: tuple[Path, ...]) -> Group:
    return Group(files=files, header=part.header, given=part.given)


def _part(engine: Engine, request: Request, group: Group) -> Part:
    return with_stated_kind(_only_its_rows(engine, _bare_part(engine, request, group)))


def _only_its_rows(engine: Engine, bare: Part) -> Part:
    """Return a part with the rows that are of the table, and of those the ones that count."""
    part = _without_no_rows(engine, bare)
    if not part.request.where:
        return part
    found = filtered(engine, part.stored, part.request)
    counting = part.stored.filter(that_count(part.stored, part.request))
    return replace(part, stored=counting, filtered=found)


def _bare_part(engine: Engine, request: Request, group: Group) -> Part:
    """Return files with all that stands in them."""
    header, files = group.header, group.files
    if header is None:
        return _stored_part(request, group, engine.open_files(files))
    columns = _present(request, (*header.names, *group.given))
    at = {
        c.name: header.names.index(request.theirs(c.name))
        for c in columns
        if request.theirs(c.name) in header.names
    }
    beside = {
        name: header.names.index(theirs)
        for name, theirs in request.beside.items()
        if theirs in header.names
    }
    needed = {position: column_beside(name) for name, position in beside.items()}
    needed |= {at[c.name]: c for c in columns if c.name in at}
    rows, seen = read_text(engine, files, header, needed)
    stored = rows.select(
        **{name: rows[f"c{position}"] for name, position in (at | beside).items()},
        **_given_columns(request, group, columns),
        **({ROW: rows[ROW]} if ROW in rows.columns else {}),
    )
    return Part(
        request=request,
        files=files,
        header=header,
        columns=columns,
        stored=joined(stored, request),
        given=group.given,
        seen=seen,
        names=(*header.names, *group.given),
    )


def _given_columns(
    request: Request, group: Group, columns: Sequence[Column]
) -> dict[str, ir.StringScalar]:
    """Return the columns that the names of folders give, the same in every row."""
    asked = {c.name: request.theirs(c.name) for c in columns} | request.beside
    return {
        name: ibis.literal(group.given[theirs], type="string")
        for name, theirs in asked.items()
        if theirs in group.given
    }


def _numbered(bare: Part) -> ir.Table:
    """Return the rows of a file, each with its number; those that Python read have it."""
    if ROW in bare.stored.columns:
        return bare.stored
    first = 1 if bare.header is None else bare.header.skipped + 2
    return bare.stored.mutate(**{ROW: ibis.row_number() + first})


def _without_no_rows(engine: Engine, part: Part) -> Part:
    """Return a part without the rows that are none of the table, which are counted."""
    part, suspects = _seen(engine, part)
    is_counts = part.request.table == "counts"
    if not suspects and not is_counts:
        return part
    marks = no_rows(part.stored, part.request, part.columns)
    sums = {name: part.stored.count(where=mark) for name, mark in marks.items()}
    found = totals_of(engine, part.stored.aggregate(**sums))
    leaves_out = {name for name, number in found.items() if number}
    if found[LIKELY] > (MOST_LIKELY_COUNTS if is_counts else MOST_LIKELY):
        leaves_out -= {LIKELY}
    if not leaves_out:
        return part
    read = replace(part, leaves_out=frozenset(leaves_out))
    number = sum(found[name] for name in leaves_out)
    first = part.seen.first_below or _first_left_out(engine, read)
    seen = replace(part.seen, below=part.seen.below + number, first_below=first)
    return replace(read, stored=_only_rows(part.stored, read), seen=seen)


def _seen(engine: Engine, part: Part) -> tuple[Part, int]:
    """Return a part with what is known of its keys, and how many rows may be none of the table."""
    if KEY not in part.stored.columns:
        return part, 0
    rows = marked_keys(part.stored)
    suspect = may_be_no_row(rows, part.request, part.columns, rows[ODD])
    if suspect is None:
        return part, 0
    sums = {**sums_of_keys(rows), "suspects": rows.count(where=suspect)}
    found = totals_of(engine, rows.aggregate(**sums))
    suspects = found.pop("suspects")
    return replace(part, keys_seen=KeysSeen(**found)), suspects


def _only_rows(stored: ir.Table, part: Part) -> ir.Table:
    if part.leaves_out:
        # a kind that the dossier states says nothing about a row
        columns = [column for column in part.columns if column.name in stored.columns]
        marks = no_rows(stored, part.request, columns)
        stored = stored.filter(~ibis.or_(*(marks[name] for name in sorted(part.leaves_out))))
    if part.filtered.left_out:
        stored = stored.filter(that_count(stored, part.request))
    return stored


def _first_left_out(engine: Engine, part: Part) -> Place | None:
    for file in part.files if engine.has_row_order else ():
        rows = _numbered(_bare_part(engine, part.request, _group_of(part, (file,))))
        marks = no_rows(rows, part.request, part.columns)
        left_out = rows.filter(ibis.or_(*(marks[name] for name in sorted(part.leaves_out))))
        row = first_row(engine, left_out.order_by(ROW).select(ROW))
        if row:
            return file, int(row[ROW])
    return None


def _database_part(engine: Engine, request: Request) -> Part:
    rows = engine.open_table(str(request.source.table), request.table)
    return _stored_part(request, Group(files=(), header=None), rows)


def _stored_part(request: Request, group: Group, rows: ir.Table) -> Part:
    """Return a part of rows that have types of their own, such as those of Parquet."""
    names = (*rows.columns, *group.given)
    place = Path(request.source.table or group.files[0])
    require_columns(place, names, request)
    refuse_absent(place.name, request, names)
    columns = _present(request, names)
    asked = {c.name: request.theirs(c.name) for c in columns} | request.beside
    stored = rows.select(
        **{name: rows[theirs] for name, theirs in asked.items() if theirs in rows.columns},
        **_given_columns(request, group, columns),
    )
    refuse_types(request.source.table or place.name, request, columns, stored)
    return Part(
        request=request,
        files=group.files,
        header=None,
        columns=columns,
        stored=joined(stored, request),
        given=group.given,
        names=tuple(names),
    )


def _present(request: Request, found: Collection[str]) -> tuple[Column, ...]:
    return tuple(column for column in request.columns if request.theirs(column.name) in found)


def _refuse_difference(first: Part, other: Part) -> None:
    here, there = ({c.name for c in part.columns} for part in (first, other))
    for name in sorted(here ^ there):
        having, lacking = (first, other) if name in here else (other, first)
        raise DataError(
            f"`{lacking.files[0].name}` has no column {first.request.label(name)}, which "
            f"`{having.files[0].name}` has. Give all files of a table the same columns."
        )
