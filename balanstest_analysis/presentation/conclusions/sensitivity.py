"""What changes when another choice is made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from balanstest_analysis.document import wording
from balanstest_analysis.presentation.conclusions.binding import ends_with_data
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

    Another denominator stands apart: the thresholds were stated for the own one. Where the own term
    ends with the data, an equal term is no sign that the term is robust.
    """
    term = result.proposal.evaluated_term_months
    if term is None:
        return ""
    lines = [line for line in result.sensitivity if line.choice != "denominator"]
    terms = [line.term_months for line in lines if line.term_months is not None]
    shorter = [other for other in terms if other < term]
    none = sum(line.status == "no_term" for line in lines)
    untested = sum(line.status == "undetermined" for line in lines)
    of_these = f"van die {len(lines)}"
    points = []
    if shorter:
        points.append(f"{_at(len(shorter), lines)} is de termijn korter{_least(shorter)}.")
    if none:
        told = f"Bij {_one(none)} {of_these}" if points else _at(none, lines)
        points.append(f"{told} {_NONE_LEFT}")
    if points:
        points += _beside(result, terms, of_these)
    open_ = (
        f"Bij {_choices(untested)} is er nog geen voorstel: of aan een criterium wordt voldaan, "
        "staat dan niet vast."
    )
    untold = [open_] if untested else []
    return " ".join([*points, *untold, *_other_denominators(result, term)])


_NONE_LEFT = "blijft er geen termijn over."


def _at(number: int, lines: Sequence[OtherChoice]) -> str:
    """Return at how many of the other choices something holds; at all of them without a number."""
    every = len(lines)
    if number == every == 1:
        return f"Bij de enige andere keuze in {APPENDIX_C}"
    if number == every:
        which = "beide" if every == 2 else f"alle {every}"
    else:
        which = f"{_one(number)} van de {every}"
    return f"Bij {which} andere keuzes in {APPENDIX_C}{_among(lines)}"


def _among(lines: Sequence[OtherChoice]) -> str:
    """Return that other thresholds are among the choices, where they are."""
    any_scaled = any(line.choice == "threshold" for line in lines)
    return ", waaronder andere drempelwaarden," if any_scaled else ""


def _one(number: int) -> str:
    return "één" if number == 1 else wording.count(number)


def _least(shorter: Sequence[int]) -> str:
    least = wording.months(min(shorter))
    return f", namelijk {least}" if len(shorter) == 1 else f"; de kortste is {least}"


def _beside(result: PublishedResult, terms: Sequence[int], of_these: str) -> Iterator[str]:
    """Yield which of the other choices say nothing of a longer term, and which are not counted."""
    own = result.proposal.uncapped_term_months or 0
    alike = terms.count(own)
    if alike and ends_with_data(result):
        told = f"Bij {_one(alike)} {of_these} blijft de termijn {wording.months(own)}"
        yield f"{told}: daarna zijn er te weinig gegevens."
    if any(line.choice == "denominator" for line in result.sensitivity):
        yield "Een andere noemer is hierbij niet meegeteld."


def unseen_beyond(terms: Iterable[int]) -> str:
    """Return, for below a table, that the data end at a term; nothing without such terms.

    Args:
        terms: at which the data end, in months.

    Examples:
        >>> unseen_beyond([])
        ''
        >>> unseen_beyond([41, 38, 41])[:51]
        '38 en 41 maanden: daarna zijn er te weinig gegevens'
    """
    found = sorted(set(terms))
    if not found:
        return ""
    months = f"{wording.enumerated([str(term) for term in found])} {_noun(found)}"
    return f"{months}: {_UNSEEN}"


_UNSEEN = (
    "daarna zijn er te weinig gegevens; of de termijn langer had kunnen zijn, is niet op te maken."
)


def _noun(terms: Sequence[int]) -> str:
    return "maand" if list(terms) == [1] else "maanden"


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
            f"drempelwaarden zijn gesteld per {own}."
        )


def _choices(number: int) -> str:
    return "één andere keuze" if number == 1 else f"{wording.spelled(number)} andere keuzes"
