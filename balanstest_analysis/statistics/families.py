"""The curve families: each is a name, a link, a basis and a start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.interpolate import CubicSpline

from balanstest_analysis.statistics.curves import (
    LOG,
    LOGIT,
    BoundCurve,
    Bounds,
    FloorCurve,
    Link,
    floor_speeds,
    linear_curve,
)
from balanstest_analysis.statistics.floats import Floats

# Harrell (2015), Regression Modeling Strategies, table 2.3: outer knots at the 5 % and 95 % points.
KNOT_QUANTILES = {
    4: (0.05, 0.35, 0.65, 0.95),
    6: (0.05, 0.23, 0.41, 0.59, 0.77, 0.95),
}
LOGIT_END = 12.0  # a rate of 6 in a million


@dataclass(frozen=True, kw_only=True)
class CurveFamily:
    """A family of curves.

    Attributes:
        name: identifier, as in `resultaat.json`.
        formula: as printed.
        parameters: number of parameters; also the least number of months with contacts, less one.
        bind: (months, exposure) -> the family on these months; exposure places a spline's knots.
        flexible: whether it may bend freely (a spline), and so can witness against the others.
        bounds: months -> the box for the parameters, or None where every vector will do.
    """

    name: str
    formula: str
    parameters: int
    bind: Callable[[Floats, Floats], BoundCurve]
    flexible: bool = False
    bounds: Callable[[Floats], Bounds] | None = None


def glm_family(
    name: str, formula: str, link: Link, column: Callable[[Floats], Floats]
) -> CurveFamily:
    """Return a family with an intercept and a slope on one transformation of the months.

    Args:
        name: identifier.
        formula: as printed.
        link: from the rate to the linear predictor.
        column: months -> what the slope multiplies, same shape.
    """

    def basis(months: Floats) -> Floats:
        return np.column_stack([np.ones_like(months), column(months)])

    def bind(months: Floats, exposure: Floats) -> BoundCurve:
        return linear_curve(link, basis, ("intercept", "slope"), months)

    return CurveFamily(name=name, formula=formula, parameters=2, bind=bind)


def _constant_bind(months: Floats, exposure: Floats) -> BoundCurve:
    return linear_curve(LOGIT, lambda x: np.ones((len(x), 1)), ("intercept",), months)


def _floor_bind(months: Floats, exposure: Floats) -> BoundCurve:
    return FloorCurve(months=np.asarray(months, dtype=float))


def _floor_bounds(months: Floats) -> Bounds:
    """Return the box outside which a decay to a floor is another family.

    There, and at a floor of zero, the likelihood has a ridge without a top, and an unbounded
    search does not end.
    """
    slow, fast = floor_speeds(months)
    return Bounds(
        low=np.array([-LOGIT_END, -LOGIT_END, slow]), high=np.array([LOGIT_END, LOGIT_END, fast])
    )


def spline_knots(months: Floats, exposure: Floats, count: int) -> Floats:
    """Return the knots of a natural spline: quantiles of the months, weighted by root exposure.

    Weighting by exposure itself would leave a thin tail without a knot, no weighting would spend
    knots on months that hold no information.

    Args:
        months: shape (months,), increasing.
        exposure: contacts, same shape.
        count: 4 or 6.
    """
    weight = np.sqrt(exposure)
    share = (np.cumsum(weight) - weight / 2) / weight.sum()
    return np.interp(KNOT_QUANTILES[count], share, months)


def knots_differ(months: Floats, exposure: Floats, count: int) -> bool:
    """Return whether a spline has a knot for each of its parameters.

    Where one month holds most contacts, several knots would lie in it.

    Args:
        months: shape (months,), increasing.
        exposure: contacts, same shape.
        count: 4 or 6.
    """
    return bool((np.diff(spline_knots(months, exposure, count)) > 0).all())


def _spline(count: int) -> CurveFamily:
    def bind(months: Floats, exposure: Floats) -> BoundCurve:
        knots = spline_knots(np.asarray(months, dtype=float), exposure, count)
        names = tuple(f"month_{knot:.2f}" for knot in knots)
        return linear_curve(LOGIT, lambda x: natural_spline(x, knots), names, months)

    return CurveFamily(
        name=f"spline{count}",
        formula=f"logit p = natural cubic spline with {count} knots",
        parameters=count,
        bind=bind,
        flexible=True,
    )


def natural_spline(months: Floats, knots: Floats) -> Floats:
    """Return the cardinal basis: column j is 1 at knot j, 0 at the others, linear outside.

    Args:
        months: shape (months,).
        knots: shape (knots,), increasing.
    """
    spline = CubicSpline(knots, np.eye(len(knots)), bc_type="natural")
    inside = np.clip(months, knots[0], knots[-1])
    return np.asarray(spline(inside) + spline(inside, 1) * (months - inside)[:, None])


CURVES: dict[str, CurveFamily] = {
    family.name: family
    for family in (
        CurveFamily(name="constant", formula="p = a", parameters=1, bind=_constant_bind),
        glm_family("exponential", "log p = a + b x", LOG, lambda x: x),
        CurveFamily(
            name="floor",
            formula="p = f + (a - f) exp(-b x)",
            parameters=3,
            bind=_floor_bind,
            bounds=_floor_bounds,
        ),
        glm_family("power", "log p = a + b log(1 + x)", LOG, np.log1p),
        glm_family("logistic", "logit p = a + b x", LOGIT, lambda x: x),
        glm_family("loglogistic", "logit p = a + b log(1 + x)", LOGIT, np.log1p),
        _spline(4),
        _spline(6),
    )
}
