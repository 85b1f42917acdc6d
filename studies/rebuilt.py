"""Whether the method can be rebuilt from its page.

`tests/slow_method.py` was written from `docs/method.md` alone. Here both judge the same random
histories, with criteria of every kind. `python -m studies.rebuilt` writes `studies/rebuilt.csv`.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).parents[1]))

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.published.names import OUTCOMES
from balanstest_analysis.term.outcomes import analyse_outcomes, series_of
from balanstest_analysis.term.proposal import propose
from studies.rebuilt_histories import Asked, asked
from tests.counts import summed
from tests.slow_method import method

TABLE = Path(__file__).with_suffix(".csv")
DRAWS, LEVEL = 200, 0.95
CLOSE = 0.01  # of a month


def main() -> None:
    """Compare on many histories, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--histories", type=int, default=100)
    histories = parser.parse_args().histories
    rows = [
        {"history": seed, "differs": "; ".join(differences(asked(seed)))}
        for seed in range(histories)
    ]
    table = pd.DataFrame(rows)
    table.to_csv(TABLE, index=False)
    print(f"{(table['differs'] == '').sum()} of {len(table)} agree")


def differences(one: Asked) -> list[str]:
    """Return where the two implementations differ on a history."""
    page, ours = _by_page(one), _by_package(one)
    return [
        f"{name}.{key}: {_of(page[name], key)} by the page, {value} by the package"
        for name, answer in ours.items()
        for key, value in answer.items()
        if not _same(_of(page[name], key), value)
    ]


def _of(answer: Mapping[str, object], key: str) -> object:
    return answer.get(key)


def _same(one: object, other: object) -> bool:
    if isinstance(one, float | np.floating) and isinstance(other, float | np.floating):
        return abs(float(one) - float(other)) <= CLOSE
    return one == other


def _by_page(one: Asked) -> dict[str, Mapping[str, object]]:
    found = method(
        one.counts,
        customers_known=one.customers_known,
        criteria=one.criteria,
        draws=DRAWS,
        level=LEVEL,
        seed=one.seed,
        not_before=one.not_before,
    )
    criteria = {answer["name"]: answer for answer in found["criteria"]}
    return {
        **criteria,
        "proposal": {"status": found["status"], "months": found["tested_term_months"]},
    }


def _by_package(one: Asked) -> dict[str, Mapping[str, object]]:
    table = summed(one.counts, "customer" if one.customers_known else None, frozenset(OUTCOMES))
    dossier = _dossier(one)
    outcomes = analyse_outcomes(dossier, table)
    proposal = propose(dossier, series_of(outcomes, table.months))
    answers: dict[str, Mapping[str, object]] = {
        result.criterion.name: {
            "status": result.status,
            "term_months": result.term_months,
            "crossing": result.crossing,
            "lower": result.lower,
            "upper": result.upper,
            "start": result.first_month_with_evidence,
            "last_month_with_evidence": result.last_month_with_evidence,
            "contacts_needed": result.contacts_needed,
            "holds_from_month": result.holds_from_month,
        }
        for result in proposal.per_criterion
    }
    told = {"status": proposal.status, "months": proposal.tested_term_months}
    return {**answers, "proposal": told}


def _dossier(one: Asked) -> Dossier:
    later = (
        {}
        if one.not_before is None
        else {
            "not_before_month": one.not_before,
            "not_before_reason": "stated",
        }
    )
    return Dossier.model_validate(
        {
            "schema": 1,
            "template": "opt-in",
            "organisation": {"name": "Example", "sector": "charity"},
            "scope": {"category": "gifts", **later},
            "data": {"data_through": dt.date(2026, 9, 30), "calls": {"path": "calls.csv"}},
            "criteria": [{"reason": "stated", **criterion} for criterion in one.criteria],
            "settings": {"resamples": DRAWS, "seed": one.seed},
        }
    )


if __name__ == "__main__":
    main()
