"""The special functions give what `scipy.stats` gives, to the last bit where it matters."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from balanstest_analysis.statistics import distributions as ours

RNG = np.random.default_rng(1)
N = RNG.integers(1, 60_000, 5000).astype(float)
K = np.minimum(np.floor(RNG.random(5000) * 200), N)
WIDENED = 1 + 2 * RNG.random(5000)


@pytest.mark.parametrize("level", [0.8, 0.9, 0.95, 0.975, 0.999])
def test_quantiles_are_those_of_scipy_stats(level: float) -> None:
    k, n = K / WIDENED, N / WIDENED
    inside = n - k > 0
    a, b = k[inside] + 1, (n - k)[inside]
    np.testing.assert_array_equal(ours.beta_quantile(level, a, b), stats.beta.ppf(level, a, b))
    tail = 1 - level
    np.testing.assert_array_equal(ours.beta_upper_quantile(tail, a, b), stats.beta.isf(tail, a, b))
    assert ours.normal_quantile(level) == stats.norm.ppf(level)
    assert ours.chi2_quantile(level, 1) == stats.chi2.ppf(level, 1)
    for df in range(1, 30):
        assert ours.t_quantile(level, df) == stats.t.ppf(level, df)


def test_the_tail_of_chi_squared_is_that_of_scipy_stats() -> None:
    for df in (1, 3, 11, 30):
        for value in RNG.random(200) * 80:
            assert ours.chi2_tail(value, df) == stats.chi2.sf(value, df)


@pytest.mark.parametrize("rate", [0.0004, 0.003, 0.05, 0.4])
def test_the_tails_of_the_binomial_are_those_of_scipy_stats(rate: float) -> None:
    k = np.concatenate([K, np.arange(5.0)])
    n = np.concatenate([N, np.arange(5.0)])  # no more contacts than events
    more, most = ours.binomial_more_than(k, n, rate), ours.binomial_at_most(k, n, rate)
    np.testing.assert_array_equal(more, stats.binom.sf(k, n, rate))
    np.testing.assert_allclose(most, stats.binom.cdf(k, n, rate), rtol=0, atol=1e-11)
