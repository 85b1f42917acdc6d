"""Month tables drawn from a scenario: customers who differ, called again and again."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.special import expit, logit

from balanstest_analysis.history.month_table import COUNT_COLUMNS, CUSTOMER_GROUPS, MonthTable
from balanstest_analysis.statistics.curves import Floats
from balanstest_analysis.statistics.outcome_counts import Counts
from balanstest_analysis.validation.calibration.scenario import Scenario
from balanstest_analysis.validation.calibration.truth import Truth, conditional_rates, true_term


def simulate_counts(
    scenario: Scenario, *, seed: int | np.random.SeedSequence
) -> tuple[MonthTable, Truth]:
    """Return a month table drawn from a scenario, and the truth behind it.

    Args:
        scenario: one of `SCENARIOS`, or another.
        seed: the only source of chance.

    Examples:
        >>> from balanstest_analysis.validation.calibration import SCENARIOS
        >>> table, truth = simulate_counts(SCENARIOS["exponential"], seed=1)
        >>> int(table.frame["conversion_exposure"].sum()), truth.term_months
        (75000, 21)
    """
    rng = np.random.default_rng(seed)
    effects = rng.normal(0.0, scenario.campaign_sd, scenario.campaigns)
    draw = _by_customer if scenario.calls_per_customer > 1 else _by_cell
    exposure, events = draw(scenario, effects, rng)
    return _table(scenario, exposure, events), true_term(scenario)


def _by_cell(
    scenario: Scenario, effects: Floats, rng: np.random.Generator
) -> tuple[Counts, Counts]:
    """Return contacts and events per campaign, group and month, every customer called once."""
    share = scenario.campaign_shares[:, None, None] * scenario.month_shares
    cells = np.broadcast_to(share / CUSTOMER_GROUPS, _shape(scenario))
    exposure = rng.multinomial(scenario.contacts, cells.ravel()).reshape(cells.shape)
    log_odds = logit(conditional_rates(scenario)) + effects[:, None, None]
    return exposure, rng.binomial(exposure, expit(log_odds))


def _by_customer(
    scenario: Scenario, effects: Floats, rng: np.random.Generator
) -> tuple[Counts, Counts]:
    """Return the same with every customer called several times, at a propensity of their own."""
    calls = scenario.calls_per_customer
    customers = scenario.contacts // calls
    own = np.repeat(rng.normal(0.0, scenario.customer_sd, customers), calls)
    group = np.repeat(rng.integers(CUSTOMER_GROUPS, size=customers), calls)
    month = _drawn(scenario.month_shares, customers * calls, rng)
    campaign = _drawn(scenario.campaign_shares, customers * calls, rng)
    log_odds = logit(conditional_rates(scenario))[month] + effects[campaign] + own
    event = rng.random(customers * calls) < expit(log_odds)
    cell = np.ravel_multi_index((campaign, group, month), _shape(scenario))
    return _counted(cell, scenario), _counted(cell[event], scenario)


def _drawn(shares: Floats, size: int, rng: np.random.Generator) -> Counts:
    bounds = np.cumsum(shares)[:-1]
    return np.searchsorted(bounds, rng.random(size), side="right")


def _counted(cell: Counts, scenario: Scenario) -> Counts:
    shape = _shape(scenario)
    return np.bincount(cell, minlength=int(np.prod(shape))).reshape(shape)


def _shape(scenario: Scenario) -> tuple[int, int, int]:
    return scenario.campaigns, CUSTOMER_GROUPS, scenario.months


def _table(scenario: Scenario, exposure: Counts, events: Counts) -> MonthTable:
    campaign, group, month = np.nonzero(exposure)
    names = np.array([f"campagne {number:02d}" for number in range(scenario.campaigns)])
    counts = dict.fromkeys(COUNT_COLUMNS, np.zeros(len(month), dtype=np.int64))
    made = exposure[campaign, group, month]
    shown = {"calls": made, "net_contacts": made, "joint_exposure": made}
    shown[f"{scenario.outcome}_exposure"] = made
    shown[f"{scenario.outcome}_events"] = events[campaign, group, month]
    shown[f"joint_{scenario.outcome}"] = shown[f"{scenario.outcome}_events"]
    keys = {"campaign": names[campaign], "month": month, "customer_group": group}
    frame = pd.DataFrame({**keys, **counts, **shown})
    return MonthTable(frame=frame, available=frozenset({scenario.outcome}), has_groups=True)
