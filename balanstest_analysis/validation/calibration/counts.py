"""Month tables drawn from a world: customers who differ, called again and again."""

from __future__ import annotations

import numpy as np
from scipy.special import expit, logit

from balanstest_analysis.history.month_table import MonthTable
from balanstest_analysis.statistics.floats import Floats
from balanstest_analysis.statistics.outcome_counts import Counts
from balanstest_analysis.validation.calibration.scenario import Scenario
from balanstest_analysis.validation.calibration.tables import (
    called_again,
    called_once,
    month_table,
)
from balanstest_analysis.validation.calibration.truth import Truth, conditional_rates, true_term
from balanstest_analysis.validation.calibration.world import World


def simulate_counts(
    world: Scenario | World, *, seed: int | np.random.SeedSequence
) -> tuple[MonthTable, Truth]:
    """Return a month table drawn from a world, and the truth behind it.

    Args:
        world: one of `SCENARIOS` or `WORLDS`, or another.
        seed: the only source of chance.

    Examples:
        >>> from balanstest_analysis.validation.calibration import SCENARIOS
        >>> table, truth = simulate_counts(SCENARIOS["exponential"], seed=1)
        >>> int(table.frame["conversion_exposure"].sum()), truth.term_months
        (75000, 21)
    """
    rng = np.random.default_rng(seed)
    table = _drawn(world, rng) if isinstance(world, Scenario) else world.history.draw(rng)
    return table, true_term(world)


def _drawn(scenario: Scenario, rng: np.random.Generator) -> MonthTable:
    log_odds = logit(conditional_rates(scenario)) + _effects(scenario, rng)
    draw = _by_customer if scenario.calls_per_customer > 1 else _by_cell
    return draw(scenario, log_odds, rng)


def _effects(scenario: Scenario, rng: np.random.Generator) -> Floats:
    """Return the effects of campaigns and months on the logit, shape (campaigns, months)."""
    campaigns = rng.normal(0.0, scenario.campaign_sd, scenario.campaigns)
    return campaigns[:, None] + rng.normal(0.0, scenario.month_sd, scenario.months)


def _by_cell(scenario: Scenario, log_odds: Floats, rng: np.random.Generator) -> MonthTable:
    """Draw contacts and events per campaign and month, every customer called once."""
    shares = scenario.shares
    exposure = rng.multinomial(scenario.contacts, shares.ravel()).reshape(shares.shape)
    events = rng.binomial(exposure, expit(log_odds))
    products = called_once(exposure.sum(axis=0), {scenario.outcome: events.sum(axis=0)})
    return month_table(exposure, {scenario.outcome: events}, products)


def _by_customer(scenario: Scenario, log_odds: Floats, rng: np.random.Generator) -> MonthTable:
    """Draw the same with every customer called several times, at a propensity of their own."""
    calls, outcome = scenario.calls_per_customer, scenario.outcome
    customers = scenario.contacts // calls
    customer = np.repeat(np.arange(customers), calls)
    own = rng.normal(0.0, scenario.customer_sd, customers)[customer]
    bounds = np.cumsum(scenario.shares.ravel())[:-1]
    cell = np.searchsorted(bounds, rng.random(customers * calls), side="right")
    campaign, month = np.divmod(cell, scenario.months)
    event = rng.random(customers * calls) < expit(log_odds.ravel()[cell] + own)
    clusters = customer, customer * scenario.campaigns + campaign
    sums = [called_again(outcome, one, month, event, scenario.months) for one in clusters]
    exposure, events = (_counted(cells, scenario) for cells in (cell, cell[event]))
    return month_table(exposure, {outcome: events}, *sums)


def _counted(cell: Counts, scenario: Scenario) -> Counts:
    shape = scenario.campaigns, scenario.months
    return np.bincount(cell, minlength=shape[0] * shape[1]).reshape(shape)
