"""A maximum on the whole ends before months that contradict it, however low the rate of all is."""

from __future__ import annotations

import numpy as np
import pandas as pd

from balanstest_analysis.history.month_table import COUNT_COLUMNS
from balanstest_analysis.published.names import OUTCOMES
from balanstest_analysis.term.criterion_result import CriterionResult
from balanstest_analysis.term.outcomes import analyse_outcomes, series_of
from balanstest_analysis.term.proposal import propose
from tests.counts import dossier, summed

CONTACTS, LOW, HIGH = 2000, 4, 30
THRESHOLD = 0.008


def judged(*high: int) -> CriterionResult:
    """Return what 36 months support of which these have many complaints, and the others few."""
    months = np.arange(36)
    counts = pd.DataFrame(dict.fromkeys(COUNT_COLUMNS, np.full(36, CONTACTS)))
    counts.insert(0, "campaign", "c00")
    counts.insert(1, "month", months)
    events = np.where(np.isin(months, high), HIGH, LOW)
    for outcome in OUTCOMES:
        counts[f"{outcome}_events"] = counts[f"joint_{outcome}"] = events
    stated = {"name": "Klachten", "outcome": "complaint", "threshold": THRESHOLD}
    asked = dossier([{**stated, "kind": "maximum_overall_rate"}], resamples=200)
    table = summed(counts, None, frozenset(OUTCOMES))
    [found] = propose(asked, series_of(analyse_outcomes(asked, table), table.months)).per_criterion
    return found


def test_a_term_ends_before_months_that_contradict_it_and_the_result_names_the_first() -> None:
    found = judged(26, 27, 28)
    assert (found.status, found.term_months, found.contradicted_from_month) == ("reached", 26, 26)


def test_without_them_the_rate_of_all_months_is_low_enough_to_the_end() -> None:
    found = judged()
    assert (found.status, found.term_months) == ("not_reached_in_data", 36)
    assert found.contradicted_from_month is None


def test_a_contradiction_in_the_first_half_leaves_nothing_shown() -> None:
    assert judged(9, 10, 11).status == "too_little_data"
