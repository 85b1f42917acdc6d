"""Every answer has a name, and doubt never lengthens a term."""

from __future__ import annotations

import numpy as np
import pytest

from balanstest_analysis.dossier.criteria import Horizon, MaximumRate, MinimumRate
from balanstest_analysis.statistics.evidence import Evidence
from balanstest_analysis.term.criterion_result import CriterionResult
from balanstest_analysis.term.judging import crossing_from, judge
from balanstest_analysis.term.margins import Margin
from balanstest_analysis.term.outcome_series import limits_over_draws
from balanstest_analysis.term.proposal import propose_on, propose_term
from tests.counts import dossier

CONVERSION = MinimumRate(
    name="baat", kind="minimum_rate", outcome="conversion", threshold=0.05, reason="kosten"
)
OBJECTION = MaximumRate(
    name="last", kind="maximum_rate", outcome="objection", threshold=0.05, reason="norm"
)
MONTHS = np.arange(36.0)


def flags(*months):
    marked = np.zeros(36, dtype=bool)
    marked[list(months)] = True
    return marked


def made(
    point, *, spread=0.0, start=0, last=35, refuted=False, contradicted=(), unshown=(), wrong_end=()
):
    noise = np.random.default_rng(1).normal(0, spread, (1000, 1))
    lower, upper = limits_over_draws(point + noise, 0.95)
    return Margin(
        point=point,
        lower=lower,
        upper=upper,
        refuted=refuted,
        contradicted=flags(*contradicted),
        unshown=flags(*unshown),
        wrong_end=flags(*wrong_end),
        evidence=Evidence(start=start, last_month=last, contacts_needed=100),
        points_wrong=False,
        threshold=0.05,
    )


def test_a_crossing_with_little_noise_supports_the_months_before_it():
    result = judge(CONVERSION, made(20.4 - MONTHS))
    assert result.status == "reached"
    assert result.crossing == pytest.approx(20.4)
    assert result.term_months == 21


def test_noise_shortens_the_term_to_the_one_sided_lower_limit():
    result = judge(CONVERSION, made(20.4 - MONTHS, spread=2.0))
    assert result.lower == pytest.approx(20.4 - 1.645 * 2, abs=0.4)
    assert result.upper == pytest.approx(20.4 + 1.645 * 2, abs=0.4)
    assert result.term_months == int(result.lower) + 1


def test_a_criterion_that_holds_through_the_evidence_is_not_extrapolated():
    result = judge(CONVERSION, made(100 - MONTHS, last=29))
    assert result.status == "not_reached_in_data"
    assert result.term_months == 30
    assert (result.crossing, result.lower, result.upper) == (None, None, None)


def test_only_the_limit_may_cross():
    result = judge(CONVERSION, made(37 - MONTHS, spread=3.0))
    assert result.status == "reached"
    assert result.crossing is None
    assert result.lower is not None


def test_a_start_that_the_data_refute_fails_whatever_the_power_of_a_test():
    refuted = judge(CONVERSION, made(-1 - MONTHS, refuted=True))
    assert (refuted.status, refuted.term_months) == ("fails_from_start", None)
    without_power = judge(CONVERSION, made(-1 - MONTHS, refuted=True, last=None))
    assert without_power.status == "fails_from_start"


def test_a_curve_on_the_wrong_side_refutes_nothing_by_itself():
    result = judge(CONVERSION, made(-1 - MONTHS))
    assert (result.status, result.term_months) == ("too_little_data", None)
    assert result.contacts_needed == 100


def test_a_criterion_that_is_shown_to_hold_later_supports_no_term_but_names_the_month():
    later = made(5.5 - np.abs(MONTHS - 20), refuted=True, contradicted=range(15))
    result = judge(CONVERSION, later)
    assert (result.status, result.holds_from_month, result.term_months) == (
        "holds_between",
        15,
        None,
    )


def test_not_shown_at_the_start_means_no_term_wherever_it_holds_later():
    later = np.where(MONTHS < 6, -0.1, 3.0) * 1.0
    result = judge(CONVERSION, made(later, spread=1.0))
    assert (result.status, result.term_months) == ("too_little_data", None)


def test_holding_at_the_point_but_not_at_the_limit_is_too_little_data():
    result = judge(CONVERSION, made(np.full(36, 0.5), spread=2.0))
    assert result.status == "too_little_data"
    assert result.term_months is None


def test_no_evidence_at_all_is_too_little_data():
    assert judge(CONVERSION, made(10 - MONTHS, last=None)).status == "too_little_data"
    assert judge(CONVERSION, made(10 - MONTHS, start=None, last=None)).status == "too_little_data"


def test_an_outcome_that_was_not_delivered_is_named():
    assert judge(CONVERSION, None).status == "no_outcome_data"


def test_no_contradiction_is_passed():
    result = judge(CONVERSION, made(30 - MONTHS, contradicted=(12, 13, 14)))
    assert result.contradicted_from_month == 12
    assert result.term_months == 12
    assert result.lower == 11


def test_a_month_that_no_curve_vouches_for_has_to_show_it_by_itself():
    result = judge(CONVERSION, made(30 - MONTHS, unshown=(15,)))
    assert (result.term_months, result.lower) == (15, 14)
    assert (result.unshown_from_month, result.contradicted_from_month) == (15, None)


def test_a_term_does_not_end_where_its_own_last_months_lie_on_the_wrong_side():
    result = judge(CONVERSION, made(20.4 - MONTHS, wrong_end=(18, 19, 20)))
    assert (result.term_months, result.lower) == (18, 17)


def test_months_before_the_start_are_not_judged():
    early = np.where(MONTHS < 8, -1.0, 20.4 - MONTHS)
    assert judge(CONVERSION, made(early, start=8)).term_months == 21


def test_a_limit_that_is_no_month_is_not_told():
    result = judge(CONVERSION, made(0.4 - MONTHS, spread=2.0))
    assert result.status == "too_little_data"
    assert (result.crossing, result.lower, result.upper) == (None, None, None)


def test_a_horizon_needs_no_data():
    horizon = Horizon(name="duur", kind="horizon", months=24, reason="vervanging")
    assert judge(horizon, None).term_months == 24


def test_a_zero_margin_still_holds():
    assert crossing_from(np.array([1.0, 0.0, -1.0]), 0, 2) == pytest.approx(1.0)


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
def test_an_untested_criterion_leaves_no_number_but_what_the_others_carry(status):
    proposal = propose(result(30), result(None, status=status, criterion=OBJECTION))
    assert (proposal.status, proposal.term_months) == ("undetermined", None)
    assert proposal.untested == ("last",)
    assert proposal.tested_term_months == 30


def test_a_criterion_that_is_set_aside_leaves_the_number_of_the_others():
    untested = result(None, status="too_little_data", criterion=OBJECTION)
    proposal = propose(result(30), untested, set_aside=["last"])
    assert (proposal.status, proposal.term_months) == ("proposed_incomplete", 30)
    assert (proposal.untested, proposal.set_aside) == ((), ("last",))
    assert not proposal.privacy_binds


def test_a_criterion_that_the_data_refute_is_not_saved_by_setting_another_aside():
    failing = result(None, status="holds_between")
    untested = result(None, status="too_little_data", criterion=OBJECTION)
    assert propose(failing, untested, set_aside=["last"]).status == "no_term"


def test_what_is_argued_and_not_tested_carries_nothing_by_itself():
    horizon = judge(Horizon(name="duur", kind="horizon", months=24, reason="vervanging"), None)
    proposal = propose(horizon, result(None, status="too_little_data", criterion=OBJECTION))
    assert (proposal.status, proposal.tested_term_months) == ("undetermined", None)


def test_nothing_tested_leaves_nothing():
    proposal = propose(result(None, status="too_little_data"))
    assert (proposal.status, proposal.tested_term_months) == ("undetermined", None)


SET_ASIDE = {"criterion": "last", "threshold": 0.05, "reason": "te weinig contacten"}
CRITERIA = [
    {"name": "baat", "kind": "minimum_rate", "outcome": "conversion", "threshold": 0.05},
    {"name": "last", "kind": "maximum_rate", "outcome": "objection", "threshold": 0.05},
]


def asked_to_set_aside(**statement):
    stated = {**dossier(CRITERIA).model_dump(by_alias=True), "set_aside": [SET_ASIDE | statement]}
    return type(dossier(CRITERIA)).model_validate(stated)


def proposed_with(asked, **untested):
    stated = {"status": "too_little_data", **untested}
    return propose_on(asked, [result(30), result(None, criterion=asked.criteria[1], **stated)])


def test_a_statement_sets_aside_only_what_could_not_be_tested_at_its_own_threshold():
    asked = asked_to_set_aside()
    assert proposed_with(asked).status == "proposed_incomplete"
    assert proposed_with(asked_to_set_aside(threshold=0.06)).status == "undetermined"
    shown = result(20, criterion=asked.criteria[1])
    assert propose_on(asked, [result(30), shown]).status == "proposed"


def test_what_the_data_point_against_may_not_be_set_aside():
    assert proposed_with(asked_to_set_aside(), points_wrong=True).status == "undetermined"


def test_without_a_ground_there_is_no_term():
    proposal = propose(result(30), allowed=False)
    assert (proposal.status, proposal.route) == ("not_allowed", "not_allowed")
    assert proposal.term_months is None


def test_asking_for_more_than_the_cap_is_a_request():
    assert propose(result(48), requested_term_months=48).route == "request"
    assert propose(result(48), requested_term_months=36).route == "own_file"


def test_a_criterion_without_data_keeps_the_threshold_it_would_be_held_against():
    assert judge(CONVERSION, None).to_dict()["threshold"] == CONVERSION.threshold
