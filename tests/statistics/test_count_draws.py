"""Drawn counts have the mean, the variance and the correlations they are drawn with."""

from __future__ import annotations

import numpy as np
import pytest

from balanstest_analysis.statistics.count_covariance import CountCovariance
from balanstest_analysis.statistics.count_draws import Correlations, draw_events

MONTHS, DRAWS = 4, 40_000
EXPOSURE = np.array([900.0, 700.0, 500.0, 300.0])
EVENTS = np.array([90.0, 60.0, 40.0, 20.0])
BINOMIAL = EVENTS * (1 - EVENTS / EXPOSURE)


def covariance(correlation: float, effect: float, outcomes: int = 1) -> CountCovariance:
    """Return one in which all months, and outcomes, are correlated alike."""
    sd = np.sqrt(effect * np.tile(BINOMIAL, outcomes))
    shared = np.full((len(sd), len(sd)), correlation)
    np.fill_diagonal(shared, 1.0)
    return CountCovariance(
        matrix=shared * np.outer(sd, sd), binomial=np.tile(BINOMIAL, outcomes), campaigns=0
    )


def normal(seed: int, names: tuple[str, ...], draws: int = DRAWS) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(seed)
    return {name: rng.standard_normal((draws, MONTHS)) for name in names}


@pytest.mark.parametrize(("correlation", "effect"), [(0.0, 1.0), (0.3, 1.0), (0.4, 3.0)])
def test_mean_variance_and_correlation_are_those_asked_for(correlation, effect):
    asked = covariance(correlation, effect)
    u = Correlations.of(["a"], asked).uniforms(normal(1, ("a",)))["a"]
    drawn = draw_events(EXPOSURE, EVENTS, asked, u)
    assert drawn.mean(axis=0) == pytest.approx(EVENTS, rel=0.01)
    assert drawn.var(axis=0) == pytest.approx(effect * BINOMIAL, rel=0.05)
    between = np.corrcoef(drawn, rowvar=False)[np.triu_indices(MONTHS, 1)]
    assert between == pytest.approx(np.full(len(between), correlation), abs=0.03)


def test_a_wider_spread_widens_the_draws_and_leaves_the_mean():
    asked = covariance(0.0, 1.0)
    u = Correlations.of(["a"], asked).uniforms(normal(1, ("a",)))["a"]
    drawn = draw_events(EXPOSURE, EVENTS, asked, u, widened=1.5)
    assert drawn.std(axis=0) == pytest.approx(1.5 * np.sqrt(BINOMIAL), rel=0.03)
    assert drawn.mean(axis=0) == pytest.approx(EVENTS, rel=0.02)


def test_outcomes_that_are_weighed_are_drawn_together():
    both = Correlations.of(["a", "b"], covariance(0.3, 1.0, outcomes=2))
    u = both.uniforms(normal(2, ("a", "b")))
    assert np.corrcoef(u["a"][:, 0], u["b"][:, 0])[0, 1] == pytest.approx(0.29, abs=0.03)


def test_an_outcome_that_is_added_moves_none_before_it():
    z = normal(3, ("a", "b"), draws=50)
    both = Correlations.of(["a", "b"], covariance(0.2, 1.0, outcomes=2))
    alone = both.at(["a"], MONTHS)
    assert both.uniforms(z)["a"] == pytest.approx(alone.uniforms(z)["a"], abs=1e-9)


def test_a_month_that_is_added_has_no_correlation_and_moves_none_before_it():
    both = Correlations.of(["a"], covariance(0.2, 1.0))
    longer = both.at(["a"], MONTHS + 1)
    z = np.random.default_rng(4).standard_normal((50, MONTHS + 1))
    found = longer.uniforms({"a": z})["a"]
    assert found[:, :MONTHS] == pytest.approx(both.uniforms({"a": z[:, :MONTHS]})["a"], abs=1e-9)
    assert not longer.matrix[-1, :-1].any()


def test_a_month_without_events_keeps_its_count():
    events = np.array([90.0, 0.0, 40.0, 20.0])
    binomial = events * (1 - events / EXPOSURE)
    asked = CountCovariance(matrix=np.diag(binomial), binomial=binomial, campaigns=0)
    u = Correlations.of(["a"], asked).uniforms(normal(5, ("a",), draws=100))["a"]
    assert not draw_events(EXPOSURE, events, asked, u)[:, 1].any()
