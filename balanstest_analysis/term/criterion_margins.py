"""The margin of any kind of criterion."""

from __future__ import annotations

from collections.abc import Mapping

from balanstest_analysis.dossier.criteria import BurdenPerConversion, Criterion, Horizon, NetBenefit
from balanstest_analysis.term.margins import Margin, needed_series
from balanstest_analysis.term.outcome_series import OutcomeSeries
from balanstest_analysis.term.rate_margins import rate_margin
from balanstest_analysis.term.weighed_margins import weighed_margin


def margin(
    criterion: Criterion, series: Mapping[str, OutcomeSeries], level: float
) -> Margin | None:
    """Return the margin of a criterion, or None for a horizon and where an outcome is missing.

    Args:
        criterion: any kind.
        series: by name, on the same months.
        level: one-sided confidence level.
    """
    names = needed_series(criterion)
    if isinstance(criterion, Horizon) or any(name not in series for name in names):
        return None
    if isinstance(criterion, BurdenPerConversion | NetBenefit):
        return weighed_margin(criterion, series, level)
    return rate_margin(criterion, series[criterion.outcome], level)
