"""By which printed numbers the data refute a criterion."""

from __future__ import annotations

from typing import Final

from balanstest_analysis.document import wording
from balanstest_analysis.presentation.conclusions.rows import block_between
from balanstest_analysis.presentation.conclusions.totals import table_digits
from balanstest_analysis.presentation.kept_rows import are_mixed
from balanstest_analysis.published.counts import Exact
from balanstest_analysis.published.criteria import PublishedCriterion
from balanstest_analysis.published.names import OVERALL_RATE, Outcome
from balanstest_analysis.published.outcomes import Observed, RateRow
from balanstest_analysis.published.result import PublishedResult

FIRST_MONTHS = 6
_ON_ONE_RATE: Final = ("minimum_rate", "maximum_rate", OVERALL_RATE)


def refutation(criterion: PublishedCriterion, result: PublishedResult) -> str:
    """Return that the data refute a criterion, from where on, and the rates that are told of it.

    Args:
        criterion: one of those of the result, refuted in its first months.
        result: published.
    """
    first = criterion.first_month_with_evidence
    where = "" if first is None else f", vanaf maand {first},"
    found = (
        f"De gegevens weerleggen dit: over de eerste maanden samen{where} wordt hieraan "
        "aantoonbaar niet voldaan."
    )
    if criterion.kind not in _ON_ONE_RATE or criterion.threshold is None:
        return found
    total = _over_all_months(criterion, criterion.threshold, result)
    early = _over_first_months(criterion, criterion.threshold, result)
    stated = f", bij een drempelwaarde van {wording.threshold(criterion.threshold)}."
    sentences = [early + ("." if total else stated)] if early else []
    return " ".join([found, *sentences, *([total + stated] if total else [])])


def _over_first_months(
    criterion: PublishedCriterion, threshold: float, result: PublishedResult
) -> str:
    """Return the rate of the rows with the first six months, if it is told and misses."""
    outcome, start = criterion.outcome, criterion.first_month_with_evidence or 0
    if outcome is None:
        return ""
    judged = [row for row in result.outcomes[outcome].rows if row.month_to >= start]
    ends = [row.month_to for row in judged if row.month_to >= start + FIRST_MONTHS - 1]
    if not ends or ends[0] == judged[-1].month_to:
        return ""
    block = block_between(result, judged[0].month_from, ends[0])
    contacts, events = block.contacts.get(outcome), block.events.get(outcome)
    if not contacts or events is None or not _misses(criterion, threshold, events / contacts):
        return ""
    months = wording.in_months(block.month_from, block.month_to)
    return wording.capital(f"{months} was {_rate(outcome, events, contacts, result)}")


def _over_all_months(
    criterion: PublishedCriterion, threshold: float, result: PublishedResult
) -> str:
    """Return the rate of all months together, if it is told and misses the threshold too."""
    if criterion.outcome is None:
        return ""
    found = result.outcomes[criterion.outcome]
    match found.total:
        case RateRow(contacts=Exact(contacts), events=Exact(events), rate=Observed(rate=rate)):
            if are_mixed(found.rows) or not _misses(criterion, threshold, rate):
                return ""
            told = _rate(criterion.outcome, events, contacts, result)
            return f"Over alle maanden samen was {told}"
        case _:
            return ""


def _misses(criterion: PublishedCriterion, threshold: float, rate: float) -> bool:
    return rate < threshold if criterion.kind == "minimum_rate" else rate > threshold


def _rate(outcome: Outcome, events: int, contacts: int, result: PublishedResult) -> str:
    of = wording.counted(contacts, *wording.DENOMINATORS[result.settings.denominator])
    rate = wording.percentage(events / contacts, table_digits(result, outcome))
    return f"het {wording.OUTCOME_WORDS[outcome].rate} {rate} ({wording.number(events)} op {of})"
