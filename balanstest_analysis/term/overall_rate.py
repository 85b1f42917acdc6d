"""A maximum on the rate of all months of the term together, for outcomes too rare by month."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from balanstest_analysis.dossier.criteria import MaximumOverallRate
from balanstest_analysis.statistics.evidence import (
    LONGEST_GAP,
    Flags,
    exact_limits,
    find_start,
    needed_for_maximum,
)
from balanstest_analysis.statistics.floats import Floats
from balanstest_analysis.term.criterion_result import CriterionResult
from balanstest_analysis.term.outcome_series import OutcomeSeries
from balanstest_analysis.term.rate_margins import WrongSide

_LAST_PART = 3  # the last third of the term


def judge_overall_rate(
    criterion: MaximumOverallRate, series: OutcomeSeries, level: float, not_before: int = 0
) -> CriterionResult:
    """Return the term through which the rate of all months together is shown to be low enough.

    Terms are tested in a fixed order, from the one by which half of the contacts lie, and end
    with the first that is not shown: the longest that is shown, wherever it lies, would be too
    long once in ten times.

    Args:
        criterion: on an outcome.
        series: of that outcome.
        level: one-sided confidence level.
        not_before: month before which nobody is called.
    """
    needed = needed_for_maximum(criterion.threshold, level)
    start = find_start(series.exposure, not_before)
    untested = CriterionResult(
        criterion=criterion,
        status="too_little_data",
        threshold=criterion.threshold,
        first_month_with_evidence=start,
        contacts_needed=needed,
        points_wrong=series.pooled_rate > criterion.threshold,
    )
    if start is None:
        return untested
    test = _Test(criterion=criterion, series=series, level=level, needed=needed)
    return test.result(untested, start)


class _Test:
    def __init__(
        self, *, criterion: MaximumOverallRate, series: OutcomeSeries, level: float, needed: int
    ) -> None:
        self.threshold, self.series, self.needed = criterion.threshold, series, needed
        ends = np.arange(len(series.events))
        effects = np.array([series.covariance.window_effect(0, int(end)) for end in ends])
        self.contacts = np.cumsum(series.exposure) / effects
        events = np.cumsum(series.events) / effects
        self.lower, self.upper = exact_limits(events, self.contacts, level)
        self.wrong = WrongSide(
            series=series,
            threshold=self.threshold,
            level=level,
            sign=-1.0,
            outside=np.ones(len(ends), dtype=bool),
        )

    def result(self, untested: CriterionResult, start: int) -> CriterionResult:
        """Return what is shown, term after term."""
        total = np.cumsum(self.series.exposure)
        first = int(np.searchsorted(total, total[-1] / 2))
        if self.lower[first] > self.threshold or self.wrong.refuted(start):
            return replace(untested, status="fails_from_start")
        last = self._last_before_gap(start)
        shown = (self.upper <= self.threshold) & (self.contacts >= self.needed)
        contradicted = self.wrong.contradicted()
        stopped = np.flatnonzero((~shown | contradicted)[first : last + 1])
        end = first + int(stopped[0]) - 1 if len(stopped) else last
        late = self._late_is_wrong() | self.wrong.at_end()
        while end >= first and late[end]:
            end -= 1
        if end < first or contradicted[start:first].any():
            return untested
        return replace(
            untested,
            status="not_reached_in_data" if end == last else "reached",
            term_months=end + 1,
            last_month_with_evidence=last,
            contradicted_from_month=next(
                (m for m in range(start, last + 1) if contradicted[m]), None
            ),
        )

    def _last_before_gap(self, start: int) -> int:
        seen = np.flatnonzero(self.series.exposure > 0)
        seen = seen[seen >= start]
        gaps = np.flatnonzero(np.diff(seen) > LONGEST_GAP + 1)
        return int(seen[gaps[0]] if len(gaps) else seen[-1])

    def _late_is_wrong(self) -> Flags:
        """Return the ends of terms of which the last third, pooled, is above the threshold."""
        return np.asarray(self._late_rates() > self.threshold)

    def _late_rates(self) -> Floats:
        """Return events per contact in the last third of every term, shape (months,)."""
        totals = [np.concatenate([[0.0], np.cumsum(v)]) for v in self._counts]
        ends = np.arange(len(self.series.events)) + 1
        starts = ends - -(-ends // _LAST_PART)
        events, contacts = (total[ends] - total[starts] for total in totals)
        return np.asarray(events / np.maximum(contacts, 1))

    @property
    def _counts(self) -> tuple[Floats, Floats]:
        return self.series.events, self.series.exposure
