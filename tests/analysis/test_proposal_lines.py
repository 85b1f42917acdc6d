"""What `balanstest analyse` says of a proposal, for every status."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest

from balanstest_analysis.analysis.exact_result import Standing
from balanstest_analysis.analysis.proposal_lines import (
    criterion_words,
    proposal_line,
    unbounded_lines,
)
from balanstest_analysis.disclosure.exact_result import ExactResult
from balanstest_analysis.dossier.criteria import MaximumOverallRate
from balanstest_analysis.dossier.statements import CONDITIONS
from balanstest_analysis.presentation.conclusions import headline
from balanstest_analysis.published.json_form import from_json
from balanstest_analysis.term.criterion_result import CriterionResult
from balanstest_analysis.term.proposal import TermProposal
from tests.exact_results import (
    BENEFIT,
    REGIME,
    RELATIONS,
    exact_result,
    judged,
    proposal,
    published,
)

OPEN = tuple(f"conditions.{name}" for name in CONDITIONS)
NOTHING = replace(
    proposal(), term_months=None, uncapped_term_months=None, binding=None, crossing=None, lower=None
)


def line(made: TermProposal, **changes: Any) -> str:
    """Return what is said of a proposal in a result with changes."""
    return proposal_line(standing(exact_result({}, proposal=made, **changes)))


def standing(result: ExactResult) -> Standing:
    """Return what of a result is known before the proposal is seen from other sides."""
    return Standing(**{field.name: getattr(result, field.name) for field in fields(Standing)})


def test_a_proposal_names_what_binds_and_what_the_cap_takes_off() -> None:
    assert line(proposal()) == ("Proposal: a term of at most 19 months, bound by `Bellen loont`.")
    longer = replace(proposal(), binding="regime_cap", uncapped_term_months=40)
    assert "bound by the cap (without the cap 40 months)." in line(longer)


@pytest.mark.parametrize(
    ("binding", "words"),
    [
        ("regime_cap", "bound by the cap."),
        ("last_month_with_evidence", "bound by the end of the evidence, month 18."),
    ],
)
def test_what_binds_and_is_no_criterion_is_told_in_words(binding: str, words: str) -> None:
    made = replace(proposal(), binding=binding, last_month_with_evidence=18)
    assert words in line(made)
    assert binding not in line(made)


def test_the_end_of_the_evidence_tells_what_a_test_after_it_takes() -> None:
    ends = replace(BENEFIT, last_month_with_evidence=11, contacts_needed=1257)
    other = replace(BENEFIT, last_month_with_evidence=35, contacts_needed=74)
    made = replace(
        proposal(other, ends), binding="last_month_with_evidence", last_month_with_evidence=11
    )
    told = "after it `Bellen loont` cannot be tested, which takes at least 1,257 contacts in six"
    assert f"bound by the end of the evidence, month 11: {told} months." in line(made)


def test_without_a_test_there_is_no_proposal_yet() -> None:
    made = replace(NOTHING, status="undetermined", untested=("a", "b"), tested_term_months=19)
    assert line(made, gaps=OPEN) == (
        "No proposal yet: `a`, `b` could not be tested. The tested criteria carry at most 19 "
        "months. `check` says what these contacts can test, and how to set a criterion aside."
    )
    assert "carry" not in line(replace(made, tested_term_months=None))


def test_what_is_set_aside_is_named_and_makes_a_term_provisional() -> None:
    made = replace(proposal(), status="proposed_incomplete", set_aside=("c",))
    assert line(made).startswith("Provisional proposal: a term of at most 19 months")
    assert line(made).endswith(
        "Set aside, not tested: `c`. Provisional, because not every criterion was tested."
    )


def test_a_refuted_criterion_is_named() -> None:
    refuted: CriterionResult = replace(BENEFIT, status="holds_between", term_months=None)
    made = replace(NOTHING, status="no_term", per_criterion=(BENEFIT, refuted))
    assert line(made) == ("No proposal: the data support no term, as they refute `Bellen loont`.")


def test_without_a_ground_nothing_is_said_of_the_criteria() -> None:
    refuted = replace(BENEFIT, status="fails_from_start", term_months=None)
    made = replace(NOTHING, status="not_allowed", per_criterion=(refuted,), set_aside=("c",))
    assert line(made, gaps=OPEN) == ("No term: calling without prior consent is not allowed.")


@pytest.mark.parametrize(
    ("gaps", "why"),
    [
        (OPEN, "none of the 5 conditions for calling without consent is answered"),
        (OPEN[:1], "1 of the 5 conditions for calling without consent is unanswered"),
        (OPEN[:2], "2 of the 5 conditions for calling without consent are unanswered"),
    ],
)
def test_a_condition_without_an_answer_makes_a_term_provisional(
    gaps: tuple[str, ...], why: str
) -> None:
    assert line(proposal(), gaps=gaps).startswith("Provisional proposal: a term of at most")
    assert f"Provisional, because {why}." in line(proposal(), gaps=gaps)
    assert "rovisional" not in line(proposal(), gaps=("1a", "decision.term_months"))


def test_an_outcome_that_no_criterion_is_about_is_named() -> None:
    def told(made: TermProposal, *delivered: str) -> list[str]:
        return [*unbounded_lines(standing(exact_result({}, proposal=made)), delivered)]

    alone = replace(
        BENEFIT,
        criterion=MaximumOverallRate(
            name="a",
            kind="maximum_overall_rate",
            outcome="complaint",
            threshold=0.01,
            reason="b",
        ),
    )
    words = "No criterion is about objections: however many there are, the term is no shorter."
    assert told(proposal(alone), "conversion", "objection", "complaint") == [words]
    assert told(proposal(alone), "conversion", "complaint") == []


def test_where_the_register_is_used_no_test_is_required() -> None:
    said = line(proposal(), gaps=OPEN, regime=replace(REGIME, needs_no_test=True))
    assert said.startswith("No test required")
    assert "otherwise a term of at most 19 months, bound by `Bellen loont`" in said
    assert "rovisional" not in said


def test_a_request_is_told_with_how_far_it_is_carried() -> None:
    asked = replace(proposal(BENEFIT), route="request", requested_term_months=48)
    carried = replace(asked, uncapped_term_months=50, per_criterion=(BENEFIT,))
    assert line(asked).startswith("Request for 48 months: the data do not support it; within")
    assert "the data support it by your own criteria" in line(carried)
    assert "Request for 48 months: provisionally supported" in line(carried, gaps=OPEN)
    assert "an argument alone" in line(replace(carried, per_criterion=()))


# How page one begins, and how the terminal does.
SAME = {
    "Voorlopig voorstel": "Provisional proposal",
    "Voorstel": "Proposal",
    "Nog geen voorstel": "No proposal yet",
    "Geen voorstel": "No proposal",
    "Geen klanttermijn": "No term",
    "Geen balanstest vereist": "No test required",
    "Aanvraag": "Request",
}


@pytest.mark.parametrize("gaps", [(), OPEN], ids=["answered", "open"])
@pytest.mark.parametrize("register", [False, True])
@pytest.mark.parametrize("opinion", [None, "een gift"])
@pytest.mark.parametrize("asked", [None, 48])
@pytest.mark.parametrize(
    "made",
    [
        proposal(),
        replace(proposal(), uncapped_term_months=50),
        replace(proposal(), status="proposed_incomplete", set_aside=("c",)),
        replace(proposal(), status="proposed_incomplete", uncapped_term_months=50),
        replace(NOTHING, status="undetermined", untested=("a",)),
        replace(NOTHING, status="no_term"),
        replace(NOTHING, status="not_allowed", route="not_allowed"),
    ],
    ids=lambda made: f"{made.status}-{made.uncapped_term_months}",
)
def test_the_terminal_says_of_every_status_what_page_one_says(
    made: TermProposal,
    asked: int | None,
    opinion: str | None,
    register: bool,
    gaps: tuple[str, ...],
) -> None:
    if asked and made.route != "not_allowed":
        made = replace(made, route="request", requested_term_months=asked)
    result = exact_result(
        {},
        proposal=replace(made, per_criterion=(BENEFIT,)),
        criteria=(judged(),),
        gaps=gaps,
        relations=replace(RELATIONS, membership_reason=opinion),
        regime=replace(REGIME, needs_no_test=register),
    )
    page_one, told = headline(from_json(published(result))), proposal_line(standing(result))
    begins = next(words for words in SAME if page_one.startswith(words))
    assert told.startswith(SAME[begins])
    assert ("voorlopig" in page_one.lower()) == ("rovisional" in told.split(". ")[0])


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
            "the threshold is not crossed through month 35, where its evidence ends",
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
        (
            {
                "status": "too_little_data",
                "contacts_needed": 326,
                "last_month_with_evidence": 23,
            },
            "not to be told from its limit: what was seen lies too near it for the contacts that "
            "there are, though a test takes at least 326 in six months",
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
    assert "971 contacts in the first months, until half of all are in, and" in criterion_words(
        made
    )
