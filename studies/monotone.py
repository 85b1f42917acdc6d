"""Whether asking more ever gives more: `python -m studies.monotone`.

Over generated histories and criteria of every kind, four changes that may never lengthen a term,
nor turn no term into one: a stricter threshold, an added criterion, an outcome whose counts are
left out, and one recorded too rarely to be tested. `studies/monotone.csv` counts the violations.
"""

from __future__ import annotations

import argparse
import csv
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from pydantic import TypeAdapter

sys.path.insert(0, str(Path(__file__).parents[1]))

from balanstest_analysis.dossier.criteria import Criterion
from balanstest_analysis.history.month_table import MonthTable
from balanstest_analysis.published.names import OUTCOMES
from balanstest_analysis.term.criterion_result import UNTESTED, CriterionResult
from balanstest_analysis.term.judging import judge_on
from balanstest_analysis.term.outcome_series import OutcomeSeries
from balanstest_analysis.term.outcomes import analyse_outcomes, series_of
from balanstest_analysis.term.proposal import propose_term
from studies.generated_histories import draw_contacts, rarely_recorded, table_of
from tests.counts import dossier

TABLE = Path(__file__).with_suffix(".csv")
COLUMNS = ("change", "criterion", "histories", "comparisons", "violations")
HISTORIES, STEPS, PAIRS = 60, 12, 40
LEVEL, RESAMPLES = 0.95, 300
RARELY = (0.2, 0.05, 0.01)  # shares of the contacts for which an outcome is recorded
LEFT_OUT, UNTESTABLE = "counts left out", "made untestable"
NOTHING = -1  # no term
_CRITERION: TypeAdapter[Criterion] = TypeAdapter(Criterion)
BURDEN = {"kind": "burden_per_conversion", "threshold": 1.0, "complaint_weight": 3.0}
BENEFIT = {
    "kind": "net_benefit",
    "value_per_conversion": 60.0,
    "cost_per_contact": 2.0,
    "objection_weight": 10.0,
    "complaint_weight": 20.0,
}
Ladders = dict[str, list[Criterion]]
Judged = dict[str, list[CriterionResult]]
Place = tuple[str, int]  # the name of a list, and the place in it


def stated(**parameters: Any) -> Criterion:
    """Return a criterion."""
    return _CRITERION.validate_python({"name": "c", "reason": "proef", **parameters})


def ladders(months: int, steps: int = STEPS) -> Ladders:
    """Return criteria of every kind, each list from lax to strict.

    Args:
        months: of the history.
        steps: criteria per list.
    """
    rates = np.geomspace(3e-4, 0.5, steps).tolist()
    made: Ladders = {"horizon": [stated(kind="horizon", months=m) for m in range(steps, 0, -1)]}
    for outcome in OUTCOMES:
        maximum, minimum = {"outcome": outcome}, {"kind": "minimum_rate", "outcome": outcome}
        made[f"minimum_rate {outcome}"] = [stated(**minimum, threshold=rate) for rate in rates]
        for kind in ("maximum_rate", "maximum_overall_rate"):
            strict = [stated(kind=kind, **maximum, threshold=rate) for rate in rates[::-1]]
            made[f"{kind} {outcome}"] = strict
        ratio = {"kind": "maximum_ratio", **maximum, "reference_months": [0, min(4, months - 1)]}
        factors = np.linspace(6, 1.01, steps).tolist()
        made[f"maximum_ratio {outcome}"] = [stated(**ratio, factor=factor) for factor in factors]
    return made | _weighed(steps)


def _weighed(steps: int) -> Ladders:
    heavier = np.geomspace(0.02, 200, steps).tolist()
    varied = {
        "burden_per_conversion, threshold": (BURDEN, "threshold", heavier[::-1]),
        "burden_per_conversion, complaints": (BURDEN, "complaint_weight", heavier),
        "net_benefit, cost": (BENEFIT, "cost_per_contact", heavier),
        "net_benefit, objections": (BENEFIT, "objection_weight", heavier),
        "net_benefit, value": (BENEFIT, "value_per_conversion", heavier[::-1]),
    }
    return {
        name: [stated(**(base | {key: value})) for value in values]
        for name, (base, key, values) in varied.items()
    }


@dataclass(frozen=True, kw_only=True)
class Counted:
    """Comparisons, and those in which the stricter side got more, by change and criterion."""

    comparisons: Counter[tuple[str, str]] = field(default_factory=Counter)
    violations: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, change: str, criterion: str, before: int, after: int) -> None:
        """Count one comparison of terms."""
        self.comparisons[change, criterion] += 1
        self.violations[change, criterion] += after > before


def analysed(table: MonthTable, seed: int) -> dict[str, OutcomeSeries]:
    """Return the series of a table, joint outcomes too where all of them are there."""
    asked = dossier([{"name": "c", **BURDEN}], resamples=RESAMPLES, seed=seed)
    return series_of(analyse_outcomes(asked, table), table.months)


def term_of(results: Sequence[CriterionResult]) -> int:
    """Return the proposed term without a cap, or `NOTHING`."""
    proposal = propose_term(results, cap_months=None, confidence_level=LEVEL)
    term = proposal.uncapped_term_months
    return NOTHING if term is None else term


def compare(
    seed: int, steps: int = STEPS, pairs: int = PAIRS, shares: Sequence[float] = RARELY
) -> Counted:
    """Return what the four changes did to the term of one history.

    Args:
        seed: of the history.
        steps: thresholds per kind of criterion.
        pairs: sets of two criteria that are taken together.
        shares: of the contacts for which an outcome is recorded, one after the other.
    """
    rng = np.random.default_rng([seed, 1])
    rows = draw_contacts(seed)
    table = table_of(rows)
    asked, counted = ladders(table.months, steps), Counted()
    judged = _judged(asked, analysed(table, seed))
    for name, results in judged.items():
        terms = [term_of([result]) for result in results]
        for before, after in pairwise(terms):
            counted.add("stricter threshold", name, before, after)
    drawn = [_pair(rng, [*judged], steps) for _ in range(pairs)]
    for kept, added in drawn:
        both = _results(judged, kept, added)
        counted.add("added criterion", added[0], term_of(both[:1]), term_of(both))
    for change, less in _with_less(rows, seed, asked, shares):
        for pair in drawn:
            before, after = _results(judged, *pair), _results(less, *pair)
            untested = any(result.status in UNTESTED for result in after)
            if untested or change == LEFT_OUT:
                counted.add(change, pair[1][0], term_of(before), term_of(after))
    return counted


def _pair(rng: np.random.Generator, names: Sequence[str], steps: int) -> tuple[Place, Place]:
    """Return where two criteria of different lists stand."""
    first, second = rng.choice(len(names), size=2, replace=False)
    i, j = rng.integers(steps, size=2)
    return (names[first], int(i)), (names[second], int(j))


def _results(judged: Judged, *places: Place) -> list[CriterionResult]:
    return [judged[name][step] for name, step in places]


def _judged(asked: Ladders, series: dict[str, OutcomeSeries]) -> Judged:
    return {name: [judge_on(c, series, LEVEL) for c in listed] for name, listed in asked.items()}


def _with_less(
    rows: pd.DataFrame, seed: int, asked: Ladders, shares: Sequence[float]
) -> Iterator[tuple[str, Judged]]:
    """Yield the results where an outcome is left out, and where it is rarely recorded."""
    rng = np.random.default_rng([seed, 2])
    for outcome in OUTCOMES:
        others = [name for name in OUTCOMES if name != outcome]
        yield LEFT_OUT, _judged(asked, analysed(table_of(rows, others), seed))
        for share in shares:
            table = table_of(rarely_recorded(rows, outcome, share, rng))
            yield UNTESTABLE, _judged(asked, analysed(table, seed))


def main(arguments: Sequence[str] | None = None) -> None:
    """Compare all histories and write the table."""
    parser = argparse.ArgumentParser(prog="python -m studies.monotone", description=__doc__)
    parser.add_argument("--histories", type=int, default=HISTORIES)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args(arguments)
    whole = Counted()
    with ProcessPoolExecutor(max_workers=asked.jobs) as pool:
        for one in pool.map(compare, range(asked.histories)):
            whole.comparisons.update(one.comparisons)
            whole.violations.update(one.violations)
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for key, comparisons in sorted(whole.comparisons.items()):
            writer.writerow([*key, asked.histories, comparisons, whole.violations[key]])
    print(f"{whole.comparisons.total()} comparisons, {whole.violations.total()} violations.")


if __name__ == "__main__":
    main()
