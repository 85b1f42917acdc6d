"""How the cells of a table are written, decided for every file by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

import ibis.expr.types as ir

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.errors import Problems
from balanstest_analysis.history.columns.casts import text_of, written_text
from balanstest_analysis.history.columns.columns import Column, Request
from balanstest_analysis.history.columns.moment_casts import (
    moment_of_simple,
    moment_of_text,
    simple_text,
)
from balanstest_analysis.history.columns.notations import (
    Notation,
    decided,
    evidence,
    plain_evidence,
    simplified_rows,
)
from balanstest_analysis.history.columns.written_moments import (
    STEPS,
    needed_steps,
    shape,
    without_names,
)
from balanstest_analysis.history.engines.engine import Engine, rows_of, totals_of
from balanstest_analysis.history.sources.file_layouts import open_parts, part_of_files
from balanstest_analysis.history.sources.parts import Part
from balanstest_analysis.history.sources.places import first_place

# A column of free text has more shapes; then every step is taken.
_YEAR_LAST: Final = r"^\d{1,2}[-/.]\d{1,2}[-/.]\d{4}"
_MOST_SHAPES: Final = 500
_READ: Final = "read_"


@dataclass(frozen=True, kw_only=True)
class Found:
    """What tells how the columns of a part are written.

    Attributes:
        counts: of `evidence`, by column.
        steps: that simplifying takes, by column that has odd cells.
    """

    counts: Mapping[str, Mapping[str, int]]
    steps: Mapping[str, frozenset[str]]


def written_parts(engine: Engine, dossier: Dossier, request: Request) -> tuple[Part, ...]:
    """Return the files of a table, grouped by layout and by how they are written.

    A file whose days can be read both ways is asked about, however clear the others are.

    Raises:
        DataError: as `open_parts`; or a file writes a column so that it can be read in two ways.
    """
    problems = Problems()
    found: list[Part] = []
    for part in open_parts(engine, dossier, request):
        with problems.gathered():
            found.extend(_written(engine, part))
    problems.refuse()
    return tuple(found)


def _written(engine: Engine, part: Part) -> Iterator[Part]:
    found = evidence_of(engine, part)
    if len(part.files) < 2 or not any(_may_differ(counts) for counts in found.counts.values()):
        yield with_moments(replace(part, notations=_decided(engine, part, found)))
        return
    problems = Problems()
    alike: dict[tuple[tuple[str, str, str], ...], list[Part]] = {}
    for file in part.files:
        single = part_of_files(engine, part, (file,))
        with problems.gathered():
            notations = _decided(engine, single, evidence_of(engine, single))
            key = tuple((name, how.dates, how.decimal) for name, how in notations.items())
            alike.setdefault(key, []).append(replace(single, notations=notations))
    problems.refuse()
    for parts in alike.values():
        files = tuple(file for single in parts for file in single.files)
        whole = part_of_files(engine, part, files)
        yield with_moments(replace(whole, notations=_together(parts)))


def with_moments(part: Part) -> Part:
    """Return a part with the moments that are text read beside the cells, for `read_moment`.

    An engine reads a cell anew wherever an expression uses it, but not from one step to another.

    Args:
        part: of which it is known how days and moments are written.
    """
    written = {
        _READ + column.name: (text, part.notation(column))
        for column in part.columns
        if column.kind in {"day", "moment"}
        and (text := written_text(part.stored[column.name], column)) is not None
    }
    if not written:
        return part
    texts = part.stored.mutate(
        **{
            name: simple_text(t, how) if how.is_simplified else t
            for name, (t, how) in written.items()
        }
    )
    moments = {
        name: (moment_of_simple if how.is_simplified else moment_of_text)(texts[name], how)
        for name, (_, how) in written.items()
    }
    return replace(part, stored=texts.mutate(**moments), plain=part.stored)


def read_moment(stored: ir.Table, name: str) -> ir.TimestampValue | None:
    """Return the moments of a column that `with_moments` read; None where it read none.

    Args:
        stored: rows of the part.
        name: of the column.
    """
    return stored[_READ + name] if _READ + name in stored.columns else None


def _may_differ(found: Mapping[str, int]) -> bool:
    """Return whether one file may say of a column what another does not."""
    marks = any(name.endswith((".day", ".month", ".either")) and n for name, n in found.items())
    return marks or bool(found.get("both") or (found.get("dot") and found.get("comma")))


def _together(parts: Sequence[Part]) -> dict[str, Notation]:
    """Return the notations of files that are written alike."""
    return {
        name: replace(
            how,
            with_offset=sum(part.notations[name].with_offset for part in parts),
            iso=sum(part.notations[name].iso for part in parts),
            clock=sum(part.notations[name].clock for part in parts),
            short=sum(part.notations[name].short for part in parts),
            is_odd=any(part.notations[name].is_odd for part in parts),
            steps=frozenset().union(*(part.notations[name].steps for part in parts)),
        )
        for name, how in parts[0].notations.items()
    }


def evidence_of(engine: Engine, part: Part) -> Found:
    """Return the counts that tell how each column is written; a closer look where it takes one."""
    texts = {
        column: text
        for column in part.columns
        if (text := written_text(part.stored[column.name], column)) is not None
    }
    plain = {c: plain_evidence(text, c) for c, text in texts.items()}
    quick = _counted(engine, part.stored, plain)
    odd = {c: t for c, t in texts.items() if quick.get(c.name, {}).get("odd")}
    steps = {
        column.name: _steps(engine, part, text)
        for column, text in odd.items()
        if column.kind != "amount"
    }
    rows, simple = simplified_rows(part.stored, odd, steps)
    closer = {
        column: evidence(written_text(rows[column.name], column), column, simple.get(column))
        for column in texts
        if quick.get(column.name, {}).get("other")
    }
    return Found(counts=quick | _counted(engine, rows, closer), steps=steps)


def _steps(engine: Engine, part: Part, text: ir.StringValue) -> frozenset[str]:
    """Return the steps that simplifying the moments of a column takes, from their shapes."""
    shapes = part.stored.select(shape=shape(text)).distinct().limit(_MOST_SHAPES + 1)
    found = [row["shape"] for row in rows_of(engine, shapes) if row["shape"] is not None]
    return needed_steps(found) if len(found) <= _MOST_SHAPES else STEPS


def _counted(
    engine: Engine, rows: ir.Table, wanted: Mapping[Column, Mapping[str, ir.IntegerScalar]]
) -> dict[str, dict[str, int]]:
    counts = {
        f"{name} {column.name}": count
        for column, found in wanted.items()
        for name, count in found.items()
    }
    totals = totals_of(engine, rows.aggregate(**counts)) if counts else {}
    found: dict[str, dict[str, int]] = {}
    for key, number in totals.items():
        name, _, column = key.partition(" ")
        found.setdefault(column, {})[name] = number
    return found


def _decided(engine: Engine, part: Part, found: Found) -> dict[str, Notation]:
    notations: dict[str, Notation] = {}
    problems = Problems()
    for column in part.columns:
        with problems.gathered():
            if column.name in found.counts:
                counts = found.counts[column.name]
                steps = found.steps.get(column.name, STEPS)
                first = partial(_first, engine, part, column) if engine.has_row_order else None
                how = decided(part.request, column, counts, part.place, steps, first)
                notations[column.name] = how
    problems.refuse()
    return notations


def _first(engine: Engine, part: Part, column: Column) -> str:
    """Return the row of the first day that has its year last."""

    def mark(_: Part, stored: ir.Table) -> tuple[ir.BooleanValue, ir.Column]:
        text = without_names(text_of(stored[column.name]))
        return text.re_search(_YEAR_LAST).fill_null(False), stored[column.name]

    file, row, _ = first_place(engine, [part], mark)
    return f"`{file}` row {row}"
