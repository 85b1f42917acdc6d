"""What the overviews of questions 3b, 3c and 3d show."""

from __future__ import annotations

from collections.abc import Sequence

from balanstest_analysis.document import wording
from balanstest_analysis.presentation.conclusions.course import (
    KnownRow,
    course_sentence,
    is_below,
    known_row,
)
from balanstest_analysis.presentation.conclusions.totals import (
    denominator,
    fewer,
    limits_words,
    rate_words,
    table_digits,
    total_sentence,
)
from balanstest_analysis.presentation.conclusions.trend import Trend, trend_of, trend_words
from balanstest_analysis.presentation.kept_rows import are_mixed, kept_sentence
from balanstest_analysis.published.counts import (
    Exact,
    Few,
    FewOthers,
    Kept,
    NotDelivered,
    Withheld,
    number,
)
from balanstest_analysis.published.names import OUTCOMES, Outcome
from balanstest_analysis.published.outcomes import AtMost, Observed, RateRow
from balanstest_analysis.published.result import PublishedResult

RARE = 50


def outcome_sentences(result: PublishedResult, outcome: Outcome) -> tuple[str, ...]:
    """Return what the rows of an outcome show, never more than their intervals allow.

    Args:
        result: published.
        outcome: delivered or not.
    """
    entry = result.outcomes[outcome]
    if not entry.is_shown:
        return (nothing_shown(result, outcome),)
    told = (kept_sentence(entry.rows), total_sentence(result, outcome), _over_time(result, outcome))
    return tuple(filter(None, told))


def nothing_shown(result: PublishedResult, outcome: Outcome) -> str:
    """Return why an outcome has no rows: not delivered, or too small to publish.

    Args:
        result: published.
        outcome: without rows.
    """
    words = wording.OUTCOME_WORDS[outcome]
    return words.too_small if result.outcomes[outcome].available else words.no_data


def delivered_results(result: PublishedResult) -> str:
    """Return what could follow contacts, of what was delivered.

    Args:
        result: published; without any outcome there would be no report.
    """
    given = [name for name in OUTCOMES if result.outcomes[name].available] or OUTCOMES
    *others, last = [wording.OUTCOME_WORDS[name].result for name in given]
    return f"{', '.join(others)} of {last}" if others else last


def _over_time(result: PublishedResult, outcome: Outcome) -> str:
    """Return the course; a handful of events has none, and one that bends is told in full."""
    entry = result.outcomes[outcome]
    if len(entry.rows) < 2:
        return _ONE_ROW
    if are_mixed(entry.rows):
        return _mixed(result, outcome)
    total = entry.total
    if total is not None and _is_rare(total) and not _ends_differ(entry.rows):
        return "" if number(total.events) == 0 else _few_events(entry.rows)
    if entry.fit_warning:
        return course_sentence(result, outcome)
    return _first_and_last(result, outcome)


_ONE_ROW = (
    "Er kan maar één tijdvak worden gepubliceerd. Een verloop is daaraan niet te zien; daarom is "
    "er geen kromme getekend."
)


def _few_events(rows: Sequence[RateRow]) -> str:
    """A handful of events tells of no single stretch, but may rise or fall over all of them."""
    trend = trend_of(rows)
    if trend is None or not trend.is_shown:
        return f"{_NO_COURSE} Dat het percentage oploopt, is niet uitgesloten."
    return f"{_NO_COURSE} Toch is er een verloop te zien: {trend_words(trend)}."


_NO_COURSE = (
    "Dat zijn er te weinig om per tijdvak iets te zeggen; kijk daarom vooral naar het totaal."
)


def _is_rare(total: RateRow) -> bool:
    """Return whether too few events are known for a course; a hidden count need not be few."""
    match total.events:
        case Exact(value) | Kept(value):
            return value < RARE
        case Few():
            return True
        case FewOthers() | Withheld() | NotDelivered():
            return False


def _first_and_last(result: PublishedResult, outcome: Outcome) -> str:
    rows = result.outcomes[outcome].rows
    bend = _in_between(rows, table_digits(result, outcome))
    return f"{_ends(result, outcome)}.{_difference(rows, trend_of(rows))}{bend}"


def _ends(result: PublishedResult, outcome: Outcome) -> str:
    rows = result.outcomes[outcome].rows
    first = wording.capital(_row_words(result, outcome, rows[0]))
    return f"{first}; {_second_row(result, outcome, rows)}"


def _mixed(result: PublishedResult, outcome: Outcome) -> str:
    """Return first and last row, which are compared where both are of the same report."""
    first, *_, last = rows = result.outcomes[outcome].rows
    if first.kept_from == last.kept_from:
        return f"{_ends(result, outcome)}.{_difference(rows, trend=None)}"
    return f"{_ends(result, outcome)}. {_NOT_COMPARED}"


_NOT_COMPARED = "Deze twee rijen komen uit verschillende rapporten en zijn niet vergeleken."


def _in_between(rows: Sequence[RateRow], digits: int) -> str:
    """Where the course bends, first and last month alone would mislead."""
    first, *inner, last = (known_row(row) for row in rows)
    known = [row for row in inner if row is not None]
    if first is None or last is None or not known:
        return ""
    lowest = min(known, key=lambda row: row.seen.rate)
    highest = max(known, key=lambda row: row.seen.rate)
    if all(is_below(lowest.seen, end.seen) for end in (first, last)):
        return f" Daartussen is het lager: {_rate_in(lowest, digits)}."
    if all(is_below(end.seen, highest.seen) for end in (first, last)):
        return f" Daartussen is het hoger: {_rate_in(highest, digits)}."
    return ""


def _rate_in(row: KnownRow, digits: int) -> str:
    return f"{row.where} was het {rate_words(row.seen, digits)}{limits_words(row.seen, digits)}"


def _second_row(result: PublishedResult, outcome: Outcome, rows: Sequence[RateRow]) -> str:
    first, last = rows[0], rows[-1]
    if not (number(first.events) and number(last.events)):
        return _row_words(result, outcome, last)
    where = wording.in_months(last.month_from, last.month_to)
    digits = table_digits(result, outcome)
    return f"{where} was dat {rate_words(last.rate, digits)}{limits_words(last.rate, digits)}"


def _row_words(result: PublishedResult, outcome: Outcome, row: RateRow) -> str:
    where = wording.in_months(row.month_from, row.month_to)
    contacts = number(row.contacts)
    if contacts is None and not isinstance(row.events, Few):
        return f"{where} {_NOT_TOLD}"
    counted = wording.counted(contacts or 0, *denominator(result))
    words = wording.OUTCOME_WORDS[outcome]
    match row.events:
        case Exact(value) | Kept(value):
            return f"{where} {_told_words(result, outcome, row.rate, counted, value)}"
        case Few():
            return f"{where} {_few_words(result, row, table_digits(result, outcome))}"
        case FewOthers():
            return (
                f"{where} werden alle {counted} op {fewer(result)} na gevolgd door {words.result}"
            )
        case Withheld() | NotDelivered():
            return f"{where} {_NOT_TOLD}"


_NOT_TOLD = "wordt het aantal niet gepubliceerd"


def _few_words(result: PublishedResult, row: RateRow, digits: int) -> str:
    upper = wording.percentage(row.upper, digits)
    return f"waren het er {fewer(result)}, met een bovengrens van {upper}"


def _told_words(
    result: PublishedResult, outcome: Outcome, rate: Observed | AtMost, contacts: str, events: int
) -> str:
    words, digits = wording.OUTCOME_WORDS[outcome], table_digits(result, outcome)
    if events == 0:
        upper = wording.percentage(rate.upper, digits)
        limit = f"het werkelijke {words.rate} kan tot {upper} zijn"
        return f"was er op {contacts} {words.none} ({limit})"
    plural = denominator(result)[1]
    limits = limits_words(rate, digits)
    return f"volgde op {rate_words(rate, digits)} van de {plural} {words.result}{limits}"


def _ends_differ(rows: Sequence[RateRow]) -> bool:
    before, after = rows[0].observed, rows[-1].observed
    if before is None or after is None:
        return False
    return is_below(before, after) or is_below(after, before)


def _difference(rows: Sequence[RateRow], trend: Trend | None) -> str:
    before, after = rows[0].observed, rows[-1].observed
    if before is None or after is None:
        return " Of dat een daling of een stijging is, laten deze aantallen niet zien."
    if is_below(after, before):
        return (
            " De intervallen overlappen elkaar niet; het percentage is aan het einde dus lager dan "
            "aan het begin."
        )
    if is_below(before, after):
        return (
            " De intervallen overlappen elkaar niet; het percentage is aan het einde dus hoger dan "
            "aan het begin."
        )
    return _overlapping(trend)


def _overlapping(trend: Trend | None) -> str:
    """First and last row alone tell no difference; all rows together may."""
    if trend is None:
        return (
            " Alleen uit deze twee tijdvakken is geen daling of stijging af te leiden; zie de "
            "kromme voor het hele verloop."
        )
    if trend.is_shown:
        return f" De intervallen overlappen elkaar, maar {trend_words(trend)}."
    return (
        f" De intervallen overlappen elkaar, en ook {trend_words(trend)}. Dat het percentage "
        "gelijk blijft, volgt daar niet uit."
    )
