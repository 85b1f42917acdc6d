"""What a notebook cell displays: blocks that each exporter renders in its own way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from balanstest_analysis.document.blocks.html import html_of
from balanstest_analysis.document.blocks.model import Block
from balanstest_analysis.document.blocks.plain import plain_of
from balanstest_analysis.document.blocks.table_payload import packed, tables_among
from balanstest_analysis.document.blocks.typst import typst_of

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, kw_only=True)
class Fragment:
    """Blocks in reading order; a notebook shows them as HTML, the PDF takes the Typst."""

    blocks: tuple[Block, ...]

    def _repr_mimebundle_(self, **_choice: object) -> dict[str, str]:
        tables = tuple(tables_among(self.blocks))
        return {
            "text/html": html_of(self.blocks),
            TYPST: typst_of(self.blocks),
            "text/plain": plain_of(self.blocks),
        } | ({TABLES: packed(tables)} if tables else {})


TYPST = "text/x-typst"
# A notebook may hold no JSON object under a name of our own, so this is JSON as text.
TABLES = "application/x-balanstest-tables"
SENTINEL = "application/x-balanstest-sentinel"
DOCUMENT_METADATA = "balanstest"


@dataclass(frozen=True, kw_only=True, repr=False)
class Shown(Fragment):
    """Blocks with the numbers behind them.

    Attributes:
        frame: the numbers, as they may be published.
    """

    frame: pd.DataFrame

    def to_frame(self) -> pd.DataFrame:
        """Return the numbers as a table of their own."""
        return self.frame.copy()

    def _repr_html_(self) -> str:
        return html_of(self.blocks)

    def _repr_mimebundle_(self, **choice: object) -> dict[str, str]:
        return super()._repr_mimebundle_(**choice)

    def __repr__(self) -> str:
        return plain_of(self.blocks)
