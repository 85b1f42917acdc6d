"""The generator tells the truth about itself, and the limit stays on the safe side of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import nbformat
import numpy as np
import pandas as pd
import pytest
from nbclient import NotebookClient
from scipy.special import expit, logit

from balanstest_analysis.validation.calibration import (
    SCENARIOS,
    Trial,
    run_trials,
    scenario_table,
    simulate_counts,
    summarise,
    true_term,
)
from balanstest_analysis.validation.calibration.shapes import SHAPES
from balanstest_analysis.validation.calibration.truth import averaged_over_effects
from studies import calibration as study

ROOT = Path(__file__).parents[2]
DOCUMENTED = (ROOT / "docs" / "calibration.md").read_text(encoding="utf-8")
COMMITTED = pd.read_csv(ROOT / "studies" / "calibration.csv")
LEAST_COVERAGE, LEAST_OVERALL = 0.925, 0.945


def documented(name: str) -> list[list[str]]:
    """Return the cells of a table of the documentation, headings first."""
    text = DOCUMENTED.split(f"<!-- {name} -->")[1].split(f"<!-- end of {name} -->")[0]
    rows = [line.strip("|").split("|") for line in text.strip().splitlines()]
    cells = [[cell.strip() for cell in row] for row in rows]
    return [cells[0], *cells[2:]]


def as_text(table: pd.DataFrame) -> list[list[str]]:
    return [[*table.columns], *table.astype(str).to_numpy().tolist()]


# ------------------------------------------------------------------------------ scenarios


def test_the_documentation_tables_the_parameters_that_are_run():
    assert documented("scenarios") == as_text(scenario_table().reset_index())


def test_the_scenarios_are_at_most_twenty_four_and_use_every_shape():
    assert len(SCENARIOS) <= 24
    assert {scenario.shape for scenario in SCENARIOS.values()} == set(SHAPES)


def relative_change(scenario):
    """Return how much the rate moves against the criterion in the month that fails, or 0."""
    truth = true_term(scenario)
    if not truth.term_months:
        return 0.0
    before, after = truth.rates[truth.term_months - 1 : truth.term_months + 1]
    return max(before, after) / min(before, after) - 1


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_shortfall_is_required_wherever_the_crossing_and_the_slope_ask_for_one(name):
    scenario = SCENARIOS[name]
    limit = {7_000: 5, 75_000: 2, 500_000: 2}.get(scenario.contacts)
    crossing = (true_term(scenario).term_months or 0) - 1
    steep = relative_change(scenario) >= 0.03 and 12 <= crossing <= 30
    assert scenario.most_shortfall_months == (limit if steep else None)


# ------------------------------------------------------------------------------ generator


@pytest.mark.parametrize("name", ["exponential", "repeated-calls", "twenty-campaigns"])
def test_the_same_seed_gives_the_same_counts_and_another_seed_others(name):
    first, again, other = (
        simulate_counts(SCENARIOS[name], seed=seed)[0].frame for seed in (5, 5, 6)
    )
    assert first.equals(again)
    assert not first.equals(other)


@pytest.mark.parametrize("name", SCENARIOS)
def test_counts_add_up_to_the_contacts_of_the_scenario(name):
    scenario = SCENARIOS[name]
    table, _ = simulate_counts(scenario, seed=1)
    calls = scenario.calls_per_customer
    assert table.frame[f"{scenario.outcome}_exposure"].sum() == scenario.contacts // calls * calls
    assert table.months <= scenario.months
    assert (table.frame[f"{scenario.outcome}_events"] <= table.frame["calls"]).all()


def test_the_marginal_rate_is_the_mean_over_customers_and_not_that_of_the_average_one():
    effects = np.random.default_rng(2).normal(0, 1.2, 200_000)
    expected = expit(logit(0.1) + effects).mean()
    assert averaged_over_effects(np.array([0.1]), 1.2)[0] == pytest.approx(expected, rel=0.01)
    assert expected > 0.13


@pytest.mark.parametrize("name", ["repeated-calls", "wave", "rising", "hundred-a-month"])
def test_simulated_rates_are_the_marginal_ones(name):
    large = replace(SCENARIOS[name], contacts=2_000_000)
    table, truth = simulate_counts(large, seed=3)
    counts = table.outcome(large.outcome)
    n, k = counts.exposure_by_month, counts.events_by_month
    expected = n * truth.rates[: len(n)]
    assert np.abs(k - expected).max() < 5 * np.sqrt(2.5 * expected.max())


@pytest.mark.parametrize("name", ["repeated-calls", "repeated-calls-small"])
def test_customers_who_are_called_again_have_a_design_effect_of_two_to_three(name):
    effects = []
    for seed in range(10):
        table, _ = simulate_counts(SCENARIOS[name], seed=seed)
        counts = table.outcome("conversion")
        n, k = counts.exposure.sum(axis=0), counts.events.sum(axis=0)
        rate = k.sum(axis=0) / n.sum(axis=0)
        between = ((k - n * rate).sum(axis=1) ** 2).sum()
        effects.append(between / (n * rate * (1 - rate)).sum())
    assert 2 < np.mean(effects) < 3


def test_campaigns_differ_as_much_as_the_scenario_says():
    many = replace(SCENARIOS["twenty-campaigns"], campaigns=300, contacts=3_000_000, months=1)
    table, _ = simulate_counts(many, seed=4)
    counts = table.outcome("conversion")
    rates = counts.events.sum(axis=(1, 2)) / counts.exposure.sum(axis=(1, 2))
    assert logit(rates).std() == pytest.approx(many.campaign_sd, rel=0.15)


def test_a_thin_tail_holds_the_contacts_a_month_that_it_says():
    scenario = SCENARIOS["hundred-a-month"]
    table, _ = simulate_counts(scenario, seed=1)
    tail = table.outcome("conversion").exposure_by_month[scenario.tail_from :]
    assert tail.mean() == pytest.approx(scenario.tail_contacts, rel=0.1)


# ------------------------------------------------------------------------------ trials


def trial(term, true_term_months, *, status="reached", end=36):
    reachable = min(true_term_months or end, end)
    return Trial(
        run=0,
        status=status,
        term_months=term,
        true_term_months=true_term_months,
        reachable_months=reachable,
        crossing=None if term is None else float(term),
    )


def test_a_term_is_covered_up_to_the_first_month_that_truly_fails():
    assert trial(20, 20).covered
    assert not trial(21, 20).covered
    assert trial(36, None).covered
    assert trial(None, 20, status="too_little_data").covered


def test_no_term_counts_as_covered_and_apart():
    trials = [
        trial(18, 20),
        trial(21, 20),
        trial(20, 20),
        trial(None, 20, status="too_little_data"),
    ]
    row = summarise(SCENARIOS["exponential"], trials)
    assert (row["runs"], row["coverage"], row["without_term"]) == (4, 0.75, 0.25)
    assert row["mean_shortfall_months"] == pytest.approx(1 / 3)
    assert (row["reached"], row["too_little_data"]) == (0.75, 0.25)


def test_the_shortfall_is_counted_from_the_end_of_the_evidence_where_that_comes_first():
    row = summarise(SCENARIOS["exponential"], [trial(28, 40, end=30), trial(30, None, end=30)])
    assert row["mean_shortfall_months"] == 1.0


# ------------------------------------------------------------------------------ a slice


SLICE = (
    "constant-fails",
    "exponential",
    "power",
    "step",
    "wave",
    "rising-small",
    "repeated-calls",
    "four-campaigns",
)


@pytest.fixture(scope="module")
def slice_of_the_study():
    return {
        name: run_trials(SCENARIOS[name], range(16), resamples=200, seed=2026) for name in SLICE
    }


@pytest.mark.parametrize("name", SLICE)
def test_in_a_slice_of_the_study_at_most_two_limits_in_sixteen_pass_the_true_term(
    name, slice_of_the_study
):
    assert sum(not trial.covered for trial in slice_of_the_study[name]) <= 2


def test_in_a_slice_of_the_study_nine_limits_in_ten_respect_the_true_term(slice_of_the_study):
    trials = [trial for trials in slice_of_the_study.values() for trial in trials]
    assert np.mean([trial.covered for trial in trials]) >= 0.93


@pytest.mark.parametrize("name", [n for n in SLICE if SCENARIOS[n].most_shortfall_months])
def test_in_a_slice_of_the_study_the_shortfall_stays_near_what_is_required(
    name, slice_of_the_study
):
    row = summarise(SCENARIOS[name], slice_of_the_study[name])
    assert row["without_term"] == 0
    assert row["mean_shortfall_months"] <= SCENARIOS[name].most_shortfall_months + 0.75


# ------------------------------------------------------------------------------ the study


def test_the_committed_study_is_whole():
    assert [*COMMITTED["scenario"]] == [*SCENARIOS]
    assert (COMMITTED["runs"] == 1000).all()
    assert (COMMITTED["resamples"] == 500).all()


@pytest.mark.parametrize("name", SCENARIOS)
def test_in_the_committed_study_every_scenario_meets_its_requirements(name):
    row = COMMITTED.set_index("scenario").loc[name]
    assert row["coverage"] >= LEAST_COVERAGE
    if SCENARIOS[name].most_shortfall_months is not None:
        assert row["mean_shortfall_months"] <= SCENARIOS[name].most_shortfall_months


def test_in_the_committed_study_the_limits_respect_the_true_term_overall():
    assert COMMITTED["coverage"].mean() >= LEAST_OVERALL


def test_the_documentation_tables_the_committed_study():
    assert documented("results") == as_text(study.printed(COMMITTED))


def test_a_study_goes_on_where_it_stopped(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(study, "PARTS", tmp_path)
    few = ["--resamples", "200", "--jobs", "1", "--scenario", "step-small"]
    study.main([*few, "--runs", "2"])
    study.main([*few, "--runs", "3"])
    study.main([*few, "--runs", "3"])
    printed = capsys.readouterr()
    assert printed.err.count("1/1 step-small") == 2
    [part] = tmp_path.rglob("*.csv")
    assert [*pd.read_csv(part)["run"]] == [0, 1, 2]


def test_a_run_of_the_study_does_not_depend_on_what_ran_before_it():
    step = SCENARIOS["step"]
    alone = run_trials(step, [3], resamples=200, seed=1)
    assert run_trials(step, [1, 3], resamples=200, seed=1)[1:] == alone


def test_the_notebook_of_the_proof_runs_and_shows_tables_and_a_figure():
    path = ROOT / "notebooks" / "validatie.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[1].source = "runs, resamples, seed = 2, 200, 1"
    place = {"metadata": {"path": str(path.parent)}}
    NotebookClient(notebook, kernel_name="python3", resources=place).execute()
    shown = [output.data for cell in notebook.cells[1:] for output in cell.get("outputs", [])]
    assert sum("text/html" in data for data in shown) == 3
    assert sum("image/svg+xml" in data for data in shown) == 1
