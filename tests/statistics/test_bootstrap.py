"""Resamples keep what was counted on average, and spread as customers and campaigns do."""

from __future__ import annotations

import numpy as np
import pytest

from balanstest_analysis.statistics.bootstrap import campaign_effect, resample_counts
from balanstest_analysis.statistics.outcome_counts import OutcomeCounts


def made(campaigns=1, groups=64, *, doubled=False, campaign_sd=0.0):
    rng = np.random.default_rng(9)
    exposure = rng.integers(20, 40, (campaigns, groups, 12))
    effect = np.exp(rng.normal(0, campaign_sd, (campaigns, 1, 1)))
    events = rng.binomial(exposure, np.clip(0.1 * effect, 0, 1))
    scale = 2 if doubled else 1
    return OutcomeCounts(exposure=scale * exposure, events=scale * events)


def drawn(counts, *, dispersion=1.0, has_groups=True, resamples=4000):
    series = {"conversion": counts}
    rng = np.random.default_rng(1)
    return resample_counts(
        series, {"conversion": dispersion}, resamples=resamples, has_groups=has_groups, rng=rng
    )["conversion"]


def spread(resampled):
    return (resampled.events.sum(axis=1) / resampled.exposure.sum(axis=1)).std()


def binomial_spread(counts):
    n, k = counts.exposure.sum(), counts.events.sum()
    return np.sqrt(k / n * (1 - k / n) / n)


@pytest.mark.parametrize(("campaigns", "has_groups"), [(1, True), (10, True), (1, False)])
def test_the_mean_over_resamples_is_what_was_counted(campaigns, has_groups):
    counts = made(campaigns, groups=64 if has_groups else 1)
    resampled = drawn(counts, has_groups=has_groups)
    assert resampled.exposure.mean(axis=0) == pytest.approx(counts.exposure_by_month, rel=0.02)
    assert resampled.events.mean(axis=0) == pytest.approx(counts.events_by_month, rel=0.03)


@pytest.mark.parametrize("campaigns", [1, 10])
def test_independent_contacts_spread_like_a_binomial(campaigns):
    counts = made(campaigns)
    assert spread(drawn(counts)) == pytest.approx(binomial_spread(counts), rel=0.35)


def test_customers_called_twice_spread_more_than_a_binomial():
    counts = made(doubled=True)
    assert spread(drawn(counts)) == pytest.approx(np.sqrt(2) * binomial_spread(counts), rel=0.3)


def test_campaigns_that_differ_widen_the_spread():
    counts = made(12, campaign_sd=0.5)
    assert campaign_effect(counts) > 3
    assert spread(drawn(counts)) > 1.8 * binomial_spread(counts)


def test_dispersion_divides_the_counts_and_widens_the_spread():
    counts = made()
    plain, widened = drawn(counts), drawn(counts, dispersion=4.0)
    assert widened.exposure.mean() == pytest.approx(plain.exposure.mean() / 4, rel=0.05)
    assert spread(widened) == pytest.approx(2 * spread(plain), rel=0.2)


def test_dispersion_thins_counts_without_groups():
    counts = made(groups=1)
    widened = drawn(counts, dispersion=4.0, has_groups=False)
    assert widened.exposure.mean(axis=0) == pytest.approx(counts.exposure_by_month / 4, rel=0.05)


def test_outcomes_are_drawn_with_the_same_customers():
    counts = made()
    rng = np.random.default_rng(1)
    series = {"conversion": counts, "objection": counts}
    both = resample_counts(
        series, dict.fromkeys(series, 1.0), resamples=50, has_groups=True, rng=rng
    )
    assert np.array_equal(both["conversion"].events, both["objection"].events)
