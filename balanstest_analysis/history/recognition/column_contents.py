"""What the cells of a column of an export hold, read as one of ours, and what is said of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from balanstest_analysis.history.columns.columns import Column
from balanstest_analysis.history.columns.notations import Notation

FEW_OF: Final = 1000


@dataclass(frozen=True, kw_only=True)
class Content:
    """Totals over the cells of a column, read as one of ours.

    Attributes:
        rows: of the export.
        filled: cells that hold something.
        wrong: of those, the ones that are none of ours.
        personal: cells that seem to be about a person.
        clock: cells with a time of the day.
        state: what must be stated of the notation, or an empty text.
        notation: in which they were read.
    """

    rows: int
    filled: int
    wrong: int
    personal: int
    clock: int
    state: str
    notation: Notation

    @property
    def fits(self) -> bool:
        """Whether every cell is one of ours."""
        return self.filled > 0 and not self.wrong and not self.personal

    @property
    def nearly_fits(self) -> bool:
        """Whether it fits but for slips of the pen, which are refused with their rows once read."""
        return self.filled > 0 and self.wrong * FEW_OF <= self.filled and not self.personal

    @property
    def is_bare(self) -> bool:
        """Whether no cell holds anything."""
        return not self.filled and self.rows > 0


def all_run(content: Content, column: Column) -> bool:
    """Return whether a column of ends is empty throughout, which says that everything runs."""
    return column.name == "ends_on" and content.is_bare


def reason(content: Content, column: Column, *, weakly_named: bool) -> str:
    """Return why an export may have one of our columns there, in Dutch.

    Args:
        content: of the column of the export.
        column: of ours.
        weakly_named: whether its name says little.

    Examples:
        >>> from balanstest_analysis.history.columns.columns import TABLES
        >>> from balanstest_analysis.history.columns.notations import ISO
        >>> slip = Content(
        ...     rows=6428, filled=6203, wrong=1, personal=0, clock=0, state="", notation=ISO
        ... )
        >>> reason(slip, TABLES["events"][3], weakly_named=False)
        'de naam past; let op: 1 van de 6.203 cellen past er niet bij, en `check` zegt welke'
    """
    empty = _count(content.rows - content.filled)
    if content.filled == content.rows and not content.wrong:
        why = "naam en inhoud passen"
    elif all_run(content, column):
        why = f"de kolom is leeg; let op: alle {empty} gelden als nog lopend"
    elif not content.filled:
        why = "de naam past, maar de kolom is leeg"
    elif content.wrong:
        why = _wrong(content)
    elif column.name == "ends_on":
        why = f"naam en inhoud passen; let op: {empty} zonder einddatum gelden als nog lopend"
    elif column.filled:
        rows = _count(content.rows)
        why = (
            f"naam en inhoud passen; let op: in {empty} van de {rows} rijen is de cel leeg, wat "
            "`check` weigert"
        )
    else:
        why = "naam en inhoud passen"
    if weakly_named and why == "naam en inhoud passen":
        why = "de inhoud past; de naam zegt weinig, dus ga na of dit klopt"
    personal = "de inhoud lijkt op namen, nummers of adressen van mensen; `check` weigert die"
    return personal if content.personal else why


def _wrong(content: Content) -> str:
    fit = "past" if content.wrong == 1 else "passen"
    cells = f"{_count(content.wrong)} van de {_count(content.filled)} cellen {fit} er niet bij"
    if content.nearly_fits:
        return f"de naam past; let op: {cells}, en `check` zegt welke"
    return f"de naam past, maar {cells}"


def _count(number: int) -> str:
    return f"{number:,}".replace(",", ".")
