"""Objections and complaints that were delivered and are in no rate."""

from __future__ import annotations

from collections.abc import Iterator

from balanstest_analysis.document import wording
from balanstest_analysis.presentation.hidden_counts import NOT_PUBLISHED, count_words
from balanstest_analysis.published.counts import Count
from balanstest_analysis.published.names import Outcome
from balanstest_analysis.published.result import PublishedResult

_WHY = (
    ("after_unanswered_calls", "na alleen onbeantwoorde belpogingen"),
    ("unattributed", "zonder belpoging in de dagen ervoor"),
)
_ON_BURDEN: tuple[Outcome, ...] = ("objection", "complaint")


def reports_left_out(result: PublishedResult) -> str:
    """Return how many objections and complaints count in no rate, and why; empty where none.

    The numbers are those of the findings.

    Args:
        result: published.
    """
    parts = [*_parts(result)]
    if not parts:
        return ""
    return (
        f"Niet elke melding telt mee in de percentages: {wording.enumerated(parts)}. Met die "
        "meldingen erbij zouden de percentages hoger zijn."
    )


def _parts(result: PublishedResult) -> Iterator[str]:
    found = {item.code: item.count for item in result.findings}
    minimum = result.settings.disclosure_minimum
    for outcome in _ON_BURDEN:
        words = wording.OUTCOME_WORDS[outcome]
        for code, why in _WHY:
            count = found.get(f"{outcome}_{code}")
            if count is not None:
                yield f"{_how_many(count, minimum)} {words.plural} {why}"


def _how_many(count: Count, minimum: int) -> str:
    words = count_words(count, minimum)
    return "een niet gepubliceerd aantal" if words == NOT_PUBLISHED else words
