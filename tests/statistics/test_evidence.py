"""Evidence ends where the contacts do, and exact limits are those of the binomial."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binom, binomtest

from balanstest_analysis.statistics.evidence import (
    _fewest,
    exact_limits,
    find_last,
    find_start,
    needed_for_maximum,
    needed_for_minimum,
)


@pytest.mark.parametrize("threshold", [0.005, 0.05, 0.3])
def test_the_contacts_needed_for_a_maximum_give_the_promised_power_but_for_a_tooth(threshold):
    rng = np.random.default_rng(2)
    n = needed_for_maximum(threshold, 0.95)
    events = rng.binomial(n, threshold / 2, 4000)
    upper = exact_limits(events, np.full(4000, n), 0.95)[1]
    assert 0.75 <= (upper <= threshold).mean() <= 0.87


@pytest.mark.parametrize("rate", [0.01, 0.12])
def test_the_contacts_needed_for_a_minimum_tell_a_rate_from_half_of_it(rate):
    rng = np.random.default_rng(2)
    n = needed_for_minimum(rate, 0.95)
    lower = exact_limits(rng.binomial(n, rate, 4000), np.full(4000, n), 0.95)[0]
    assert (lower >= rate / 2).mean() == pytest.approx(0.8, abs=0.04)


@pytest.mark.parametrize(("threshold", "level"), [(0.02, 0.95), (0.3, 0.8), (0.95, 0.99)])
def test_the_contacts_needed_are_those_that_are_found_one_contact_at_a_time(threshold, level):
    def succeeds(n: int) -> bool:
        most = np.flatnonzero(binom.cdf(np.arange(n), n, threshold) <= 1 - level)
        return bool(most.size and binom.cdf(most[-1], n, threshold / 2) >= 0.8)

    fewest = next(n for n in range(1, 5000) if succeeds(n))
    assert _fewest(threshold, threshold / 2, level) == fewest


def test_a_stricter_maximum_never_needs_fewer_contacts():
    thresholds = np.geomspace(0.0005, 0.5, 400)
    needed = [needed_for_maximum(float(threshold), 0.95) for threshold in thresholds]
    assert needed == sorted(needed, reverse=True)


@pytest.mark.parametrize(("threshold", "contacts"), [(0.001, 19_439), (0.01, 1_941)])
def test_the_contacts_needed_are_those_that_were_computed_elsewhere(threshold, contacts):
    assert needed_for_maximum(threshold, 0.95) == contacts


def test_exact_limits_are_those_of_scipys_binomial_test():
    lower, upper = exact_limits(np.array([7.0]), np.array([90.0]), 0.95)
    interval = binomtest(7, 90).proportion_ci(0.9, method="exact")
    assert (lower[0], upper[0]) == pytest.approx((interval.low, interval.high))


def test_no_contacts_have_no_limits_at_all():
    lower, upper = exact_limits(np.array([0.0]), np.array([0.0]), 0.95)
    assert (lower[0], upper[0]) == (0.0, 1.0)


def last(exposure, needed=300, start=0):
    contacts = np.asarray(exposure, dtype=float)
    return find_last(contacts, np.ones(len(contacts)), start, needed)


def test_a_thin_tail_is_no_evidence():
    assert last([400.0] * 24 + [5.0] * 20) == 28


def test_windows_overlap():
    assert last([100.0] * 6 + [60.0] * 3) == 8


def test_a_long_gap_ends_the_evidence():
    assert last([400.0] * 10 + [0.0] * 4 + [400.0] * 10) == 9


def test_a_short_gap_does_not_end_the_evidence():
    assert last([400.0] * 10 + [0.0] * 3 + [400.0] * 10) == 22


def test_too_few_contacts_everywhere_are_no_evidence():
    assert last(np.full(36, 10.0)) is None


def test_repeated_calls_take_more_contacts():
    contacts = np.full(12, 60.0)
    assert find_last(contacts, np.full(12, 1.0), 0, 300) == 11
    assert find_last(contacts, np.full(12, 1.4), 0, 300) is None


def test_calling_that_starts_late_is_judged_from_there():
    assert find_start(np.array([0.0] * 12 + [400.0] * 10)) == 12


def test_a_handful_of_early_contacts_does_not_move_the_start():
    assert find_start(np.array([2.0] * 4 + [0.0] * 8 + [400.0] * 10)) == 12


def test_a_stated_month_moves_the_start_but_never_forward_in_time():
    contacts = np.full(20, 100.0)
    assert find_start(contacts, 8) == 8
    assert find_start(np.array([0.0] * 12 + [400.0] * 10), 8) == 12
    assert find_start(contacts, 20) is None
