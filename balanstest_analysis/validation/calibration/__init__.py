"""The method's own proof: month tables with a known term, and how often the limit respects it."""

from balanstest_analysis.validation.calibration.counts import simulate_counts
from balanstest_analysis.validation.calibration.dutch import (
    coverage_in_dutch,
    results_in_dutch,
    scenarios_in_dutch,
    worlds_in_dutch,
)
from balanstest_analysis.validation.calibration.scenario import Scenario
from balanstest_analysis.validation.calibration.scenarios import SCENARIOS, scenario_table
from balanstest_analysis.validation.calibration.study import published_study
from balanstest_analysis.validation.calibration.summary import STATUSES, summarise
from balanstest_analysis.validation.calibration.trials import Trial, run_trial, run_trials
from balanstest_analysis.validation.calibration.truth import Truth, true_term
from balanstest_analysis.validation.calibration.world import World
from balanstest_analysis.validation.calibration.world_table import world_table
from balanstest_analysis.validation.calibration.worlds import WORLDS

__all__ = [
    "SCENARIOS",
    "STATUSES",
    "WORLDS",
    "Scenario",
    "Trial",
    "Truth",
    "World",
    "coverage_in_dutch",
    "published_study",
    "results_in_dutch",
    "run_trial",
    "run_trials",
    "scenario_table",
    "scenarios_in_dutch",
    "simulate_counts",
    "summarise",
    "true_term",
    "world_table",
    "worlds_in_dutch",
]
