"""What a notebook cell displays: blocks that each exporter renders in its own way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from balanstest_analysis.blocks.carried import packed, tables_among
from balanstest_analysis.blocks.html import html_of
from balanstest_analysis.blocks.mimetypes import TABLES, TYPST
from balanstest_analysis.blocks.model import Block
from balanstest_analysis.blocks.plain import plain_of
from balanstest_analysis.blocks.typst import typst_of


@dataclass(frozen=True, kw_only=True)
class Fragment:
    """Blocks in reading order; a notebook shows them as HTML, the PDF takes the Typst."""

    blocks: tuple[Block, ...]

    def _repr_mimebundle_(self, **_choice: Any) -> dict[str, str]:
        tables = tuple(tables_among(self.blocks))
        return {
            "text/html": html_of(self.blocks),
            TYPST: typst_of(self.blocks),
            "text/plain": plain_of(self.blocks),
        } | ({TABLES: packed(tables)} if tables else {})
