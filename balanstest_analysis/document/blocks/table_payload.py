"""Tables as a notebook carries them along, so that its exporters can deliver them as files."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from balanstest_analysis.document.blocks.model import Block, Notice, Table


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


def _plain(table: Table) -> dict[str, Any]:
    return {
        "caption": table.caption,
        "columns": table.columns,
        "rows": table.rows,
        "align": table.align,
        "note": table.note,
        "emphasise": table.emphasise,
    }


def unpacked(text: str) -> tuple[Table, ...]:
    """Return the tables that `packed` wrote."""
    return tuple(_table(plain) for plain in json.loads(text))


def _table(plain: dict[str, Any]) -> Table:
    return Table(
        caption=plain["caption"],
        columns=tuple(plain["columns"]),
        rows=tuple(map(tuple, plain["rows"])),
        align=plain["align"],
        note=plain["note"],
        emphasise=tuple(plain["emphasise"]),
    )
