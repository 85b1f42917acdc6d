"""What the overviews of questions 3b, 3c and 3d show, and how well the curves fit."""

from __future__ import annotations

from collections.abc import Sequence

from balanstest_analysis.document import wording
from balanstest_analysis.presentation.conclusions.course import course_sentence
from balanstest_analysis.presentation.conclusions.rows import Result, Row, is_available

POOR_FIT = 0.01
RARE = 50


def outcome_sentences(result: Result, outcome: str) -> tuple[str, ...]:
    """Return what the rows of an outcome show, never more than their intervals allow.

    Args:
        result: the published result.
        outcome: ``"conversion"``, ``"objection"`` or ``"complaint"``.
    """
    if not result["outcomes"][outcome]["available"]:
        return (wording.OUTCOME_WORDS[outcome].no_data,)
    if not is_available(result, outcome):
        return (wording.OUTCOME_WORDS[outcome].too_small,)
    return tuple(filter(None, (_total(result, outcome), _over_time(result, outcome))))


def _denominator(result: Result) -> tuple[str, str]:
    return wording.DENOMINATORS[result["settings"]["denominator"]]


def _total(result: Result, outcome: str) -> str:
    row = result["outcomes"][outcome].get("total")
    if row is None or row["n"] is None:
        return ""
    contacts = wording.counted(row["n"], *_denominator(result))
    words = wording.OUTCOME_WORDS[outcome]
    if row["k"] is None:
        return (
            f"Over alle maanden samen ging het om {_fewer(result)} {words.plural} op {contacts}; "
            f"de bovengrens van het {words.rate} is {wording.percentage(row['rate_upper'])}."
        )
    level = wording.level(result["settings"]["confidence_level"])
    if row["k"] == 0:
        return (
            f"Over alle maanden samen kwam er op {contacts} {words.none} voor. Dat sluit "
            f"{words.events.lower()} niet uit: het {words.rate} is ten hoogste "
            f"{wording.percentage(row['rate_upper'])} (bovengrens van het {level}-interval)."
        )
    events = wording.counted(row["k"], words.singular, words.plural)
    return (
        f"Over alle maanden samen ging het om {events} op {contacts}, dat is "
        f"{wording.percentage(row['rate'])}{_limits(row, f', met een {level}-interval van {{}}')}."
    )


def _fewer(result: Result) -> str:
    return wording.fewer_than(result["settings"]["disclosure_minimum"])


def _none(row: Row, contacts: str, outcome: str) -> str:
    words = wording.OUTCOME_WORDS[outcome]
    upper = wording.percentage(row["rate_upper"])
    return f"kwam er op {contacts} {words.none} voor (het {words.rate} is ten hoogste {upper})"


def _limits(row: Row, frame: str) -> str:
    words = wording.interval(row["rate_lower"], row["rate_upper"])
    return frame.format(words) if words else ""


def _over_time(result: Result, outcome: str) -> str:
    """Return the course; a handful of events has none, and one that bends is told in full."""
    rows = result["outcomes"][outcome]["rates"]
    if len(rows) < 2:
        return ""
    if _is_rare(result, outcome) and not _ends_differ(rows[0], rows[-1]):
        return _NO_COURSE if result["outcomes"][outcome]["total"]["k"] != 0 else ""
    if result["outcomes"][outcome]["fit_warning"]:
        return course_sentence(result, outcome)
    return _first_and_last(result, outcome)


_NO_COURSE = (
    "Dat is te weinig om een verloop door de tijd vast te stellen; maatgevend zijn daarom alle "
    "maanden samen."
)


def _is_rare(result: Result, outcome: str) -> bool:
    total = result["outcomes"][outcome].get("total")
    return total is not None and (total["k"] is None or total["k"] < RARE)


def _first_and_last(result: Result, outcome: str) -> str:
    rows = result["outcomes"][outcome]["rates"]
    first, last = rows[0], rows[-1]
    return (
        f"{wording.capital(_row_words(result, outcome, first))}; "
        f"{_second_row(result, outcome, first, last)}.{_difference(first, last)}"
        f"{_in_between(rows)}"
    )


def _in_between(rows: Sequence[Row]) -> str:
    """Where the course bends, first and last month alone would mislead."""
    ends = [rows[0], rows[-1]]
    inner = [row for row in rows[1:-1] if row["rate"] is not None]
    if not inner or any(row["rate"] is None for row in ends):
        return ""
    lowest = min(inner, key=lambda row: float(row["rate"]))
    highest = max(inner, key=lambda row: float(row["rate"]))
    if lowest["rate_upper"] < min(row["rate_lower"] for row in ends):
        return f" Daartussen is het lager: {_rate_in(lowest)}."
    if highest["rate_lower"] > max(row["rate_upper"] for row in ends):
        return f" Daartussen is het hoger: {_rate_in(highest)}."
    return ""


def _rate_in(row: Row) -> str:
    where = wording.in_months(row["month_from"], row["month_to"])
    return f"{where} was het {wording.percentage(row['rate'])}{_limits(row, ' ({})')}"


def _second_row(result: Result, outcome: str, first: Row, last: Row) -> str:
    if not (first["k"] and last["k"]):
        return _row_words(result, outcome, last)
    where = wording.in_months(last["month_from"], last["month_to"])
    return f"{where} was dat {wording.percentage(last['rate'])}{_limits(last, ' ({})')}"


def _row_words(result: Result, outcome: str, row: Row) -> str:
    where = wording.in_months(row["month_from"], row["month_to"])
    words = wording.OUTCOME_WORDS[outcome]
    plural = _denominator(result)[1]
    if row["k"] is None:
        upper = wording.percentage(row["rate_upper"])
        return f"{where} waren het er {_fewer(result)}, met een bovengrens van {upper}"
    if row["k"] == 0:
        return f"{where} {_none(row, wording.counted(row['n'], *_denominator(result)), outcome)}"
    rate = wording.percentage(row["rate"])
    return f"{where} leidde {rate} van de {plural} tot {words.result}{_limits(row, ' ({})')}"


def _ends_differ(first: Row, last: Row) -> bool:
    limits = [row[key] for row in (first, last) for key in ("rate_lower", "rate_upper")]
    if None in limits:
        return False
    return bool(
        last["rate_upper"] < first["rate_lower"] or last["rate_lower"] > first["rate_upper"]
    )


def _difference(first: Row, last: Row) -> str:
    limits = [row[key] for row in (first, last) for key in ("rate_lower", "rate_upper")]
    if None in limits:
        return " Of dat een daling of een stijging is, laten deze aantallen niet zien."
    if last["rate_upper"] < first["rate_lower"]:
        return " De intervallen overlappen niet: aan het einde is het percentage lager."
    if last["rate_lower"] > first["rate_upper"]:
        return " De intervallen overlappen niet: aan het einde is het percentage hoger."
    return " De intervallen overlappen: een daling of stijging is hieruit niet af te leiden."


def fit_sentence(result: Result, outcome: str) -> str:
    """Return which curve weighs most and whether it fits; empty without fits.

    Args:
        result: the published result.
        outcome: an outcome.
    """
    entry = result["outcomes"][outcome]
    if entry["fits"] and all(fit["status"] == "zero_events" for fit in entry["fits"]):
        words = wording.OUTCOME_WORDS[outcome]
        return f"**{words.label}.** Er is {words.none} waargenomen; daar past geen kromme bij."
    weights = {fit["family"]: fit["weight"] for fit in entry["fits"] if fit["weight"]}
    if not weights:
        return ""
    leading = max(weights, key=lambda family: float(weights[family]))
    label = wording.OUTCOME_WORDS[outcome].label
    share = wording.percentage(weights[leading], 0)
    first = f"**{label}.** Het zwaarst weegt de vorm ‘{wording.FAMILIES[leading]}’, voor {share}."
    if entry["fit_warning"]:
        question = wording.OUTCOME_WORDS[outcome].question
        return (
            f"{first} Geen enkele eenvoudige kromme past bij deze gegevens (zie vraag {question})."
        )
    return " ".join(filter(None, (first, _fit_of(result, outcome, leading))))


def _fit_of(result: Result, outcome: str, family: str) -> str:
    fits = {fit["family"]: fit for fit in result["outcomes"][outcome]["fits"]}
    p_value = fits[family].get("p_value")
    if p_value is None:
        return ""
    if p_value < POOR_FIT:
        return f"Zij past niet goed bij de gegevens (p = {wording.number(p_value, 3)})."
    return (
        "Dat zij de gegevens niet goed beschrijft, is niet gebleken "
        f"(p = {wording.number(p_value, 2)})."
    )
