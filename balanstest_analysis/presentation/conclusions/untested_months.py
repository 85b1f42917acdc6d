"""Months in which people may be called, and that come before the data."""

from __future__ import annotations

from balanstest_analysis.published.criteria import PublishedCriterion
from balanstest_analysis.published.result import PublishedResult


def first_judged_month(result: PublishedResult) -> int:
    """Return the month from which all criteria are judged; 0 where that is the first."""
    firsts = [item.first_month_with_evidence for item in result.criteria]
    return max((month for month in firsts if month is not None), default=0)


def starts_without_data(result: PublishedResult) -> bool:
    """Return whether months in which people may be called come before the data."""
    return first_judged_month(result) > called_from(result)


def called_from(result: PublishedResult) -> int:
    """Return the first month in which people may be called."""
    return 0 if result.not_before is None else result.not_before.month


def untested_months(criterion: PublishedCriterion, result: PublishedResult) -> str:
    """Return in which months of the term a criterion was not tested; empty where in none.

    Args:
        criterion: one of those of the result.
        result: published.
    """
    month = criterion.first_month_with_evidence
    if month is None or month <= called_from(result):
        return ""
    return f"{months_before(month, result)} niet getoetst: daarover zijn er vrijwel geen gegevens."


def months_before(month: int, result: PublishedResult) -> str:
    """Return the months from the first in which is called to the one before, with their verb.

    Args:
        month: from which there are data.
        result: published.
    """
    first, last = called_from(result), month - 1
    if first == last:
        return f"Maand {last} is"
    between = "en" if first + 1 == last else "tot en met"
    return f"De maanden {first} {between} {last} zijn"
