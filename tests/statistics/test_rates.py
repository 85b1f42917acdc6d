"""Rates carry intervals that widen with repeated calls and never claim a zero."""

from __future__ import annotations

import numpy as np
import pytest
from statsmodels.stats.proportion import proportion_confint

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


@pytest.mark.parametrize("level", [0.8, 0.9, 0.95, 0.99])
def test_limits_are_those_of_statsmodels_to_the_last_bit(level: float) -> None:
    rng = np.random.default_rng(5)
    n = rng.integers(1, 5000, 3000).astype(float)
    k = np.minimum(np.where(rng.random(3000) < 0.5, rng.integers(0, 8, 3000), n), n)
    k[::3] = np.floor(rng.random(1000) * (n[::3] + 1))
    effect = 1 + rng.random(3000)
    scaled = k / effect, n / effect
    wilson, exact = (
        proportion_confint(*scaled, alpha=1 - level, method=method) for method in ("wilson", "beta")
    )
    few = np.minimum(k, n - k) < 5
    lower, upper = rate_interval(k, n, confidence_level=level, design_effect=effect)
    expected = [np.where(few, one, other) for one, other in zip(exact, wilson, strict=True)]
    np.testing.assert_array_equal(lower, np.clip(expected[0], 0, k / n))
    np.testing.assert_array_equal(upper, np.clip(expected[1], k / n, 1))
