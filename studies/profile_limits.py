"""How often the profile-likelihood limit of one family lies before the true crossing.

Customers who differ are called again and again, so that the limit has to be widened by the design
effect of all months together. `python -m studies.profile_limits` writes
`studies/profile_limits.csv`.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from balanstest_analysis.statistics.model_averaging import fit_outcome
from balanstest_analysis.statistics.profile_likelihood import (
    crossing_limits,
    likelihood_drop,
    reaches,
)
from balanstest_analysis.validation.calibration import SCENARIOS, Scenario, simulate_counts

TABLE = Path(__file__).with_suffix(".csv")
LEVEL, LEAST_COVERAGE = 0.95, 0.93
FAMILY = "logistic"
WORLDS = {
    "20 calls, sd 1.2": SCENARIOS["repeated-calls"],
    "40 calls, sd 2": replace(
        SCENARIOS["repeated-calls"], name="forty-calls", calls_per_customer=40, customer_sd=2.0
    ),
}


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=400)
    runs = parser.parse_args().runs
    rows = [
        {"world": name, "runs": runs, "coverage": coverage(world, range(runs)), "seed": "run"}
        for name, world in WORLDS.items()
    ]
    pd.DataFrame(rows).to_csv(TABLE, index=False)
    print(pd.DataFrame(rows).to_string(index=False))


def coverage(world: Scenario, seeds: Sequence[int]) -> float:
    """Return the share of histories in which the limit lies at or before the true crossing.

    Args:
        world: with a crossing.
        seeds: one per history.
    """
    return sum(map(bool, (_covers(world, seed) for seed in seeds))) / len(seeds)


def _covers(world: Scenario, seed: int) -> bool:
    table, truth = simulate_counts(world, seed=seed)
    fits = fit_outcome(table.outcome(world.outcome))
    fit = fits.fit(FAMILY)
    assert fit.curve is not None
    assert truth.crossing is not None
    found = crossing_limits(
        fit.curve,
        fits.data.exposure,
        fits.data.events,
        np.array([*fit.parameters.values()]),
        reaches(world.threshold),
        span=(0.0, float(world.months - 1)),
        drop=likelihood_drop(LEVEL, fits.data.design_effect),
    )
    return found.lower is None or found.lower <= truth.crossing


if __name__ == "__main__":
    main()
