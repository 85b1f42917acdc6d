"""From margins to what each criterion supports, by name."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, TypeAlias

import numpy as np

from balanstest_analysis.dossier.criteria import (
    Criterion,
    CriterionFacts,
    Horizon,
    MaximumRatio,
    facts_of,
)
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.published.names import CriterionStatus
from balanstest_analysis.statistics.curves import Floats
from balanstest_analysis.statistics.fisher_scoring import Flags
from balanstest_analysis.term.criterion_margins import margin
from balanstest_analysis.term.margins import Margin
from balanstest_analysis.term.outcome_series import OutcomeSeries

Json: TypeAlias = dict[str, Any]
UNTESTED = ("no_outcome_data", "too_little_data")


@dataclass(frozen=True, kw_only=True)
class CriterionResult:
    """What one criterion supports.

    Attributes:
        criterion: as the dossier states it.
        status: the name of the answer.
        term_months: term that the criterion supports, or None where it supports or tests none.
        crossing: where the averaged curve crosses the threshold, in months, or None.
        lower: one-sided lower limit of the crossing, or None where it lies beyond the evidence.
        upper: one-sided upper limit, or None where it lies beyond the evidence.
        threshold: the rate the outcome was held against, or None.
        holds_from_month: first month in which it holds, for ``holds_between``.
        first_month_with_evidence: or None.
        last_month_with_evidence: or None.
        contradicted_from_month: first month whose own data lie on the wrong side, or None.
        unshown_from_month: first month that no curve vouches for and whose own data do not show
            that the criterion holds, or None.
        doubtful_start_month: month from which the criterion holds while it is not shown that it
            fails before; no later start is taken from that; or None.
        contacts_needed: contacts in six months that a test of this criterion takes, or None.
    """

    criterion: Criterion
    status: CriterionStatus
    term_months: int | None = None
    crossing: float | None = None
    lower: float | None = None
    upper: float | None = None
    threshold: float | None = None
    holds_from_month: int | None = None
    first_month_with_evidence: int | None = None
    last_month_with_evidence: int | None = None
    contradicted_from_month: int | None = None
    unshown_from_month: int | None = None
    doubtful_start_month: int | None = None
    contacts_needed: int | None = None

    @property
    def stated(self) -> CriterionFacts:
        """What the criterion states."""
        return facts_of(self.criterion)

    @property
    def ratio(self) -> MaximumRatio | None:
        """The criterion, where it holds a rate against that of other months."""
        return self.criterion if isinstance(self.criterion, MaximumRatio) else None

    @property
    def known_threshold(self) -> float | None:
        """The rate it was held against, or else the one that is stated."""
        return self.stated.threshold if self.threshold is None else self.threshold

    def to_dict(self) -> Json:
        """Return the result as in `resultaat.json`."""
        stated = self.stated
        found = {key: value for key, value in asdict(self).items() if key != "criterion"}
        return {
            "name": stated.name,
            "kind": stated.kind,
            "outcome": stated.outcome,
            **found,
            "threshold": self.known_threshold,
            "reason": stated.reason,
            "parameters": dict(stated.parameters),
        }


@dataclass(frozen=True, kw_only=True)
class Support:
    """Crossings of a margin within the months with evidence, before they get a name."""

    point: float
    lower: float
    upper: float


def crossings(margins: Floats, first: int, last: int) -> Floats:
    """Return where each row first falls below zero, in months, by linear interpolation.

    Args:
        margins: shape (rows, months).
        first: first month looked at.
        last: last month looked at.

    Returns:
        Shape (rows,): ``first - 1`` where a row fails at once, infinity where it never does.

    Examples:
        >>> crossings(np.array([[3.0, 1.0, -1.0], [2.0, 1.0, 0.5], [-1.0, 1.0, 1.0]]), 0, 2)
        array([ 1.5,  inf, -1. ])
    """
    window = margins[:, first : last + 1]
    fails = window < 0
    at = fails.argmax(axis=1)
    rows = np.arange(len(window))
    after, before = window[rows, at], window[rows, np.maximum(at - 1, 0)]
    bounded = np.isfinite(before) & (before > after)
    drop = np.subtract(before, after, out=np.ones_like(before), where=bounded)
    share = np.where(bounded, before / drop, 1.0)
    # where only the month after fails, the month before still holds: keep the share below 1
    crossing = first + at - 1 + np.where(at > 0, np.minimum(share, 1 - 1e-9), 0.0)
    return np.where(fails.any(axis=1), crossing, np.inf)


def months_supported(crossing: float) -> int:
    """Return the term for a crossing: months 0 .. floor(crossing) are permitted.

    Examples:
        >>> months_supported(20.4), months_supported(-1.0)
        (21, 0)
    """
    return math.floor(crossing) + 1


def _support(margin: Margin, first: int, last: int, level: float) -> Support:
    point = float(crossings(margin.point[None], first, last)[0])
    ordered = np.sort(crossings(margin.resampled, first, last))
    rank = max(math.floor((1 - level) * (len(ordered) + 1)) - 1, 0)
    return Support(point=point, lower=float(ordered[rank]), upper=float(ordered[-1 - rank]))


def judge(criterion: Criterion, margin: Margin | None, level: float) -> CriterionResult:
    """Return what a criterion supports, with the name of the answer.

    Args:
        criterion: any kind.
        margin: its margin, or None where its outcome was not delivered.
        level: one-sided confidence level.
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
        first_month_with_evidence=evidence.first_month,
        last_month_with_evidence=evidence.last_month,
        contacts_needed=evidence.contacts_needed,
    )
    if evidence.first_month is None or evidence.last_month is None:
        return untested
    return _judged(untested, margin, evidence.first_month, evidence.last_month, level)


def _judged(
    untested: CriterionResult, margin: Margin, first: int, last: int, level: float
) -> CriterionResult:
    if margin.point[first] < 0 or margin.contradicted[first]:
        start = _later_start(margin, first, last, level)
        if start is None:
            return replace(untested, status="fails_from_start")
        if not _shown_to_fail(margin, first, level):
            return replace(untested, doubtful_start_month=start)
        between = _limited(untested, margin, start, last, level)
        return replace(between, status="holds_between", holds_from_month=start)
    limited = _limited(untested, margin, first, last, level)
    if limited.lower is not None and (limited.term_months or 0) <= first:
        return replace(limited, status="too_little_data", term_months=None)
    return limited


def _shown_to_fail(margin: Margin, month: int, level: float) -> bool:
    """Return whether the criterion fails in a month at its upper limit too.

    A rate just on the wrong side in every month would else be given a later start by chance:
    looking for one over all months is a second chance beside the first month.
    """
    upper = float(np.quantile(margin.resampled[:, month], level))
    return bool(margin.contradicted[month]) or upper < 0


def _later_start(margin: Margin, first: int, last: int, level: float) -> int | None:
    """Return the first later month in which the criterion holds at its limit, if there is one."""
    holds = np.quantile(margin.resampled[:, first : last + 1], 1 - level, axis=0) >= 0
    doubted = margin.contradicted | margin.unshown
    holds &= ~doubted[first : last + 1] & (margin.point[first : last + 1] >= 0)
    later = np.flatnonzero(holds)
    return first + int(later[0]) if len(later) else None


def _limited(
    untested: CriterionResult, margin: Margin, first: int, last: int, level: float
) -> CriterionResult:
    """Return crossing, limits and term from a first month on, all brakes applied."""
    support = _support(margin, first, last, level)
    doubted = _first(margin.contradicted | margin.unshown, first, last)
    brake = math.inf if doubted is None else doubted - 1
    lower = min(support.lower, brake)
    reached = math.isfinite(lower)
    return replace(
        untested,
        status="reached" if reached else "not_reached_in_data",
        term_months=months_supported(lower) if reached else last + 1,
        crossing=_finite(support.point),
        lower=_finite(lower),
        upper=_finite(support.upper),
        contradicted_from_month=_first(margin.contradicted, first, last),
        unshown_from_month=_first(margin.unshown, first, last),
    )


def _first(flags: Flags, first: int, last: int) -> int | None:
    marked = np.flatnonzero(flags[first : last + 1])
    return first + int(marked[0]) if len(marked) else None


def _finite(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None


def judge_criteria(dossier: Dossier, series: Mapping[str, OutcomeSeries]) -> list[CriterionResult]:
    """Return what each criterion of the dossier supports, in its order."""
    level = dossier.settings.confidence_level
    return [
        judge(criterion, margin(criterion, series, level), level) for criterion in dossier.criteria
    ]
