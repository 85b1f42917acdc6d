"""The month table turns counts into arrays whose order follows from what was counted."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from balanstest_analysis.errors import DataError
from balanstest_analysis.history.month_table import COUNT_COLUMNS, KEYS, MonthTable
from balanstest_analysis.term.outcomes import analyse_outcomes
from tests.counts import dossier, month_table

EMPTY = MonthTable(
    frame=pd.DataFrame({name: np.array([], dtype=np.int64) for name in (*KEYS, *COUNT_COLUMNS)}),
    available=frozenset({"conversion"}),
)


def test_a_table_without_a_row_counts_nothing():
    assert EMPTY.months == 0
    assert EMPTY.outcome("conversion").exposure.sum() == 0


def test_a_table_without_a_row_is_refused_with_what_to_do():
    criterion = {"name": "baat", "kind": "minimum_rate", "outcome": "conversion", "threshold": 0.1}
    with pytest.raises(DataError, match="balanstest check"):
        analyse_outcomes(dossier([criterion]), EMPTY)


def test_the_arrays_hold_every_count_once():
    table = month_table(
        np.random.default_rng(1),
        {"conversion": lambda month: 0.1 + 0 * month},
        contacts=3_000,
        campaigns=3,
        months=30,
    )
    counts = table.outcome("conversion")
    assert counts.exposure.shape == (3, 30)
    by_month = table.frame.groupby("month")["conversion_events"].sum()
    assert counts.events_by_month.tolist() == by_month.tolist()
