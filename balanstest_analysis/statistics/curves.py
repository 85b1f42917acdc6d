"""The curve families: each is a name, a link, a basis and a start.

A family describes the rate p at x completed months since the last purchase. Most are
generalised linear models, p = h(X(x) b); the exponential with a floor is not, and has the same
shape: anything that gives rates and their derivatives can be fitted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from scipy.special import expit, logit

from balanstest_analysis.statistics.floats import Floats

STEEPEST_LOG_DECAY = 6.0
LEAST_START = 1e-4  # of a rate where a search begins
LARGEST_PRODUCT = 200_000  # multiplications; from 2^18 on OpenBLAS takes more threads


@dataclass(frozen=True, kw_only=True)
class Link:
    """A link function.

    Attributes:
        name: as `statsmodels` calls it.
        inverse: rate from the linear predictor.
        slope: derivative of the rate to the linear predictor, from rate.
        forward: linear predictor from the rate.
    """

    name: str
    inverse: Callable[[Floats], Floats]
    slope: Callable[[Floats], Floats]
    forward: Callable[[Floats], Floats]


LOG = Link(name="Log", inverse=np.exp, slope=lambda rate: rate, forward=np.log)
LOGIT = Link(name="Logit", inverse=expit, slope=lambda rate: rate * (1 - rate), forward=logit)


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """The box in which parameters are looked for.

    Attributes:
        low: least value of each parameter, shape (p,).
        high: greatest, same shape.
    """

    low: Floats
    high: Floats


class BoundCurve(Protocol):
    """A family on given months: rates and derivatives for a batch of parameters."""

    @property
    def parameter_names(self) -> tuple[str, ...]:
        """Names in the order of the parameters."""
        ...

    def rates(self, parameters: Floats) -> Floats:
        """Return rates of shape (batch, months) for parameters of shape (batch, p)."""
        ...

    def moments(
        self, parameters: Floats, rates: Floats, residual: Floats, weight: Floats
    ) -> tuple[Floats, Floats]:
        """Return the score (batch, p) and the Fisher information (batch, p, p).

        Args:
            parameters: shape (batch, p).
            rates: shape (batch, months), as `rates` gave them.
            residual: d log-likelihood / d rate, (k - n p) / (p (1 - p)), same shape.
            weight: expected information about the rate, n / (p (1 - p)), same shape.
        """
        ...

    def jacobian(self, parameters: Floats, rates: Floats) -> Floats:
        """Return the derivative of every rate to every parameter, shape (batch, p, months)."""
        ...

    def start(self, exposure: Floats, events: Floats) -> Floats:
        """Return starting parameters of shape (p,) for counts of shape (months,)."""
        ...

    def at(self, months: Floats) -> BoundCurve:
        """Return the same curve on other months."""
        ...


def moments_from(jacobian: Floats, residual: Floats, weight: Floats) -> tuple[Floats, Floats]:
    """Return the score J r and the Fisher information J w J' of any family.

    Args:
        jacobian: shape (batch, p, months).
        residual: shape (batch, months).
        weight: same shape.
    """
    score = (jacobian * residual[:, None, :]).sum(axis=2)
    return score, (jacobian * weight[:, None, :]) @ jacobian.transpose(0, 2, 1)


def _product(left: Floats, right: Floats) -> Floats:
    """Return left @ right in slices of rows that BLAS multiplies on one thread.

    Handing such small products to more threads takes longer than making them, and its threads
    keep a processor busy while they wait for the next one.
    """
    rows = max(LARGEST_PRODUCT // right.size, 1)
    sliced = len(left) - len(left) % rows
    product = np.empty((len(left), right.shape[1]))
    slices = left[:sliced].reshape(-1, rows, left.shape[1])
    np.matmul(slices, right, out=product[:sliced].reshape(-1, rows, right.shape[1]))
    np.matmul(left[sliced:], right, out=product[sliced:])
    return product


@dataclass(frozen=True, kw_only=True)
class LinearCurve:
    """A generalised linear family bound to months.

    Attributes:
        link: its link.
        basis: months -> design matrix of shape (months, p).
        parameter_names: one per column of the design.
        months: shape (months,).
        design: the basis at the months.
    """

    link: Link
    basis: Callable[[Floats], Floats]
    parameter_names: tuple[str, ...]
    months: Floats
    design: Floats

    def rates(self, parameters: Floats) -> Floats:
        """Return h(X b)."""
        return self.link.inverse(_product(parameters, self.design.T))

    def moments(
        self, parameters: Floats, rates: Floats, residual: Floats, weight: Floats
    ) -> tuple[Floats, Floats]:
        """Return X' h' r and X' (h'^2 w) X, for the whole batch in two products."""
        count = self.design.shape[1]
        slope = self.link.slope(rates)
        products = (self.design[:, :, None] * self.design[:, None, :]).reshape(-1, count**2)
        score = _product(residual * slope, self.design)
        information = _product(weight * slope**2, products)
        return score, information.reshape(-1, count, count)

    def jacobian(self, parameters: Floats, rates: Floats) -> Floats:
        """Return h' X."""
        return self.link.slope(rates)[:, None, :] * self.design.T

    def start(self, exposure: Floats, events: Floats) -> Floats:
        """Return the weighted least squares fit to shrunken empirical rates on the link's scale."""
        pooled = events.sum() / exposure.sum()
        response = self.link.forward((events + 2 * pooled) / (exposure + 2))
        root = np.sqrt(exposure)
        fit = np.linalg.lstsq(self.design * root[:, None], response * root, rcond=None)
        return np.asarray(fit[0], dtype=float)

    def at(self, months: Floats) -> LinearCurve:
        """Return the same curve on other months."""
        return linear_curve(self.link, self.basis, self.parameter_names, months)


def linear_curve(
    link: Link, basis: Callable[[Floats], Floats], names: tuple[str, ...], months: Floats
) -> LinearCurve:
    """Return a generalised linear family bound to months.

    Args:
        link: from the rate to the linear predictor.
        basis: months -> design matrix of shape (months, p).
        names: of the p parameters.
        months: shape (months,).
    """
    months = np.asarray(months, dtype=float)
    return LinearCurve(
        link=link, basis=basis, parameter_names=names, months=months, design=basis(months)
    )


@dataclass(frozen=True, kw_only=True)
class FloorCurve:
    """Exponential decay to a floor, p = f + (a - f) exp(-b x), bound to months.

    The parameters are logit a, logit f and log b, so that every real vector is a curve;
    a below f is a rise to a ceiling.
    """

    months: Floats
    parameter_names: tuple[str, ...] = ("logit_start", "logit_floor", "log_decay")

    def rates(self, parameters: Floats) -> Floats:
        """Return f + (a - f) exp(-b x)."""
        start, floor, decay = _floor_parts(parameters, self.months)
        return floor + (start - floor) * decay

    def moments(
        self, parameters: Floats, rates: Floats, residual: Floats, weight: Floats
    ) -> tuple[Floats, Floats]:
        """Return score and information from the Jacobian."""
        return moments_from(self.jacobian(parameters, rates), residual, weight)

    def jacobian(self, parameters: Floats, rates: Floats) -> Floats:
        """Return the derivatives to logit a, logit f and log b."""
        start, floor, decay = _floor_parts(parameters, self.months)
        columns = [
            start * (1 - start) * decay,
            floor * (1 - floor) * (1 - decay),
            (floor - start) * decay * _decay_rate(parameters) * self.months,
        ]
        return np.stack(columns, axis=1)

    def start(self, exposure: Floats, events: Floats) -> Floats:
        """Return the rates of the first and last third and a decay over a third of the range."""
        share = np.cumsum(exposure) / exposure.sum()
        first, last = share <= 1 / 3, share > 2 / 3
        first[0] = last[-1] = True
        ends = [(events[part].sum() + 0.5) / (exposure[part].sum() + 1) for part in (first, last)]
        span = max(float(np.ptp(self.months)), 1.0)
        return np.array([logit(ends[0]), logit(ends[1]), np.log(3 / span)])

    def starts(self, exposure: Floats, events: Floats) -> Floats:
        """Return starting parameters at nine speeds of decay, shape (9, 3).

        The likelihood can have two tops, one of a slow and one of a fast decay.
        """
        slow, fast = floor_speeds(self.months)
        speeds = np.linspace(slow, fast, 9)
        return np.array([self._start_at(speed, exposure, events) for speed in speeds])

    def _start_at(self, speed: float, exposure: Floats, events: Floats) -> Floats:
        decay = np.exp(-np.exp(speed) * self.months)
        root = np.sqrt(exposure)
        design = np.column_stack([decay, 1 - decay]) * root[:, None]
        ends = np.linalg.lstsq(design, events / root, rcond=None)[0]
        inside = np.clip(ends, LEAST_START, 1 - LEAST_START)
        return np.array([*logit(inside), speed])

    def at(self, months: Floats) -> FloorCurve:
        """Return the same curve on other months."""
        return FloorCurve(months=np.asarray(months, dtype=float))


def floor_speeds(months: Floats) -> tuple[float, float]:
    """Return the logarithms of the slowest and the fastest decay to a floor.

    Slower than a tenth over the range it is a straight line, faster than a twentieth in a month
    it is one month apart.
    """
    span = max(float(np.ptp(months)), 1.0)
    return float(np.log(0.1 / span)), float(np.log(3.0))


def _floor_parts(parameters: Floats, months: Floats) -> tuple[Floats, Floats, Floats]:
    start, floor = expit(parameters[:, 0:1]), expit(parameters[:, 1:2])
    return start, floor, np.exp(-_decay_rate(parameters) * months)


def _decay_rate(parameters: Floats) -> Floats:
    # beyond this the curve is at its floor within the first fraction of a month
    return np.exp(np.minimum(parameters[:, 2:3], STEEPEST_LOG_DECAY))
