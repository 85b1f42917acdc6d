"""What the criteria leave free: outcomes without one, and maxima far above what was observed."""

from __future__ import annotations

from collections.abc import Iterator

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import literal
from balanstest_analysis.presentation.kept_rows import are_mixed
from balanstest_analysis.published.criteria import PublishedCriterion
from balanstest_analysis.published.names import OVERALL_RATE, Outcome
from balanstest_analysis.published.outcomes import Observed
from balanstest_analysis.published.result import PublishedResult

MANY_TIMES = 3
_BURDENS: tuple[Outcome, ...] = ("objection", "complaint")


def without_criterion(result: PublishedResult) -> Iterator[str]:
    """Yield the outcomes of which data were delivered while no criterion speaks of them.

    Args:
        result: published.
    """
    weighed = {outcome for item in result.criteria for outcome in _outcomes_of(item)}
    for outcome, entry in result.outcomes.items():
        if entry.available and outcome not in weighed:
            subject = wording.OUTCOME_WORDS[outcome].subject
            yield (
                f"Er zijn gegevens over {subject} aangeleverd, maar er is geen criterium over "
                f"{subject} gesteld. Die gegevens hebben de termijn dus niet beïnvloed."
            )


def burden_without_criterion(result: PublishedResult) -> str:
    """Return which of objections and complaints no criterion is about; nothing where none is.

    Args:
        result: published.
    """
    weighed = {outcome for item in result.criteria for outcome in _outcomes_of(item)}
    free = [o for o in _BURDENS if result.outcomes[o].available and o not in weighed]
    if not weighed.intersection(_BURDENS) or not free:
        return ""
    subject = wording.OUTCOME_WORDS[free[0]].subject
    return f"**Over {subject} is geen criterium gesteld**, hoewel er gegevens over zijn."


def _outcomes_of(criterion: PublishedCriterion) -> tuple[Outcome, ...]:
    """Return what a criterion speaks of; one that weighs several speaks of what it gives weight."""
    match criterion.kind:
        case "burden_per_conversion":
            return ("conversion", "objection", *_weighed(criterion, ("complaint",)))
        case "net_benefit":
            return ("conversion", *_weighed(criterion, _BURDENS))
        case _:
            return () if criterion.outcome is None else (criterion.outcome,)


def _weighed(criterion: PublishedCriterion, outcomes: tuple[Outcome, ...]) -> tuple[Outcome, ...]:
    return tuple(name for name in outcomes if criterion.parameters.get(f"{name}_weight"))


def lenient_limits(result: PublishedResult) -> Iterator[str]:
    """Yield the maxima that lie many times above the rate that was observed.

    Args:
        result: published; a rate whose events are hidden counts as its upper limit.
    """
    for item in result.criteria:
        if item.outcome is None or item.threshold is None or not item.threshold:
            continue
        total = result.outcomes[item.outcome].total
        if total is None or are_mixed(result.outcomes[item.outcome].rows):
            continue
        if item.kind in {"maximum_rate", OVERALL_RATE}:
            for told in _high(item, item.outcome, total.upper, total.observed):
                yield " ".join(filter(None, (told, _with_less(item, result))))


def _high(
    item: PublishedCriterion, outcome: Outcome, upper: float, seen: Observed | None
) -> Iterator[str]:
    rate = upper if seen is None else seen.rate
    if item.threshold is None or not rate or item.threshold < MANY_TIMES * rate:
        return
    times = wording.number(item.threshold / rate)
    at_least = "ten minste " if seen is None else "ongeveer "
    at_most = "ten hoogste " if seen is None else ""
    yield (
        f"De drempelwaarde van het criterium {_named(item)} ({wording.threshold(item.threshold)}) "
        f"is {at_least}{times} keer zo hoog als het waargenomen "
        f"{wording.OUTCOME_WORDS[outcome].rate} over alle maanden samen "
        f"({at_most}{wording.percentage(rate)})."
    )


_PARTS = {0.75: "driekwart", 0.5: "de helft"}


def _with_less(item: PublishedCriterion, result: PublishedResult) -> str:
    """Return the term with part of a threshold: the most of it that makes the term shorter."""
    own = result.proposal.evaluated_term_months or 0
    made = {
        float(line.value): line
        for line in result.sensitivity
        if line.choice == "threshold" and line.criterion == item.name and line.status in _KNOWN
    }
    known = [(words, made[part]) for part, words in _PARTS.items() if part in made]
    for words, line in known:
        if line.term_months is None:
            return f"Bij {words} van die drempelwaarde is er geen termijn."
        if line.term_months < own:
            return (
                f"Bij {words} van die drempelwaarde is de termijn "
                f"{wording.months(line.term_months)}."
            )
    if not known:
        return ""
    return f"Ook bij {known[-1][0]} van die drempelwaarde is de termijn niet korter."


_KNOWN = {"proposed", "proposed_incomplete", "no_term"}


def _named(item: PublishedCriterion) -> str:
    return f"‘{literal(item.name)}’"
