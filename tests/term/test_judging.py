"""Every answer has a name, and doubt never lengthens a term."""

from __future__ import annotations

import numpy as np
import pytest

from balanstest_analysis.dossier.criteria import Horizon, MaximumRate, MinimumRate
from balanstest_analysis.statistics.evidence import Evidence
from balanstest_analysis.term.judging import CriterionResult, crossings, judge
from balanstest_analysis.term.margins import Margin
from balanstest_analysis.term.proposal import propose_term

CONVERSION = MinimumRate(
    name="baat", kind="minimum_rate", outcome="conversion", threshold=0.05, reason="kosten"
)
OBJECTION = MaximumRate(
    name="last", kind="maximum_rate", outcome="objection", threshold=0.05, reason="norm"
)
MONTHS = np.arange(36.0)


def made(point, *, spread=0.0, first=0, last=35, contradicted=(), unshown=()):
    rng = np.random.default_rng(1)
    noise = rng.normal(0, spread, (1000, 1)) if spread else np.zeros((1000, 1))
    flags, doubts = np.zeros((2, 36), dtype=bool)
    flags[list(contradicted)] = True
    doubts[list(unshown)] = True
    return Margin(
        point=point,
        resampled=point + noise,
        contradicted=flags,
        unshown=doubts,
        evidence=Evidence(first_month=first, last_month=last, contacts_needed=100),
        threshold=0.05,
    )


def test_a_crossing_with_little_noise_supports_the_months_before_it():
    result = judge(CONVERSION, made(20.4 - MONTHS), 0.95)
    assert result.status == "reached"
    assert result.crossing == pytest.approx(20.4)
    assert result.term_months == 21


def test_noise_shortens_the_term_to_the_one_sided_lower_limit():
    result = judge(CONVERSION, made(20.4 - MONTHS, spread=2.0), 0.95)
    assert result.lower == pytest.approx(20.4 - 1.645 * 2, abs=0.4)
    assert result.upper == pytest.approx(20.4 + 1.645 * 2, abs=0.4)
    assert result.term_months == int(result.lower) + 1


def test_a_criterion_that_holds_through_the_evidence_is_not_extrapolated():
    result = judge(CONVERSION, made(100 - MONTHS, last=29), 0.95)
    assert result.status == "not_reached_in_data"
    assert result.term_months == 30
    assert (result.crossing, result.lower, result.upper) == (None, None, None)


def test_only_the_limit_may_cross():
    result = judge(CONVERSION, made(37 - MONTHS, spread=3.0), 0.95)
    assert result.status == "reached"
    assert result.crossing is None
    assert result.lower is not None


def test_a_criterion_that_never_holds_fails_from_the_start():
    assert judge(CONVERSION, made(-1 - MONTHS), 0.95).status == "fails_from_start"


def test_a_criterion_that_holds_later_gives_both_ends():
    result = judge(CONVERSION, made(5.5 - np.abs(MONTHS - 20)), 0.95)
    assert result.status == "holds_between"
    assert result.holds_from_month == 15
    assert result.term_months == 26


def test_a_later_start_takes_a_start_that_is_shown_to_fail():
    later = np.where(MONTHS < 6, -0.1, 3.0) * 1.0
    doubtful = judge(CONVERSION, made(later, spread=1.0), 0.95)
    assert (doubtful.status, doubtful.term_months) == ("too_little_data", None)
    assert doubtful.doubtful_start_month == 6
    shown = judge(CONVERSION, made(later, spread=1.0, contradicted=(0, 1)), 0.95)
    assert (shown.status, shown.holds_from_month) == ("holds_between", 6)


def test_holding_at_the_point_but_not_at_the_limit_is_too_little_data():
    result = judge(CONVERSION, made(np.full(36, 0.5), spread=2.0), 0.95)
    assert result.status == "too_little_data"
    assert result.term_months is None
    assert result.contacts_needed == 100


def test_no_evidence_at_all_is_too_little_data():
    result = judge(CONVERSION, made(10 - MONTHS, first=None, last=None), 0.95)
    assert result.status == "too_little_data"


def test_an_outcome_that_was_not_delivered_is_named():
    assert judge(CONVERSION, None, 0.95).status == "no_outcome_data"


def test_no_contradiction_is_passed():
    result = judge(CONVERSION, made(30 - MONTHS, contradicted=(12, 13, 14)), 0.95)
    assert result.contradicted_from_month == 12
    assert result.term_months == 12
    assert result.lower == 11


def test_a_month_that_no_curve_vouches_for_has_to_show_it_by_itself():
    result = judge(CONVERSION, made(30 - MONTHS, unshown=(15,)), 0.95)
    assert (result.term_months, result.lower) == (15, 14)
    assert result.contradicted_from_month is None


def test_months_before_the_first_evidence_are_taken_to_hold():
    margin = made(20.4 - MONTHS, first=8)
    assert judge(CONVERSION, margin, 0.95).term_months == 21


def test_a_horizon_needs_no_data():
    horizon = Horizon(name="duur", kind="horizon", months=24, reason="vervanging")
    assert judge(horizon, None, 0.95).term_months == 24


def test_a_zero_margin_still_holds():
    assert crossings(np.array([[1.0, 0.0, -1.0]]), 0, 2)[0] == pytest.approx(1.0)


def result(term, *, status="reached", criterion=CONVERSION, **more):
    return CriterionResult(criterion=criterion, status=status, term_months=term, **more)


def propose(*results, **more):
    return propose_term(list(results), **{"cap_months": 36, "confidence_level": 0.95, **more})


def test_the_shortest_criterion_binds():
    proposal = propose(result(30), result(18, criterion=OBJECTION))
    assert (proposal.term_months, proposal.binding) == (18, "last")
    assert proposal.privacy_binds


def test_a_benefit_criterion_that_binds_leaves_privacy_unbound():
    assert not propose(result(18), result(30, criterion=OBJECTION)).privacy_binds


def test_the_cap_binds_a_longer_term_and_shows_what_it_cut():
    proposal = propose(result(48))
    assert (proposal.term_months, proposal.uncapped_term_months) == (36, 48)
    assert proposal.binding == "regime_cap"


def test_a_regime_without_a_cap_leaves_the_term_alone():
    assert propose(result(48), cap_months=None).term_months == 48


def test_evidence_that_ends_binds_by_its_own_name():
    proposal = propose(result(30, status="not_reached_in_data", last_month_with_evidence=29))
    assert proposal.binding == "last_month_with_evidence"
    assert proposal.last_month_with_evidence == 29


def test_one_failing_criterion_gives_no_term():
    failing = result(None, status="fails_from_start", criterion=OBJECTION)
    proposal = propose(result(30), failing)
    assert (proposal.status, proposal.term_months) == ("no_term", None)


@pytest.mark.parametrize("status", ["no_outcome_data", "too_little_data"])
def test_an_untested_criterion_makes_the_proposal_incomplete(status):
    proposal = propose(result(30), result(None, status=status, criterion=OBJECTION))
    assert proposal.status == "proposed_incomplete"
    assert proposal.untested == ("last",)
    assert proposal.term_months == 30


def test_nothing_tested_gives_no_term():
    assert propose(result(None, status="too_little_data")).status == "no_term"


def test_without_a_ground_there_is_no_term():
    proposal = propose(result(30), allowed=False)
    assert (proposal.status, proposal.route) == ("not_allowed", "not_allowed")
    assert proposal.term_months is None


def test_asking_for_more_than_the_cap_is_a_request():
    assert propose(result(48), requested_term_months=48).route == "request"
    assert propose(result(48), requested_term_months=36).route == "own_file"


def test_a_criterion_without_data_keeps_the_threshold_it_would_be_held_against():
    assert judge(CONVERSION, None, 0.95).to_dict()["threshold"] == CONVERSION.threshold


def test_what_braked_the_term_is_told_apart():
    judged = judge(CONVERSION, made(30 - MONTHS, unshown=(20,)), 0.95)
    assert (judged.unshown_from_month, judged.contradicted_from_month) == (20, None)
