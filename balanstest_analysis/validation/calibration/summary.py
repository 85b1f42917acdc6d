"""The study's table: how often the limit respected the true term, and what that cost."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from balanstest_analysis.validation.calibration.scenario import Scenario
from balanstest_analysis.validation.calibration.trials import Trial
from balanstest_analysis.validation.calibration.world import World

STATUSES = (
    "reached",
    "not_reached_in_data",
    "holds_between",
    "too_little_data",
    "fails_from_start",
)


def summarise(world: Scenario | World, trials: Sequence[Trial]) -> dict[str, str | float | None]:
    """Return one row of the study's table.

    Coverage is the share of runs whose term is at most the true one; runs without a term count as
    covered, and are counted apart. Beside it the same before limit and truth become whole months.
    The shortfall is the true term, or the end of the evidence where that comes first, less the
    proposed term, averaged over the runs with a term.

    Args:
        world: a scenario or another world.
        trials: at least one.
    """
    terms = [trial for trial in trials if trial.term_months is not None]
    gaps = [(t.reachable_months or 0) - (t.term_months or 0) for t in terms]
    crossings = [trial.crossing for trial in trials if trial.crossing is not None]
    statuses = pd.Series([trial.status for trial in trials]).value_counts(normalize=True)
    true_terms = [t.true_term_months for t in trials if t.true_term_months is not None]
    return {
        "scenario": world.name,
        "runs": len(trials),
        "true_term_months": float(np.median(true_terms)) if true_terms else None,
        "coverage": float(np.mean([trial.covered for trial in trials])),
        "least_coverage": world.least_coverage,
        "named": world.named,
        "coverage_unrounded": float(np.mean([trial.covered_unrounded for trial in trials])),
        "without_term": 1 - len(terms) / len(trials),
        "mean_shortfall_months": float(np.mean(gaps)) if gaps else None,
        "most_shortfall_months": world.most_shortfall_months,
        "sd_of_term_months": _sd([float(trial.term_months or 0) for trial in terms]),
        "sd_of_crossing_months": _sd(crossings),
        **{name: float(statuses.get(name, 0.0)) for name in STATUSES},
    }


def _sd(values: Sequence[float]) -> float | None:
    return float(np.std(values, ddof=1)) if len(values) > 1 else None
