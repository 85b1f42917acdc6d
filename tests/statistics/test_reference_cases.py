"""Published numbers, through the code that the analysis uses. Sources stand with each case."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import approx_fprime
from scipy.special import expit

from balanstest_analysis.statistics.families import CURVES
from balanstest_analysis.statistics.fisher_scoring import fit_batch, log_likelihood
from balanstest_analysis.statistics.fitting import fit_curve
from balanstest_analysis.statistics.profile_likelihood import (
    crossing_limits,
    extra_risk,
    likelihood_drop,
    reaches,
)
from balanstest_analysis.statistics.rates import rate_interval
from tests.reference_families import (
    COMMON_SLOPE,
    COMMON_START,
    PROBIT_FAMILY,
    QUANTAL_LINEAR,
    SECOND_GROUP,
    WEIBULL,
    WEIBULL_UNRESTRICTED,
)

# Newcombe (1998), Statistics in Medicine 17:857, table I: (k, n), Wilson, Clopper-Pearson
NEWCOMBE = [
    ((81, 263), (0.2553, 0.3662), (0.2527, 0.3676)),
    ((15, 148), (0.0624, 0.1605), (0.0578, 0.1617)),
    ((0, 20), (0.0000, 0.1611), (0.0000, 0.1684)),
    ((1, 29), (0.0061, 0.1718), (0.0009, 0.1776)),
]


@pytest.mark.parametrize(("counts", "wilson", "exact"), NEWCOMBE)
def test_intervals_equal_newcombes_table(counts, wilson, exact):
    k, n = counts
    lower, upper = rate_interval([k], [n])
    expected = exact if k < 5 else wilson
    assert (lower[0], upper[0]) == pytest.approx(expected, abs=5e-5)


def test_the_logistic_fit_to_bliss_beetles_equals_the_published_one():
    # Bliss (1935) as in Collett, Modelling Binary Data: 30 beetles at each of five doses
    fit = fit_curve([0, 1, 2, 3, 4], [30] * 5, [2, 8, 15, 23, 27], family="logistic")
    assert [*fit.parameters.values()] == pytest.approx([-2.3238, 1.1619], abs=5e-5)
    assert [*fit.standard_errors.values()] == pytest.approx([0.4179, 0.1814], abs=5e-5)
    assert fit.deviance == pytest.approx(0.37875, abs=5e-6)
    assert fit.rate(2.5)[0] == pytest.approx(0.6412854, abs=5e-8)


def test_the_logistic_fit_to_a_benchmark_dose_case_equals_the_published_one():
    # EPA BMDS, dichotomous example; its log-likelihood leaves the binomial coefficients out
    fit = fit_curve([0, 50, 100, 150, 200], [100] * 5, [0, 5, 30, 65, 90], family="logistic")
    assert fit.parameters["intercept"] == pytest.approx(-4.45527, rel=1e-5)
    assert fit.parameters["slope"] == pytest.approx(0.0340303, rel=1e-5)
    assert fit.deviance == pytest.approx(3.5747, abs=5e-5)
    rates = fit.rate([0, 50, 100, 150, 200])
    k = np.array([0, 5, 30, 65, 90])
    log_likelihood = (k * np.log(rates) + (100 - k) * np.log1p(-rates)).sum()
    assert log_likelihood == pytest.approx(-179.978, abs=5e-4)


def crossing(family, x, n, k, constraint, *, span, confidence_level=0.95):
    """Fit and profile a family in the way of the analysis."""
    x, n, k = (np.asarray(values, dtype=float) for values in (x, n, k))
    curve = family.bind(x, n)
    fit = fit_batch(curve, n[None], k[None])
    return crossing_limits(
        curve,
        n,
        k,
        fit.parameters[0],
        constraint,
        span=span,
        drop=likelihood_drop(confidence_level),
    )


# Benchmark dose at an extra risk of 10 %, one-sided 95 % limits: doses 0 to 200, 100 animals each
BENCHMARK_DOSES = [
    (CURVES["logistic"], 69.584, 61.189, 77.973),
    (PROBIT_FAMILY, 66.883, 58.324, 75.365),
    (QUANTAL_LINEAR, 17.679, 15.645, 20.065),
    (WEIBULL, 64.242, 55.214, 72.822),
]


@pytest.mark.parametrize(("family", "estimate", "lower", "upper"), BENCHMARK_DOSES)
def test_benchmark_doses_and_profile_limits_equal_the_published_ones(
    family, estimate, lower, upper
):
    dose = [0, 50, 100, 150, 200]
    found = crossing(family, dose, [100] * 5, [0, 5, 30, 65, 90], extra_risk(0.1), span=(0, 200))
    assert found.estimate == pytest.approx(estimate, rel=1e-3)
    assert found.lower == pytest.approx(lower, rel=1e-3)
    assert found.upper == pytest.approx(upper, rel=1e-3)


def test_an_unrestricted_weibull_equals_the_published_benchmark_dose():
    found = crossing(
        WEIBULL_UNRESTRICTED,
        [0, 0.00098, 0.0098, 0.098],
        [297, 90, 87, 148],
        [39, 24, 32, 136],
        extra_risk(0.1),
        span=(0, 0.098),
    )
    assert found.estimate == pytest.approx(0.00176634, rel=1e-3)
    assert found.lower == pytest.approx(0.00064346, rel=1e-3)
    assert found.upper == pytest.approx(0.00444518, rel=1e-3)


def test_the_crossing_of_a_fitted_logistic_curve_is_the_published_effective_dose():
    counts = [0, 1, 2, 3, 4], [30] * 5, [2, 8, 15, 23, 27]
    half = crossing(CURVES["logistic"], *counts, reaches(0.5), span=(0, 4), confidence_level=0.975)
    most = crossing(CURVES["logistic"], *counts, reaches(0.9), span=(0, 4))
    assert half.estimate == pytest.approx(2.0, abs=1e-6)
    assert most.estimate == pytest.approx(3.891070, rel=1e-5)
    # Fieller's limits are 1.63265 and 2.36735; a profile likelihood is close to them here
    assert (half.lower, half.upper) == pytest.approx((1.63265, 2.36735), abs=0.02)


def fitted(family, x, n, k):
    """Return the bound curve, its estimates and the inverse of their Fisher information."""
    x, n, k = (np.asarray(values, dtype=float) for values in (x, n, k))
    curve = family.bind(x, n)
    parameters = fit_batch(curve, n[None], k[None]).parameters[0]
    rates = curve.rates(parameters[None])
    weight = n / (rates * (1 - rates))
    information = curve.moments(parameters[None], rates, 0 * rates, weight)[1][0]
    return curve, parameters, np.linalg.inv(information)


# Venables and Ripley, Modern Applied Statistics with S, section 7.2: tobacco budworm, females
BUDWORM = [(0.25, 2.2312647, 0.2499090), (0.50, 3.2635874, 0.2297539), (0.75, 4.2959102, 0.2746875)]


@pytest.mark.parametrize(("probability", "dose", "error"), BUDWORM)
def test_the_dose_of_a_logit_model_with_two_groups_equals_the_published_one(
    probability, dose, error
):
    doses = np.arange(6.0)
    x = np.concatenate([doses, SECOND_GROUP + doses])
    k = [1, 4, 9, 13, 18, 20, 0, 2, 6, 10, 12, 16]
    _, parameters, covariance = fitted(COMMON_SLOPE, x, [20] * 12, k)
    span = SECOND_GROUP, SECOND_GROUP + 5
    found = crossing(COMMON_SLOPE, x, [20] * 12, k, reaches(probability), span=span)
    assert found.estimate - SECOND_GROUP == pytest.approx(dose, abs=1e-6)
    gradient = np.array([0.0, 1.0, dose]) / parameters[2]
    assert np.sqrt(gradient @ covariance @ gradient) == pytest.approx(error, rel=1e-4)


# Two falling curves with a common start: control 47 of 50, then 20 each at five concentrations
CONCENTRATIONS = np.array([20.0, 40, 80, 160, 320])
FALLING = (
    np.concatenate([[0.0], CONCENTRATIONS, SECOND_GROUP + CONCENTRATIONS]),
    [50] + [20] * 10,
    [47, 14, 11, 6, 9, 6, 19, 11, 8, 5, 3],
)


@pytest.mark.parametrize(("start", "concentration"), [(0.0, 16.7078), (SECOND_GROUP, 30.2458)])
def test_falling_curves_cross_a_threshold_where_published(start, concentration):
    _, parameters, _ = fitted(COMMON_START, *FALLING)
    assert 1 / (1 + np.exp(-parameters[0])) == pytest.approx(0.946215, rel=1e-4)
    span = start + 1, start + 320
    found = crossing(COMMON_START, *FALLING, reaches(0.77), span=span)
    assert found.estimate - start == pytest.approx(concentration, rel=1e-3)


def observed_covariance(curve, parameters, n, k):
    """Return the inverse of minus the Hessian, by central differences."""
    n, k, steps = np.array([n], dtype=float), np.array([k], dtype=float), np.eye(7) * 1e-3

    def value(theta):
        return log_likelihood(curve, theta[None], n, k)[0][0]

    hessian = [
        [
            value(parameters + a + b) - value(parameters + a - b)
            - value(parameters - a + b) + value(parameters - a - b)
            for a in steps
        ]
        for b in steps
    ]  # fmt: skip
    return np.linalg.inv(-np.array(hessian) / 4e-6)


# At 0.9 d, with the uncertainty of d propagated: published 90 % limits of the delta method
RELATIVE = [
    (0.0, 1, 12.7924, 1.2095, 24.3753),
    (SECOND_GROUP, 4, 25.1069, 16.6623, 33.5514),
]


@pytest.mark.parametrize(("start", "place", "concentration", "lower", "upper"), RELATIVE)
def test_a_fraction_of_the_common_start_is_reached_where_published(
    start, place, concentration, lower, upper
):
    curve, parameters, _ = fitted(COMMON_START, *FALLING)
    covariance = observed_covariance(curve, parameters, *FALLING[1:])
    start_rate, end_rate = expit(parameters[0]), expit(parameters[place + 2])

    def reached(theta):
        d, b, log_e, c = expit(theta[0]), *theta[place : place + 2], expit(theta[place + 2])
        return np.exp(log_e + np.log(-np.log(0.1 * d / (d - c))) / b)

    assert start_rate > end_rate
    found = reached(parameters)
    assert found == pytest.approx(concentration, rel=1e-3)
    gradient = approx_fprime(parameters, reached, 1e-7)
    error = 1.6448536 * np.sqrt(gradient @ covariance @ gradient)
    assert (found - error, found + error) == pytest.approx((lower, upper), rel=2e-3)
