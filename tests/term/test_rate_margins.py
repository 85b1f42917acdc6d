"""Rates that jump from one month to the next: what each month shows by itself still counts."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from balanstest_analysis.history.month_table import COUNT_COLUMNS
from balanstest_analysis.term.criterion_result import CriterionResult
from balanstest_analysis.term.outcomes import analyse_outcomes, series_of
from balanstest_analysis.term.proposal import propose
from tests.counts import dossier, summed

FEW_OBJECTIONS = {
    "kind": "maximum_rate",
    "name": "last",
    "outcome": "objection",
    "threshold": 0.3,
}


def judged(criterion, contacts, rates) -> CriterionResult:
    contacts, rates = np.broadcast_arrays(np.asarray(contacts), np.asarray(rates))
    frame = pd.DataFrame(dict.fromkeys(COUNT_COLUMNS, contacts))
    frame.insert(0, "campaign", "c")
    frame.insert(1, "month", np.arange(len(rates)))
    outcome = criterion["outcome"]
    frame[f"{outcome}_events"] = np.round(contacts * rates).astype(int)
    table = summed(frame, None, available=frozenset({outcome}))
    asked = dossier([criterion])
    series = series_of(analyse_outcomes(asked, table), table.months)
    return propose(asked, series).per_criterion[0]


def step(at, before, after, months=24):
    return np.where(np.arange(months) < at, before, after)


@pytest.mark.parametrize("month", [1, 2, 3, 4, 5, 6])
@pytest.mark.parametrize("contacts", [20, 500, 2000])
def test_objections_that_jump_in_a_month_end_the_term_there_however_early(month, contacts):
    found = judged(FEW_OBJECTIONS, contacts, step(month, 0.0, 1.0))
    assert (found.status, found.term_months) == ("reached", month)


def test_a_start_that_shows_nothing_by_itself_does_not_save_the_months_after_it():
    contacts = np.where(np.arange(24) == 0, 8, 500)
    found = judged(FEW_OBJECTIONS, contacts, step(1, 0.0, 1.0))
    assert found.status == "fails_from_start"
