"""The margin of any kind of criterion."""

from __future__ import annotations

from collections.abc import Mapping

from balanstest_analysis.dossier.criteria import (
    BurdenPerConversion,
    Criterion,
    Horizon,
    MaximumOverallRate,
    NetBenefit,
)
from balanstest_analysis.term.margins import Margin, needed_series
from balanstest_analysis.term.outcome_series import OutcomeSeries
from balanstest_analysis.term.rate_margins import rate_margin
from balanstest_analysis.term.weighed_margins import weighed_margin


def margin(
    criterion: Criterion, series: Mapping[str, OutcomeSeries], level: float, not_before: int = 0
) -> Margin | None:
    """Return the margin of a criterion; None for what is not judged by month, or lacks counts.

    Args:
        criterion: any kind.
        series: by name, on the same months.
        level: one-sided confidence level.
        not_before: month before which nobody is called.
    """
    names = needed_series(criterion)
    if isinstance(criterion, Horizon | MaximumOverallRate) or any(
        name not in series for name in names
    ):
        return None
    if isinstance(criterion, BurdenPerConversion | NetBenefit):
        return weighed_margin(criterion, series, level, not_before)
    return rate_margin(criterion, series[criterion.outcome], level, not_before)
