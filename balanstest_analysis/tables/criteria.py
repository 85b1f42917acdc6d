"""Criteria, and the term under other choices."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from balanstest_analysis import wording
from balanstest_analysis.blocks import Table
from balanstest_analysis.conclusions import Result, estimated_last_month


def criteria_table(result: Result) -> Table:
    """Return every criterion with its demand and the term it supports.

    Args:
        result: the published result.
    """
    criteria = result["criteria"]
    binding = result["proposal"]["binding"]
    level = wording.level(result["settings"]["confidence_level"])
    return Table(
        columns=(
            "Criterium",
            "Eis aan elke maand",
            "Schatting",
            "Ondergrens",
            "Controle",
            "Termijn",
        ),
        rows=tuple(_criterion_cells(item, result) for item in criteria),
        caption="De criteria van de organisatie en wat zij dragen",
        align="llrrrr",
        note=(
            "Schatting en ondergrens: de laatste maand die nog voldoet, naar schatting en op de "
            f"eenzijdige ondergrens van {level}. Controle: de laatste maand tot waar elke "
            "afgedrukte rij afzonderlijk op haar exacte grens voldoet; die is met het blote oog "
            "na te gaan en bindt niet. Een punt betekent: niet te geven."
        ),
        emphasise=tuple(i for i, item in enumerate(criteria) if item["name"] == binding),
    )


def _criterion_cells(criterion: Mapping[str, Any], result: Result) -> tuple[str, ...]:
    term, estimate = criterion["term_months"], estimated_last_month(criterion)
    judged = criterion["kind"] != "horizon" and term is not None
    carried = (
        wording.CRITERION_STATUSES[criterion["status"]] if term is None else wording.months(term)
    )
    return (
        criterion["name"],
        wording.capital(wording.norm(criterion, result["settings"]["denominator"])),
        _month(estimate),
        str(term - 1) if judged else wording.MISSING,
        _month(criterion.get("witness_month")),
        carried,
    )


def _month(month: int | None) -> str:
    return wording.MISSING if month is None else str(month)


def frontier_table(result: Result) -> Table | None:
    """Return the supported term per weight of an objection and of a complaint, or None.

    Args:
        result: the published result.
    """
    points = {
        (point["objection_weight"], point["complaint_weight"]): point["term_months"]
        for point in result.get("frontier") or ()
    }
    if not points:
        return None
    objections = sorted({weight for weight, _ in points})
    complaints = sorted({weight for _, weight in points})
    return Table(
        columns=("Gewicht van verzet", *(f"Klacht: {_weight(weight)}" for weight in complaints)),
        rows=tuple(
            (
                _weight(first),
                *(_months_or_none(points.get((first, second))) for second in complaints),
            )
            for first in objections
        ),
        caption="Termijn in maanden bij elk gewicht van verzet en klachten",
        note=(
            "Een gewicht van 0,5 betekent dat twee keer verzet opweegt tegen één conversie. Zonder "
            "de grens van de regeling en zonder de andere criteria."
        ),
    )


def _weight(value: float) -> str:
    return wording.significant(value, 3).rstrip("0").rstrip(",") if value % 1 else f"{value:.0f}"


def _months_or_none(term: int | None) -> str:
    return "geen" if term is None else str(term)


def sensitivity_table(result: Result) -> Table | None:
    """Return the term with each threshold multiplied, or None when none was made.

    Args:
        result: the published result.
    """
    lines = [line for line in result["sensitivity"] if line["choice"] == "threshold"]
    if not lines:
        return None
    factors = sorted({float(line["value"]) for line in lines})
    terms = {(line["criterion"], float(line["value"])): line["term_months"] for line in lines}
    kinds = {criterion["name"]: criterion["kind"] for criterion in result["criteria"]}
    return Table(
        columns=("Wat wordt veranderd", *(f"× {_weight(factor)}" for factor in factors)),
        rows=tuple(
            (_scaled(name, kinds), *(_months_at(terms, name, factor) for factor in factors))
            for name in dict.fromkeys(line["criterion"] for line in lines)
        ),
        caption="De termijn in maanden als een drempelwaarde wordt vermenigvuldigd",
        note=(
            "De langste van deze termijnen mag nooit achteraf worden gekozen: dan klopt de "
            "genoemde betrouwbaarheid niet meer."
        ),
    )


def _scaled(name: str, kinds: Mapping[str, str]) -> str:
    return f"{_SCALED.get(kinds.get(name, ''), 'Drempelwaarde')} van ‘{name}’"


_SCALED = {"maximum_ratio": "Factor", "net_benefit": "Opbrengst per conversie"}


def _months_at(terms: Mapping[tuple[str, float], int | None], name: str, factor: float) -> str:
    known = (name, factor) in terms
    return _months_or_none(terms[name, factor]) if known else wording.MISSING


def families_alone_table(result: Result) -> Table | None:
    """Return the term with each curve family used alone, or None when none was made.

    Args:
        result: the published result.
    """
    lines = [line for line in result["sensitivity"] if line["choice"] == "family"]
    if not lines:
        return None
    return Table(
        columns=("Alleen deze kromme", "Termijn in maanden"),
        rows=tuple(
            (wording.capital(wording.FAMILIES[line["value"]]), _months_or_none(line["term_months"]))
            for line in lines
        ),
        caption="De termijn als één kromme alleen wordt gebruikt",
    )
