"""Rates per month with their intervals, widened for repeated calls."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from balanstest_analysis.statistics.distributions import (
    beta_quantile,
    beta_upper_quantile,
    normal_quantile,
)
from balanstest_analysis.statistics.floats import Floats

FEW_EVENTS = 5


def rate_interval(
    events: ArrayLike,
    exposure: ArrayLike,
    *,
    confidence_level: float = 0.95,
    design_effect: ArrayLike = 1.0,
) -> tuple[Floats, Floats]:
    """Return the two-sided confidence limits of rates.

    Wilson's interval, and Clopper and Pearson's where there are fewer than five events or
    non-events. With a design effect d the counts are divided by d inside the interval
    (Rao and Scott 1992, Biometrics 48:577), so that repeated calls widen it.

    Args:
        events: counts k, shape (rows,).
        exposure: counts n > 0, same shape.
        confidence_level: of the two-sided interval.
        design_effect: at least 1, of all rows or of each.

    Examples:
        >>> lower, upper = rate_interval([81, 0], [263, 20])
        >>> lower.round(4), upper.round(4)
        (array([0.2553, 0.    ]), array([0.3662, 0.1684]))
    """
    k = np.asarray(events, dtype=float)
    n = np.asarray(exposure, dtype=float)
    alpha = 1 - confidence_level
    few = np.minimum(k, n - k) < FEW_EVENTS
    effect = np.asarray(design_effect, dtype=float)
    wilson = _wilson(k / effect, n / effect, alpha / 2)
    exact = _clopper_pearson(k / effect, n / effect, alpha / 2)
    lower, upper = (np.where(few, e, w) for e, w in zip(exact, wilson, strict=True))
    return np.clip(lower, 0, k / n), np.clip(upper, k / n, 1)


def _wilson(k: Floats, n: Floats, tail: float) -> tuple[Floats, Floats]:
    """Return the limits of Wilson (1927, Journal of the American Statistical Association 22:209).

    In the order of `statsmodels.stats.proportion.proportion_confint`, which rounds alike.
    """
    rate, z = k / n, -normal_quantile(tail)
    square = z**2
    scale = 1 + square / n
    centre = (rate + square / (2 * n)) / scale
    width = z * np.sqrt(rate * (1.0 - rate) / n + square / (4.0 * n**2))
    width /= scale
    return np.clip(centre - width, 0, 1), np.clip(centre + width, 0, 1)


def _clopper_pearson(k: Floats, n: Floats, tail: float) -> tuple[Floats, Floats]:
    """Return the exact limits (Clopper and Pearson 1934, Biometrika 26:404)."""
    lower = np.where(k / n == 0, 0.0, beta_quantile(tail, k, n - k + 1))
    upper = np.where(k / n == 1, 1.0, beta_upper_quantile(tail, k + 1, n - k))
    return lower, upper


def rate_table(
    exposure: ArrayLike,
    events: ArrayLike,
    *,
    months: ArrayLike | None = None,
    confidence_level: float = 0.95,
    design_effect: ArrayLike = 1.0,
) -> pd.DataFrame:
    """Return one row per month with contacts: counts, rate and interval.

    Args:
        exposure: contacts per month, shape (months,).
        events: events per month, same shape.
        months: completed months since the last purchase; by default 0, 1, 2, ...
        confidence_level: of the two-sided interval.
        design_effect: at least 1, of all months or of each; see `rate_interval`.

    Returns:
        Columns ``month_from``, ``month_to`` (inclusive), ``n``, ``k``, ``rate``, ``rate_lower``
        and ``rate_upper``.

    Examples:
        >>> rate_table([20, 0, 29], [0, 0, 1]).round(4)
           month_from  month_to   n  k    rate  rate_lower  rate_upper
        0           0         0  20  0  0.0000      0.0000      0.1684
        1           2         2  29  1  0.0345      0.0009      0.1776
    """
    n = np.asarray(exposure)
    k = np.asarray(events)
    month = np.arange(len(n)) if months is None else np.asarray(months)
    seen = n > 0
    n, k, month = n[seen], k[seen], month[seen]
    effect = np.broadcast_to(np.asarray(design_effect, dtype=float), seen.shape)[seen]
    lower, upper = rate_interval(k, n, confidence_level=confidence_level, design_effect=effect)
    columns = {"month_from": month, "month_to": month, "n": n, "k": k}
    return pd.DataFrame({**columns, "rate": k / n, "rate_lower": lower, "rate_upper": upper})
