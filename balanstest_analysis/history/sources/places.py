"""Where rows stand that cannot be taken: file and row of the first, and of some others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path
from typing import TypeAlias

import ibis.expr.types as ir

from balanstest_analysis.errors import DataError
from balanstest_analysis.history.engines.engine import Engine, first_row
from balanstest_analysis.history.files.text_rows import ROW
from balanstest_analysis.history.sources.file_layouts import reopened, reopened_whole
from balanstest_analysis.history.sources.parts import Part

Mark = Callable[[Part, ir.Table], tuple[ir.BooleanValue, ir.Column]]
Place: TypeAlias = tuple[str, int, str]
OTHERS_NAMED = 5


@dataclass(frozen=True, kw_only=True)
class MarkedRows:
    """Rows with the same defect.

    Attributes:
        where: the first, as file and row; where rows have no order the table or file.
        value: of the first, as it may be shown; the least where rows have no order.
        others: the end of a message that tells how many more there are and names some of them.
    """

    where: str
    value: str
    others: str


def marked_rows(engine: Engine, parts: Sequence[Part], mark: Mark, count: int) -> MarkedRows:
    """Return where the marked rows of a table stand.

    Args:
        engine: where they are read.
        parts: the files of a table.
        mark: returns for the stored rows where they are marked, and what may be shown of them.
        count: how many are marked; no more are looked for than are named.

    Raises:
        DataError: there are none any more.
    """
    if not engine.has_row_order:
        where, value = _some_marked(engine, parts, mark)
        return MarkedRows(where=where, value=value, others=more_rows(count))
    found = [*islice(_places(engine, parts, mark), min(count, 1 + OTHERS_NAMED))]
    if not found:
        raise DataError(f"`{parts[0].name}` changed while it was read. Start again.")
    (file, number, value), *others = found
    named = [(name, row) for name, row, _ in others]
    return MarkedRows(
        where=f"`{file}` row {number}", value=value, others=more_rows(count, file, named)
    )


def first_place(engine: Engine, parts: Sequence[Part], mark: Mark) -> Place:
    """Return the name of the file, the row and the value of the first marked row."""
    for place in _places(engine, parts, mark):
        return place
    raise DataError(f"`{parts[0].name}` changed while it was read. Start again.")


def _places(engine: Engine, parts: Sequence[Part], mark: Mark) -> Iterator[Place]:
    """Yield file, row and value of marked rows in order, of each file no more than are named."""
    files = [(part, file) for part in parts for file in part.files]
    for part, file in files:
        stored = reopened(engine, part, file)
        marked, value = mark(part, stored)
        marked = marked & part.is_somebody(stored)
        rows = stored.select(number=stored[ROW], marked=marked, value=value.cast("string"))
        first = rows.filter(rows.marked).order_by("number").limit(1 + OTHERS_NAMED)
        for row in engine.ask(first).rows():
            yield named_file(part, file), int(row["number"]), row["value"] or ""


def named_file(part: Part, file: Path) -> str:
    """Return a file as messages and findings name it, with the sheet where the dossier states one.

    Args:
        part: the file is of.
        file: with rows.
    """
    sheet = part.request.source.sheet
    return f"{file.name}, sheet {sheet}" if sheet else file.name


def _some_marked(engine: Engine, parts: Sequence[Part], mark: Mark) -> tuple[str, str]:
    for part in parts:
        stored = reopened_whole(engine, part)
        marked, value = mark(part, stored)
        marked = marked & part.is_somebody(stored)
        rows = stored.select(marked=marked, value=value.cast("string"))
        row = first_row(engine, rows.filter(rows.marked).order_by("value"))
        if row:
            return f"`{part.name}`", row["value"] or ""
    raise DataError(f"`{parts[0].name}` changed while it was read. Start again.")


def more_rows(count: int, file: str = "", named: Sequence[tuple[str, int]] = ()) -> str:
    """Return how many more rows have the same defect, and which, as the end of a message.

    Args:
        count: of all rows with the defect, the first included.
        file: of the first.
        named: file and row of others, in order; perhaps not of all.

    Examples:
        >>> more_rows(3, "a.csv", [("a.csv", 840), ("b.csv", 9)])
        ' (And 2 more rows: 840; `b.csv` 9.)'
        >>> more_rows(1), more_rows(4)
        ('', ' (And 3 more rows.)')
    """
    others = count - 1
    if others < 1:
        return ""
    groups = [
        ("" if name == file else f"`{name}` ") + ", ".join(str(row) for _, row in rows)
        for name, rows in groupby(named, key=lambda place: place[0])
    ]
    unnamed = others - len(named)
    rest = f" and {unnamed} other{'s' if unnamed > 1 else ''}" if unnamed else ""
    which = f": {'; '.join(groups)}{rest}" if groups else ""
    return f" (And {others} more row{'s' if others > 1 else ''}{which}.)"
