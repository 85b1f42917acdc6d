"""Rates carry intervals that widen with repeated calls and never claim a zero."""

from __future__ import annotations

import numpy as np
import pytest

from balanstest_analysis.statistics.outcome_counts import OutcomeCounts
from balanstest_analysis.statistics.rates import design_effect, rate_interval, rate_table


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


def test_the_design_effect_is_near_one_for_independent_contacts():
    rng = np.random.default_rng(1)
    exposure = rng.integers(1, 20, (1, 64, 36))
    counts = OutcomeCounts(exposure=exposure, events=rng.binomial(exposure, 0.1))
    assert design_effect(counts) == pytest.approx(1.0, abs=0.1)


def test_the_design_effect_finds_contacts_counted_twice():
    rng = np.random.default_rng(1)
    exposure = rng.integers(1, 20, (1, 64, 36))
    doubled = OutcomeCounts(exposure=2 * exposure, events=2 * rng.binomial(exposure, 0.1))
    assert design_effect(doubled) == pytest.approx(2.0, abs=0.2)


def test_without_groups_the_design_effect_is_one():
    counts = OutcomeCounts(exposure=np.array([[[50, 60]]]), events=np.array([[[5, 6]]]))
    assert design_effect(counts) == 1.0
