"""Parts of sentences that several chapters share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from balanstest_analysis.document.wording.labels import DENOMINATORS, OUTCOME_WORDS
from balanstest_analysis.document.wording.numbers import (
    amount,
    months,
    number,
    percentage,
    threshold,
)

_CHARITABLE = frozenset({"charity", "charity_lottery"})


def reference_event(sector: str) -> str:
    """Return what the months are counted from.

    Examples:
        >>> reference_event("charity"), reference_event("publisher")
        ('de laatste aankoop of gift', 'de laatste aankoop of afname')
    """
    return f"de laatste aankoop of {'gift' if sector in _CHARITABLE else 'afname'}"


def one_line(text: str) -> str:
    r"""Return words of the organisation without the line breaks of the dossier.

    Examples:
        >>> one_line("in de voorwaarden\n  en op de website")
        'in de voorwaarden en op de website'
    """
    return " ".join(text.split())


def interval(lower: float | None, upper: float | None, digits: int | None = None) -> str:
    """Return two limits of a rate, or nothing where one is not published.

    Examples:
        >>> interval(0.1412, 0.1534), interval(None, 0.02)
        ('14,1% tot 15,3%', '')
    """
    if lower is None or upper is None:
        return ""
    return f"{percentage(lower, digits)} tot {percentage(upper, digits)}"


def norm(criterion: Mapping[str, Any], denominator: str = "net_contact") -> str:
    """Return what a criterion demands in a month, as a clause without full stop.

    Args:
        criterion: a criterion of a result.
        denominator: ``"net_contact"`` or ``"call"``.

    Examples:
        >>> norm({"kind": "maximum_rate", "outcome": "complaint", "threshold": 0.002})
        'ten hoogste 0,2% van de netto contacten leidt tot een klacht'
    """
    given = {**criterion, **(criterion.get("parameters") or {})}
    singular, plural = DENOMINATORS[denominator]
    kind = given["kind"]
    if kind in {"minimum_rate", "maximum_rate"}:
        side = "ten minste" if kind == "minimum_rate" else "ten hoogste"
        result = OUTCOME_WORDS[given["outcome"]].result
        return f"{side} {threshold(given['threshold'])} van de {plural} leidt tot {result}"
    if kind == "maximum_ratio":
        return _ratio_norm(given)
    if kind == "burden_per_conversion":
        return (
            f"per conversie komt ten hoogste {_plain(given['threshold'])} keer verzet voor, "
            f"waarbij een klacht telt als {_plain(given['complaint_weight'])} keer verzet"
        )
    if kind == "net_benefit":
        return _benefit_norm(given, singular)
    return f"de termijn is ten hoogste {months(given['months'])}"


def _ratio_norm(given: Mapping[str, Any]) -> str:
    first, last = given["reference_months"]
    rate = OUTCOME_WORDS[given["outcome"]].rate
    return (
        f"het {rate} is ten hoogste {_plain(given['factor'])} keer dat in maand {first} tot en met "
        f"{last}"
    )


def _benefit_norm(given: Mapping[str, Any], singular: str) -> str:
    return (
        f"een {singular} levert gemiddeld ten minste op wat het kost: "
        f"{amount(given['value_per_conversion'])} per conversie, tegenover "
        f"{amount(given['cost_per_contact'])} per {singular}, {amount(given['objection_weight'])} "
        f"per keer verzet en {amount(given['complaint_weight'])} per klacht"
    )


def _plain(value: float) -> str:
    text = number(value, 4)
    return text.rstrip("0").rstrip(",")
