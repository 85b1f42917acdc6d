"""Criteria with the cap beside them, and the term per weight of the burden."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import Table
from balanstest_analysis.presentation.conclusions import (
    demand_of,
    estimated_last_month,
    holds_throughout,
    quoted,
)
from balanstest_analysis.presentation.conclusions.sensitivity import unseen_beyond
from balanstest_analysis.presentation.places import APPENDIX_H, CRITERIA_TABLE
from balanstest_analysis.published.criteria import (
    REGIME_CAP,
    Argued,
    PublishedCriterion,
    Support,
    Tested,
    Unsupported,
    WeightPoint,
    number_of,
)
from balanstest_analysis.published.names import OVERALL_RATE, UNTESTED, Outcome
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
    shown = {cell for row in cells for cell in row}
    return Table(
        columns=(
            "Criterium",
            "Eis",
            "Schatting t/m",
            "Aangetoond t/m",
            "Controle t/m",
            "Termijn",
        ),
        rows=tuple(cells),
        caption=_caption(result),
        align="llrrrr",
        anchor=CRITERIA_TABLE.anchor,
        note=(
            "Schatting: de laatste maand die volgens de schatting nog "
            f"voldoet{_ALL if ALL_MONTHS in shown else ''}. Aangetoond: de laatste maand waarvoor "
            f"dat is aangetoond (betrouwbaarheid {level}, eenzijdig). Controle: de laatste maand "
            "van de aaneengesloten tijdvakken, vanaf het eerste, die elk afzonderlijk aantoonbaar "
            f"voldoen (exacte eenzijdige grens; zie {APPENDIX_H}). Deze controle bepaalt de "
            f"termijn niet.{_single_row(result)}{_signs(shown)}"
        ),
        emphasise=tuple(i for i, name in enumerate(names) if name == result.proposal.binding),
    )


_ALL = " (alle: alle maanden met voldoende gegevens)"
_SIGNS = {NOT_APPLICABLE: "niet van toepassing", UNDETERMINED: "niet te bepalen"}


def _signs(shown: Collection[str]) -> str:
    """Return what the signs in the table mean, of those that occur there."""
    told = [f"{sign}: {meaning}" for sign, meaning in _SIGNS.items() if sign in shown]
    return f" {wording.capital('; '.join(told))}." if told else ""


def _caption(result: PublishedResult) -> str:
    cap = result.regime.cap_months
    if cap is None:
        return "De criteria van de organisatie en de termijn die daaruit volgt"
    return (
        f"De criteria van de organisatie, {wording.cap(cap)} en de termijn die uit elk daarvan "
        "volgt"
    )


def _single_row(result: PublishedResult) -> str:
    """Return that a check of one row says nothing of single months; else nothing."""
    rows = [result.outcomes[item.outcome].rows for item in result.criteria if item.outcome]
    if not any(len(found) == 1 for found in rows):
        return ""
    return " Bij één gepubliceerde rij zegt de controle niets over afzonderlijke maanden."


def _cap_cells(result: PublishedResult) -> Iterator[tuple[str, ...]]:
    cap = result.regime.cap_months
    if cap is not None:
        words = wording.months(cap)
        unknown = (NOT_APPLICABLE,) * 3
        yield (
            wording.capital(wording.cap(cap).removeprefix("de ")),
            f"De termijn mag ten hoogste {words} zijn",
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
        note=" ".join(filter(None, _weight_notes(result, points.values(), uncertain=uncertain))),
    )


def _weight_notes(
    result: PublishedResult, points: Iterable[WeightPoint], *, uncertain: bool
) -> Iterator[str]:
    yield _WEIGHTS
    yield _weight_rule(result)
    cap = result.regime.cap_months
    left_out = (
        "Andere criteria"
        if cap is None
        else f"Vaste grenzen, zoals {wording.cap(cap)}, en andere criteria"
    )
    yield f"{left_out} tellen in deze tabel niet mee."
    if any(point.term_months is None and point.status not in UNTESTED for point in points):
        yield _NONE
    if uncertain:
        yield _UNCERTAIN
    yield unseen_beyond(
        point.term_months
        for point in points
        if point.status == "not_reached_in_data" and point.term_months is not None
    )


_COMPLAINTS: Outcome = "complaint"


def _weight_rule(result: PublishedResult) -> str:
    """Return until when a term runs: what a contact costs is that of the first such criterion."""
    burden = "het verzetpercentage, vermenigvuldigd met het gewicht"
    if result.outcomes[_COMPLAINTS].available:
        burden = (
            "het verzetpercentage en het klachtpercentage samen, elk vermenigvuldigd met het eigen "
            "gewicht"
        )
    for item in result.criteria:
        cost = _cost_in_conversions(item)
        if cost:
            points = wording.percentage_points(cost, wording.percentage_digits([cost]))
            return (
                f"De termijn loopt door zolang het conversiepercentage, na aftrek van {points} "
                f"voor de kosten (criterium {quoted(item.name)}), opweegt tegen {burden}."
            )
    return f"De termijn loopt door zolang het conversiepercentage opweegt tegen {burden}."


def _cost_in_conversions(criterion: PublishedCriterion) -> float | None:
    """Return what a contact costs in conversions, where a criterion says so."""
    if criterion.kind == "minimum_rate" and criterion.outcome == "conversion":
        return criterion.threshold
    if criterion.kind == "net_benefit":
        cost, value = (
            number_of(criterion.parameters, name)
            for name in ("cost_per_contact", "value_per_conversion")
        )
        return cost / value if value else None
    return None


_WEIGHTS = (
    "Een gewicht van verzet van 0,5 betekent dat twee meldingen van verzet opwegen tegen één "
    "conversie."
)
_NONE = "Geen: bij dat gewicht volgt er geen termijn."
_UNCERTAIN = "Onzeker: of de opbrengst bij dat gewicht opweegt tegen de hinder, staat niet vast."


def _complaint_heads(weights: Sequence[float]) -> tuple[str, ...]:
    """Without data on complaints there is one weight only, and it is zero."""
    if len(weights) == 1:
        return ("Termijn",)
    return tuple(f"Gewicht van een klacht: {_weight(weight)}" for weight in weights)


def _weight(value: float) -> str:
    return wording.significant(value, 3).rstrip("0").rstrip(",") if value % 1 else f"{value:.0f}"


def _supported(point: WeightPoint | None) -> str:
    if point is None:
        return wording.MISSING
    if point.term_months is None:
        return "onzeker" if point.status in UNTESTED else "geen"
    return str(point.term_months)
