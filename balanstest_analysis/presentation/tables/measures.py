"""The table of measures: every breach found, with what is done about it, by whom and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import Table
from balanstest_analysis.document.wording.compliance import RULES
from balanstest_analysis.presentation.hidden_counts import count_words
from balanstest_analysis.published.measures import FoundBreach, Measure
from balanstest_analysis.published.result import PublishedResult

OPEN = "NOG IN TE VULLEN"


def measures_table(result: PublishedResult) -> Table | None:
    """Return one row per measure, and per breach without one; None where no breach was found.

    Args:
        result: published; a hidden count stays hidden.
    """
    rows = tuple(row for breach in result.breaches for row in _rows(breach, result))
    if not rows:
        return None
    return Table(
        columns=("Bevinding", "Aantal", "Maatregel", "Verantwoordelijke", "Datum"),
        rows=rows,
        caption="Wat de organisatie aan de overtredingen doet",
        align="lrlll",
    )


def _rows(breach: FoundBreach, result: PublishedResult) -> Iterator[tuple[str, ...]]:
    count = count_words(breach.count, result.settings.disclosure_minimum)
    if not breach.measures:
        yield RULES[breach.code], count, OPEN, OPEN, OPEN
    for number, one in enumerate(breach.measures):
        said = wording.one_line(one.measure) or OPEN, wording.one_line(one.owner) or OPEN
        when = _when(one, result.report_date)
        yield RULES[breach.code], "" if number else count, *said, when


def _when(one: Measure, day: str) -> str:
    """Return a day in figures, so that the column stays narrow beside the measure."""
    if one.done_on is not None:
        return f"gedaan {_figures(one.done_on)}"
    if one.by is None:
        return OPEN
    return f"{'te laat,' if one.is_overdue(day) else 'uiterlijk'} {_figures(one.by)}"


def _figures(iso_date: str) -> str:
    day = dt.date.fromisoformat(iso_date)
    return f"{day.day}-{day.month}-{day.year}"
