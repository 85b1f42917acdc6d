"""What must hold whatever was counted, checked on generated month tables."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit

from balanstest_analysis.history.month_table import COUNT_COLUMNS
from balanstest_analysis.statistics.fitting import fit_curve
from balanstest_analysis.term.outcomes import analyse_outcomes, series_of
from balanstest_analysis.term.proposal import propose, propose_term
from tests.counts import dossier, month_table

BENEFIT = {"name": "baat", "kind": "minimum_rate", "outcome": "conversion"}
BURDEN = {"name": "last", "kind": "maximum_rate", "outcome": "objection"}
generated = settings(max_examples=12, deadline=None, derandomize=True)


FEW_OR_MANY = st.sampled_from([1, 7])
KNOWN_OR_NOT = st.sampled_from([64, 1])


@st.composite
def tables(draw, campaigns=FEW_OR_MANY, customers=KNOWN_OR_NOT):
    start, slope = draw(st.floats(0.03, 0.3)), draw(st.floats(-0.08, 0.05))
    rise = draw(st.floats(-0.03, 0.08))
    return month_table(
        np.random.default_rng(draw(st.integers(0, 10**6))),
        {
            "conversion": lambda month: np.clip(start * np.exp(slope * month), 1e-4, 0.9),
            "objection": lambda month: expit(-3.2 + rise * month),
        },
        contacts=draw(st.sampled_from([600, 5_000, 40_000])),
        months=draw(st.sampled_from([8, 30, 48])),
        campaigns=draw(campaigns),
        groups=draw(customers),
        group_sd=draw(st.sampled_from([0.0, 0.4])),
    )


thresholds = st.floats(0.02, 0.2)


def proposal_of(table, *criteria):
    asked = dossier(list(criteria), resamples=200)
    return propose(asked, series_of(analyse_outcomes(asked, table), table.months))


def remade(table, frame):
    return replace(table, frame=frame)


@generated
@given(table=tables(), threshold=thresholds, factor=st.floats(1.01, 3))
def test_a_stricter_threshold_never_gives_a_longer_proposed_term(table, threshold, factor):
    lenient = proposal_of(table, {**BENEFIT, "threshold": threshold})
    strict = proposal_of(table, {**BENEFIT, "threshold": min(threshold * factor, 0.95)})
    assert_not_longer(strict, lenient)


@generated
@given(table=tables(), threshold=thresholds, limit=thresholds)
def test_an_added_criterion_never_gives_a_longer_term(table, threshold, limit):
    alone = proposal_of(table, {**BENEFIT, "threshold": threshold})
    both = proposal_of(table, {**BENEFIT, "threshold": threshold}, {**BURDEN, "threshold": limit})
    assert_not_longer(both, alone)


@generated
@given(table=tables(), threshold=thresholds, seed=st.integers(0, 100))
def test_rows_and_campaigns_may_come_in_any_order_and_name(table, threshold, seed):
    rng = np.random.default_rng(seed)
    frame = table.frame.sample(frac=1, random_state=seed).reset_index(drop=True)
    names = np.unique(frame["campaign"])
    other = dict(zip(names, rng.permutation(names), strict=True))
    renamed = frame.assign(campaign=frame["campaign"].map(other))
    criterion = {**BENEFIT, "threshold": threshold}
    assert proposal_of(table, criterion) == proposal_of(remade(table, renamed), criterion)


@generated
@given(table=tables(), threshold=thresholds, cap=st.integers(1, 40))
def test_the_proposal_stays_within_evidence_and_cap(table, threshold, cap):
    result = proposal_of(table, {**BENEFIT, "threshold": threshold}).per_criterion[0]
    if result.term_months is not None:
        assert result.term_months <= result.last_month_with_evidence + 1
    capped = propose_term([result], cap_months=cap, confidence_level=0.95)
    assert (capped.term_months or 0) <= cap


def as_expected(frame):
    """Return the counts with the conversions that a logistic curve through them expects."""
    by_month = frame.groupby("month")[["conversion_exposure", "conversion_events"]].sum()
    fit = fit_curve(by_month.index, by_month.iloc[:, 0], by_month.iloc[:, 1])
    ordered = frame.sort_values("month").reset_index(drop=True)
    rate = fit.rate(np.arange(by_month.index.max() + 1))[ordered["month"]]
    whole = np.round(np.cumsum(ordered["conversion_exposure"] * rate)).astype(int)
    return ordered.assign(conversion_events=np.diff(whole, prepend=0))


@generated
@given(table=tables(campaigns=st.just(1), customers=st.just(1)), threshold=thresholds)
def test_ten_times_the_data_never_lowers_the_limit_by_more_than_a_month(table, threshold):
    """The counts are those expected of a month: ten times a chance deviation is none any more."""
    expected = as_expected(table.frame)
    more = expected.copy()
    more[list(COUNT_COLUMNS)] *= 10
    criterion = {**BENEFIT, "threshold": threshold}
    little = proposal_of(remade(table, expected), criterion).per_criterion[0]
    much = proposal_of(remade(table, more), criterion).per_criterion[0]
    if little.term_months is not None:
        assert (much.term_months or 0) >= little.term_months - 1


@generated
@given(table=tables(), threshold=thresholds, limit=thresholds)
def test_an_outcome_left_out_never_gives_a_longer_term(table, threshold, limit):
    criteria = {**BENEFIT, "threshold": threshold}, {**BURDEN, "threshold": limit}
    whole = proposal_of(table, *criteria)
    less = proposal_of(replace(table, available=frozenset({"conversion"})), *criteria)
    assert_not_longer(less, whole)


def assert_not_longer(other, proposal):
    """Nor may there be a number where there was none."""
    assert (other.term_months or 0) <= (proposal.term_months or 0)


@pytest.mark.parametrize("months", [1, 2, 3])
def test_a_history_of_a_few_months_ends_in_a_named_status(months):
    table = month_table(
        np.random.default_rng(1),
        {"conversion": lambda month: 0.1 + 0 * month},
        contacts=2_000,
        months=months,
    )
    assert proposal_of(table, {**BENEFIT, "threshold": 0.05}).status == "proposed"
