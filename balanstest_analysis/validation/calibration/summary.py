"""The study's table: how often the limit respected the true term, and what that cost."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from balanstest_analysis.validation.calibration.scenario import Scenario
from balanstest_analysis.validation.calibration.trials import Trial

STATUSES = (
    "reached",
    "not_reached_in_data",
    "holds_between",
    "too_little_data",
    "fails_from_start",
)


def summarise(scenario: Scenario, trials: Sequence[Trial]) -> dict[str, str | float | None]:
    """Return one row of the study's table.

    Coverage is the share of runs whose term is at most the true one; runs without a term count as
    covered, and are counted apart. The shortfall is the true term, or the end of the evidence
    where that comes first, less the proposed term, averaged over the runs with a term.

    Args:
        scenario: the scenario.
        trials: at least one.
    """
    terms = [trial for trial in trials if trial.term_months is not None]
    gaps = [(t.reachable_months or 0) - (t.term_months or 0) for t in terms]
    crossings = [trial.crossing for trial in trials if trial.crossing is not None]
    statuses = pd.Series([trial.status for trial in trials]).value_counts(normalize=True)
    true_terms = [t.true_term_months for t in trials if t.true_term_months is not None]
    return {
        "scenario": scenario.name,
        "runs": len(trials),
        "true_term_months": float(np.median(true_terms)) if true_terms else None,
        "coverage": float(np.mean([trial.covered for trial in trials])),
        "without_term": 1 - len(terms) / len(trials),
        "mean_shortfall_months": float(np.mean(gaps)) if gaps else None,
        "most_shortfall_months": scenario.most_shortfall_months,
        "sd_of_crossing_months": float(np.std(crossings, ddof=1)) if len(crossings) > 1 else None,
        **{name: float(statuses.get(name, 0.0)) for name in STATUSES},
    }
