"""What is true in a scenario: the marginal rate, and the term of its criterion."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit

from balanstest_analysis.statistics.curves import Floats
from balanstest_analysis.validation.calibration.scenario import Scenario
from balanstest_analysis.validation.calibration.shapes import SHAPES

NODES = 40


@dataclass(frozen=True, kw_only=True)
class Truth:
    """The truth behind simulated counts.

    Attributes:
        rates: marginal rate per month, shape (months,).
        term_months: the first month that fails, or None where the criterion holds in every month.
    """

    rates: Floats
    term_months: int | None


def conditional_rates(scenario: Scenario) -> Floats:
    """Return the rate of an average customer in an average campaign, shape (months,)."""
    return SHAPES[scenario.shape](np.arange(scenario.months, dtype=float), **scenario.parameters)


def averaged_over_effects(rates: Floats, sd: float) -> Floats:
    """Return E[expit(logit p + sd Z)], the rate averaged over normal effects on the logit.

    By Gauss-Hermite quadrature: a scenario's curve is that of an average customer, and its
    average over customers is another curve.

    Args:
        rates: any shape.
        sd: standard deviation of the effects.

    Examples:
        >>> averaged_over_effects(np.array([0.1, 0.5]), 1.0).round(4)
        array([0.1339, 0.5   ])
    """
    nodes, weights = np.polynomial.hermite_e.hermegauss(NODES)
    effects = logit(np.asarray(rates))[..., None] + sd * nodes
    return np.asarray(expit(effects) @ (weights / weights.sum()))


def true_term(scenario: Scenario) -> Truth:
    """Return the marginal rates of a scenario, averaged over customers and campaigns, and its term.

    Args:
        scenario: one of `SCENARIOS`.
    """
    sd = float(np.hypot(scenario.customer_sd, scenario.campaign_sd))
    rates = averaged_over_effects(conditional_rates(scenario), sd)
    maximum = scenario.kind == "maximum_rate"
    fails = np.flatnonzero(rates > scenario.threshold if maximum else rates < scenario.threshold)
    return Truth(rates=rates, term_months=int(fails[0]) if len(fails) else None)
