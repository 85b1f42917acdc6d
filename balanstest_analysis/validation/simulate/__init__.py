"""Fictitious calling histories whose true term is known, from a seed."""

from balanstest_analysis.validation.simulate.history import SimulatedHistory, simulate_history
from balanstest_analysis.validation.simulate.scenarios import (
    Scenario,
    scenario_named,
    scenario_names,
)
from balanstest_analysis.validation.simulate.truth import Truth
from balanstest_analysis.validation.simulate.writing import write_history

__all__ = [
    "Scenario",
    "SimulatedHistory",
    "Truth",
    "scenario_named",
    "scenario_names",
    "simulate_history",
    "write_history",
]
