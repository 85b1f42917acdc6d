"""What changes when another choice is made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from balanstest_analysis.document import wording
from balanstest_analysis.presentation.places import APPENDIX_C
from balanstest_analysis.published.criteria import OtherChoice
from balanstest_analysis.published.names import CriterionKind
from balanstest_analysis.published.result import PublishedResult

Choice: TypeAlias = tuple[str, str | None]

_SCALED: Mapping[CriterionKind, str] = {
    "maximum_ratio": "Factor",
    "net_benefit": "Opbrengst per conversie",
}


def other_choices(result: PublishedResult) -> dict[Choice, list[OtherChoice]]:
    """Return the rows of the sensitivity per choice and criterion, known choices first.

    Args:
        result: published.
    """
    order = {code: place for place, code in enumerate(wording.CHOICES)}
    found: dict[Choice, list[OtherChoice]] = {}
    for line in sorted(result.sensitivity, key=lambda line: order.get(line.choice, 99)):
        found.setdefault((line.choice, line.criterion), []).append(line)
    return found


def changed(result: PublishedResult, code: str, criterion: str | None) -> str:
    """Return what a choice changes, with the name of the criterion it concerns.

    Args:
        result: published.
        code: of the choice.
        criterion: name of the criterion that is changed, or None.
    """
    if criterion is None:
        return wording.choice(code)
    stated = result.criterion_named(criterion)
    scaled = _SCALED.get(stated.kind) if stated is not None and code == "threshold" else None
    return f"{scaled or wording.choice(code)} van ‘{criterion}’"


def shorter_elsewhere(result: PublishedResult) -> str:
    """Return how short the term becomes under another choice; empty where it never does.

    Another denominator stands apart: the thresholds were not stated for it.
    """
    term = result.proposal.evaluated_term_months
    if term is None:
        return ""
    lines = [line for line in result.sensitivity if line.choice != "denominator"]
    terms = [line.term_months for line in lines if line.term_months is not None]
    shorter = [other for other in terms if other < term]
    none = sum(line.status == "no_term" for line in lines)
    untested = sum(line.status == "undetermined" for line in lines)
    of_all = f"van de {len(lines)} andere keuzes in {APPENDIX_C}, ook van drempelwaarden,"
    points = []
    if shorter:
        least = wording.months(min(shorter))
        points.append(f"Bij {len(shorter)} {of_all} is de termijn korter; de kortste is {least}.")
    if none:
        of_these = f"van die {len(lines)}" if points else of_all
        points.append(f"Bij {none} {of_these} blijft er geen termijn over.")
    open_ = (
        f"Bij {_choices(untested)} is er nog geen voorstel: of aan een criterium wordt voldaan, "
        "staat dan niet vast."
    )
    told = [open_] if untested else []
    return " ".join([*points, *told, *_other_denominators(result, term)])


def _other_denominators(result: PublishedResult, term: int) -> Iterator[str]:
    """Yield the shorter terms with another denominator, and why they are not held against it."""
    for line in result.sensitivity:
        if line.choice != "denominator" or line.status == "undetermined":
            continue
        if line.term_months is not None and line.term_months >= term:
            continue
        value = wording.choice_value(line.choice, line.value)
        own = wording.DENOMINATORS[result.settings.denominator][0]
        months = line.term_months
        found = "geen termijn" if months is None else f"een termijn van {wording.months(months)}"
        yield (
            f"Wordt per {value} gerekend in plaats van per {own}, dan volgt er {found}; de "
            "drempelwaarden zijn daar niet voor gesteld."
        )


def _choices(number: int) -> str:
    return "één andere keuze" if number == 1 else f"{wording.spelled(number)} andere keuzes"
