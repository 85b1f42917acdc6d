"""Tables as a notebook carries them along, so that its exporters can deliver them as files."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TypedDict

from balanstest_analysis.document.blocks.model import Block, Notice, Table
from balanstest_analysis.document.visible import visible_text


class _Packed(TypedDict):
    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    align: str
    note: str
    emphasise: Sequence[int]


def tables_among(blocks: Iterable[Block]) -> Iterator[Table]:
    """Yield the tables in reading order, those in a notice too."""
    for block in blocks:
        if isinstance(block, Table):
            yield block
        elif isinstance(block, Notice):
            yield from tables_among(block.blocks)


def packed(tables: Iterable[Table]) -> str:
    """Return tables as JSON text.

    Examples:
        >>> table = Table(columns=("Maand",), rows=(("0",),), caption="Maanden")
        >>> unpacked(packed([table])) == (table,)
        True
    """
    return json.dumps([_plain(table) for table in tables], ensure_ascii=False)


def _plain(table: Table) -> _Packed:
    return {
        "caption": visible_text(table.caption),
        "columns": tuple(map(visible_text, table.columns)),
        "rows": tuple(tuple(map(visible_text, row)) for row in table.rows),
        "align": table.align,
        "note": visible_text(table.note),
        "emphasise": table.emphasise,
    }


def unpacked(text: str) -> tuple[Table, ...]:
    """Return the tables that `packed` wrote."""
    carried: list[_Packed] = json.loads(text)
    return tuple(_table(plain) for plain in carried)


def _table(plain: _Packed) -> Table:
    return Table(
        caption=plain["caption"],
        columns=tuple(plain["columns"]),
        rows=tuple(map(tuple, plain["rows"])),
        align=plain["align"],
        note=plain["note"],
        emphasise=tuple(plain["emphasise"]),
    )
