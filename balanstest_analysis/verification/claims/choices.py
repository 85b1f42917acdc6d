"""What other choices are called, and which of them give the shortest term."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from balanstest_analysis.verification.claims.facts import Facts
from balanstest_analysis.verification.claims.vocabulary import (
    CHOICES,
    EXCLUSIONS,
    FAMILIES,
    KINDS,
    LAST_EVENTS,
    SCALED,
    UNITS,
    enumerated,
)

LISTED = 3
WINDOWS = ("objection_window_days", "complaint_window_days")
_EXCLUDED = {
    "beyond_cap": "buiten de grens van 36 maanden (Code)",
    "beyond_own_term": "buiten de eigen termijn",
}


def choice_name(line: Mapping[str, Any], facts: Facts) -> str:
    """Return what a choice is called, with the criterion that it changes."""
    code = line["choice"]
    name = CHOICES.get(code, f"Andere keuze ({code.replace('_', ' ')})")
    if line["criterion"] is None:
        return name
    item = facts.criterion(line["criterion"])
    if code == "threshold" and item is not None:
        name = SCALED.get(item.kind, name)
    return f"{name} van ‘{line['criterion']}’"


def value_name(line: Mapping[str, Any]) -> str:
    """Return what was chosen instead."""
    code, value = line["choice"], line["value"]
    if value is None or isinstance(value, bool):
        return "alle samen"
    if code in WINDOWS:
        return f"{int(value)} {'dag' if int(value) == 1 else 'dagen'}"
    if code == "threshold":
        return f"× {float(value):g}".replace(".", ",")
    return _named(code, value) if isinstance(value, str) else f"{float(value):g}"


def _named(code: str, value: str) -> str:
    parts = value.split("+")
    match code:
        case "reference_months":
            first, _, last = value.partition("-")
            return f"maand {first}" + (f" tot en met {last}" if last not in {"", first} else "")
        case "denominator":
            return UNITS[value][0]
        case "with_excluded_calls":
            names = [_EXCLUDED.get(part, EXCLUSIONS.get(part, part)) for part in parts]
            return " of ".join(name[0].lower() + name[1:] for name in names)
        case "reference_event":
            return " of ".join(LAST_EVENTS[part] for part in parts)
        case "kind_without_ground":
            return f"ook {enumerated([KINDS[part] for part in parts])}"
        case "family":
            return FAMILIES[value]
        case _:
            return value


def shortest_words(facts: Facts) -> str:
    """Return the choices of counting or of curve under which the term is shortest."""
    lines = [
        line
        for line in facts.content["sensitivity"]
        if line["choice"] not in {"threshold", "denominator"} and line["status"] != "undetermined"
    ]
    none = [line for line in lines if line["term_months"] is None]
    least = min((line["term_months"] or 0 for line in lines), default=0)
    found: dict[str, list[str]] = {}
    for line in none or [line for line in lines if line["term_months"] == least]:
        found.setdefault(choice_name(line, facts), []).append(value_name(line))
    return enumerated([f"‘{name}’ ({_few(values)})" for name, values in found.items()])


def _few(values: list[str]) -> str:
    more = len(values) - LISTED
    return enumerated([*values[:LISTED], *([f"{more} andere"] if more > 0 else [])])
