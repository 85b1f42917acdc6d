"""The scenarios of the calibration, as data: fixed before the runs, tabled in the documentation."""

from __future__ import annotations

from typing import Final

import pandas as pd

from balanstest_analysis.validation.calibration.scenario import Scenario


def _named(*scenarios: Scenario) -> dict[str, Scenario]:
    return {scenario.name: scenario for scenario in scenarios}


SCENARIOS: Final[dict[str, Scenario]] = _named(
    # every family
    Scenario(
        name="constant-holds",
        shape="constant",
        parameters={"rate": 0.075},
        threshold=0.06,
        contacts=20_000,
    ),
    Scenario(
        name="constant-fails",
        shape="constant",
        parameters={"rate": 0.0595},
        threshold=0.06,
        contacts=20_000,
    ),
    Scenario(
        name="exponential",
        shape="exponential",
        parameters={"start": 0.15, "slope": -0.045},
        threshold=0.06,
        most_shortfall_months=2,
    ),
    Scenario(
        name="floor",
        shape="floor",
        parameters={"start": 0.16, "floor": 0.02, "decay": 0.055},
        threshold=0.06,
        most_shortfall_months=2,
    ),
    Scenario(
        name="power",
        shape="power",
        parameters={"start": 0.5, "exponent": -0.7},
        threshold=0.06,
        most_shortfall_months=2,
    ),
    Scenario(
        name="logistic-small",
        shape="logistic",
        parameters={"start": 0.20, "slope": -0.06},
        threshold=0.06,
        contacts=7_000,
        most_shortfall_months=5,
    ),
    Scenario(
        name="loglogistic",
        shape="loglogistic",
        parameters={"start": 0.55, "slope": -1.0},
        threshold=0.05,
        profile="decaying",
        most_shortfall_months=2,
    ),
    Scenario(
        name="smooth",
        shape="smooth",
        parameters={"m0": 0.08, "m6": 0.11, "m18": 0.075, "m27": 0.045, "m35": 0.04},
        threshold=0.06,
        most_shortfall_months=2,
    ),
    # outside the set
    Scenario(
        name="step",
        shape="step",
        parameters={"before": 0.09, "after": 0.045, "at": 17},
        threshold=0.06,
        most_shortfall_months=2,
    ),
    Scenario(
        name="step-small",
        shape="step",
        parameters={"before": 0.10, "after": 0.05, "at": 10, "slope": -0.005},
        threshold=0.065,
        contacts=7_000,
    ),
    Scenario(
        name="knee",
        shape="knee",
        parameters={"start": 0.09, "at": 20, "before": -0.005, "after": -0.10},
        threshold=0.06,
        most_shortfall_months=2,
    ),
    Scenario(
        name="wave",
        shape="wave",
        parameters={"start": 0.13, "slope": -0.03, "amplitude": 0.15, "period": 12.0},
        threshold=0.06,
        contacts=500_000,
        most_shortfall_months=2,
    ),
    # rising
    Scenario(
        name="rising",
        shape="logistic",
        parameters={"start": 0.025, "slope": 0.045},
        threshold=0.06,
        most_shortfall_months=2,
        kind="maximum_rate",
        outcome="objection",
    ),
    Scenario(
        name="rising-small",
        shape="exponential",
        parameters={"start": 0.03, "slope": 0.05},
        threshold=0.08,
        contacts=7_000,
        most_shortfall_months=5,
        kind="maximum_rate",
        outcome="objection",
    ),
    # sizes
    Scenario(
        name="five-thousand",
        shape="exponential",
        parameters={"start": 0.20, "slope": -0.06},
        threshold=0.06,
        contacts=5_000,
    ),
    Scenario(
        name="half-a-million",
        shape="floor",
        parameters={"start": 0.14, "floor": 0.03, "decay": 0.04},
        threshold=0.06,
        contacts=500_000,
        months=60,
    ),
    # customers who differ and are called again
    Scenario(
        name="repeated-calls",
        shape="logistic",
        parameters={"start": 0.10, "slope": -0.06},
        threshold=0.06,
        calls_per_customer=20,
        customer_sd=1.2,
        most_shortfall_months=2,
    ),
    Scenario(
        name="repeated-calls-small",
        shape="exponential",
        parameters={"start": 0.15, "slope": -0.07},
        threshold=0.06,
        contacts=7_000,
        calls_per_customer=15,
        customer_sd=1.2,
        most_shortfall_months=5,
    ),
    # campaigns
    Scenario(
        name="twenty-campaigns",
        shape="exponential",
        parameters={"start": 0.24, "slope": -0.08},
        threshold=0.06,
        campaigns=20,
        campaign_sd=0.25,
        most_shortfall_months=2,
    ),
    Scenario(
        name="six-campaigns",
        shape="logistic",
        parameters={"start": 0.12, "slope": -0.025},
        threshold=0.06,
        campaigns=6,
        campaign_sd=0.15,
    ),
    Scenario(
        name="four-campaigns",
        shape="exponential",
        parameters={"start": 0.24, "slope": -0.07},
        threshold=0.06,
        campaigns=4,
        campaign_sd=0.15,
        most_shortfall_months=2,
    ),
    # thin tails
    Scenario(
        name="thin-tail",
        shape="exponential",
        parameters={"start": 0.12, "slope": -0.03},
        threshold=0.06,
        contacts=40_000,
        months=60,
        profile="thin_tail",
        tail_from=18,
        tail_contacts=6,
    ),
    Scenario(
        name="hundred-a-month",
        shape="knee",
        parameters={"start": 0.11, "at": 20, "before": -0.01, "after": -0.05},
        threshold=0.06,
        contacts=40_000,
        months=48,
        profile="thin_tail",
        tail_from=18,
        tail_contacts=100,
    ),
    # rare
    Scenario(
        name="rare-complaints",
        shape="exponential",
        parameters={"start": 0.0009, "slope": 0.029},
        threshold=0.002,
        kind="maximum_rate",
        outcome="complaint",
    ),
)


def scenario_table() -> pd.DataFrame:
    """Return the parameters of every scenario, one row each, as the documentation tables them."""
    rows = [_row(scenario) for scenario in SCENARIOS.values()]
    return pd.DataFrame(rows).set_index("scenario")


def _row(scenario: Scenario) -> dict[str, str]:
    named = ", ".join(f"{name} {value:g}" for name, value in scenario.parameters.items())
    sign = "<=" if scenario.kind == "maximum_rate" else ">="
    tail = f" ({scenario.tail_contacts} a month from {scenario.tail_from})"
    calls, campaigns = scenario.calls_per_customer, scenario.campaigns
    limit = scenario.most_shortfall_months
    return {
        "scenario": scenario.name,
        "true curve": f"{scenario.shape}: {named}",
        "criterion": f"{scenario.outcome} {sign} {scenario.threshold:g}",
        "contacts": f"{scenario.contacts}",
        "months": f"{scenario.months}",
        "profile": scenario.profile + (tail if scenario.profile == "thin_tail" else ""),
        "calls per customer": f"{calls}, sd {scenario.customer_sd:g}" if calls > 1 else "1",
        "campaigns": f"{campaigns}, sd {scenario.campaign_sd:g}" if campaigns > 1 else "1",
        "mean shortfall at most": "" if limit is None else f"{limit:g}",
    }
