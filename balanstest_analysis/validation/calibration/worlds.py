"""Worlds in which the method could go wrong, as data: fixed before the runs."""

from __future__ import annotations

from typing import Any, Final

from pydantic import TypeAdapter

from balanstest_analysis.dossier.criteria import Criterion
from balanstest_analysis.published.names import Outcome
from balanstest_analysis.validation.calibration.customer_histories import (
    BuyersRestart,
    ObjectorsLeave,
)
from balanstest_analysis.validation.calibration.scenario import REASON, Scenario
from balanstest_analysis.validation.calibration.several_outcomes import (
    CampaignsThatAge,
    DifferentialReach,
    SeveralOutcomes,
)
from balanstest_analysis.validation.calibration.world import World

MILD_STEP = 0.83
FEW_CAMPAIGNS = "one or two campaigns"
FEW_SHARED = "campaigns share few months"
_CRITERION: TypeAdapter[Criterion] = TypeAdapter(Criterion)


def _stated(kind: str, **parameters: Any) -> Criterion:
    stated = {"kind": kind, "name": kind, "reason": REASON, **parameters}
    return _CRITERION.validate_python(stated)


def _minimum(threshold: float) -> Criterion:
    return _stated("minimum_rate", outcome="conversion", threshold=threshold)


def _maximum(threshold: float, outcome: Outcome = "objection") -> Criterion:
    return _stated("maximum_rate", outcome=outcome, threshold=threshold)


def _differing(campaigns: int, sd: float) -> Scenario:
    return Scenario(
        name=f"campaigns-{campaigns}-sd-{sd:g}",
        shape="exponential",
        parameters={"start": 0.24, "slope": -0.07},
        threshold=0.06,
        campaigns=campaigns,
        campaign_sd=sd,
        least_coverage=None if campaigns < 3 else Scenario.least_coverage,
        named=FEW_CAMPAIGNS if campaigns < 3 else "",
    )


def _named(*worlds: Scenario | World) -> dict[str, Scenario | World]:
    return {world.name: world for world in worlds}


WORLDS: Final[dict[str, Scenario | World]] = _named(
    # curves
    Scenario(
        name="mild-step",
        shape="step",
        parameters={"before": 0.075, "after": 0.055, "at": 12},
        threshold=0.06,
        contacts=30_000,
        least_coverage=MILD_STEP,
    ),
    Scenario(
        name="mild-step-late",
        shape="step",
        parameters={"before": 0.080, "after": 0.054, "at": 24},
        threshold=0.06,
        least_coverage=MILD_STEP,
    ),
    Scenario(
        name="reversed-u",
        shape="hill",
        parameters={"foot": 0.03, "height": 0.045, "at": 18, "width": 8},
        kind="maximum_rate",
        outcome="objection",
        threshold=0.06,
        contacts=20_000,
    ),
    Scenario(
        name="bathtub",
        shape="bath",
        parameters={"lowest": 0.045, "height": 0.075, "at": 18},
        threshold=0.06,
    ),
    Scenario(
        name="mixture",
        shape="mixture",
        parameters={"fast": 0.22, "fast_slope": -0.3, "slow": 0.085, "slow_slope": -0.022},
        threshold=0.06,
        contacts=20_000,
    ),
    Scenario(
        name="season",
        shape="season",
        parameters={"start": 0.11, "slope": -0.02, "amplitude": 0.25},
        threshold=0.07,
    ),
    Scenario(
        name="month-shocks",
        shape="exponential",
        parameters={"start": 0.12, "slope": -0.035},
        threshold=0.06,
        month_sd=0.15,
    ),
    # sizes
    Scenario(
        name="one-thousand",
        shape="exponential",
        parameters={"start": 0.25, "slope": -0.07},
        threshold=0.06,
        contacts=1_000,
    ),
    Scenario(
        name="fifty-a-month",
        shape="exponential",
        parameters={"start": 0.11, "slope": -0.03},
        threshold=0.06,
        contacts=39_600,
        profile="thin_tail",
        tail_from=14,
        tail_contacts=50,
    ),
    Scenario(
        name="per-call",
        shape="exponential",
        parameters={"start": 0.064, "slope": -0.045},
        threshold=0.024,
        contacts=187_500,
    ),
    # customers who leave or start anew
    World(
        name="objectors-leave",
        history=ObjectorsLeave(
            customers=2_500, months=40, intercept=-4.9, slope=0.11, customer_sd=2.0
        ),
        criteria=(_maximum(0.042),),
    ),
    World(
        name="buyers-restart",
        history=BuyersRestart(outcome="conversion", customers=6_000),
        criteria=(_minimum(0.11),),
    ),
    World(
        name="buyers-restart-objection",
        history=BuyersRestart(outcome="objection", customers=6_000),
        criteria=(_maximum(0.045),),
    ),
    World(
        name="calendar-trend",
        history=BuyersRestart(outcome="conversion", customers=8_000, trend=-0.012, cohort=True),
        criteria=(_minimum(0.10),),
    ),
    # campaigns
    *(
        _differing(campaigns, sd)
        for campaigns, sd in (
            (2, 0.1),
            (2, 0.4),
            (3, 0.2),
            (5, 0.1),
            (5, 0.2),
            (5, 0.4),
            (10, 0.2),
            (10, 0.4),
            (30, 0.4),
        )
    ),
    Scenario(
        name="confounded-8",
        shape="exponential",
        parameters={"start": 0.16, "slope": -0.045},
        threshold=0.06,
        campaigns=8,
        campaign_sd=0.2,
        campaign_spread=4.0,
    ),
    Scenario(
        name="confounded-20",
        shape="exponential",
        parameters={"start": 0.16, "slope": -0.045},
        threshold=0.06,
        campaigns=20,
        campaign_sd=0.2,
        campaign_spread=2.0,
    ),
    Scenario(
        name="six-in-turn",
        shape="exponential",
        parameters={"start": 0.16, "slope": -0.045},
        threshold=0.06,
        campaigns=6,
        campaign_sd=0.15,
        in_turn=True,
        least_coverage=None,
        named=FEW_SHARED,
    ),
    World(
        name="campaign-slopes",
        history=CampaignsThatAge(
            contacts=75_000, campaigns=10, slope_sd=0.2, start=0.16, slope=-0.045
        ),
        criteria=(_minimum(0.06),),
    ),
    # who is reached, and several outcomes
    World(
        name="differential-reach",
        history=DifferentialReach(
            contacts=60_000, willing=0.12, others=0.035, first_share=0.6, last_share=0.15
        ),
        criteria=(_minimum(0.06),),
    ),
    World(
        name="two-criteria",
        history=SeveralOutcomes(outcomes=("conversion", "objection")),
        criteria=(_minimum(0.06), _maximum(0.055)),
    ),
    World(
        name="two-criteria-one-month",
        history=SeveralOutcomes(outcomes=("conversion", "objection")),
        criteria=(_minimum(0.0645), _maximum(0.0543)),
    ),
    World(
        name="ratio",
        history=SeveralOutcomes(outcomes=("objection",)),
        criteria=(
            _stated("maximum_ratio", outcome="objection", factor=1.6, reference_months=[0, 11]),
        ),
    ),
    World(
        name="burden",
        history=SeveralOutcomes(),
        criteria=(_stated("burden_per_conversion", threshold=0.8, complaint_weight=5.0),),
    ),
    World(
        name="benefit",
        history=SeveralOutcomes(),
        criteria=(
            _stated(
                "net_benefit",
                value_per_conversion=60.0,
                cost_per_contact=2.0,
                objection_weight=40.0,
                complaint_weight=100.0,
            ),
        ),
    ),
)
