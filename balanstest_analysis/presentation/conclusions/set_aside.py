"""Criteria that could not be tested and that the organisation leaves out, in its own words."""

from __future__ import annotations

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import literal
from balanstest_analysis.presentation.conclusions.criteria import quoted
from balanstest_analysis.published.criteria import SetAside
from balanstest_analysis.published.result import PublishedResult


def reason_of(words: str) -> str:
    """Return words of the organisation as a quotation.

    Examples:
        >>> reason_of("Klachten komen bij een ander bureau binnen.")
        '“Klachten komen bij een ander bureau binnen.”'
    """
    return f"“{literal(wording.one_line(words))}”"


def set_aside(result: PublishedResult) -> str:
    """Return what is set aside and why, for the first page; empty where nothing is."""
    points = [
        f"Het criterium {quoted(item.criterion)} is niet getoetst ({_why(result, item)}); de "
        f"organisatie laat het buiten beschouwing. Haar reden: {reason_of(item.reason)}"
        for item in result.proposal.set_aside
    ]
    if not points:
        return ""
    closing = ("De termijn is daarom voorlopig en kan nog korter uitvallen.",) * result.has_term
    return " ".join(["**Terzijde gelegd.**", *points, *closing])


def set_aside_points(result: PublishedResult) -> tuple[str, ...]:
    """Return what is set aside, as points against the proposal."""
    return tuple(
        f"De organisatie heeft het criterium {quoted(item.criterion)} terzijde gelegd. Het is niet "
        f"getoetst ({_why(result, item)}); of eraan wordt voldaan, is niet bekend. Haar reden: "
        f"{reason_of(item.reason)}"
        for item in result.proposal.set_aside
    )


def _why(result: PublishedResult, item: SetAside) -> str:
    criterion = result.criterion_named(item.criterion)
    if criterion is None:
        return "niet meer gesteld"
    return wording.CRITERION_STATUSES[criterion.status].removeprefix("niet getoetst: ")
