"""Sources of one table that have different columns, brought together without changing a meaning.

A file without `ends_on` holds events that are over on their own day; in a file with it, an empty
cell is a contract that still runs. So where only some have it, every event gets its end.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import ibis
import ibis.expr.types as ir

from balanstest_analysis.history.columns.columns import TABLES, WITH_TERM, Column
from balanstest_analysis.history.sources.parts import Part

Cells = dict[str, ir.Value]
_PLAIN = {"amount": "float64", "count": "int64", "text": "string", "code": "string"}


def are_unlike(parts: Collection[Part]) -> bool:
    """Return whether some files of a table have columns that others have not."""
    return len({frozenset(column.name for column in part.columns) for part in parts}) > 1


def made_alike(parts: Sequence[Part], cells: Sequence[Mapping[str, ir.Value]]) -> list[Cells]:
    """Return the typed cells of each part, with the same columns and types in all.

    Args:
        parts: of one table.
        cells: of each part, by column.
    """
    columns = _columns_of(parts)
    kinds = {c.name: [found[c.name].type() for found in cells if c.name in found] for c in columns}
    mixed = {
        name for name, types in kinds.items() if len({t.copy(nullable=True) for t in types}) > 1
    }
    unlike = are_unlike(parts)
    made = []
    for part, found in zip(parts, cells, strict=True):
        own = _with_end(part, found) if unlike else dict(found)
        made.append(
            {
                c.name: _as_plain(own.get(c.name, _absent(c, kinds[c.name][0])), c, mixed)
                for c in columns
            }
        )
    return made


def completed(part: Part, cells: Mapping[str, ir.Value], parts: Sequence[Part]) -> Cells:
    """Return the cells of one part with the columns that only other files of the table have.

    Args:
        part: one of them.
        cells: some of its columns, typed.
        parts: of the table.
    """
    if not are_unlike(parts):
        return dict(cells)
    own = _with_end(part, cells)
    absent = [c for c in _columns_of(parts) if c.name not in {p.name for p in part.columns}]
    types = {"amount": "float64", "count": "int64", "day": "date", "text": "string"}
    return {c.name: _absent(c, types.get(c.kind, "string")) for c in absent} | own


def _columns_of(parts: Sequence[Part]) -> list[Column]:
    """Return every column that a part has, in the order of the table."""
    names = {column.name for part in parts for column in part.columns}
    return [column for column in TABLES[parts[0].request.table] if column.name in names]


def _absent(column: Column, kind: object) -> ir.Value:
    if column.kind in {"text", "code"}:
        return ibis.literal(column.default)
    return ibis.null(kind)


def _as_plain(value: ir.Value, column: Column, mixed: Collection[str]) -> ir.Value:
    is_mixed = column.name in mixed and column.kind in _PLAIN
    return value.cast(_PLAIN[column.kind]) if is_mixed else value


def _with_end(part: Part, cells: Mapping[str, ir.Value]) -> Cells:
    """Return the cells of events with the day on which each ends, empty where it still runs."""
    if part.request.table != "events" or "occurred_on" not in cells:
        return dict(cells)
    day = cells["occurred_on"]
    if "ends_on" not in cells:
        return {**cells, "ends_on": day}
    if "kind" not in cells:
        return dict(cells)
    has_term = cells["kind"].isin(WITH_TERM)
    return {**cells, "ends_on": has_term.ifelse(cells["ends_on"], day)}
