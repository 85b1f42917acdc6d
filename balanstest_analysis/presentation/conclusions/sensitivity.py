"""What changes when another choice is made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from balanstest_analysis.document import wording
from balanstest_analysis.presentation.conclusions.rows import Result, criterion_named

Line = Mapping[str, Any]
Choice = tuple[str, str | None]

_SCALED = {"maximum_ratio": "Factor", "net_benefit": "Opbrengst per conversie"}


def other_choices(result: Result) -> dict[Choice, list[Line]]:
    """Return the rows of the sensitivity per choice and criterion, known choices first.

    Args:
        result: the published result.
    """
    order = {code: place for place, code in enumerate(wording.CHOICES)}
    found: dict[Choice, list[Line]] = {}
    for line in sorted(result["sensitivity"], key=lambda line: order.get(line["choice"], 99)):
        found.setdefault((line["choice"], line["criterion"]), []).append(line)
    return found


def changed(result: Result, code: str, criterion: str | None) -> str:
    """Return what a choice changes, with the name of the criterion it concerns.

    Args:
        result: the published result.
        code: of the choice.
        criterion: name of the criterion that is changed, or None.
    """
    if criterion is None:
        return wording.choice(code)
    kind = (criterion_named(result, criterion) or {}).get("kind", "")
    label = _SCALED.get(kind) if code == "threshold" else None
    return f"{label or wording.choice(code)} van ‘{criterion}’"


def shorter_elsewhere(result: Result) -> str:
    """Return how short the term becomes under another choice; empty where it never does.

    Another denominator is left out: the thresholds were not stated for it.
    """
    term = result["proposal"]["term_months"]
    if term is None:
        return ""
    lines = [line for line in result["sensitivity"] if line["choice"] != "denominator"]
    terms = [int(line["term_months"]) for line in lines if line["status"] == "proposed"]
    shorter = [other for other in terms if other < term]
    none = sum(line["status"] == "no_term" for line in lines)
    if not shorter and not none:
        return ""
    points = [f"de kortste in bijlage C is {wording.months(min(shorter))}"] if shorter else []
    if none:
        times = "één andere keuze" if none == 1 else f"{none} andere keuzes"
        points.append(f"bij {times} blijft er geen termijn over")
    return f"Met andere keuzes wordt de termijn korter: {wording.enumerated(points)}."
