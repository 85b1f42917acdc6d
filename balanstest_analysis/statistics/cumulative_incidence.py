"""The share of the persons called that has objected or complained by a month after the first call.

Rates per contact can fall while ever more people have objected: who objected is not called again.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from balanstest_analysis.statistics.distributions import normal_quantile
from balanstest_analysis.statistics.floats import Floats


def cumulative_incidence(table: pd.DataFrame, confidence_level: float = 0.95) -> pd.DataFrame:
    """Return the cumulative incidence per month since the first contact, by the product limit.

    ``1 - prod(1 - events / at_risk)`` over the months so far (Kaplan and Meier 1958), where who
    left without an event is at risk through the month of leaving. Everybody comes in with the
    first contact, so that the first month holds who objected in the first conversation. It is the
    share that would have objected, had nobody left the file otherwise. The interval is
    Greenwood's, on the log(-log) scale (Kalbfleisch and Prentice 2002, section 1.4); while there
    are no events, the upper limit is the exact one for the smallest number at risk so far.

    Args:
        table: columns ``month``, ``at_risk`` (more than zero), ``events`` and ``exits``, one row
            per month from 0 on.
        confidence_level: of the two-sided interval.

    Returns:
        Columns ``month_from``, ``month_to``, ``at_risk``, ``events``, ``exits``, ``incidence``,
        ``incidence_lower`` and ``incidence_upper``, one row per month.

    Examples:
        >>> counts = {"month": [0, 1], "at_risk": [80, 60], "events": [8, 6], "exits": [12, 54]}
        >>> cumulative_incidence(pd.DataFrame(counts))[["at_risk", "incidence"]].round(3)
           at_risk  incidence
        0       80       0.10
        1       60       0.19
    """
    n, k = (table[name].to_numpy(dtype=float) for name in ("at_risk", "events"))
    share, lower, upper = product_limit(n, k, confidence_level)
    counts = table[["at_risk", "events", "exits"]]
    months = {"month_from": table["month"], "month_to": table["month"]}
    limits = {"incidence": share, "incidence_lower": lower, "incidence_upper": upper}
    return pd.DataFrame({**months, **counts, **limits}).reset_index(drop=True)


def product_limit(
    n: Floats, k: Floats, confidence_level: float = 0.95
) -> tuple[Floats, Floats, Floats]:
    """Return the share with an event by the end of each row, and its two-sided interval.

    See `cumulative_incidence`. With rows of several months, and the mean number at risk in a month
    of them, the events over that number are the sum of the months' hazards, but for how the
    number changes within a row.

    Args:
        n: at risk, shape (rows,), each more than zero.
        k: events, same shape; a row with more events than persons at risk ends with nobody left.
        confidence_level: of the two-sided interval.

    Returns:
        Three arrays of shape (rows,).

    Examples:
        >>> share, _, _ = product_limit(np.array([80.0, 90.0]), np.array([8.0, 9.0]))
        >>> share.round(2)
        array([0.1 , 0.19])
    """
    events = np.minimum(k, n)
    survival: Floats = np.cumprod(1 - events / n, dtype=np.float64)
    return np.asarray(1 - survival), *_limits(n, events, survival, confidence_level)


def _limits(n: Floats, k: Floats, survival: Floats, level: float) -> tuple[Floats, Floats]:
    z = normal_quantile((1 + level) / 2)
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = np.cumsum(k / (n * (n - k)))
        spread = z * np.sqrt(variance) / np.log(survival)
        lower, upper = (1 - survival ** np.exp(sign * spread) for sign in (1, -1))
    none, all_of_them = survival == 1, survival == 0
    fewest = np.minimum.accumulate(n)
    upper = np.where(none, 1 - ((1 - level) / 2) ** (1 / fewest), upper)
    lower = np.where(none, 0.0, lower)
    before = lower[~all_of_them].max(initial=0.0)  # what was reached by then stays reached
    return np.where(all_of_them, before, lower), np.where(all_of_them, 1.0, upper)
