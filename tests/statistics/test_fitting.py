"""Fits agree with independent computations, and every failure has a name."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.special import expit
from statsmodels.genmod import families
from statsmodels.genmod.generalized_linear_model import GLM

from balanstest_analysis.errors import FitError
from balanstest_analysis.statistics.customer_products import Products
from balanstest_analysis.statistics.families import CURVES
from balanstest_analysis.statistics.fisher_scoring import fit_batch
from balanstest_analysis.statistics.fit_data import FitData
from balanstest_analysis.statistics.fitting import fit_curve, fit_family

MONTHS = np.arange(36.0)
EXPOSURE = np.full(36, 800.0)
EVENTS = np.random.default_rng(3).binomial(800, 0.02 + 0.14 * np.exp(-0.046 * MONTHS)).astype(float)
LINEAR = [name for name in CURVES if name != "floor"]


def statsmodels_fit(curve, exposure, events, **kwargs):
    link = getattr(families.links, curve.link.name)()
    response = np.column_stack([events, exposure - events])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # statsmodels warns that a log link has no upper bound
        model = GLM(response, curve.design, family=families.Binomial(link=link))
        return model.fit(tol=1e-13, maxiter=500, **kwargs)


@pytest.mark.parametrize("family", LINEAR)
def test_batched_scoring_agrees_with_statsmodels(family):
    curve = CURVES[family].bind(MONTHS, EXPOSURE)
    batch = fit_batch(curve, EXPOSURE[None], EVENTS[None])
    assert batch.converged.all()
    expected = statsmodels_fit(curve, EXPOSURE, EVENTS).params
    assert batch.parameters[0] == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("family", CURVES)
def test_a_batch_gives_each_row_what_it_would_get_alone(family):
    rng = np.random.default_rng(4)
    events = rng.binomial(800, EVENTS / 800, size=(5, 36)).astype(float)
    exposure = np.tile(EXPOSURE, (5, 1))
    curve = CURVES[family].bind(MONTHS, EXPOSURE)
    together = fit_batch(curve, exposure, events)
    for row in range(5):
        alone = fit_batch(curve, exposure[row : row + 1], events[row : row + 1])
        assert together.log_likelihood[row] == pytest.approx(alone.log_likelihood[0], abs=1e-6)


def test_the_floor_agrees_with_an_independent_optimiser():
    fit = fit_curve(MONTHS, EXPOSURE, EVENTS, family="floor")

    def loss(theta):
        start, floor = expit(theta[:2])
        rate = floor + (start - floor) * np.exp(-np.exp(theta[2]) * MONTHS)
        return -(EVENTS * np.log(rate) + (EXPOSURE - EVENTS) * np.log1p(-rate)).sum()

    found = minimize(
        loss,
        [-2.0, -3.0, -3.0],
        method="Nelder-Mead",
        options={"xatol": 1e-9, "fatol": 1e-9, "maxiter": 5000},
    )
    assert [*fit.parameters.values()] == pytest.approx(found.x, abs=1e-4)


@pytest.mark.parametrize("family", LINEAR)
def test_errors_deviance_and_aic_are_those_of_statsmodels(family):
    fit = fit_curve(MONTHS, EXPOSURE, EVENTS, family=family)
    expected = statsmodels_fit(fit.curve, EXPOSURE, EVENTS)
    assert [*fit.model_standard_errors.values()] == pytest.approx(expected.bse, rel=1e-6)
    assert fit.deviance == pytest.approx(expected.deviance, rel=1e-8)
    assert fit.df == expected.df_resid
    assert fit.aic == pytest.approx(expected.aic, rel=1e-8)


def test_robust_errors_are_the_cluster_sandwich_of_statsmodels():
    rng = np.random.default_rng(5)
    groups, months = 20, 12
    exposure = rng.integers(5, 40, (groups, months)).astype(float)
    effect = rng.normal(0, 0.6, (groups, 1))
    events = rng.binomial(exposure.astype(int), expit(-2 - 0.05 * np.arange(months) + effect))
    data = FitData(
        months=np.arange(float(months)),
        exposure=exposure.sum(axis=0),
        events=events.sum(axis=0).astype(float),
        customers=Products.of(exposure, events),
    )
    fit = fit_family(CURVES["logistic"], data)
    design = np.column_stack([np.ones(groups * months), np.tile(np.arange(months), groups)])
    response = np.column_stack([events.ravel(), (exposure - events).ravel()])
    labels = np.repeat(np.arange(groups), months)
    expected = GLM(response, design, family=families.Binomial()).fit(
        cov_type="cluster", cov_kwds={"groups": labels, "use_correction": False}
    )
    assert [*fit.standard_errors.values()] == pytest.approx(expected.bse, rel=1e-5)
    assert fit.standard_errors["intercept"] > fit.model_standard_errors["intercept"]


def test_no_events_exclude_every_family_by_name():
    fits = [fit_curve(MONTHS, EXPOSURE, 0 * EVENTS, family=family) for family in CURVES]
    assert {fit.status for fit in fits} == {"zero_events"}
    assert all(not fit.parameters and fit.aic is None for fit in fits)


def test_one_month_of_data_leaves_only_the_constant():
    fits = {family: fit_curve([3], [500], [40], family=family) for family in CURVES}
    assert fits["constant"].status == "ok"
    others = {fit.status for family, fit in fits.items() if family != "constant"}
    assert others == {"too_few_months"}


def test_perfectly_separated_months_are_named_and_excluded():
    fit = fit_curve([0, 1, 2, 3], [50] * 4, [0, 0, 50, 50], family="logistic")
    assert fit.status in {"separated", "not_converged"}
    assert fit.standard_errors == {}


def test_a_floor_that_equals_its_start_is_named_and_excluded_without_a_warning():
    fit = fit_curve(np.arange(24), [2000] * 24, [104] * 24, family="floor")
    assert fit.status == "separated"


def test_a_rate_outside_the_observed_months_is_refused():
    fit = fit_curve(MONTHS, EXPOSURE, EVENTS)
    with pytest.raises(FitError, match="reach from 0 to 35"):
        fit.rate(36)


@pytest.mark.parametrize(
    ("exposure", "events"), [([10, 10], [11, 0]), ([10, 10], [-1, 0]), ([0, 0], [0, 0])]
)
def test_counts_that_are_no_counts_are_refused(exposure, events):
    with pytest.raises(FitError):
        fit_curve([0, 1], exposure, events)


def test_an_unknown_family_is_refused_with_the_known_ones():
    with pytest.raises(FitError, match="constant, exponential"):
        fit_curve([0, 1], [10, 10], [1, 1], family="cubic")


def test_a_curve_of_the_right_family_fits_well_and_a_wrong_one_does_not():
    rng = np.random.default_rng(6)
    events = rng.binomial(5000, 0.15 * np.exp(-0.08 * MONTHS))
    exposure = np.full(36, 5000)
    assert fit_curve(MONTHS, exposure, events, family="exponential").p_value > 0.01
    assert fit_curve(MONTHS, exposure, events, family="constant").p_value < 1e-6


def test_a_floor_that_the_data_do_not_hold_stays_in_its_box():
    rng = np.random.default_rng(8)
    family = CURVES["floor"]
    exposure = np.tile(EXPOSURE, (200, 1))
    events = rng.binomial(800, 0.08, size=exposure.shape).astype(float)
    box = family.bounds(MONTHS)
    batch = fit_batch(family.bind(MONTHS, EXPOSURE), exposure, events, None, box, 1e-4)
    assert batch.converged.mean() > 0.95
    assert (batch.parameters >= box.low).all()
    assert (batch.parameters <= box.high).all()
    constant = fit_batch(CURVES["constant"].bind(MONTHS, EXPOSURE), exposure, events)
    assert (batch.log_likelihood >= constant.log_likelihood - 1e-2).all()


def test_a_large_batch_is_multiplied_as_a_small_one_is():
    curve = CURVES["spline6"].bind(MONTHS, EXPOSURE)
    parameters = np.random.default_rng(9).normal(-3, 0.3, (3001, 6))
    whole = curve.rates(parameters)
    assert whole == pytest.approx(expit(np.einsum("bp,mp->bm", parameters, curve.design)))
