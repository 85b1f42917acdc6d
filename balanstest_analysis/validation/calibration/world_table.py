"""The worlds as the documentation tables them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields

import pandas as pd

from balanstest_analysis.dossier.criteria import Criterion, facts_of
from balanstest_analysis.published.criteria import Parameter
from balanstest_analysis.validation.calibration.scenario import Scenario
from balanstest_analysis.validation.calibration.world import History, World
from balanstest_analysis.validation.calibration.worlds import WORLDS

SIGNS = {"minimum_rate": ">=", "maximum_rate": "<="}
DRAWN = ("contacts", "months", "campaigns", "campaign_sd", "campaign_spread", "in_turn", "month_sd")


def world_table() -> pd.DataFrame:
    """Return what every world is and what is required there, one row each."""
    return pd.DataFrame([_row(world) for world in WORLDS.values()]).set_index("world")


def _row(world: Scenario | World) -> dict[str, str]:
    least = world.least_coverage
    drawn = _scenario(world) if isinstance(world, Scenario) else _history(world.history)
    return {
        "world": world.name,
        "history": drawn,
        "criteria": "; ".join(_criterion(criterion) for criterion in world.criteria),
        "required": "" if least is None else f"{least:.1%}",
        "named from the data": world.named,
    }


def _scenario(scenario: Scenario) -> str:
    """Return curve and size, and whatever differs from what is usual."""
    usual = Scenario(name="", shape="", parameters={}, threshold=0.5)
    tail = {"from month": scenario.tail_from, "a month": scenario.tail_contacts}
    told = {
        name: value
        for name in DRAWN
        if (value := getattr(scenario, name)) != getattr(usual, name) or name == "contacts"
    }
    thin = f"; thin tail ({_listed(tail)})" if scenario.profile == "thin_tail" else ""
    return f"{scenario.shape} ({_listed(scenario.parameters)}); {_listed(told)}{thin}"


def _history(history: History) -> str:
    told = {one.name: getattr(history, one.name) for one in fields(history)}  # type: ignore[arg-type]
    return f"{type(history).__name__} ({_listed(told)})"


def _criterion(criterion: Criterion) -> str:
    facts = facts_of(criterion)
    if criterion.kind in SIGNS:
        return f"{facts.outcome} {SIGNS[criterion.kind]} {facts.threshold:g}"
    limit = {} if facts.threshold is None else {"threshold": facts.threshold}
    return f"{facts.kind} ({_listed({**limit, **facts.parameters})})"


def _listed(values: Mapping[str, Parameter | bool]) -> str:
    return ", ".join(
        f"{name.replace('_', ' ')} {_written(value)}" for name, value in values.items()
    )


def _written(value: object) -> str:
    if isinstance(value, tuple):
        return " ".join(map(str, value))
    return f"{value:g}" if isinstance(value, float) else str(value)
