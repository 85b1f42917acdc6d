"""The covariance of counts is that of customers and campaigns, computed in other ways too."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm
from scipy.special import expit

from balanstest_analysis.statistics.count_covariance import (
    CountCovariance,
    campaign_factor,
    count_covariance,
    widening,
)
from balanstest_analysis.statistics.customer_products import Products
from balanstest_analysis.statistics.families import CURVES
from balanstest_analysis.statistics.fit_data import FitData
from balanstest_analysis.statistics.fitting import fit_family
from balanstest_analysis.statistics.floats import Floats
from balanstest_analysis.statistics.outcome_counts import OutcomeCounts

MONTHS = 6


def called(
    seed: int, *, customers: int = 300, calls: int = 8, campaigns: int = 4, sd: float = 1.0
) -> tuple[Floats, Floats, Floats, Floats]:
    """Return customer, campaign, month and event of every contact."""
    rng = np.random.default_rng(seed)
    customer = np.repeat(np.arange(customers), calls)
    campaign = rng.integers(campaigns, size=len(customer))
    month = rng.integers(MONTHS, size=len(customer))
    own, shared = rng.normal(0, sd, customers), rng.normal(0, 0.4, campaigns)
    odds = -1.5 - 0.1 * month + own[customer] + shared[campaign]
    return customer, campaign, month, rng.random(len(customer)) < expit(odds)


def cells(unit: Floats, month: Floats, event: Floats) -> tuple[Floats, Floats]:
    """Return contacts and events per unit and month."""
    shape = (int(unit.max()) + 1, MONTHS)
    exposure, events = np.zeros(shape, int), np.zeros(shape, int)
    np.add.at(exposure, (unit, month), 1)
    np.add.at(events, (unit, month), event)
    return exposure, events


def counts_of(customer: Floats, campaign: Floats, month: Floats, event: Floats) -> OutcomeCounts:
    """Return the counts of contacts, with the sums over customers."""
    exposure, events = cells(campaign, month, event)
    both = customer * (int(campaign.max()) + 1) + campaign
    return OutcomeCounts(
        exposure=exposure,
        events=events,
        customers=Products.of(*cells(customer, month, event)),
        cells=Products.of(*cells(both, month, event)),
    )


def test_the_covariance_is_the_sum_over_pairs_of_contacts_that_share_a_customer_or_campaign() -> (
    None
):
    customer, campaign, month, event = called(1, customers=40, calls=5)
    found = count_covariance(counts_of(customer, campaign, month, event)).matrix
    rate = np.array([event[month == m].mean() for m in range(MONTHS)])
    residual = event - rate[month]
    expected = np.zeros((MONTHS, MONTHS))
    sizes = np.bincount(campaign)
    shares = sizes / sizes.sum()
    kept = 1 - (shares**2).sum()
    squares = sum(
        size**2 * ((1 - share) ** 2 + (shares**2).sum() - share**2)
        for size, share in zip(sizes, shares, strict=True)
    )
    factor = (sizes**2).sum() / squares
    for i in range(len(event)):
        for j in range(len(event)):
            same_customer, same_campaign = customer[i] == customer[j], campaign[i] == campaign[j]
            both = same_customer and same_campaign
            weight = same_customer + factor * (float(same_campaign) - kept * both)
            expected[month[i], month[j]] += weight * residual[i] * residual[j]
    values, vectors = np.linalg.eigh(expected)
    np.testing.assert_allclose(found, vectors * np.maximum(values, 0) @ vectors.T, atol=1e-9)


def test_standard_errors_are_those_of_statsmodels_with_clusters_of_customers() -> None:
    customer, campaign, month, event = called(2, campaigns=1)
    counts = counts_of(customer, campaign, month, event)
    data = FitData(
        months=np.arange(MONTHS, dtype=float),
        exposure=counts.exposure_by_month.astype(float),
        events=counts.events_by_month.astype(float),
        customers=counts.customers,
    )
    ours = fit_family(CURVES["logistic"], data)
    design = sm.add_constant(month.astype(float))
    model = sm.GLM(event.astype(float), design, family=sm.families.Binomial())
    theirs = model.fit(
        cov_type="cluster", cov_kwds={"groups": customer, "use_correction": False}, tol=1e-12
    )
    np.testing.assert_allclose([*ours.standard_errors.values()], theirs.bse, rtol=1e-6)


def test_contacts_of_different_customers_have_the_variance_of_chance() -> None:
    rng = np.random.default_rng(3)
    month, event = rng.integers(MONTHS, size=4000), rng.random(4000) < 0.1
    counts = counts_of(np.arange(4000), np.zeros(4000, int), month, event)
    found = count_covariance(counts)
    np.testing.assert_allclose(np.diag(found.matrix), found.binomial)
    assert found.overall_effect == pytest.approx(1)


@pytest.mark.parametrize("months", [1, 3, 6, 36])
def test_the_effect_of_a_window_is_that_of_a_world_in_which_it_is_known(months: int) -> None:
    """Half of the customers buy in 2 % of their 20 calls in 36 months, half in 18 %.

    Two calls of one customer then have the correlation .0064 / .09, and the effect of a window is
    1 + that, times 19 other calls, times the share of the window.
    """
    average, single = np.mean([_window_effects(seed, months) for seed in range(25)], axis=0)
    known = 1 + 0.0064 / 0.09 * 19 * months / 36
    assert average - 1 == pytest.approx(known - 1, rel=0.15, abs=0.015)
    assert known - 0.015 <= single <= known + 0.05


def test_a_window_without_events_has_the_effect_of_windows_of_its_length_on_average() -> None:
    covariance = CountCovariance(
        matrix=np.diag([4.0, 0.0, 2.0]), binomial=np.array([2.0, 0.0, 2.0]), campaigns=0
    )
    assert covariance.run_effects(1).tolist() == [2.0, 1.5, 1.5]


def test_doubled_counts_double_the_effect_of_every_window() -> None:
    """A month that is found to vary less than chance would not be trusted more for it."""
    rng = np.random.default_rng(5)
    part = rng.poisson(1.0, (40, 12)).astype(float)
    matrix, chance = 1.3 * np.cov(part.T), np.full(12, 1.0)
    once = CountCovariance(matrix=matrix, binomial=chance, campaigns=0)
    twice = CountCovariance(matrix=4 * matrix, binomial=2 * chance, campaigns=0)
    assert min(np.diag(matrix)) < 1 < once.average_effect(1)
    for length in (1, 3, 6):
        np.testing.assert_allclose(twice.run_effects(length), 2 * once.run_effects(length))


def _window_effects(seed: int, months: int) -> tuple[float, float]:
    rng = np.random.default_rng(seed)
    customers, calls, span = 1000, 20, 36
    customer = np.repeat(np.arange(customers), calls)
    month = rng.integers(span, size=len(customer))
    event = rng.random(len(customer)) < np.where(customer % 2, 0.18, 0.02)
    n, k = np.zeros((customers, span)), np.zeros((customers, span))
    np.add.at(n, (customer, month), 1)
    np.add.at(k, (customer, month), event)
    counts = OutcomeCounts(
        exposure=n.sum(axis=0, keepdims=True).astype(int),
        events=k.sum(axis=0, keepdims=True).astype(int),
        customers=Products.of(n, k),
    )
    covariance = count_covariance(counts)
    starts = range(0, span - months + 1, months)
    single = np.mean([covariance.window_effect(s, s + months - 1) for s in starts])
    return covariance.average_effect(months), float(single)


def test_two_campaigns_tell_nothing_of_their_spread() -> None:
    assert count_covariance(counts_of(*called(4, campaigns=2))).campaigns == 0


def test_one_campaign_that_is_nearly_all_tells_nothing_of_their_spread() -> None:
    customer, campaign, month, event = called(4, campaigns=40)
    rare = np.where(campaign < 38, 0, campaign - 37)
    assert len(np.unique(rare)) == 3
    assert count_covariance(counts_of(customer, rare, month, event)).campaigns == 0


@pytest.mark.parametrize("sizes", [(1, 1, 1), (1, 2, 3, 1), (1, 2, 3, 1, 2, 3), (6, 1, 1, 1)])
def test_what_campaigns_add_is_unbiased_whatever_their_sizes(sizes: tuple[int, ...]) -> None:
    """Effects of sd .05 on a rate of .3 add their variance times the sum of squared sizes."""
    n = 4000 * np.array(sizes)
    known = 0.05**2 * (n**2).sum() + n.sum() * 0.3 * 0.7
    rng = np.random.default_rng(6)
    found = []
    for _ in range(3000):
        rate = 0.3 + rng.normal(0, 0.05, len(n))
        counts = OutcomeCounts(exposure=n[:, None], events=rng.binomial(n, rate)[:, None])
        factor, part = campaign_factor(counts.exposure)
        pooled = counts.events.sum() / n.sum()
        squares = ((counts.events[:, 0] - n * pooled) ** 2).sum()
        chance = n.sum() * pooled * (1 - pooled)
        found.append(chance + factor * (squares - part * chance))
    assert np.mean(found) == pytest.approx(known, rel=0.08)


def test_limits_are_wider_with_three_campaigns_than_with_nine() -> None:
    factors = [widening(campaigns, 0.95) for campaigns in range(3, 11)]
    assert factors == sorted(factors, reverse=True)
    assert factors[-1] == 1


def test_a_window_without_chance_has_no_effect() -> None:
    nothing = CountCovariance(matrix=np.zeros((2, 2)), binomial=np.zeros(2), campaigns=0)
    assert nothing.overall_effect == 1
