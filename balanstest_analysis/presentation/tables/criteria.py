"""Criteria with the cap beside them, and the term per weight of the burden."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import Table
from balanstest_analysis.presentation.conclusions import (
    demand_of,
    estimated_last_month,
    holds_throughout,
)
from balanstest_analysis.presentation.places import CRITERIA_TABLE
from balanstest_analysis.published.criteria import (
    REGIME_CAP,
    Argued,
    PublishedCriterion,
    Support,
    Tested,
    Unsupported,
    WeightPoint,
)
from balanstest_analysis.published.names import OVERALL_RATE, UNTESTED
from balanstest_analysis.published.result import PublishedResult

ALL_MONTHS = "alle"
NOT_APPLICABLE = "n.v.t."
UNDETERMINED = "n.t.b."


def criteria_table(result: PublishedResult) -> Table:
    """Return every criterion with its demand and the term it supports.

    Args:
        result: the published result.
    """
    names = [*(item.name for item in result.criteria), REGIME_CAP]
    cells = [*(_criterion_cells(item, result) for item in result.criteria), *_cap_cells(result)]
    level = wording.level(result.settings.confidence_level)
    return Table(
        columns=(
            "Criterium",
            "Eis",
            "Schatting",
            "Aangetoond",
            "Controle",
            "Termijn",
        ),
        rows=tuple(cells),
        caption="De criteria van de organisatie en de termijn die daaruit volgt",
        align="llrrrr",
        anchor=CRITERIA_TABLE.anchor,
        note=(
            "Schatting: de laatste maand die volgens de schatting nog voldoet (alle: alle maanden "
            "met voldoende gegevens). Aangetoond: de laatste maand waarvoor dat is aangetoond "
            f"(betrouwbaarheid {level}, eenzijdig). Controle: de laatste maand van de reeks rijen "
            "die elk voor zich aantoonbaar voldoen (exacte eenzijdige grens). Deze controle "
            "bepaalt de termijn niet. N.v.t.: niet van toepassing; n.t.b.: niet te bepalen."
        ),
        emphasise=tuple(i for i, name in enumerate(names) if name == result.proposal.binding),
    )


def _cap_cells(result: PublishedResult) -> Iterator[tuple[str, ...]]:
    cap = result.regime.cap_months
    if cap is not None:
        words = wording.months(cap)
        unknown = (NOT_APPLICABLE,) * 3
        yield (
            wording.capital(wording.cap(cap).removeprefix("de ")),
            f"De termijn is ten hoogste {words}",
            *unknown,
            words,
        )


def _criterion_cells(criterion: PublishedCriterion, result: PublishedResult) -> tuple[str, ...]:
    term = criterion.term_months
    return (
        criterion.name,
        wording.capital(wording.norm(demand_of(criterion), result.settings.denominator)),
        ALL_MONTHS
        if holds_throughout(criterion)
        else _month(criterion, estimated_last_month(criterion)),
        _month(criterion, _last_tested_month(criterion.support)),
        _month(criterion, criterion.witness_month),
        _status(criterion, result) if term is None else wording.months(term),
    )


def _status(criterion: PublishedCriterion, result: PublishedResult) -> str:
    words = wording.CRITERION_STATUSES[criterion.status]
    aside = any(item.criterion == criterion.name for item in result.proposal.set_aside)
    return f"{words}; terzijde gelegd" if aside else words


def _last_tested_month(support: Support) -> int | None:
    """Only what was tested has a lower limit; an argument in words has none."""
    match support:
        case Tested(term_months=term):
            return term - 1
        case Argued() | Unsupported():
            return None


def _month(criterion: PublishedCriterion, month: int | None) -> str:
    """An argument in words, or a rate over all months together, has no month of its own."""
    is_overall = criterion.kind == OVERALL_RATE and isinstance(criterion.support, Tested)
    if isinstance(criterion.support, Argued) or (is_overall and month is None):
        return NOT_APPLICABLE
    return UNDETERMINED if month is None else str(month)


def frontier_table(result: PublishedResult) -> Table | None:
    """Return the supported term per weight of an objection and of a complaint, or None.

    Args:
        result: the published result.
    """
    points = {(point.objection_weight, point.complaint_weight): point for point in result.frontier}
    if not points:
        return None
    objections = sorted({weight for weight, _ in points})
    complaints = sorted({weight for _, weight in points})
    uncertain = any(point.status in UNTESTED for point in points.values())
    return Table(
        columns=("Gewicht van verzet", *_complaint_heads(complaints)),
        rows=tuple(
            (_weight(first), *(_supported(points.get((first, second))) for second in complaints))
            for first in objections
        ),
        caption="Termijn in maanden, naar het gewicht van verzet en van een klacht",
        note=" ".join(_weight_notes(result, points.values(), uncertain=uncertain)),
    )


def _weight_notes(
    result: PublishedResult, points: Iterable[WeightPoint], *, uncertain: bool
) -> Iterator[str]:
    yield _WEIGHTS
    cap = result.regime.cap_months
    left_out = "De andere criteria" if cap is None else "Een vaste grens en de andere criteria"
    yield f"{left_out} tellen in deze tabel niet mee."
    if any(point.term_months is None and point.status not in UNTESTED for point in points):
        yield _NONE
    if uncertain:
        yield _UNCERTAIN


_WEIGHTS = "Een gewicht van 0,5 betekent dat twee meldingen van verzet opwegen tegen één conversie."
_NONE = "Geen: bij dat gewicht volgt er geen termijn."
_UNCERTAIN = "Onzeker: te weinig gegevens om bij dat gewicht een termijn aan te tonen."


def _complaint_heads(weights: Sequence[float]) -> tuple[str, ...]:
    """Without data on complaints there is one weight only, and it is zero."""
    if len(weights) == 1:
        return ("Termijn",)
    return tuple(f"Gewicht klacht {_weight(weight)}" for weight in weights)


def _weight(value: float) -> str:
    return wording.significant(value, 3).rstrip("0").rstrip(",") if value % 1 else f"{value:.0f}"


def _supported(point: WeightPoint | None) -> str:
    if point is None:
        return wording.MISSING
    if point.term_months is None:
        return "onzeker" if point.status in UNTESTED else "geen"
    return str(point.term_months)
