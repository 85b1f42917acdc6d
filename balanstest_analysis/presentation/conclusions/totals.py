"""What all months of an outcome together show."""

from __future__ import annotations

from balanstest_analysis.document import wording
from balanstest_analysis.presentation.conclusions.one_sided import printed_rows, rate_digits
from balanstest_analysis.presentation.kept_rows import are_mixed
from balanstest_analysis.published.counts import (
    Exact,
    Few,
    FewOthers,
    Kept,
    NotDelivered,
    Withheld,
    number,
)
from balanstest_analysis.published.names import Outcome
from balanstest_analysis.published.outcomes import AtMost, Observed, RateRow
from balanstest_analysis.published.result import PublishedResult


def total_sentence(result: PublishedResult, outcome: Outcome) -> str:
    """Return what all months together show; empty where the rows have no sum.

    Args:
        result: published.
        outcome: with rows.
    """
    row = result.outcomes[outcome].total
    if are_mixed(result.outcomes[outcome].rows):
        return ""
    if row is None or isinstance(row.contacts, Few | NotDelivered):
        return ""
    told = number(row.contacts)
    if told is None:
        return _NO_TOTAL
    return _total_words(result, outcome, row, wording.counted(told, *denominator(result)))


def _total_words(result: PublishedResult, outcome: Outcome, row: RateRow, contacts: str) -> str:
    words = wording.OUTCOME_WORDS[outcome]
    match row.events:
        case Exact(value) | Kept(value):
            return _told_total(result, outcome, row.rate, contacts, value)
        case Few():
            return (
                f"Over alle maanden samen waren er {fewer(result)} {words.plural} op "
                f"{contacts}; de bovengrens van het {words.rate} is "
                f"{wording.percentage(row.upper, table_digits(result, outcome))}."
            )
        case FewOthers():
            return (
                f"Over alle maanden samen werden alle {contacts} op {fewer(result)} na gevolgd "
                f"door {words.result}; daarom wordt het aantal niet gepubliceerd."
            )
        case Withheld():
            return (
                f"Over alle maanden samen wordt het aantal {words.plural} op {contacts} niet "
                "gepubliceerd, omdat daaruit een klein aantal zou volgen."
            )
        case NotDelivered():
            return ""


_NO_TOTAL = (
    "De aantallen over alle maanden samen worden niet gepubliceerd, omdat daaruit een klein aantal "
    "zou volgen."
)


def _told_total(
    result: PublishedResult, outcome: Outcome, rate: Observed | AtMost, contacts: str, events: int
) -> str:
    level = wording.level(result.settings.confidence_level)
    words = wording.OUTCOME_WORDS[outcome]
    if events == 0:
        return (
            f"Over alle maanden samen was er op {contacts} {words.none}. Dat sluit "
            f"{words.events.lower()} niet uit: het werkelijke {words.rate} kan tot "
            f"{wording.percentage(rate.upper, table_digits(result, outcome))} zijn (bovengrens van "
            f"het {level}-interval)."
        )
    counted = wording.counted(events, words.singular, words.plural)
    digits = table_digits(result, outcome)
    limits = limits_words(rate, digits, f" ({level}-interval: {{}})")
    verb = "was" if events == 1 else "waren"
    return (
        f"Over alle maanden samen {verb} er {counted} op {contacts}. Dat is "
        f"{rate_words(rate, digits)}{limits}."
    )


def fewer(result: PublishedResult) -> str:
    """Return the words for a count below the least that is published."""
    return wording.fewer_than(result.settings.disclosure_minimum)


def table_digits(result: PublishedResult, outcome: Outcome) -> int:
    """Return the decimals with which the overview of an outcome prints its rates."""
    return rate_digits(printed_rows(result.outcomes[outcome]))


def rate_words(rate: Observed | AtMost, digits: int) -> str:
    """Return a rate, or its limit where only that is told, with the decimals of the overview."""
    match rate:
        case Observed():
            return wording.percentage(rate.rate, digits)
        case AtMost():
            return f"ten hoogste {wording.percentage(rate.upper, digits)}"


def limits_words(rate: Observed | AtMost, digits: int, frame: str = " ({})") -> str:
    """Return the interval in its frame; empty where only a limit is told."""
    match rate:
        case Observed():
            return frame.format(wording.interval(rate.lower, rate.upper, digits))
        case AtMost():
            return ""


def denominator(result: PublishedResult) -> tuple[str, str]:
    """Return what is counted, singular and plural."""
    return wording.DENOMINATORS[result.settings.denominator]
