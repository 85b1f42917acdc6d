"""Who was called in which month, rates at one mix of campaigns, and how many people objected."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import Table
from balanstest_analysis.presentation.conclusions import (
    ShareName,
    share_of,
    shown_shares,
    standardised_outcomes,
)
from balanstest_analysis.presentation.hidden_counts import count_cell, hidden_note
from balanstest_analysis.presentation.kept_rows import dated_caption, kept_cell, kept_head
from balanstest_analysis.presentation.places import INCIDENCE_TABLE
from balanstest_analysis.presentation.tables.rates import rate_cells
from balanstest_analysis.published.names import Outcome
from balanstest_analysis.published.outcomes import MixPoint
from balanstest_analysis.published.people import CompositionRow, IncidenceRow
from balanstest_analysis.published.result import PublishedResult

MOST_ROWS = 13


def composition_table(result: PublishedResult) -> Table | None:
    """Return contacts, reach and campaigns per group of months, or None without any.

    Args:
        result: the published result.
    """
    if not result.composition:
        return None
    shown = shown_shares(result)
    heads = [head for name in shown for head in _HEADS[name]]
    return Table(
        columns=("Maanden", "Netto contacten", *heads, *kept_head(result.composition)),
        rows=tuple(
            (*_composition_cells(row, shown), *kept_cell(row, result.composition))
            for row in result.composition
        ),
        caption=dated_caption(
            "Samenstelling van de contacten per tijdvak", result.composition, result.data_through
        ),
        note=" ".join((_ROUNDED, *(_SHARE_NOTES[name] for name in shown))),
    )


_ROUNDED = (
    "De aantallen contacten zijn dezelfde als bij de percentages. De aandelen zijn berekend over "
    "alle belpogingen of contacten, en zo afgerond dat er geen aantal uit volgt."
)
_SHARE_NOTES: Mapping[ShareName, str] = {
    "reached_share": "Bereik: het deel van de belpogingen waarin de juiste persoon is bereikt.",
    "largest_campaign_share": (
        "Campagnes: het aantal campagnes met genoeg contacten om te vermelden."
    ),
}
_HEADS: Mapping[ShareName, tuple[str, ...]] = {
    "reached_share": ("Bereik",),
    "largest_campaign_share": ("Campagnes", "Aandeel grootste campagne"),
}


def _composition_cells(row: CompositionRow, shown: Sequence[ShareName]) -> tuple[str, ...]:
    cells = [wording.month_range(row.month_from, row.month_to), count_cell(row.contacts)]
    for name in shown:
        if name == "largest_campaign_share":
            cells.append(wording.count(row.campaigns))
        cells.append(wording.percentage(share_of(row, name), 0))
    return tuple(cells)


def standardised_table(result: PublishedResult) -> Table | None:
    """Return modelled rates at the month's own and at the common mix of campaigns, or None.

    Args:
        result: the published result.
    """
    shown = standardised_outcomes(result)
    if not shown:
        return None
    by_month = {
        name: {point.month: point for point in result.outcomes[name].standardised or ()}
        for name in shown
    }
    months = _thinned(sorted(set().union(*by_month.values())))
    heads = [
        f"{wording.OUTCOME_WORDS[name].events}, {mix} verdeling"
        for name in shown
        for mix in ("eigen", "gelijke")
    ]
    return Table(
        columns=("Maand", *heads),
        rows=tuple(
            (str(month), *(cell for name in shown for cell in _mix_cells(by_month[name], month)))
            for month in months
        ),
        caption="Geschatte percentages bij de eigen en bij een gelijke verdeling over campagnes",
        note=_NOT_AS_DRAWN,
    )


_NOT_AS_DRAWN = (
    "De percentages in deze tabel volgen uit één soepele kromme (spline) met een eigen hoogte per "
    "campagne. De krommen in de figuren zijn een gemiddelde van verschillende krommen en "
    "onderscheiden geen campagnes; in dezelfde maand kunnen tabel en figuur daarom iets "
    "verschillen."
)


def _thinned(months: list[int]) -> list[int]:
    """Return at most so many months as are easily read, the last among them."""
    step = math.ceil(len(months) / MOST_ROWS)
    return [*months[:-1:step], months[-1]]


def _mix_cells(points: Mapping[int, MixPoint], month: int) -> tuple[str, str]:
    point = points.get(month)
    if point is None:
        return wording.MISSING, wording.MISSING
    digits = wording.percentage_digits(other.rate for other in points.values())
    return (
        wording.percentage(point.rate, digits),
        wording.percentage(point.standardised_rate, digits),
    )


def incidence_table(result: PublishedResult, outcome: Outcome) -> Table | None:
    """Return which share of the people had an event so long after their first contact.

    None where it is not known, or where every row is too small to publish.

    Args:
        result: the published result.
        outcome: such as ``"objection"``.
    """
    rows = result.incidence_since_contact.get(outcome, ())
    observed = [row.observed.rate for row in rows if row.observed is not None]
    if not observed:
        return None
    words = wording.OUTCOME_WORDS[outcome]
    level = wording.level(result.settings.confidence_level)
    digits = wording.percentage_digits(observed)
    counts = [count for row in rows for count in (row.at_risk, row.events)]
    first = wording.FIRST_CONTACTS[result.settings.denominator]
    note = hidden_note(counts, result.settings.disclosure_minimum)
    return Table(
        columns=(
            "Maanden sindsdien",
            "Gemiddeld gevolgd",
            words.events,
            "Aandeel tot en met deze maanden",
            f"{level}-interval",
            *kept_head(rows),
        ),
        rows=tuple((*_incidence_cells(row, digits), *kept_cell(row, rows)) for row in rows),
        caption=dated_caption(
            f"Aandeel van de mensen met {words.result}, naar de tijd sinds hun {first}",
            rows,
            result.data_through,
        ),
        note=f"{note}." if note else "",
        anchor=INCIDENCE_TABLE.anchor if outcome == "objection" else "",
    )


def _incidence_cells(row: IncidenceRow, digits: int) -> tuple[str, ...]:
    return (
        wording.month_range(row.month_from, row.month_to),
        count_cell(row.at_risk),
        count_cell(row.events),
        *rate_cells(row.share, digits),
    )
