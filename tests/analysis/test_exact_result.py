"""What the weighing itself still lacks is told as gaps, and in no other way."""

from __future__ import annotations

from balanstest_analysis.analysis.exact_result import argument_gaps
from balanstest_analysis.term.criterion_result import CriterionResult
from balanstest_analysis.term.proposal import propose_on
from tests.counts import dossier

CRITERIA = [
    {"name": "baat", "kind": "minimum_rate", "outcome": "conversion", "threshold": 0.05},
    {"name": "last", "kind": "maximum_rate", "outcome": "objection", "threshold": 0.06},
]
ASIDE = {"criterion": "last", "threshold": 0.06, "reason": "te weinig contacten"}


def gaps(burden_status, *, criteria=CRITERIA, aside=(), points_wrong=False):
    stated = {**dossier(criteria).model_dump(by_alias=True), "set_aside": [*aside]}
    asked = type(dossier(criteria)).model_validate(stated)
    terms = {"reached": 20}
    results = [
        CriterionResult(
            criterion=criterion,
            status="reached" if criterion.name == "baat" else burden_status,
            term_months=20 if criterion.name == "baat" else terms.get(burden_status),
            points_wrong=points_wrong and criterion.name == "last",
        )
        for criterion in asked.criteria
    ]
    return argument_gaps(asked, propose_on(asked, results))


def test_a_weighing_with_a_tested_burden_lacks_nothing():
    assert gaps("reached") == ()


def test_without_a_criterion_on_the_burden_it_is_one_sided():
    assert gaps("reached", criteria=CRITERIA[:1]) == ("criteria.burden",)


def test_a_criterion_that_could_not_be_tested_is_a_gap():
    assert gaps("too_little_data") == ("criteria.untested",)


def test_the_only_burden_that_is_set_aside_counts_as_none():
    assert gaps("too_little_data", aside=[ASIDE]) == ("criteria.burden",)


def test_what_is_set_aside_in_vain_is_told():
    assert gaps("reached", aside=[ASIDE]) == ("set_aside.void",)
    changed = {**ASIDE, "threshold": 0.05}
    assert gaps("too_little_data", aside=[changed]) == ("criteria.untested", "set_aside.void")
    against = gaps("too_little_data", aside=[ASIDE], points_wrong=True)
    assert against == ("criteria.untested", "set_aside.void")
