"""What the overviews of questions 3b, 3c and 3d show, and how well the curves fit."""

from __future__ import annotations

from collections.abc import Sequence

from balanstest_analysis import wording
from balanstest_analysis.conclusions.rows import Result, Row, is_available

POOR_FIT = 0.01


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
    return tuple(filter(None, (_total(result, outcome), _first_and_last(result, outcome))))


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
    if row["k"] == 0:
        return f"Over alle maanden samen {_none(row, contacts, outcome)}."
    events = wording.counted(row["k"], words.singular, words.plural)
    return (
        f"Over alle maanden samen ging het om {events} op {contacts}, dat is "
        f"{wording.percentage(row['rate'])}{_limits(row, ', met een 95%-interval van {}')}."
    )


def _fewer(result: Result) -> str:
    return wording.fewer_than(result["settings"]["disclosure_minimum"])


def _none(row: Row, contacts: str, outcome: str) -> str:
    words = wording.OUTCOME_WORDS[outcome]
    upper = wording.percentage(row["rate_upper"])
    return f"kwam er op {contacts} {words.none} voor (bovengrens {upper})"


def _limits(row: Row, frame: str) -> str:
    words = wording.interval(row["rate_lower"], row["rate_upper"])
    return frame.format(words) if words else ""


def _first_and_last(result: Result, outcome: str) -> str:
    rows = result["outcomes"][outcome]["rates"]
    if len(rows) < 2:
        return ""
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
