"""One simulated history, judged as a real one is."""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.term.criterion_result import CriterionResult
from balanstest_analysis.term.judging import judge_criteria
from balanstest_analysis.term.outcomes import analyse_outcomes, series_of
from balanstest_analysis.term.proposal import propose_on
from balanstest_analysis.validation.calibration.counts import simulate_counts
from balanstest_analysis.validation.calibration.scenario import Scenario
from balanstest_analysis.validation.calibration.truth import Truth
from balanstest_analysis.validation.calibration.world import World


@dataclass(frozen=True, kw_only=True)
class Trial:
    """What the method proposed for one simulated history.

    Attributes:
        run: number of the history.
        status: of the criterion that decides.
        statuses: of all criteria, with a bar between them.
        term_months: the term that all criteria carry, cap of the regime aside, or None.
        true_term_months: first month that truly fails, or None where none does.
        reachable_months: the true term, or the months with evidence where those are fewer.
        last_month_with_evidence: of the criterion whose evidence ends first, or None.
        crossing: point estimate, or None.
        lower: one-sided lower limit of the crossing, or None where it lies beyond the evidence.
        true_crossing: where the criteria truly begin to fail, or None where they never do.
    """

    run: int
    status: str
    statuses: str
    term_months: int | None
    true_term_months: int | None
    reachable_months: int | None
    last_month_with_evidence: int | None
    crossing: float | None
    lower: float | None
    true_crossing: float | None

    @property
    def covered(self) -> bool:
        """Whether the term is no longer than the true one; no term is never too long."""
        if self.term_months is None or self.true_term_months is None:
            return True
        return self.term_months <= self.true_term_months

    @property
    def covered_unrounded(self) -> bool:
        """Whether the limit lies before the true crossing, before either becomes a whole month."""
        if self.term_months is None or self.true_crossing is None:
            return True
        limit = self.term_months - 1 if self.lower is None else self.lower
        return limit <= self.true_crossing


def world_dossier(world: Scenario | World, *, resamples: int, seed: int) -> Dossier:
    """Return the dossier that states the criteria of a world; its tables do not exist."""
    return Dossier.model_validate(
        {
            "schema": 1,
            "template": "opt-in",
            "organisation": {"name": "Stichting Voorbeeld", "sector": "charity"},
            "scope": {"category": "donaties"},
            "data": {"data_through": dt.date(2026, 9, 30), "calls": {"path": "calls.csv"}},
            "criteria": [criterion.model_dump() for criterion in world.criteria],
            "settings": {"resamples": resamples, "seed": seed},
        }
    )


def run_trial(world: Scenario | World, run: int, *, resamples: int, seed: int) -> Trial:
    """Return what the method proposes for one history of a world.

    Args:
        world: one of `SCENARIOS` or `WORLDS`.
        run: number of the history; with the seed and the world's name it fixes all chance.
        resamples: number of draws.
        seed: of the study.
    """
    name = zlib.crc32(world.name.encode())
    history, draws = np.random.SeedSequence([seed, name, run]).spawn(2)
    table, truth = simulate_counts(world, seed=history)
    own_seed = int(draws.generate_state(1)[0])
    dossier = world_dossier(world, resamples=resamples, seed=own_seed)
    series = series_of(analyse_outcomes(dossier, table), table.months)
    results = judge_criteria(dossier, series)
    return _judged(run, dossier, results, truth)


def _judged(run: int, dossier: Dossier, results: Sequence[CriterionResult], truth: Truth) -> Trial:
    proposal = propose_on(dossier, results)
    last = proposal.last_month_with_evidence
    deciding = _deciding(results)
    return Trial(
        run=run,
        status=deciding.status,
        statuses="|".join(result.status for result in results),
        term_months=proposal.uncapped_term_months,
        true_term_months=truth.term_months,
        reachable_months=_reachable(truth.term_months, last),
        last_month_with_evidence=last,
        crossing=deciding.crossing,
        lower=deciding.lower,
        true_crossing=truth.crossing,
    )


def _deciding(results: Sequence[CriterionResult]) -> CriterionResult:
    """Return the criterion that is refuted, else one untested, else that of the shortest term."""
    return min(
        results,
        key=lambda r: (not r.is_refuted, not r.is_untested, r.term_months or 0),
    )


def _reachable(true_term: int | None, last_month: int | None) -> int | None:
    ends = (true_term, None if last_month is None else last_month + 1)
    return min((end for end in ends if end is not None), default=None)


def run_trials(
    world: Scenario | World, runs: Iterable[int], *, resamples: int, seed: int
) -> list[Trial]:
    """Return one trial per run number; see `run_trial`."""
    return [run_trial(world, run, resamples=resamples, seed=seed) for run in runs]
