"""What is said of a rate over all months of the term together, and of its last part."""

from __future__ import annotations

from collections.abc import Sequence

from balanstest_analysis.document import wording
from balanstest_analysis.presentation.kept_rows import are_mixed
from balanstest_analysis.published.counts import total
from balanstest_analysis.published.criteria import PublishedCriterion, Tested
from balanstest_analysis.published.names import OVERALL_RATE
from balanstest_analysis.published.outcomes import RateRow
from balanstest_analysis.published.result import PublishedResult

PARTS = 3


def through_overall(tested: Tested, level: str) -> str:
    """Return over which months together an overall rate is shown to be low enough.

    Examples:
        >>> from balanstest_analysis.published.criteria import NOWHERE
        >>> through_overall(Tested(term_months=22, crossing=NOWHERE), "95%")[:52]
        'Over maand 0 tot en met 21 samen is aangetoond (betr'
    """
    last = tested.term_months - 1
    months = "maand 0" if last == 0 else f"maand 0 tot en met {last} samen"
    return f"Over {months} is aangetoond (betrouwbaarheid {level}) dat hieraan wordt voldaan"


def own_contradiction(criterion: PublishedCriterion, result: PublishedResult) -> str:
    """Return that months by themselves end the term of an overall rate, or that they may.

    The method ends it before single months and runs of three; which those are, only printed rows
    may tell.

    Args:
        criterion: of any kind; only an overall rate has something to say.
        result: published.
    """
    if criterion.kind != OVERALL_RATE:
        return ""
    month = criterion.contradicted_from_month
    if month is not None and _is_told(month, criterion, result):
        return (
            f" De waarnemingen in de rij vanaf maand {month} liggen op zichzelf aantoonbaar boven "
            "de drempelwaarde; voorbij zulke maanden loopt geen termijn, hoe laag het percentage "
            "over alle maanden samen ook is."
        )
    if criterion.status != "reached":
        return ""
    return (
        " De termijn stopt bij dit criterium ook vóór maanden die op zichzelf aantoonbaar boven "
        "de drempelwaarde liggen, hoe laag het percentage over alle maanden samen ook is; of dat "
        "hier de reden is, is aan de afgedrukte rijen niet te zien."
    )


def _is_told(month: int, criterion: PublishedCriterion, result: PublishedResult) -> bool:
    """Return whether the term ends in the row that begins there, or nothing is shown."""
    term = criterion.term_months
    if term is None or criterion.outcome is None:
        return criterion.status == "too_little_data"
    rows = result.outcomes[criterion.outcome].rows
    return any(row.month_from == month <= term <= row.month_to for row in rows)


def last_part(criterion: PublishedCriterion, result: PublishedResult) -> str:
    """Return the rate in the last third of the term beside that of all months together.

    A mean hides a bad end. Only whole published rows are counted, and their months are named;
    nothing is said where a count is hidden, or where the rows are too coarse to tell the two apart.

    Args:
        criterion: of any kind; only an overall rate that carries a term has something to say.
        result: published.
    """
    term = criterion.term_months
    if criterion.kind != OVERALL_RATE or criterion.outcome is None or term is None:
        return ""
    rows = [row for row in result.outcomes[criterion.outcome].rows if row.month_to < term]
    late = [row for row in rows if row.month_to >= term - -(-term // PARTS)]
    whole, end = _rate(rows), _rate(late)
    if whole is None or end is None or len(late) == len(rows) or are_mixed(rows):
        return ""
    digits = wording.percentage_digits([whole, end])
    return (
        f"{wording.capital(_months(rows))} was het {wording.OUTCOME_WORDS[criterion.outcome].rate} "
        f"{wording.percentage(whole, digits)}; aan het eind daarvan, {_months(late)}, was het "
        f"{wording.percentage(end, digits)}."
    )


def _rate(rows: Sequence[RateRow]) -> float | None:
    events = total(row.events for row in rows)
    contacts = total(row.contacts for row in rows)
    return None if events is None or not contacts else events / contacts


def _months(rows: Sequence[RateRow]) -> str:
    return wording.in_months(rows[0].month_from, rows[-1].month_to)
