"""Curves that are too coarse to be turned back into counts, and fits that keep silent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np

from balanstest_analysis.published.outcomes import FittedCurve, FittedPoint, MixPoint, RateRow

CURVE_STEP_MONTHS = 3
MOST_ROWS = 0.75
Point = TypeVar("Point")


def silent_fit(fit: FittedCurve) -> FittedCurve:
    """Keep of a fit what cannot be inverted into counts: family, status and a coarse weight."""
    return replace(
        fit,
        parameters={},
        standard_errors={},
        model_standard_errors={},
        deviance=None,
        df=None,
        aic=None,
        p_value=None,
        weight=round(fit.weight, 1),
    )


def coarsened_curve(curve: Sequence[FittedPoint]) -> tuple[FittedPoint, ...]:
    """Keep every third month and the last, rounded to a hundredth of the highest value.

    Args:
        curve: one point per month.
    """
    decimals = _decimals([value for p in curve for value in (p.rate, p.rate_lower, p.rate_upper)])
    return tuple(
        FittedPoint(
            month=point.month,
            rate=round(point.rate, decimals),
            rate_lower=round(point.rate_lower, decimals),
            rate_upper=round(point.rate_upper, decimals),
        )
        for point in _thinned(curve)
    )


def coarsened_mix(points: Sequence[MixPoint]) -> tuple[MixPoint, ...]:
    """Do the same to the rates at a common mix of campaigns.

    Args:
        points: one per month.
    """
    decimals = _decimals([value for p in points for value in (p.rate, p.standardised_rate)])
    return tuple(
        MixPoint(
            month=point.month,
            rate=round(point.rate, decimals),
            standardised_rate=round(point.standardised_rate, decimals),
        )
        for point in _thinned(points)
    )


def describes(curve: Sequence[FittedPoint], rows: Sequence[RateRow]) -> bool:
    """Return whether a curve goes through most intervals of the printed rows.

    A curve that was drawn for an earlier report is told again only then; both are published, so
    the answer tells nothing more.

    Args:
        curve: as it was published; without points it describes nothing.
        rows: of this report, with the rates that are told.
    """
    if not curve:
        return False
    months, rates = [point.month for point in curve], [point.rate for point in curve]
    told = [(row, row.observed) for row in rows if row.observed is not None]
    inside = sum(
        seen.lower <= np.interp((row.month_from + row.month_to) / 2, months, rates) <= seen.upper
        for row, seen in told
    )
    return bool(inside >= MOST_ROWS * len(told))


def _thinned(points: Sequence[Point]) -> list[Point]:
    return [*points[:-1:CURVE_STEP_MONTHS], points[-1]] if points else []


def _decimals(values: Sequence[float]) -> int:
    highest = max(values, default=0.0)
    return 2 - int(np.floor(np.log10(highest))) if highest > 0 else 2
