"""The overviews of questions 3b, 3c and 3d, and benefit and burden per year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import Table
from balanstest_analysis.presentation.conclusions import OUTCOMES, Block, Result, yearly_blocks

Row = Mapping[str, Any]


def rates_table(result: Result, outcome: str) -> Table:
    """Return the overview of an outcome per group of months.

    Args:
        result: the published result.
        outcome: an outcome with rows.
    """
    entry = result["outcomes"][outcome]
    words = wording.OUTCOME_WORDS[outcome]
    plural = wording.DENOMINATORS[result["settings"]["denominator"]][1]
    level = wording.level(result["settings"]["confidence_level"])
    total = entry.get("total") if len(entry["rates"]) > 1 else None
    rows = [*entry["rates"], *([total] if total else [])]
    digits = _digits(rows)
    cells = [_rate_cells(row, digits) for row in entry["rates"]]
    if total:
        cells.append(("Alle maanden", *_rate_cells(total, digits)[1:]))
    return Table(
        columns=(
            "Maanden",
            wording.capital(plural),
            words.events,
            "Percentage",
            f"{level}-interval",
        ),
        rows=tuple(cells),
        caption=f"{words.label} per groep maanden",
        note=_rates_note(result, rows),
        emphasise=(len(cells) - 1,) if total else (),
    )


def _digits(rows: Sequence[Row]) -> int:
    """Return the decimals of the column; without any event the limits decide."""
    seen = [row["rate"] for row in rows if row["rate"]]
    return wording.percentage_digits(seen or [row["rate_upper"] for row in rows])


def _rate_cells(row: Row, digits: int) -> tuple[str, ...]:
    limits = wording.interval(row["rate_lower"], row["rate_upper"], digits)
    return (
        wording.month_range(row["month_from"], row["month_to"]),
        wording.count(row["n"]),
        wording.count(row["k"]),
        wording.percentage(row["rate"], digits),
        limits or f"tot {wording.percentage(row['rate_upper'], digits)}",
    )


def _rates_note(result: Result, rows: Sequence[Row]) -> str:
    if all(row["k"] is not None for row in rows):
        return ""
    minimum = wording.fewer_than(result["settings"]["disclosure_minimum"])
    return (
        f"Een punt staat voor {minimum}; de bovengrens is dan berekend met het grootste aantal dat "
        "daarmee bedoeld kan zijn."
    )


def yearly_table(result: Result) -> Table | None:
    """Return benefit and burden per year since the last purchase, or None without data.

    Args:
        result: the published result.
    """
    blocks = yearly_blocks(result)
    shown = [name for name in OUTCOMES if any(block.rate(name) is not None for block in blocks)]
    if len(blocks) < 2 or len(shown) < 2:
        return None
    with_ratio = {"conversion", "objection"} <= set(shown)
    ratio = ("Verzet per 100 conversies",) if with_ratio else ()
    return Table(
        columns=("Maanden", *(wording.OUTCOME_WORDS[name].events for name in shown), *ratio),
        rows=tuple(_year_cells(block, shown, with_ratio=with_ratio) for block in blocks),
        caption="Wat elk jaar (ongeveer) aan baat en belasting brengt",
        note="Aantallen, met tussen haakjes het percentage van de contacten.",
    )


def _year_cells(block: Block, shown: Sequence[str], *, with_ratio: bool) -> tuple[str, ...]:
    cells = [_count_and_rate(block, outcome) for outcome in shown]
    if with_ratio:
        conversion, objection = block.rate("conversion"), block.rate("objection")
        known = conversion and objection is not None
        ratio = wording.number(100 * objection / conversion) if known else wording.MISSING  # type: ignore[operator]
        cells.append(ratio)
    return (wording.month_range(block.month_from, block.month_to), *cells)


def _count_and_rate(block: Block, outcome: str) -> str:
    rate = block.rate(outcome)
    if rate is None:
        return wording.MISSING
    return f"{wording.count(block.events[outcome])} ({wording.percentage(rate)})"
