"""How many dossiers end with a number, by the contacts that they have.

Histories in which conversion falls through its minimum in month 25 and objections rise through
their maximum in month 27, while complaints stay at a quarter of theirs. `python -m
studies.dossiers` writes `studies/dossiers.csv`.
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.term.outcomes import analyse_outcomes, series_of
from balanstest_analysis.term.proposal import propose
from balanstest_analysis.validation.calibration.several_outcomes import SeveralOutcomes

TABLE = Path(__file__).with_suffix(".csv")
SIZES = (5_000, 18_000, 20_000, 75_000)
COMPLAINTS = {
    "in every month": "maximum_rate",
    "over the whole term": "maximum_overall_rate",
    "set aside": "maximum_rate",
    "none": None,
}


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--seed", type=int, default=2026)
    asked = parser.parse_args()
    rows = [_row(size, way, asked.runs, asked.seed) for size in SIZES for way in COMPLAINTS]
    pd.DataFrame(rows).to_csv(TABLE, index=False)
    print(pd.DataFrame(rows).to_string(index=False))


def _row(size: int, way: str, runs: int, seed: int) -> dict[str, object]:
    found = list(_proposals(size, way, runs, seed))
    statuses = [status for status, _ in found]
    terms = [months for _, months in found if months is not None]
    return {
        "contacts": size,
        "complaints": way,
        "runs": runs,
        "with_a_number": len(terms) / runs,
        "undetermined": statuses.count("undetermined") / runs,
        "no_term": statuses.count("no_term") / runs,
        "mean_term_months": round(float(np.mean(terms)), 1) if terms else None,
        "seed": seed,
    }


def _proposals(size: int, way: str, runs: int, seed: int) -> Iterator[tuple[str, int | None]]:
    world, dossier = SeveralOutcomes(contacts=size), stated(way)
    for run in range(runs):
        table = world.draw(np.random.default_rng([seed, size, run]))
        outcomes = analyse_outcomes(dossier, table)
        proposal = propose(dossier, series_of(outcomes, table.months))
        yield proposal.status, proposal.term_months


def stated(way: str) -> Dossier:
    """Return a dossier with a minimum, a maximum on objections and one way to limit complaints.

    Args:
        way: a key of `COMPLAINTS`.
    """
    criteria: list[dict[str, object]] = [
        {"name": "a", "kind": "minimum_rate", "outcome": "conversion", "threshold": 0.057},
        {"name": "b", "kind": "maximum_rate", "outcome": "objection", "threshold": 0.066},
    ]
    if COMPLAINTS[way] is not None:
        kind = COMPLAINTS[way]
        criteria += [{"name": "c", "kind": kind, "outcome": "complaint", "threshold": 0.008}]
    aside = [{"criterion": "c", "threshold": 0.008, "reason": "few"}] if way == "set aside" else []
    return Dossier.model_validate(
        {
            "schema": 1,
            "template": "opt-in",
            "organisation": {"name": "Example", "sector": "charity"},
            "scope": {"category": "gifts"},
            "data": {"data_through": dt.date(2026, 9, 30), "calls": {"path": "calls.csv"}},
            "criteria": [{"reason": "stated", **criterion} for criterion in criteria],
            "set_aside": aside,
            "settings": {"resamples": 500},
        }
    )


if __name__ == "__main__":
    main()
