"""Where a curve crosses a threshold, with profile-likelihood limits.

The crossing x solves c(b, x) = 0 for the parameters b. Its profile likelihood at x is the
largest likelihood of any curve of the family that crosses there; the limits are where twice the
drop reaches the quantile of chi-squared (Venzon and Moolgavkar 1988, Applied Statistics 37:87).
The delta method is not used: it can put a limit below zero.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq
from scipy.special import logit

from balanstest_analysis.statistics.curves import BoundCurve
from balanstest_analysis.statistics.distributions import chi2_quantile
from balanstest_analysis.statistics.fisher_scoring import log_likelihood
from balanstest_analysis.statistics.floats import Floats

GRID = 48
REFINEMENTS = 3
REFINED_GRID = 13
ITERATIONS = 40
SATISFIED = 1e-9
LONGEST_STEP = 1.0

Constraint = Callable[[BoundCurve, Floats, Floats], tuple[Floats, Floats]]


@dataclass(frozen=True, kw_only=True)
class Crossing:
    """A crossing and its limits, each None where it lies outside the months looked at.

    Attributes:
        estimate: where the fitted curve crosses.
        lower: profile-likelihood limit.
        upper: profile-likelihood limit.
    """

    estimate: float | None
    lower: float | None
    upper: float | None


def reaches(threshold: float) -> Constraint:
    """Return the constraint that the rate at x equals a threshold, on the logit scale."""

    def constraint(curve: BoundCurve, parameters: Floats, x: Floats) -> tuple[Floats, Floats]:
        rate, slope = _at_own_month(curve, parameters, x)
        inside = np.clip(rate, 1e-300, 1 - 1e-16)
        value = logit(inside) - logit(threshold)
        return value, slope / (inside * (1 - inside))[:, None]

    return constraint


def extra_risk(risk: float) -> Constraint:
    """Return the constraint that 1 - p(x) = (1 - risk) (1 - p(0)), as in benchmark doses."""

    def constraint(curve: BoundCurve, parameters: Floats, x: Floats) -> tuple[Floats, Floats]:
        rate, slope = _at_own_month(curve, parameters, x)
        origin, origin_slope = _at_own_month(curve, parameters, np.zeros_like(x))
        value = np.log1p(-rate) - np.log1p(-origin) - np.log1p(-risk)
        gradient = origin_slope / (1 - origin)[:, None] - slope / (1 - rate)[:, None]
        return value, gradient

    return constraint


def _at_own_month(curve: BoundCurve, parameters: Floats, x: Floats) -> tuple[Floats, Floats]:
    """Return each row's rate at its own x, shape (batch,), and its gradient, (batch, p)."""
    bound = curve.at(x)
    rates = bound.rates(parameters)
    jacobian = bound.jacobian(parameters, rates)
    own = np.arange(len(x))
    return rates[own, own], jacobian[own, :, own]


def crossing_limits(
    curve: BoundCurve,
    exposure: Floats,
    events: Floats,
    parameters: Floats,
    constraint: Constraint,
    *,
    span: tuple[float, float],
    drop: float,
) -> Crossing:
    """Return where the fitted curve crosses, and the profile-likelihood limits.

    Args:
        curve: bound to the months of the counts.
        exposure: contacts, shape (months,).
        events: events, same shape.
        parameters: maximum likelihood estimates, shape (p,).
        constraint: what crossing means.
        span: first and last x looked at.
        drop: of the log-likelihood at a limit; see `likelihood_drop`.
    """
    estimate = _estimate(curve, parameters, constraint, span)
    if estimate is None:
        return Crossing(estimate=None, lower=None, upper=None)
    search = _Profile(
        curve=curve, exposure=exposure, events=events, best=parameters, constraint=constraint
    )
    return Crossing(
        estimate=estimate,
        lower=search.limit(estimate, span[0], drop),
        upper=search.limit(estimate, span[1], drop),
    )


def likelihood_drop(confidence_level: float, design_effect: float = 1.0) -> float:
    """Return the drop of the log-likelihood at a one-sided limit, times the design effect.

    Examples:
        >>> round(likelihood_drop(0.95), 4)
        1.3528
    """
    return chi2_quantile(2 * confidence_level - 1, 1) / 2 * design_effect


def _estimate(
    curve: BoundCurve, parameters: Floats, constraint: Constraint, span: tuple[float, float]
) -> float | None:
    """Return the first crossing of the fitted curve within the span."""

    def value(x: Floats) -> Floats:
        return constraint(curve, np.tile(parameters, (len(x), 1)), x)[0]

    grid = np.linspace(*span, GRID * 4)
    signs = np.sign(value(grid))
    changes = np.flatnonzero(signs[:-1] * signs[1:] <= 0)
    if not len(changes):
        return None
    first = changes[0]
    return float(
        brentq(lambda x: value(np.array([x]))[0], grid[first], grid[first + 1], xtol=1e-10)
    )


@dataclass(frozen=True, kw_only=True)
class _Profile:
    curve: BoundCurve
    exposure: Floats
    events: Floats
    best: Floats
    constraint: Constraint

    def limit(self, estimate: float, end: float, drop: float) -> float | None:
        """Return the first x from the estimate towards the end where the drop is reached."""
        near, far, count = estimate, end, GRID
        start = self.best
        for _ in range(REFINEMENTS):
            grid = np.linspace(near, far, count)
            drops, parameters = self.drops(grid, start)
            beyond = np.flatnonzero(drops[1:] >= drop)
            if not len(beyond):
                return None
            at = beyond[0] + 1
            if not np.isfinite(drops[at - 1]):
                return None
            near, far, count = grid[at - 1], grid[at], REFINED_GRID
            start = parameters[at - 1]
        share = (drop - drops[at - 1]) / (drops[at] - drops[at - 1])
        return float(near + share * (far - near))

    def drops(self, x: Floats, start: Floats) -> tuple[Floats, Floats]:
        """Return the drop of the profile log-likelihood at each x, and the curves there."""
        parameters = np.tile(start, (len(x), 1))
        for _ in range(ITERATIONS):
            step, broken = self._step(parameters, x)
            parameters = parameters + step
            if np.abs(step).max() < SATISFIED and broken.max() < SATISFIED:
                break
        top = self._value(self.best[None])[0]
        broken = np.abs(self.constraint(self.curve, parameters, x)[0])
        # a curve that cannot be made to cross there is as unlikely as can be
        drops = np.where(broken < 1e-5, top - self._value(parameters), np.inf)
        return np.where(np.isfinite(drops), drops, np.inf), parameters

    def _value(self, parameters: Floats) -> Floats:
        rows = (len(parameters), 1)
        value, _ = log_likelihood(
            self.curve, parameters, np.tile(self.exposure, rows), np.tile(self.events, rows)
        )
        return value

    def _step(self, parameters: Floats, x: Floats) -> tuple[Floats, Floats]:
        """Return one scoring step along and towards the constraint, and how far it is broken."""
        rates = np.clip(self.curve.rates(parameters), 1e-12, 1 - 1e-12)
        variance = rates * (1 - rates)
        score, information = self.curve.moments(
            parameters,
            rates,
            (self.events - self.exposure * rates) / variance,
            self.exposure / variance,
        )
        value, gradient = self.constraint(self.curve, parameters, x)
        count = parameters.shape[1]
        system = np.zeros((len(x), count + 1, count + 1))
        system[:, :count, :count] = information + 1e-9 * np.eye(count)
        system[:, :count, count] = system[:, count, :count] = gradient
        system[:, count, count] = -1e-12  # where no parameter moves the constraint
        right = np.concatenate([score, -value[:, None]], axis=1)
        step = np.linalg.solve(system, right[:, :, None])[:, :count, 0]
        # a long step leaves the region where the quadratic approximation means anything
        length = np.abs(step).max(axis=1, keepdims=True)
        shorter = np.minimum(1, LONGEST_STEP / np.maximum(length, LONGEST_STEP))
        return np.asarray(step * shorter), np.abs(value)
