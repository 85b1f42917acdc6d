"""Rates carry intervals that widen with repeated calls and never claim a zero."""

from __future__ import annotations

import numpy as np
import pytest

from balanstest_analysis.statistics.rates import rate_interval, rate_table


def test_a_design_effect_widens_the_interval_and_leaves_the_counts():
    plain = rate_table([1000], [60])
    widened = rate_table([1000], [60], design_effect=2.0)
    assert widened["n"][0] == 1000
    assert widened["k"][0] == 60
    assert widened["rate_lower"][0] < plain["rate_lower"][0]
    assert widened["rate_upper"][0] > plain["rate_upper"][0]


def test_a_design_effect_of_two_equals_half_the_data():
    widened = np.ravel(rate_interval([60], [1000], design_effect=2.0))
    assert widened == pytest.approx(np.ravel(rate_interval([30], [500])))


def test_zero_events_give_an_upper_limit_above_zero():
    row = rate_table([200], [0]).iloc[0]
    assert row["rate"] == 0
    assert row["rate_upper"] == pytest.approx(1 - 0.025 ** (1 / 200))


def test_months_without_contacts_have_no_row():
    assert rate_table([10, 0, 10], [1, 0, 1])["month_from"].tolist() == [0, 2]
