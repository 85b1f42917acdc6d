"""One simulated history, judged as a real one is."""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.term.judging import judge_criteria
from balanstest_analysis.term.outcomes import analyse_outcomes, series_of
from balanstest_analysis.validation.calibration.counts import simulate_counts
from balanstest_analysis.validation.calibration.scenario import Scenario


@dataclass(frozen=True, kw_only=True)
class Trial:
    """What the method proposed for one simulated history.

    Attributes:
        run: number of the history.
        status: of the criterion.
        term_months: supported term, or None.
        true_term_months: first month that truly fails, or None where none does.
        reachable_months: the true term, or the months with evidence where those are fewer.
        crossing: point estimate, or None.
    """

    run: int
    status: str
    term_months: int | None
    true_term_months: int | None
    reachable_months: int | None
    crossing: float | None

    @property
    def covered(self) -> bool:
        """Whether the term is no longer than the true one; no term is never too long."""
        if self.term_months is None or self.true_term_months is None:
            return True
        return self.term_months <= self.true_term_months


def scenario_dossier(scenario: Scenario, *, resamples: int, seed: int) -> Dossier:
    """Return the dossier that states the criterion of a scenario; its tables do not exist."""
    criterion = {
        "name": scenario.name,
        "kind": scenario.kind,
        "outcome": scenario.outcome,
        "threshold": scenario.threshold,
        "reason": "ijking van de methode",
    }
    return Dossier.model_validate(
        {
            "schema": 1,
            "template": "opt-in",
            "organisation": {"name": "Stichting Voorbeeld", "sector": "charity"},
            "scope": {"category": "donaties"},
            "data": {"data_through": dt.date(2026, 9, 30), "calls": {"path": "calls.csv"}},
            "criteria": [criterion],
            "settings": {"resamples": resamples, "seed": seed},
        }
    )


def run_trial(scenario: Scenario, run: int, *, resamples: int, seed: int) -> Trial:
    """Return what the method proposes for one history of a scenario.

    Args:
        scenario: one of `SCENARIOS`.
        run: number of the history; with the seed and the scenario's name it fixes all chance.
        resamples: of the bootstrap.
        seed: of the study.
    """
    name = zlib.crc32(scenario.name.encode())
    history, bootstrap = np.random.SeedSequence([seed, name, run]).spawn(2)
    table, truth = simulate_counts(scenario, seed=history)
    own_seed = int(bootstrap.generate_state(1)[0])
    dossier = scenario_dossier(scenario, resamples=resamples, seed=own_seed)
    series = series_of(analyse_outcomes(dossier, table), table.months)
    [result] = judge_criteria(dossier, series)
    return Trial(
        run=run,
        status=result.status,
        term_months=result.term_months,
        true_term_months=truth.term_months,
        reachable_months=_reachable(truth.term_months, result.last_month_with_evidence),
        crossing=result.crossing,
    )


def _reachable(true_term: int | None, last_month: int | None) -> int | None:
    ends = (true_term, None if last_month is None else last_month + 1)
    return min((end for end in ends if end is not None), default=None)


def run_trials(
    scenario: Scenario, runs: Iterable[int], *, resamples: int, seed: int
) -> list[Trial]:
    """Return one trial per run number; see `run_trial`."""
    return [run_trial(scenario, run, resamples=resamples, seed=seed) for run in runs]
