"""Opinions, necessity and replies are asked for as far as the report needs them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from pydantic import ValidationError

from balanstest_analysis.dossier.review import Review
from tests.example_results import dossier, dossier_values

GIVEN = {"dpo_opinion": "Dat kan.", "dpo_date": dt.date(2026, 10, 8), "dpo_followed": True}


def gaps(**changes: Any) -> set[str]:
    """Return what is open of a review in which all else is filled in."""
    review = {**dossier_values()["review"], "dpo_status": None, **changes}
    review = {key: value for key, value in review.items() if value is not None}
    return {gap.removeprefix("review.") for gap in dossier(review=review).gaps()}


@pytest.mark.parametrize(
    ("stated", "missing"),
    [
        ({"dpo_status": "agrees"}, set()),
        ({"dpo_status": "agrees", "dpo_date": None}, {"dpo_date"}),
        ({"dpo_status": "agrees_if"}, {"dpo_followed"}),
        ({"dpo_status": "disagrees"}, {"dpo_followed"}),
        ({"dpo_status": "disagrees", "dpo_followed": True}, set()),
        ({"dpo_status": "no_dpo", "dpo_date": None, "dpo_opinion": None}, set()),
        ({"dpo_status": "not_asked", "dpo_date": None, "dpo_opinion": None}, set()),
        ({"dpo_status": "awaited", "dpo_date": None, "dpo_opinion": None}, {"dpo_opinion"}),
        ({"dpo_status": None}, {"dpo_status"}),
        ({"dpo_status": "agrees", "people_asked": None}, {"people_asked"}),
        ({"dpo_status": "agrees", "necessity": None}, {"necessity"}),
        ({"dpo_status": "agrees", "reason_for_longer_term": None}, set()),
    ],
)
def test_what_an_opinion_lacks_follows_from_its_status(
    stated: dict[str, Any], missing: set[str]
) -> None:
    assert gaps(**stated) == missing


@pytest.mark.parametrize(
    ("scope", "decided", "asked"),
    [({}, 36, False), ({}, 37, True), ({"requested_term_months": 48}, 22, True)],
)
def test_a_reason_for_a_longer_term_is_asked_where_one_is_wanted(
    scope: dict[str, Any], decided: int, asked: bool
) -> None:
    values = dossier_values()
    review = {**values["review"], "reason_for_longer_term": ""}
    decision = {**values["decision"], "term_months": decided}
    wanted = dossier(scope={**values["scope"], **scope}, decision=decision, review=review)
    assert wanted.gaps() == ("review.reason_for_longer_term",) * asked


@pytest.mark.parametrize("status", ["awaited", "no_dpo", "not_asked"])
def test_an_opinion_that_was_not_given_has_no_date(status: str) -> None:
    with pytest.raises(ValidationError, match=f"`dpo_status` is '{status}', so no opinion"):
        Review.model_validate({**GIVEN, "dpo_status": status})


def test_an_opinion_that_is_not_followed_needs_a_reason() -> None:
    with pytest.raises(ValidationError, match="give `dpo_followed_reason`"):
        Review.model_validate({**GIVEN, "dpo_status": "disagrees", "dpo_followed": False})


def test_an_unknown_status_is_refused_with_those_that_exist() -> None:
    with pytest.raises(ValidationError, match="'agrees', 'agrees_if', 'disagrees', 'awaited'"):
        Review.model_validate({"dpo_status": "perhaps"})


def test_a_reply_to_what_does_not_exist_is_refused_with_the_list() -> None:
    with pytest.raises(ValidationError, match="no counterpoint 'doubt'; a reply is to one of deci"):
        Review.model_validate({"replies": {"doubt": "Nee."}})


def test_a_review_of_before_statuses_still_loads() -> None:
    old = {"dpo_opinion": "Akkoord.", "dpia_reference": "DPIA 1", "signatories": ["Directeur"]}
    assert Review.model_validate(old).dpo_status is None
