"""From counts with a known truth to the proposal; the limit stays on the safe side of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.special import expit

from balanstest_analysis.term.outcomes import analyse_outcomes, series_of
from balanstest_analysis.term.proposal import propose
from tests.counts import dossier, month_table

CONVERSION = {"name": "baat", "kind": "minimum_rate", "outcome": "conversion", "threshold": 0.06}
OBJECTION = {"name": "last", "kind": "maximum_rate", "outcome": "objection", "threshold": 0.066}
COMPLAINT = {"name": "klacht", "kind": "maximum_rate", "outcome": "complaint", "threshold": 0.01}


def decay(month):
    return 0.02 + 0.14 * np.exp(-np.log(2) / 15 * month)


def rise(month):
    return expit(-3.4 + 0.04 * month)


def rare(month):
    return 0.001 + 0 * month


CURVES = {"conversion": decay, "objection": rise, "complaint": rare}


def proposal_of(table, criteria, **settings):
    asked = dossier(criteria, **settings)
    outcomes = analyse_outcomes(asked, table)
    return propose(asked, series_of(outcomes, table.months))


def true_term(curve, threshold, *, maximum):
    rate = curve(np.arange(200.0))
    return int(np.argmax(rate > threshold if maximum else rate < threshold))


@pytest.mark.parametrize("campaigns", [1, 12])
def test_the_lower_limit_is_below_the_truth_and_the_estimate_near_it(campaigns):
    table = month_table(
        np.random.default_rng(7), CURVES, contacts=60_000, campaigns=campaigns, campaign_sd=0.05
    )
    proposal = proposal_of(table, [CONVERSION, OBJECTION, COMPLAINT])
    baat, last, klacht = proposal.per_criterion
    assert baat.status == last.status == "reached"
    assert baat.term_months <= true_term(decay, 0.06, maximum=False)
    assert last.term_months <= true_term(rise, 0.066, maximum=True)
    assert baat.crossing == pytest.approx(true_term(decay, 0.06, maximum=False), abs=3)
    assert klacht.status == "not_reached_in_data"


def test_counts_without_customers_are_drawn_binomially():
    table = month_table(np.random.default_rng(7), CURVES, contacts=60_000, groups=1)
    proposal = proposal_of(table, [CONVERSION])
    assert proposal.status == "proposed"
    assert proposal.term_months <= true_term(decay, 0.06, maximum=False)


def test_the_same_seed_gives_the_same_proposal():
    table = month_table(np.random.default_rng(7), CURVES, contacts=20_000)
    assert proposal_of(table, [CONVERSION, OBJECTION]) == proposal_of(
        table, [CONVERSION, OBJECTION]
    )


def test_zero_complaints_hold_only_if_the_exact_limit_does():
    none = {**CURVES, "complaint": lambda month: 0 * month}
    table = month_table(np.random.default_rng(7), none, contacts=20_000)
    assert table.frame["complaint_events"].sum() == 0
    enough = proposal_of(table, [COMPLAINT]).per_criterion[0]
    assert enough.status == "not_reached_in_data"
    strict = proposal_of(table, [{**COMPLAINT, "threshold": 1e-4}]).per_criterion[0]
    assert strict.status == "too_little_data"


def test_few_contacts_say_so_instead_of_guessing():
    table = month_table(np.random.default_rng(7), CURVES, contacts=300)
    result = proposal_of(table, [OBJECTION]).per_criterion[0]
    assert result.status == "too_little_data"
    assert result.contacts_needed > 0


def test_an_outcome_without_data_leaves_the_proposal_open():
    table = month_table(np.random.default_rng(7), {"conversion": decay}, contacts=40_000)
    proposal = proposal_of(table, [CONVERSION, OBJECTION])
    assert (proposal.status, proposal.term_months) == ("undetermined", None)
    assert proposal.untested == ("last",)


def test_a_ratio_is_tested_outside_its_reference_months():
    ratio = {
        "name": "verhouding",
        "kind": "maximum_ratio",
        "outcome": "objection",
        "factor": 1.5,
        "reference_months": [0, 11],
    }
    table = month_table(np.random.default_rng(7), CURVES, contacts=80_000)
    result = proposal_of(table, [ratio]).per_criterion[0]
    assert result.status == "reached"
    assert result.term_months >= 12
    reference = rise(np.arange(12.0)).mean()
    assert result.threshold == pytest.approx(1.5 * reference, rel=0.1)
    assert result.term_months <= true_term(rise, 1.5 * reference, maximum=True) + 1


def test_weighed_criteria_use_contacts_followed_up_for_every_outcome():
    benefit = {
        "name": "saldo",
        "kind": "net_benefit",
        "value_per_conversion": 100.0,
        "cost_per_contact": 5.0,
        "objection_weight": 20.0,
        "complaint_weight": 100.0,
    }
    burden = {
        "name": "prijs",
        "kind": "burden_per_conversion",
        "threshold": 1.0,
        "complaint_weight": 5.0,
    }
    table = month_table(np.random.default_rng(7), CURVES, contacts=80_000)
    saldo, prijs = proposal_of(table, [benefit, burden]).per_criterion
    months = np.arange(36.0)
    value = 100 * decay(months) - 5 - 20 * rise(months) - 100 * rare(months)
    weight = decay(months) - rise(months) - 5 * rare(months)
    assert saldo.status == prijs.status == "reached"
    assert saldo.term_months <= np.argmax(value < 0)
    assert prijs.term_months <= np.argmax(weight < 0)


@pytest.mark.parametrize("stricter", [0.055, 0.06, 0.07, 0.08])
def test_a_stricter_threshold_never_gives_a_longer_term(stricter):
    table = month_table(np.random.default_rng(7), CURVES, contacts=40_000)
    lenient = proposal_of(table, [{**CONVERSION, "threshold": 0.05}]).term_months
    assert proposal_of(table, [{**CONVERSION, "threshold": stricter}]).term_months <= lenient


def test_an_added_criterion_never_gives_a_longer_term():
    table = month_table(np.random.default_rng(7), CURVES, contacts=40_000)
    alone = proposal_of(table, [CONVERSION]).term_months
    assert proposal_of(table, [CONVERSION, OBJECTION]).term_months <= alone


def test_the_order_of_rows_and_names_of_campaigns_change_nothing():
    table = month_table(np.random.default_rng(7), CURVES, contacts=40_000, campaigns=8)
    shuffled = table.frame.sample(frac=1, random_state=3).reset_index(drop=True)
    other = replace(table, frame=shuffled)
    assert proposal_of(table, [CONVERSION]) == proposal_of(other, [CONVERSION])


def test_a_knee_is_reported_and_the_splines_lead():
    def knee(month):
        return np.where(month < 12, 0.5, 0.25) * np.exp(-0.01 * month)

    table = month_table(np.random.default_rng(7), {"conversion": knee}, contacts=20_000)
    asked = dossier([CONVERSION])
    fits = analyse_outcomes(asked, table)["conversion"].fits
    assert fits.poorly_described
    assert set(fits.weights) <= {"spline4", "spline6"}


def test_where_no_curve_describes_the_data_every_month_has_to_show_it_by_itself():
    def wave(month):
        return 0.13 * np.exp(-0.03 * month + 0.15 * np.sin(np.pi * month / 6))

    table = month_table(np.random.default_rng(7), {"conversion": wave}, contacts=500_000)
    asked = dossier([CONVERSION])
    outcomes = analyse_outcomes(asked, table)
    result = propose(asked, series_of(outcomes, table.months)).per_criterion[0]
    assert outcomes["conversion"].fits.undescribed
    assert result.crossing > 27
    assert result.term_months <= true_term(wave, 0.06, maximum=False)
