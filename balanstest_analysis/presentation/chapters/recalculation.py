"""Appendix H: one printed row worked out, so that a reader can compute the others."""

from __future__ import annotations

from collections.abc import Iterator

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import Block, Heading, Paragraph
from balanstest_analysis.presentation.conclusions.worked_row import (
    WorkedRow,
    row_against_criteria,
    worked_row,
)
from balanstest_analysis.presentation.places import (
    APPENDIX_H,
    CRITERIA_TABLE,
    rates_table_place,
)
from balanstest_analysis.presentation.tables.worked_row import worked_row_table
from balanstest_analysis.published.counts import Few
from balanstest_analysis.published.criteria import Tested
from balanstest_analysis.published.result import PublishedResult


def recalculation(result: PublishedResult) -> tuple[Block, ...]:
    """Return appendix H.

    Args:
        result: published; only what is printed of it is used.
    """
    worked = worked_row(result)
    return (
        Heading(level=2, text="Bijlage H. Zo rekent u het na", anchor=APPENDIX_H.anchor),
        *(_nothing(result) if worked is None else _worked(worked, result)),
    )


def _nothing(result: PublishedResult) -> Iterator[Block]:
    yield Paragraph(
        text="Dit rapport bevat geen rij waarvan alle getallen zijn afgedrukt. Er is daarom geen "
        "rij om voor te rekenen."
    )
    yield from _term(result)
    yield from _hidden(result)


def _worked(worked: WorkedRow, result: PublishedResult) -> Iterator[Block]:
    yield Paragraph(text=_cells(worked))
    yield worked_row_table(worked, result)
    compared = " ".join(row_against_criteria(worked, result))
    if compared:
        yield Paragraph(
            text=f"{compared} Zo is rij voor rij de kolom ‘Controle’ in {CRITERIA_TABLE.number} "
            "gevuld, van de eerste rij tot de eerste die dat niet laat zien, of tot de laatste rij."
        )
    yield Paragraph(text=_others(worked.level))
    yield from _term(result)
    yield from _hidden(result)


def _term(result: PublishedResult) -> Iterator[Block]:
    """Yield that a term takes more than a spreadsheet; where none was tested, nothing."""
    if any(isinstance(item.support, Tested) for item in result.criteria):
        yield Paragraph(
            text="De termijnen zelf zijn zo niet na te rekenen: zij volgen uit de aantallen per "
            "maand, en die publiceert dit rapport alleen per tijdvak."
        )


def _cells(worked: WorkedRow) -> str:
    place = rates_table_place(wording.OUTCOME_WORDS[worked.outcome].question)
    return (
        "De getallen in de overzichten zijn met een rekenblad na te rekenen. Als voorbeeld dient "
        f"de rij over maand {worked.months} in {place.number}. Zet in een leeg rekenblad in de "
        "cellen A1, A2 en A3 wat in die rij staat, en daaronder de formules. Zij geven de getallen "
        "die in het overzicht staan."
    )


def _others(level: float) -> str:
    tail = (1 - level) / 2
    low, high, first, last = map(_decimal, (tail, 1 - tail, 1 - level, level))
    return (
        "Voor een andere rij hoeven alleen A1, A2 en A3 te veranderen. Telt een rij geen enkele "
        "gebeurtenis, dan is de ondergrens 0%. Bij minder dan vijf gebeurtenissen is het interval "
        f"dat van Clopper en Pearson: de formules van A7 en A8, met {low} en {high} in plaats van "
        f"{first} en {last}."
    )


def _decimal(value: float) -> str:
    return wording.number(value, 6).rstrip("0")


def _hidden(result: PublishedResult) -> Iterator[Block]:
    """Yield how the limit of a row with a hidden count is computed."""
    rows = [row for entry in result.outcomes.values() for row in entry.rows]
    if not any(isinstance(row.events, Few) for row in rows):
        return
    most = result.settings.disclosure_minimum - 1
    level = wording.number(result.settings.confidence_level, 4).rstrip("0")
    yield Paragraph(
        text="Staat er een punt in plaats van het aantal, dan is de bovengrens die van het "
        f"grootste aantal dat daarmee bedoeld kan zijn ({most}), met ontwerpeffect 1: "
        f"`=BETA.INV({level};{most}+1;A1-{most})`."
    )
