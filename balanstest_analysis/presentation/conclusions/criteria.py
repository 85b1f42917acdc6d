"""What the history says about each criterion."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import literal
from balanstest_analysis.presentation.conclusions.rows import Result

Criterion = Mapping[str, Any]
ROUNDING = 0.05


def quoted(name: str) -> str:
    """Return the name of a criterion as it stands in a sentence.

    Examples:
        >>> quoted("Bellen loont")
        '‘Bellen loont’'
    """
    return f"‘{literal(name)}’"


def criterion_sentences(criterion: Criterion, result: Result) -> str:
    """Return what was demanded, what was found and which term that supports.

    Args:
        criterion: one of the criteria of the result.
        result: the published result, for its denominator and confidence level.
    """
    settings = result["settings"]
    demand = f"De eis: {literal(wording.norm(criterion, settings['denominator']))}."
    return f"{demand} {finding_of(criterion, settings['confidence_level'])}"


def finding_of(criterion: Criterion, confidence_level: float) -> str:
    """Return what was found about a criterion, for each of its statuses."""
    if criterion["kind"] == "horizon" and criterion["term_months"] is not None:
        return (
            "Dit criterium rust op een argument in woorden en niet op de gegevens; het draagt een "
            f"termijn van {wording.months(criterion['term_months'])}."
        )
    sentence = _SENTENCES[criterion["status"]](criterion, wording.level(confidence_level))
    return f"{sentence}{_brake(criterion)}"


def _no_outcome_data(criterion: Criterion, _level: str) -> str:
    outcome = criterion.get("outcome")
    subject = wording.OUTCOME_WORDS[outcome].subject if outcome else "een van de uitkomsten"
    return f"Dit is niet getoetst: er zijn geen gegevens over {subject} aangeleverd."


def _too_little_data(criterion: Criterion, level: str) -> str:
    return (
        f"Er zijn te weinig gegevens om met een betrouwbaarheid van {level} te zeggen dat hieraan "
        "wordt voldaan; dat er niet aan wordt voldaan, volgt daar niet uit."
        f"{contacts_needed(criterion)}{_doubtful_start(criterion)}"
    )


def _doubtful_start(criterion: Criterion) -> str:
    month = criterion.get("doubtful_start_month")
    if month is None:
        return ""
    return (
        " In het begin wordt er naar schatting niet aan voldaan, maar aangetoond is dat niet. Een "
        f"later begin, in maand {month}, is daarom niet aangenomen."
    )


def contacts_needed(criterion: Criterion) -> str:
    """Return how many contacts a test asks for, or nothing where that is not known."""
    needed = criterion.get("contacts_needed")
    if needed is None:
        return ""
    words = f"ongeveer {wording.counted(needed, 'contact', 'contacten')}"
    if criterion.get("first_month_with_evidence") is None:
        return f" Een toets vraagt {words} binnen hooguit zes opeenvolgende maanden."
    return (
        f" Een toets vraagt ten minste {words} binnen hooguit zes opeenvolgende maanden. Die zijn "
        "er, maar wat is waargenomen ligt zo dicht bij de grens dat meer contacten nodig zijn."
    )


def _fails_from_start(criterion: Criterion, _level: str) -> str:
    first = criterion.get("first_month_with_evidence")
    where = "" if first is None else f" (maand {first})"
    return (
        f"Hieraan wordt al in de eerste maand met voldoende gegevens{where} naar schatting niet "
        "voldaan, en ook later is niet aangetoond dat eraan wordt voldaan. Dit criterium draagt "
        "geen enkele termijn."
    )


def _holds_between(criterion: Criterion, level: str) -> str:
    start, first = criterion.get("holds_from_month"), criterion.get("first_month_with_evidence")
    later = "pas later" if start is None else f"pas vanaf maand {start}"
    return (
        f"In maand {first or 0} wordt hieraan aantoonbaar niet voldaan, {later} "
        f"wel{_through(criterion, level)}. Voor eerder bellen biedt dit criterium geen steun."
    )


def _through(criterion: Criterion, level: str) -> str:
    term = criterion["term_months"]
    if term is None:
        return ""
    return f", op de ondergrens van {level} tot en met maand {term - 1}"


def _not_reached(criterion: Criterion, level: str) -> str:
    return (
        f"Ook op de ondergrens van {level} wordt hieraan voldaan tot en met maand "
        f"{criterion['term_months'] - 1}, de laatste maand met voldoende gegevens. Wat daarna "
        "gebeurt, zeggen deze gegevens niet."
    )


def _reached(criterion: Criterion, level: str) -> str:
    return f"{through_month(criterion, level)}."


def through_month(criterion: Criterion, level: str) -> str:
    """Return up to which month a criterion holds, by the estimate and at the limit.

    Examples:
        >>> through_month({"crossing": 21.9, "term_months": 22}, "95%")[:51]
        'Zowel naar schatting als op de ondergrens van 95% w'
    """
    last, estimate = criterion["term_months"] - 1, estimated_last_month(criterion)
    if estimate is None:
        return f"Op de ondergrens van {level} wordt hieraan voldaan tot en met maand {last}"
    if estimate == last:
        both = f"Zowel naar schatting als op de ondergrens van {level}"
        return f"{both} wordt hieraan voldaan tot en met maand {last}"
    limit = f"op de ondergrens van {level} tot en met maand {last}"
    return f"Naar schatting wordt hieraan voldaan tot en met maand {estimate}, {limit}"


def estimated_last_month(criterion: Criterion) -> int | None:
    """Return the last month that satisfies a criterion by the point estimate, or None.

    A published crossing is rounded to a tenth, so the lowest value it can stand for is used.

    Examples:
        >>> estimated_last_month({"crossing": 24.9, "term_months": 22})
        24
        >>> estimated_last_month({"crossing": 25.0, "term_months": 22})
        24
    """
    crossing, term = criterion.get("crossing"), criterion.get("term_months")
    if crossing is None or term is None:
        return None
    return max(math.floor(float(crossing) - ROUNDING), int(term) - 1)


def _brake(criterion: Criterion) -> str:
    month = criterion.get("contradicted_from_month")
    term = criterion["term_months"]
    if month is not None and month == term:
        return (
            f" De termijn stopt daar, omdat vanaf maand {month} de waarnemingen zelf dit criterium "
            "tegenspreken."
        )
    month = criterion.get("unshown_from_month")
    if month is not None and month == term:
        return (
            " De termijn stopt daar: geen enkele kromme beschrijft deze gegevens, en in maand "
            f"{month} laten de waarnemingen zelf niet zien dat nog aan het criterium wordt voldaan."
        )
    return ""


_SENTENCES: dict[str, Callable[[Criterion, str], str]] = {
    "no_outcome_data": _no_outcome_data,
    "too_little_data": _too_little_data,
    "fails_from_start": _fails_from_start,
    "holds_between": _holds_between,
    "not_reached_in_data": _not_reached,
    "reached": _reached,
}
