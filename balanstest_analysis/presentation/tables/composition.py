"""Who was called in which month, rates at one mix of campaigns, and who ever objected."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import Table
from balanstest_analysis.presentation.conclusions import Result, shown_shares, standardised_outcomes

Row = Mapping[str, Any]

MOST_ROWS = 13


def composition_table(result: Result) -> Table | None:
    """Return contacts, reach and campaigns per group of months, or None without any.

    Args:
        result: the published result.
    """
    rows = result.get("composition") or []
    if not rows:
        return None
    shown = shown_shares(result)
    heads = [head for key in shown for head in _HEADS[key]]
    return Table(
        columns=("Maanden", "Netto contacten", *heads),
        rows=tuple(_composition_cells(row, shown) for row in rows),
        caption="Samenstelling van de contacten per groep maanden",
        note=_ROUNDED + (_REACH if "reached_share" in shown else ""),
    )


_ROUNDED = (
    "De contacten zijn die van de percentages; aandelen zijn afgerond, en van alle belpogingen en "
    "contacten. Campagnes: die met genoeg contacten om te tonen. "
)
_REACH = "Bereik: het deel van de belpogingen waarin de juiste persoon is bereikt."
_HEADS = {
    "reached_share": ("Bereik",),
    "largest_campaign_share": ("Campagnes", "Aandeel grootste campagne"),
}


def _composition_cells(row: Row, shown: Sequence[str]) -> tuple[str, ...]:
    cells = [
        wording.month_range(row["month_from"], row["month_to"]),
        wording.count(row["net_contacts"]),
    ]
    if "reached_share" in shown:
        cells.append(wording.percentage(row["reached_share"], 0))
    if "largest_campaign_share" in shown:
        largest = wording.percentage(row["largest_campaign_share"], 0)
        cells += [wording.count(row["campaigns"]), largest]
    return tuple(cells)


def standardised_table(result: Result) -> Table | None:
    """Return modelled rates at the month's own and at the common mix of campaigns, or None.

    Args:
        result: the published result.
    """
    shown = standardised_outcomes(result)
    if not shown:
        return None
    by_month = {
        name: {row["month"]: row for row in result["outcomes"][name]["standardised"]}
        for name in shown
    }
    months = _thinned(sorted(set().union(*by_month.values())))
    heads = [
        f"{wording.OUTCOME_WORDS[name].events}, {mix} mix"
        for name in shown
        for mix in ("eigen", "gelijke")
    ]
    return Table(
        columns=("Maand", *heads),
        rows=tuple(
            (str(month), *(cell for name in shown for cell in _mix_cells(by_month[name], month)))
            for month in months
        ),
        caption="Geschatte percentages bij de eigen en bij een gelijke mix van campagnes",
    )


def _thinned(months: list[int]) -> list[int]:
    """Return at most so many months as are easily read, the last among them."""
    step = math.ceil(len(months) / MOST_ROWS)
    return [*months[:-1:step], months[-1]]


def _mix_cells(rows: Mapping[int, Row], month: int) -> tuple[str, str]:
    row = rows.get(month)
    if row is None:
        return wording.MISSING, wording.MISSING
    digits = wording.percentage_digits(other["rate"] for other in rows.values())
    own, common = (wording.percentage(row[key], digits) for key in ("rate", "standardised_rate"))
    return own, common


def incidence_table(result: Result, outcome: str) -> Table | None:
    """Return which share of the people had an event by the end of these months.

    None where it is not known, or where every row is too small to publish.

    Args:
        result: the published result.
        outcome: such as ``"objection"``.
    """
    rows = (result.get("cumulative_incidence") or {}).get(outcome)
    if not rows or all(row["incidence"] is None for row in rows):
        return None
    words = wording.OUTCOME_WORDS[outcome]
    level = wording.level(result["settings"]["confidence_level"])
    digits = wording.percentage_digits(row["incidence"] for row in rows)
    return Table(
        columns=(
            "Maanden",
            "Gevolgde mensen",
            words.events,
            "Aandeel tot en met deze maanden",
            f"{level}-interval",
        ),
        rows=tuple(_incidence_cells(row, digits) for row in rows),
        caption=f"Aandeel van de mensen met {words.result}, opgeteld over de maanden",
        note=_hidden_note(result) if any(row["events"] is None for row in rows) else "",
    )


def _incidence_cells(row: Row, digits: int) -> tuple[str, ...]:
    lower, upper = row["incidence_lower"], row["incidence_upper"]
    one_sided = "." if upper is None else f"tot {wording.percentage(upper, digits)}"
    return (
        wording.month_range(row["month_from"], row["month_to"]),
        wording.count(row["at_risk"]),
        wording.count(row["events"]),
        wording.percentage(row["incidence"], digits),
        wording.interval(lower, upper, digits) or one_sided,
    )


def _hidden_note(result: Result) -> str:
    fewer = wording.fewer_than(result["settings"]["disclosure_minimum"])
    return f"Een punt staat voor {fewer}, of voor een aantal waaruit zo’n klein aantal zou volgen."
