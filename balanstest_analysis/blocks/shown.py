"""A result that shows itself in a notebook and can be had as a table of numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from balanstest_analysis.blocks.fragment import Fragment
from balanstest_analysis.blocks.html import html_of
from balanstest_analysis.blocks.plain import plain_of

if TYPE_CHECKING:
    import pandas as pd


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

    def _repr_mimebundle_(self, **choice: Any) -> dict[str, str]:
        return super()._repr_mimebundle_(**choice)

    def __repr__(self) -> str:
        return plain_of(self.blocks)
