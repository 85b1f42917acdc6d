"""What is true in a world: the marginal rates, and the term of its criteria."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit

from balanstest_analysis.dossier.criteria import (
    BurdenPerConversion,
    Criterion,
    MaximumRate,
    MaximumRatio,
    MinimumRate,
    NetBenefit,
)
from balanstest_analysis.published.names import Outcome
from balanstest_analysis.statistics.floats import Floats
from balanstest_analysis.term.judging import crossing_from
from balanstest_analysis.validation.calibration.scenario import Scenario
from balanstest_analysis.validation.calibration.shapes import SHAPES
from balanstest_analysis.validation.calibration.world import World

NODES = 40


@dataclass(frozen=True, kw_only=True)
class Truth:
    """The truth behind simulated counts.

    Attributes:
        rates: marginal rate per month by outcome, each of shape (months,).
        term_months: the first month that fails, or None where the criteria hold in every month.
        crossing: where that happens between months, by linear interpolation, or None likewise.
    """

    rates: Mapping[Outcome, Floats]
    term_months: int | None
    crossing: float | None


def conditional_rates(scenario: Scenario) -> Floats:
    """Return the rate of an average customer in an average campaign, shape (months,)."""
    return SHAPES[scenario.shape](np.arange(scenario.months, dtype=float), **scenario.parameters)


def averaged_over_effects(rates: Floats, sd: Floats | float) -> Floats:
    """Return E[expit(logit p + sd Z)], the rate averaged over normal effects on the logit.

    By Gauss-Hermite quadrature: a scenario's curve is that of an average customer, and its
    average over customers is another curve.

    Args:
        rates: any shape.
        sd: standard deviation of the effects, one or one per rate.

    Examples:
        >>> averaged_over_effects(np.array([0.1, 0.5]), 1.0).round(4)
        array([0.1339, 0.5   ])
    """
    nodes, weights = np.polynomial.hermite_e.hermegauss(NODES)
    effects = logit(np.asarray(rates))[..., None] + np.asarray(sd)[..., None] * nodes
    return np.asarray(expit(effects) @ (weights / weights.sum()))


def true_term(world: Scenario | World) -> Truth:
    """Return the marginal rates of a world, averaged over all that differs, and its term.

    Args:
        world: one of `SCENARIOS` or `WORLDS`.

    Examples:
        >>> from balanstest_analysis.validation.calibration import WORLDS
        >>> true_term(WORLDS["two-criteria"]).term_months
        23
    """
    rates = (
        {world.outcome: _marginal(world)} if isinstance(world, Scenario) else world.history.rates
    )
    return truth_of(world.criteria, rates)


def _marginal(scenario: Scenario) -> Floats:
    sds = scenario.customer_sd, scenario.campaign_sd, scenario.month_sd
    return averaged_over_effects(conditional_rates(scenario), math.hypot(*sds))


def truth_of(criteria: Sequence[Criterion], rates: Mapping[Outcome, Floats]) -> Truth:
    """Return the term through which all criteria truly hold, on months with equally many contacts.

    Args:
        criteria: by month.
        rates: true rate per month by outcome.

    Raises:
        TypeError: a criterion of another kind.
    """
    margins = [_margin(criterion, rates) for criterion in criteria]
    fails = np.flatnonzero(np.any([margin < 0 for margin in margins], axis=0))
    crossing = min(crossing_from(margin, 0, len(margin) - 1) for margin in margins)
    return Truth(
        rates=rates,
        term_months=int(fails[0]) if len(fails) else None,
        crossing=crossing if math.isfinite(crossing) else None,
    )


def _margin(criterion: Criterion, rates: Mapping[Outcome, Floats]) -> Floats:
    """Return what is left in each month before the criterion fails."""
    match criterion:
        case MinimumRate():
            return rates[criterion.outcome] - criterion.threshold
        case MaximumRate():
            return criterion.threshold - rates[criterion.outcome]
        case MaximumRatio():
            return _ratio_margin(criterion, rates[criterion.outcome])
        case BurdenPerConversion():
            burden = rates["objection"] + criterion.complaint_weight * rates["complaint"]
            return criterion.threshold * rates["conversion"] - burden
        case NetBenefit():
            burden = (
                criterion.objection_weight * rates["objection"]
                + criterion.complaint_weight * rates["complaint"]
            )
            return (
                criterion.value_per_conversion * rates["conversion"]
                - burden
                - (criterion.cost_per_contact)
            )
    raise TypeError(f"There is no true margin of a criterion of kind {criterion.kind!r}.")


def _ratio_margin(criterion: MaximumRatio, rate: Floats) -> Floats:
    first, last = criterion.reference_months
    left = np.asarray(criterion.factor * rate[first : last + 1].mean() - rate)
    left[first : last + 1] = np.inf
    return left
