"""That the outcome is doubtful by what was found in the data that were delivered."""

from __future__ import annotations

from balanstest_analysis.document import wording
from balanstest_analysis.document.wording.doubts import doubts
from balanstest_analysis.presentation.places import FINDINGS
from balanstest_analysis.published.result import PublishedResult

NAMED = 2


def doubtful_data(result: PublishedResult) -> str:
    """Return by what the outcome is doubtful, for page one; empty where by nothing.

    Args:
        result: published.
    """
    found = _found(result)
    if len(found) > NAMED:
        number = wording.spelled(len(found))
        return f"De uitkomst is twijfelachtig door {number} bevindingen over de gegevens."
    return _named(found)


def doubts_against(result: PublishedResult) -> str:
    """Return all by which the outcome is doubtful, and what follows; empty where by nothing.

    Args:
        result: published.
    """
    found = _found(result)
    if not found:
        return ""
    return (
        f"{_named(found)} Zijn de gegevens daar onjuist of onvolledig, dan staan maanden of "
        "percentages verkeerd en kan de termijn te lang of te kort zijn. De aantallen staan bij "
        f"{FINDINGS}."
    )


def _found(result: PublishedResult) -> tuple[str, ...]:
    return doubts(finding.code for finding in result.findings)


def _named(found: tuple[str, ...]) -> str:
    if not found:
        return ""
    names = wording.enumerated(list(found))
    return f"De uitkomst is twijfelachtig door wat over de gegevens is gevonden: {names}."
