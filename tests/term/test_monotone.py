"""Asking more never gives more: a slice of the study, and the thresholds of one history."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit

from balanstest_analysis.term.outcomes import analyse_outcomes, series_of
from balanstest_analysis.term.proposal import propose
from studies import monotone as study
from tests.counts import dossier, month_table

COMMITTED = pd.read_csv(Path(__file__).parents[2] / "studies" / "monotone.csv")
CHANGES = {"stricter threshold", "added criterion", "counts left out", "made untestable"}
KINDS = {
    "minimum_rate",
    "maximum_rate",
    "maximum_ratio",
    "maximum_overall_rate",
    "burden_per_conversion",
    "net_benefit",
    "horizon",
}


@pytest.mark.parametrize("seed", [9, 10])
def test_in_a_slice_of_the_study_no_change_lengthens_a_term_or_makes_one(seed):
    counted = study.compare(seed, steps=6, pairs=20, shares=[0.02])
    assert {change for change, _ in counted.comparisons} == CHANGES
    assert counted.comparisons.total() > 100
    assert counted.violations.total() == 0


def test_a_longer_term_and_one_out_of_nothing_are_counted_as_violations():
    counted = study.Counted()
    for before, after in ((12, 11), (12, 12), (12, study.NOTHING), (12, 13), (study.NOTHING, 1)):
        counted.add("stricter threshold", "c", before, after)
    assert (counted.comparisons.total(), counted.violations.total()) == (5, 2)


def test_the_committed_study_is_whole_and_holds_no_violation():
    assert set(COMMITTED["change"]) == CHANGES
    assert {name.split()[0].strip(",") for name in COMMITTED["criterion"]} == KINDS
    assert (COMMITTED["histories"] == study.HISTORIES).all()
    stricter = COMMITTED[COMMITTED["change"] == "stricter threshold"]
    assert stricter["comparisons"].sum() >= 2_000
    assert (COMMITTED["violations"] == 0).all()


# ------------------------------------------------------------------------------ one history

FALLING_MAXIMA = (0.066, 0.041, 0.036, 0.01, 0.003, 0.001)


@pytest.fixture(scope="module")
def outcomes():
    """Return a history of which 5.7 % object, as many contacts as the sample holds."""
    table = month_table(
        np.random.default_rng(14),
        {
            "conversion": lambda month: 0.12 * np.exp(-0.02 * month),
            "objection": lambda month: expit(-3.35 + 0.028 * month),
        },
        contacts=20_476,
    )
    return table, analyse_outcomes(demanding(0.066), table)


def demanding(threshold, *more):
    benefit = {"name": "b", "kind": "minimum_rate", "outcome": "conversion", "threshold": 0.057}
    objection = {"name": "o", "kind": "maximum_rate", "outcome": "objection"}
    return dossier([benefit, {**objection, "threshold": threshold}, *more])


def proposed(outcomes, threshold, *more):
    table, analysed = outcomes
    return propose(demanding(threshold, *more), series_of(analysed, table.months))


def test_a_falling_maximum_of_objection_never_gives_a_longer_term(outcomes):
    found = [proposed(outcomes, threshold) for threshold in FALLING_MAXIMA]
    terms = [-1 if one.term_months is None else one.term_months for one in found]
    assert terms == sorted(terms, reverse=True)
    assert terms[0] > 0
    assert terms[-1] == -1


def test_far_more_objections_than_allowed_refute_however_many_a_test_would_take(outcomes):
    for threshold in (0.01, 0.003, 0.001):
        proposal = proposed(outcomes, threshold)
        assert proposal.status == "no_term"
        assert proposal.per_criterion[1].status == "fails_from_start"


def test_an_outcome_that_was_not_delivered_leaves_no_term(outcomes):
    complaint = {"name": "k", "kind": "maximum_rate", "outcome": "complaint", "threshold": 0.01}
    without = proposed(outcomes, 0.066)
    proposal = proposed(outcomes, 0.066, complaint)
    assert proposal.status == "undetermined"
    assert proposal.term_months is None
    assert proposal.tested_term_months == without.uncapped_term_months
