"""All families fitted to an outcome, and their average with AIC weights."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from balanstest_analysis.statistics.count_covariance import CountCovariance, count_covariance
from balanstest_analysis.statistics.families import CURVES
from balanstest_analysis.statistics.fit_data import FitData
from balanstest_analysis.statistics.fitting import CurveFit, fit_family
from balanstest_analysis.statistics.floats import Floats
from balanstest_analysis.statistics.goodness_of_fit import pearson
from balanstest_analysis.statistics.outcome_counts import OutcomeCounts

BADLY_FITTED = 0.01
POINT_PENALTY = 2.0  # per parameter


@dataclass(frozen=True, kw_only=True)
class OutcomeFits:
    """Every family fitted to one outcome.

    Attributes:
        data: the counts they were fitted to.
        covariance: of those counts.
        fits: one per family in `CURVES`, excluded ones too.
        weights: AIC weight per family that takes part in the average; they sum to 1, or there
            are none, and the pooled rate stands in for the curve.
        poorly_described: every parametric family fits badly; the splines lead.
        undescribed: the splines fit badly too, or are excluded, so that no curve is to be relied
            on by itself.
        curveless: no curve but one that fits badly is left, so that none is relied on at all.
        dispersion: Pearson dispersion about the better spline beyond the design effect, >= 1.
    """

    data: FitData = field(repr=False)
    covariance: CountCovariance = field(repr=False)
    fits: tuple[CurveFit, ...] = field(repr=False)
    weights: dict[str, float]
    poorly_described: bool
    undescribed: bool
    curveless: bool
    dispersion: float

    def to_frame(self) -> pd.DataFrame:
        """Return status and weight of each family, one row per family."""
        rows = [(f.family, f.status, self.weights.get(f.family, 0.0)) for f in self.fits]
        return pd.DataFrame(rows, columns=["family", "status", "weight"])

    @property
    def grid(self) -> Floats:
        """Whole months from the first to the last one with contacts, shape (months,)."""
        return np.arange(self.data.months[0], self.data.months[-1] + 1)

    def fit(self, family: str) -> CurveFit:
        """Return the fit of a family."""
        return {fit.family: fit for fit in self.fits}[family]

    def averaged_rate(self) -> Floats:
        """Return the averaged rate on the grid, shape (months,); zero events give zeros."""
        total = np.zeros(len(self.grid))
        for family, weight in self.weights.items():
            total += weight * self.fit(family).rate(self.grid)
        return total if self.weights else total + self.data.events.sum() / self.data.exposure.sum()


def fit_outcome(
    counts: OutcomeCounts,
    months: Floats | None = None,
    covariance: CountCovariance | None = None,
) -> OutcomeFits:
    """Return every family fitted to an outcome with at least one contact.

    Args:
        counts: of shape (campaigns, months).
        months: by default 0, 1, 2, ...
        covariance: of the events; by default that of the counts.
    """
    n, k = counts.exposure_by_month, counts.events_by_month
    seen = n > 0
    x = np.arange(len(n), dtype=float) if months is None else months
    covariance = covariance or count_covariance(counts)
    data = FitData(
        months=x[seen],
        exposure=n[seen].astype(float),
        events=k[seen].astype(float),
        customers=None if counts.customers is None else counts.customers.at(seen),
        design_effect=covariance.overall_effect,
        month_effect=covariance.month_effect,
    )
    fits = tuple(fit_family(family, data) for family in CURVES.values())
    poor = _fit_badly(fits, flexible=False)
    curveless = not any(fit.status == "ok" for fit in fits if CURVES[fit.family].flexible)
    return OutcomeFits(
        data=data,
        covariance=covariance,
        fits=fits,
        weights={}
        if poor and curveless
        else _point_weights(fits, data.month_effect, only_flexible=poor),
        poorly_described=poor,
        undescribed=poor and (curveless or _fit_badly(fits, flexible=True)),
        curveless=poor and curveless,
        dispersion=_dispersion(data, fits),
    )


def _fit_badly(fits: tuple[CurveFit, ...], *, flexible: bool) -> bool:
    """Return whether every tested fit of one sort, simple or flexible, fits badly."""
    sort = [fit for fit in fits if CURVES[fit.family].flexible == flexible and fit.status == "ok"]
    tested = [fit.p_value for fit in sort if fit.p_value is not None]
    return bool(tested) and max(tested) < BADLY_FITTED


def _point_weights(
    fits: tuple[CurveFit, ...], effect: float, *, only_flexible: bool
) -> dict[str, float]:
    """Return the weights of the families; the deviance counts for its share of information."""
    ok = {
        fit.family: fit.deviance / effect + POINT_PENALTY * len(fit.parameters)
        for fit in fits
        if fit.deviance is not None
    }
    flexible = {name: aic for name, aic in ok.items() if CURVES[name].flexible}
    chosen = flexible if only_flexible and flexible else ok
    if not chosen:
        return {}
    return dict(zip(chosen, map(float, akaike_weights(np.array([*chosen.values()]))), strict=True))


def akaike_weights(aic: Floats) -> Floats:
    """Return exp(-AIC / 2), scaled to sum to 1 over the first axis (Burnham and Anderson 2002).

    Examples:
        >>> akaike_weights(np.array([10.0, 12.0])).round(3)
        array([0.731, 0.269])
    """
    relative = np.exp((aic.min(axis=0) - aic) / 2)
    return np.asarray(relative / relative.sum(axis=0))


def _dispersion(data: FitData, fits: tuple[CurveFit, ...]) -> float:
    """Return X2 / df about the better spline (or family), beyond the effect of single months."""
    candidates = [fit for fit in fits if fit.aic is not None and CURVES[fit.family].flexible]
    candidates = candidates or [fit for fit in fits if fit.aic is not None]
    if not candidates:
        return 1.0
    best = min(candidates, key=lambda fit: fit.aic or 0.0)
    statistic, bins = pearson(data, best.rate(data.months))
    df = bins - len(best.parameters)
    return max(1.0, statistic / df / data.month_effect) if df > 0 else 1.0
