"""From margins to what each criterion supports, by name."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from balanstest_analysis.dossier.criteria import Criterion, Horizon, MaximumOverallRate
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.statistics.evidence import Flags
from balanstest_analysis.statistics.floats import Floats
from balanstest_analysis.term.criterion_margins import margin
from balanstest_analysis.term.criterion_result import CriterionResult
from balanstest_analysis.term.margins import Margin
from balanstest_analysis.term.outcome_series import OutcomeSeries
from balanstest_analysis.term.overall_rate import judge_overall_rate


def crossing_from(margin: Floats, first: int, last: int) -> float:
    """Return where a margin first falls below zero, in months, by linear interpolation.

    Args:
        margin: shape (months,).
        first: first month looked at.
        last: last month looked at.

    Returns:
        ``first - 1`` where it fails at once, infinity where it never does.

    Examples:
        >>> crossing_from(np.array([3.0, 1.0, -1.0]), 0, 2)
        1.5
        >>> crossing_from(np.array([3.0, 1.0, 0.5]), 0, 2)
        inf
    """
    failing = np.flatnonzero(margin[first : last + 1] < 0)
    if not len(failing):
        return math.inf
    month = first + int(failing[0])
    if month == first:
        return float(first - 1)
    before, after = margin[month - 1], margin[month]
    share = before / (before - after) if math.isfinite(before) else 1.0
    # only the month after fails: the month before still holds
    return month - 1 + min(float(share), 1 - 1e-9)


def months_supported(crossing: float) -> int:
    """Return the term for a crossing: months 0 .. floor(crossing) are permitted.

    Examples:
        >>> months_supported(20.4), months_supported(-1.0)
        (21, 0)
    """
    return math.floor(crossing) + 1


def months_at(crossing: float, last: int) -> int:
    """Return the term for a crossing, or through the last month where there is none.

    Examples:
        >>> months_at(20.4, 35), months_at(math.inf, 35)
        (21, 36)
    """
    return months_supported(crossing) if math.isfinite(crossing) else last + 1


def judge(criterion: Criterion, margin: Margin | None) -> CriterionResult:
    """Return what a criterion supports, with the name of the answer.

    Whether the data refute it is asked before whether they suffice to show it, and by exact
    limits only. Then it has to be shown month after month, from the start on, in a fixed sequence
    (Hsu and Berger 1999, Journal of Multivariate Analysis 70:1). Every brake can only shorten,
    and a stricter threshold can only tighten each of them.

    Args:
        criterion: any kind.
        margin: its margin, or None where its outcome was not delivered.
    """
    if isinstance(criterion, Horizon):
        return CriterionResult(criterion=criterion, status="reached", term_months=criterion.months)
    if margin is None:
        return CriterionResult(criterion=criterion, status="no_outcome_data")
    evidence = margin.evidence
    untested = CriterionResult(
        criterion=criterion,
        status="too_little_data",
        threshold=margin.threshold,
        first_month_with_evidence=evidence.start,
        last_month_with_evidence=evidence.last_month,
        contacts_needed=evidence.contacts_needed,
        points_wrong=margin.points_wrong,
    )
    if evidence.start is None:
        return untested
    judged = _Judged(margin=margin, start=evidence.start)
    if margin.refuted:
        return _refuted(untested, judged, evidence.last_month)
    if evidence.last_month is None:
        return untested
    return judged.supported(untested, evidence.start, evidence.last_month)


def _refuted(untested: CriterionResult, judged: _Judged, last: int | None) -> CriterionResult:
    later = None if last is None else judged.later_start(last)
    if later is None:
        return replace(untested, status="fails_from_start")
    return replace(untested, status="holds_between", holds_from_month=later)


@dataclass(frozen=True, kw_only=True)
class _Judged:
    """A margin, looked at from its start on."""

    margin: Margin
    start: int

    @property
    def stops(self) -> Flags:
        """Months that no term passes, whatever the curve says."""
        return self.margin.contradicted | self.margin.unshown

    def later_start(self, last: int) -> int | None:
        """Return the first month after the start in which the criterion is shown to hold."""
        shown = (self.margin.lower >= 0) & ~self.stops & ~self.margin.wrong_end
        later = np.flatnonzero(shown[self.start + 1 : last + 1])
        return self.start + 1 + int(later[0]) if len(later) else None

    def supported(self, untested: CriterionResult, start: int, last: int) -> CriterionResult:
        """Return crossing, limits and term, all brakes applied."""
        lower = crossing_from(self.margin.lower, start, last)
        stop = _first(self.stops, start, last)
        limit = lower if stop is None else min(lower, float(stop - 1))
        term = months_at(limit, last)
        while term > start and self.margin.wrong_end[term - 1]:
            term -= 1
        if term <= start:
            return untested
        reached = term <= last
        return replace(
            untested,
            status="reached" if reached else "not_reached_in_data",
            term_months=term,
            crossing=_told(crossing_from(self.margin.point, start, last), start),
            lower=_told(limit if months_at(limit, last) == term else float(term - 1), start),
            upper=_told(crossing_from(self.margin.upper, start, last), start),
            contradicted_from_month=_first(self.margin.contradicted, start, last),
            unshown_from_month=_first(self.margin.unshown, start, last),
        )


def _first(flags: Flags, first: int, last: int) -> int | None:
    marked = np.flatnonzero(flags[first : last + 1])
    return first + int(marked[0]) if len(marked) else None


def _told(value: float, start: int) -> float | None:
    """Return a month, or None where there is none: below zero at once, or never."""
    return float(value) if math.isfinite(value) and value >= start else None


def judge_criteria(dossier: Dossier, series: Mapping[str, OutcomeSeries]) -> list[CriterionResult]:
    """Return what each criterion of the dossier supports, in its order."""
    level, not_before = dossier.settings.confidence_level, dossier.scope.not_before_month or 0
    return [judge_on(criterion, series, level, not_before) for criterion in dossier.criteria]


def judge_on(
    criterion: Criterion, series: Mapping[str, OutcomeSeries], level: float, not_before: int = 0
) -> CriterionResult:
    """Return what a criterion supports on these outcomes.

    Args:
        criterion: any kind.
        series: by name, on the same months.
        level: one-sided confidence level.
        not_before: month before which nobody is called.
    """
    if isinstance(criterion, MaximumOverallRate) and criterion.outcome in series:
        return judge_overall_rate(criterion, series[criterion.outcome], level, not_before)
    return judge(criterion, margin(criterion, series, level, not_before))
