"""Through which month counts can test a criterion on one rate per month, before any fit."""

from __future__ import annotations

from typing import TypeAlias

from balanstest_analysis.dossier.criteria import MaximumRate, MinimumRate
from balanstest_analysis.statistics.count_covariance import count_covariance
from balanstest_analysis.statistics.evidence import (
    WINDOW,
    Evidence,
    find_last,
    find_start,
    needed_for_maximum,
    needed_for_minimum,
)
from balanstest_analysis.statistics.outcome_counts import OutcomeCounts

OneRate: TypeAlias = MinimumRate | MaximumRate


def months_tested(
    criterion: OneRate, counts: OutcomeCounts, level: float, not_before: int = 0
) -> Evidence:
    """Return the months in which counts can test a criterion, and the contacts that takes.

    They are those of the analysis itself, as no curve enters them.

    Args:
        criterion: on one rate per month.
        counts: of its outcome, of shape (campaigns, months), with at least one contact.
        level: one-sided confidence level.
        not_before: month before which nobody is called.

    Examples:
        >>> import numpy as np
        >>> from balanstest_analysis.statistics.outcome_counts import OutcomeCounts
        >>> maximum = MaximumRate(
        ...     name="a", kind="maximum_rate", outcome="objection", threshold=0.05, reason="b"
        ... )
        >>> contacts = np.array([[200] * 6 + [5] * 12])
        >>> found = months_tested(
        ...     maximum, OutcomeCounts(exposure=contacts, events=contacts // 50), 0.95
        ... )
        >>> found.contacts_needed, found.last_month
        (374, 9)
    """
    exposure = counts.exposure_by_month.astype(float)
    needed = (
        needed_for_maximum(criterion.threshold, level)
        if isinstance(criterion, MaximumRate)
        else needed_for_minimum(float(counts.events_by_month.sum() / exposure.sum()), level)
    )
    start, last = find_start(exposure, not_before), None
    if start is not None:
        effects = count_covariance(counts).effects_until(WINDOW, len(exposure))
        last = find_last(exposure, effects, start, needed)
    return Evidence(start=start, last_month=last, contacts_needed=needed)
