"""What `balanstest analyse` says of a proposal, for every status."""

from __future__ import annotations

from dataclasses import replace

import pytest

from balanstest_analysis.analysis.proposal_lines import criterion_words, proposal_line
from balanstest_analysis.dossier.criteria import MaximumOverallRate
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


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"upper": 22.46}, "reached, estimate 20.1, lower limit 18.2, upper limit 22.5"),
        (
            {"crossing": None, "lower": 31.7},
            "reached, estimate beyond the evidence, lower limit 31.7, upper limit beyond the "
            "evidence",
        ),
        (
            {"status": "not_reached_in_data", "last_month_with_evidence": 35},
            "not reached; its evidence ends with month 35",
        ),
        (
            {"upper": 22.46, "first_month_with_evidence": 1},
            "reached, estimate 20.1, lower limit 18.2, upper limit 22.5; tested from month 1, and "
            "not before",
        ),
        (
            {"status": "holds_between", "holds_from_month": 4},
            "holds between, fails at first, and is shown to hold from month 4",
        ),
        (
            {"status": "too_little_data", "contacts_needed": 29956},
            "too little data, a test takes about 29,956 contacts in six months, and those of "
            "one person or campaign count for less",
        ),
        ({"status": "too_little_data"}, "too little data"),
        ({"status": "fails_from_start"}, "fails from start"),
        ({"status": "no_outcome_data"}, "no outcome data"),
        # a rate over all months together has no month in which it crosses
        ({"crossing": None, "lower": None}, "reached"),
    ],
)
def test_what_the_data_show_of_a_criterion_is_told_in_words(
    changes: dict[str, object], words: str
) -> None:
    made: CriterionResult = replace(BENEFIT, **changes)  # type: ignore[arg-type]
    assert criterion_words(made) == words


def test_the_contacts_for_a_rate_over_the_term_are_those_of_the_first_half() -> None:
    overall = MaximumOverallRate(
        name="Klachten",
        kind="maximum_overall_rate",
        outcome="complaint",
        threshold=0.02,
        reason="voorbeeld",
    )
    made = replace(BENEFIT, criterion=overall, status="too_little_data", contacts_needed=971)
    assert "971 contacts in the months of the first half of them, and" in criterion_words(made)
