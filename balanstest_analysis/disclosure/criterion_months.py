"""The months that a criterion names, as the printed rows bear them out.

A month that only the data of single months can name would locate events that no row tells: where
three months hold thirty contacts and one of them contradicts a maximum of one in a thousand, it
has an event. So each month here follows from printed rows, or is rounded to one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from balanstest_analysis.published.counts import number
from balanstest_analysis.published.names import Outcome
from balanstest_analysis.published.outcomes import PublishedOutcome, RateRow
from balanstest_analysis.statistics.evidence import Flags, exact_limits
from balanstest_analysis.term.criterion_result import CriterionResult
from balanstest_analysis.term.margins import needed_outcomes

Outcomes = Mapping[Outcome, PublishedOutcome]


@dataclass(frozen=True, kw_only=True)
class CriterionMonths:
    """Months, each the first or last of a printed row, or None where there is none to tell.

    Attributes:
        first_with_evidence: of the row in which the evidence begins.
        last_with_evidence: of the last row that lies within the evidence, or that of the term.
        holds_from: of the first row that lies wholly after the criterion begins to hold.
        contradicted_from: of the first row whose own limit lies on the wrong side.
        unshown_from: of the first row whose own limit does not meet the threshold, where no curve
            describes the data.
    """

    first_with_evidence: int | None
    last_with_evidence: int | None
    holds_from: int | None
    contradicted_from: int | None
    unshown_from: int | None


def hides_events(outcome: PublishedOutcome) -> bool:
    """Return whether a row of an outcome, or all of them together, hides its events."""
    counts = [outcome.events, *(row.events for row in outcome.rows)]
    return outcome.available and any(number(count) is None for count in counts)


def printed_months(
    result: CriterionResult, threshold: float | None, outcomes: Outcomes, level: float
) -> CriterionMonths:
    """Return the months that may be named of a criterion.

    Args:
        result: exact.
        threshold: as published.
        outcomes: as published.
        level: one-sided confidence level.
    """
    rows = _coarsest(result, outcomes)
    first = result.first_month_with_evidence
    told = _contradicting(result, threshold, rows, level)
    return CriterionMonths(
        first_with_evidence=_begin(first, rows),
        last_with_evidence=_end(result, rows),
        holds_from=_next(result.holds_from_month, rows),
        contradicted_from=told[0],
        unshown_from=told[1],
    )


def _coarsest(result: CriterionResult, outcomes: Outcomes) -> Sequence[RateRow]:
    """Return the rows of the outcome that has the fewest, of those that a criterion weighs."""
    tables = [outcomes[name].rows for name in needed_outcomes(result.criterion)]
    return min((rows for rows in tables if rows), key=len, default=())


def _begin(month: int | None, rows: Sequence[RateRow]) -> int | None:
    if month is None or not rows:
        return month
    return max((row.month_from for row in rows if row.month_from <= month), default=0)


def _end(result: CriterionResult, rows: Sequence[RateRow]) -> int | None:
    """Return the last month of the last whole row, or that of the term, which is told anyway."""
    last = result.last_month_with_evidence
    if last is None or not rows or not needed_outcomes(result.criterion):
        return last
    whole = [row.month_to for row in rows if row.month_to <= last]
    begun = [row.month_from for row in rows if row.month_from <= last]
    told = whole[-1] if whole else (begun[-1] if begun else 0)
    return max(told, (result.term_months or 0) - 1)


def _next(month: int | None, rows: Sequence[RateRow]) -> int | None:
    if month is None:
        return None
    return min((row.month_from for row in rows if row.month_from >= month), default=None)


def _contradicting(
    result: CriterionResult, threshold: float | None, rows: Sequence[RateRow], level: float
) -> tuple[int | None, int | None]:
    """Return the first months of the first contradicting row, and of the first that shows nothing.

    Only criteria on one rate have rows that can be held against a threshold.
    """
    outcome, first = result.stated.outcome, result.first_month_with_evidence
    if outcome is None or threshold is None or first is None:
        return None, None
    judged = [row for row in rows if row.month_to >= first and number(row.events) is not None]
    if not judged or any(number(row.contacts) is None for row in judged):
        return None, None
    wrong, shown = _against(judged, threshold, level, maximum=result.stated.kind != "minimum_rate")
    told = result.unshown_from_month is not None and len(judged) == len(rows)
    return _first(judged, wrong), _first(judged, ~shown) if told else None


def _against(
    rows: Sequence[RateRow], threshold: float, level: float, *, maximum: bool
) -> tuple[Flags, Flags]:
    """Return which rows lie on the wrong side at their limit, and which meet the threshold."""
    effect = np.array([row.design_effect or 1.0 for row in rows])
    k = np.array([number(row.events) or 0 for row in rows]) / effect
    n = np.array([number(row.contacts) or 0 for row in rows]) / effect
    lower, upper = exact_limits(np.minimum(k, n), n, level)
    if maximum:
        return lower > threshold, upper <= threshold
    return upper < threshold, lower >= threshold


def _first(rows: Sequence[RateRow], marked: Flags) -> int | None:
    return rows[int(np.argmax(marked))].month_from if marked.any() else None
