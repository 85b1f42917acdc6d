"""What `balanstest analyse` says of a proposal, for every status."""

from __future__ import annotations

from dataclasses import replace

from balanstest_analysis.analysis.proposal_lines import proposal_line
from balanstest_analysis.term.criterion_result import CriterionResult
from tests.exact_results import BENEFIT, proposal

NOTHING = replace(
    proposal(), term_months=None, uncapped_term_months=None, binding=None, crossing=None, lower=None
)


def test_a_proposal_names_what_binds_and_what_the_cap_takes_off() -> None:
    assert proposal_line(proposal()) == (
        "Status proposed: 19 months, bound by `Bellen loont` (without the cap 19 months)."
    )


def test_without_a_test_there_is_no_proposal_yet() -> None:
    made = replace(NOTHING, status="undetermined", untested=("a", "b"), tested_term_months=19)
    assert proposal_line(made) == (
        "Status undetermined: no proposal yet; not tested: `a`, `b`; the tested criteria carry at "
        "most 19 months."
    )
    assert "carry" not in proposal_line(replace(made, tested_term_months=None))


def test_what_is_set_aside_is_named_beside_the_term() -> None:
    made = replace(proposal(), status="proposed_incomplete", set_aside=("c",))
    assert proposal_line(made).endswith("; set aside, not tested: `c`.")


def test_a_refuted_criterion_is_named() -> None:
    refuted: CriterionResult = replace(BENEFIT, status="holds_between", term_months=None)
    made = replace(NOTHING, status="no_term", per_criterion=(BENEFIT, refuted))
    assert proposal_line(made) == "Status no_term: no term; the data refute `Bellen loont`."


def test_without_a_ground_nothing_is_said_of_the_criteria() -> None:
    refuted = replace(BENEFIT, status="fails_from_start", term_months=None)
    made = replace(NOTHING, status="not_allowed", per_criterion=(refuted,), set_aside=("c",))
    assert proposal_line(made) == "Status not_allowed: no term."
