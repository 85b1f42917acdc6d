"""Evidence ends where the contacts do, and exact limits are those of the binomial."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binomtest

from balanstest_analysis.statistics.evidence import contacts_needed, exact_limits, find_evidence


@pytest.mark.parametrize("threshold", [0.005, 0.05, 0.3])
def test_the_contacts_needed_give_the_promised_power(threshold):
    rng = np.random.default_rng(2)
    n = contacts_needed(threshold, 0.95, maximum=True)
    events = rng.binomial(n, threshold / 2, 4000)
    upper = exact_limits(events, np.full(4000, n), 0.95)[1]
    assert (upper <= threshold).mean() == pytest.approx(0.8, abs=0.05)


def test_exact_limits_are_those_of_scipys_binomial_test():
    lower, upper = exact_limits(np.array([7.0]), np.array([90.0]), 0.95)
    interval = binomtest(7, 90).proportion_ci(0.9, method="exact")
    assert (lower[0], upper[0]) == pytest.approx((interval.low, interval.high))


def test_no_contacts_have_no_limits_at_all():
    lower, upper = exact_limits(np.array([0.0]), np.array([0.0]), 0.95)
    assert (lower[0], upper[0]) == (0.0, 1.0)


def test_a_thin_tail_is_no_evidence():
    exposure = np.array([400.0] * 24 + [5.0] * 20)
    assert find_evidence(exposure, 300).last_month == 23


def test_a_long_gap_ends_the_evidence():
    exposure = np.array([400.0] * 10 + [0.0] * 4 + [400.0] * 10)
    assert find_evidence(exposure, 300).last_month == 9


def test_a_short_gap_does_not_end_the_evidence():
    exposure = np.array([400.0] * 10 + [0.0] * 3 + [400.0] * 10)
    assert find_evidence(exposure, 300).last_month == 22


def test_too_few_contacts_everywhere_are_no_evidence():
    evidence = find_evidence(np.full(36, 10.0), 300)
    assert (evidence.first_month, evidence.last_month) == (None, None)


def test_calling_that_starts_late_gives_evidence_that_starts_late():
    assert find_evidence(np.array([0.0] * 12 + [400.0] * 10), 300).first_month == 12
