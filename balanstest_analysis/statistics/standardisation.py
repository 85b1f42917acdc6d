"""Rates as they would be if every month had the same mix of campaigns.

Late months may come from other campaigns than early ones. A logistic model with an effect per
campaign and a spline over months is averaged over the campaigns as they occur over all months
(direct standardisation; Rothman, Modern Epidemiology, chapter 4).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from balanstest_analysis.published.outcomes import MixPoint
from balanstest_analysis.statistics.curves import LOGIT
from balanstest_analysis.statistics.curves import linear_curve as bound_curve
from balanstest_analysis.statistics.families import knots_differ, natural_spline, spline_knots
from balanstest_analysis.statistics.fisher_scoring import fit_batch
from balanstest_analysis.statistics.floats import Floats
from balanstest_analysis.statistics.outcome_counts import OutcomeCounts

KNOTS = 4
LEAST_EVENTS_PER_PARAMETER = 10


def standardised_rates(counts: OutcomeCounts) -> tuple[MixPoint, ...]:
    """Return the modelled rate per month under the mix of that month, and under the common mix.

    Args:
        counts: of shape (campaigns, months).

    Returns:
        One point per month; none where there is one campaign
        only, or fewer than ten events and non-events for each parameter of the model.
    """
    n, k = counts.exposure.astype(float), counts.events.astype(float)
    campaign, month = np.nonzero(n)
    seen = np.flatnonzero(n.sum(axis=0)).astype(float)
    if len(n) < 2 or len(seen) <= KNOTS or not knots_differ(seen, _by_month(n), KNOTS):
        return ()
    design = _design(n, campaign, month.astype(float))
    least = min(k.sum(), (n - k).sum())
    if least < LEAST_EVENTS_PER_PARAMETER * design.shape[1]:
        return ()
    parameters = _fitted(design, n[campaign, month], k[campaign, month])
    return () if parameters is None else _averaged(n, parameters)


def _design(n: Floats, campaign: NDArray[np.intp], month: Floats) -> Floats:
    """Return effects of all campaigns but the first beside a spline over months."""
    knots = spline_knots(np.flatnonzero(n.sum(axis=0)).astype(float), _by_month(n), KNOTS)
    dummies = campaign[:, None] == np.arange(1, len(n))
    return np.hstack([natural_spline(month, knots), dummies.astype(float)])


def _by_month(n: Floats) -> Floats:
    total = n.sum(axis=0)
    return np.asarray(total[total > 0])


def _fitted(design: Floats, n: Floats, k: Floats) -> Floats | None:
    names = tuple(f"x{column}" for column in range(design.shape[1]))
    cells = np.arange(len(design), dtype=float)
    curve = bound_curve(LOGIT, lambda cell: design[cell.astype(int)], names, cells)
    fit = fit_batch(curve, n[None], k[None])
    return fit.parameters[0] if fit.converged[0] else None


def _averaged(n: Floats, parameters: Floats) -> tuple[MixPoint, ...]:
    months = np.flatnonzero(n.sum(axis=0))
    mix = n.sum(axis=1) / n.sum()
    campaigns = np.arange(len(n))
    points = []
    for month in months:
        design = _design(n, campaigns, np.full(len(n), float(month)))
        rates = LOGIT.inverse(design @ parameters)
        own = n[:, month] / n[:, month].sum()
        points.append(
            MixPoint(
                month=int(month), rate=float(own @ rates), standardised_rate=float(mix @ rates)
            )
        )
    return tuple(points)
