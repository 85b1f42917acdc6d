"""Objections and complaints that were delivered and are in no rate."""

from __future__ import annotations

from balanstest_analysis.document import wording
from balanstest_analysis.presentation.hidden_counts import NOT_PUBLISHED, count_words
from balanstest_analysis.published.counts import Count
from balanstest_analysis.published.names import Outcome
from balanstest_analysis.published.result import PublishedResult

_WHY = (
    ("after_unanswered_calls", "na belpogingen zonder netto contact"),
    ("unattributed", "die aan geen enkele belpoging waren toe te schrijven"),
)
_ON_BURDEN: tuple[Outcome, ...] = ("objection", "complaint")


def reports_left_out(result: PublishedResult) -> str:
    """Return how many objections and complaints count in no rate, and why; empty where none.

    The numbers are those of the findings.

    Args:
        result: published.
    """
    parts = [f"{wording.enumerated(counts)} {why}" for why, counts in _by_reason(result).items()]
    if not parts:
        return ""
    return (
        f"Niet meegeteld zijn {', en '.join(parts)}. Hoort zo’n melding toch bij een contact "
        "dat meetelt, dan kan het percentage hoger zijn dan hier staat."
    )


def _by_reason(result: PublishedResult) -> dict[str, list[str]]:
    """Return what was left out, by why it was."""
    minimum = result.settings.disclosure_minimum
    counts = {item.code: item.count for item in result.findings}
    found: dict[str, list[str]] = {}
    for code, why in _WHY:
        for outcome in _ON_BURDEN:
            count = counts.get(f"{outcome}_{code}")
            if count is not None:
                words = wording.OUTCOME_WORDS[outcome]
                told = f"{_how_many(count, minimum)} {words.plural}"
                found.setdefault(why, []).append(told)
    return found


def _how_many(count: Count, minimum: int) -> str:
    words = count_words(count, minimum)
    return "een niet gepubliceerd aantal" if words == NOT_PUBLISHED else words
