"""One curve through the counts of an outcome: maximum likelihood, and what it is worth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.special import gammaln

from balanstest_analysis.errors import FitError
from balanstest_analysis.published.names import FitStatus
from balanstest_analysis.statistics.checked_counts import checked_counts
from balanstest_analysis.statistics.curves import BoundCurve, Bounds, FloorCurve, LinearCurve
from balanstest_analysis.statistics.families import CURVES, CurveFamily, knots_differ
from balanstest_analysis.statistics.fisher_scoring import fit_batch
from balanstest_analysis.statistics.fit_data import FitData
from balanstest_analysis.statistics.floats import Floats
from balanstest_analysis.statistics.goodness_of_fit import goodness_of_fit
from balanstest_analysis.statistics.refitting import refit_with_statsmodels

BOUNDARY = 15.0  # on a logit or log scale: further out, a parameter has run away


@dataclass(frozen=True, kw_only=True, repr=False)
class CurveFit:
    """A fitted curve, or the name of the reason why there is none.

    Attributes:
        family: its name in `CURVES`.
        status: ``"ok"``, or why the family is excluded.
        parameters: maximum likelihood estimates by name; empty unless the status is ok.
        standard_errors: robust to repeated calls where customers are known, else the model's own.
        model_standard_errors: from the Fisher information.
        log_likelihood: with the binomial coefficients, or None.
        deviance: or None.
        df: residual degrees of freedom of the deviance.
        aic: -2 log-likelihood + 2 parameters, or None.
        p_value: of Pearson's X2 over merged months, divided by the design effect, or None.
        first_month: first month with contacts.
        last_month: last month with contacts.
        curve: the family bound to the fitted months; None unless the status is ok.
    """

    family: str
    status: FitStatus
    parameters: dict[str, float]
    standard_errors: dict[str, float]
    model_standard_errors: dict[str, float]
    log_likelihood: float | None
    deviance: float | None
    df: int
    aic: float | None
    p_value: float | None
    first_month: float
    last_month: float
    curve: BoundCurve | None

    def __repr__(self) -> str:
        months = f"{self.first_month:g} to {self.last_month:g}"
        return f"{type(self).__name__}({self.family}, {self.status}, months {months})"

    def rate(self, months: ArrayLike) -> Floats:
        """Return the fitted rate at months within the observed range.

        Raises:
            FitError: the family was excluded, or a month lies outside the observed range.
        """
        x = np.atleast_1d(np.asarray(months, dtype=float))
        if self.curve is None:
            raise FitError(f"The {self.family} curve was excluded ({self.status}): no rate.")
        if x.min() < self.first_month or x.max() > self.last_month:
            raise FitError(
                f"Months {x.min():g} to {x.max():g} are asked for; the data reach from "
                f"{self.first_month:g} to {self.last_month:g}. Stay within them."
            )
        rates = self.curve.at(x).rates(np.array([[*self.parameters.values()]]))
        return np.asarray(rates[0])

    def to_dict(self) -> dict[str, Any]:
        """Return the fit as in `resultaat.json`, without the weight it gets beside others."""
        names = ("parameters", "standard_errors", "model_standard_errors")
        return {
            "family": self.family,
            "status": self.status,
            "converged": self.status == "ok",
            **{name: dict(getattr(self, name)) for name in names},
            "deviance": self.deviance,
            "df": self.df,
            "aic": self.aic,
            "p_value": self.p_value,
        }

    def to_frame(self) -> pd.DataFrame:
        """Return estimates and standard errors, one row per parameter."""
        columns = {
            "estimate": self.parameters,
            "standard_error": self.standard_errors,
            "model_standard_error": self.model_standard_errors,
        }
        return pd.DataFrame(columns)


def fit_curve(
    months: ArrayLike,
    exposure: ArrayLike,
    events: ArrayLike,
    *,
    family: str = "logistic",
    design_effect: float = 1.0,
) -> CurveFit:
    """Return the maximum likelihood fit of one family to counts.

    Args:
        months: time since the last purchase, in any unit, shape (rows,).
        exposure: contacts n, same shape.
        events: events k <= n, same shape.
        family: a name in `CURVES`.
        design_effect: divides the goodness-of-fit statistic.

    Raises:
        FitError: unknown family, or counts that are no counts.

    Examples:
        Bliss (1935), beetles: 30 at each of five doses.

        >>> fit = fit_curve([0, 1, 2, 3, 4], [30] * 5, [2, 8, 15, 23, 27])
        >>> {name: round(value, 4) for name, value in fit.parameters.items()}
        {'intercept': -2.3238, 'slope': 1.1619}
        >>> round(fit.deviance, 5)
        0.37875
    """
    x, n, k = _sorted_counts(months, exposure, events)
    data = FitData(months=x, exposure=n, events=k, month_effect=design_effect)
    if family not in CURVES:
        raise FitError(f"There is no curve family {family!r}. Known are {', '.join(CURVES)}.")
    return fit_family(CURVES[family], data)


def _sorted_counts(
    months: ArrayLike, exposure: ArrayLike, events: ArrayLike
) -> tuple[Floats, Floats, Floats]:
    x, n, k = checked_counts(exposure, events, months)
    order = np.argsort(x[n > 0], kind="stable")
    x, n, k = (values[n > 0][order] for values in (x, n, k))
    if not len(x):
        raise FitError("There are no contacts in any month. Deliver counts above zero.")
    return x, n, k


def fit_family(family: CurveFamily, data: FitData) -> CurveFit:
    """Return the fit of one family, or the named reason why it is excluded."""
    if not 0 < data.events.sum() < data.exposure.sum():
        return _excluded(family, data, "zero_events")
    if len(data.months) <= family.parameters and family.parameters > 1:
        return _excluded(family, data, "too_few_months")
    if family.flexible and not knots_differ(data.months, data.exposure, family.parameters):
        return _excluded(family, data, "too_few_months")
    curve = family.bind(data.months, data.exposure)
    box = family.bounds(data.months) if family.bounds else None
    starts = curve.starts(data.exposure, data.events) if isinstance(curve, FloorCurve) else None
    tries = 1 if starts is None else len(starts)
    exposure, events = (np.tile(values, (tries, 1)) for values in (data.exposure, data.events))
    batch = fit_batch(curve, exposure, events, starts, box)
    best = int(np.argmax(batch.log_likelihood))
    rates, parameters = batch.rates[best], batch.parameters[best]
    if not batch.converged[best]:
        edge = np.isclose(rates, 0, atol=1e-8) | np.isclose(rates, 1, atol=1e-8)
        return _excluded(family, data, "separated" if edge.any() else "not_converged")
    if np.abs(parameters).max() > BOUNDARY or (box and _on_edge(box, parameters)):
        return _excluded(family, data, "separated")
    return _inferred(family, data, curve, parameters)


def _on_edge(box: Bounds, parameters: Floats) -> bool:
    return bool(((parameters <= box.low) | (parameters >= box.high)).any())


def _excluded(family: CurveFamily, data: FitData, status: FitStatus) -> CurveFit:
    return CurveFit(
        family=family.name,
        status=status,
        parameters={},
        standard_errors={},
        model_standard_errors={},
        log_likelihood=None,
        deviance=None,
        df=max(len(data.months) - family.parameters, 0),
        aic=None,
        p_value=None,
        first_month=float(data.months[0]),
        last_month=float(data.months[-1]),
        curve=None,
    )


def _inferred(
    family: CurveFamily, data: FitData, curve: BoundCurve, parameters: Floats
) -> CurveFit:
    information = _information(curve, data, parameters)
    if np.linalg.matrix_rank(information) < len(parameters):
        # of the speed between two equal rates, say, the counts tell nothing
        return _excluded(family, data, "separated")
    own = np.sqrt(np.diag(np.linalg.pinv(information)))
    if isinstance(curve, LinearCurve):
        parameters, own, agrees = refit_with_statsmodels(curve, data, parameters, own)
        if not agrees:
            return _excluded(family, data, "not_converged")
    robust = np.sqrt(np.maximum(np.diag(_robust_covariance(curve, data, parameters)), 0))
    if not (np.isfinite(own).all() and np.isfinite(robust).all()):
        return _excluded(family, data, "separated")
    rates = curve.rates(parameters[None])[0]
    log_likelihood = _log_likelihood(data, rates)
    return CurveFit(
        family=family.name,
        status="ok",
        parameters=_named(curve, parameters),
        standard_errors=_named(curve, robust),
        model_standard_errors=_named(curve, own),
        log_likelihood=log_likelihood,
        deviance=2 * (_log_likelihood(data, data.events / data.exposure) - log_likelihood),
        df=len(data.months) - len(parameters),
        aic=2 * len(parameters) - 2 * log_likelihood,
        p_value=goodness_of_fit(data, rates, len(parameters)),
        first_month=float(data.months[0]),
        last_month=float(data.months[-1]),
        curve=curve,
    )


def _named(curve: BoundCurve, values: Floats) -> dict[str, float]:
    return dict(zip(curve.parameter_names, map(float, values), strict=True))


def _information(curve: BoundCurve, data: FitData, parameters: Floats) -> Floats:
    return np.asarray(_moments(curve, data.exposure[None], data.events[None], parameters)[1][0])


def _model_covariance(curve: BoundCurve, data: FitData, parameters: Floats) -> Floats:
    return np.asarray(np.linalg.pinv(_information(curve, data, parameters)), dtype=float)


def _robust_covariance(curve: BoundCurve, data: FitData, parameters: Floats) -> Floats:
    """Return the sandwich over customers (Liang and Zeger 1986)."""
    bread = _model_covariance(curve, data, parameters)
    if data.customers is None:
        return bread
    rates = curve.rates(parameters[None])
    slopes = curve.jacobian(parameters[None], rates)[0] / (rates * (1 - rates))
    meat = slopes @ data.customers.residuals(rates[0]) @ slopes.T
    return np.asarray(bread @ meat @ bread)


def _moments(
    curve: BoundCurve, exposure: Floats, events: Floats, parameters: Floats
) -> tuple[Floats, Floats]:
    repeated = np.tile(parameters, (len(exposure), 1))
    rates = curve.rates(repeated)
    variance = rates * (1 - rates)
    return curve.moments(
        repeated, rates, (events - exposure * rates) / variance, exposure / variance
    )


def _log_likelihood(data: FitData, rates: Floats) -> float:
    n, k = data.exposure, data.events
    coefficient = gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)
    inside = np.clip(rates, 1e-300, 1 - 1e-16)
    terms = np.where(k > 0, k * np.log(inside), 0) + np.where(k < n, (n - k) * np.log1p(-inside), 0)
    return float((terms + coefficient).sum())
