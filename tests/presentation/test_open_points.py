"""What is still open stands in one list, whoever it waits for."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from balanstest_analysis.document.wording import CONDITION_TEXTS
from balanstest_analysis.presentation.conclusions.open_points import missing_points, open_points
from balanstest_analysis.published.decision import Decision
from balanstest_analysis.published.earlier_report import EarlierReport
from balanstest_analysis.published.result import PublishedResult
from tests.example_results import (
    NAMES,
    cap_bound,
    counts_only,
    not_allowed,
    proposed,
    published,
    request,
)


def asked(months: int) -> PublishedResult:
    """Return a request, on data up to month 47."""
    result = published(request())
    return replace(result, proposal=replace(result.proposal, requested_term_months=months))


def decided(result: PublishedResult, months: int) -> PublishedResult:
    """Return a result with a decision on a term."""
    decision = Decision(
        term_months=months,
        decided_on=dt.date(2026, 10, 20),
        decided_by="Bestuur",
        reason="Besluit.",
    )
    return replace(result, decision=decision)


def test_what_page_one_misses_is_in_the_list_too() -> None:
    result = replace(published(proposed()), gaps=("review.dpia_reference", "4"))
    assert set(missing_points(result)) <= set(open_points(result))
    assert any("DPIA" in point for point in open_points(result))


@pytest.mark.parametrize(
    ("left_open", "told"), [(4, "vier van de vijf voorwaarden"), (5, "alle vijf de voorwaarden")]
)
def test_open_conditions_are_told_by_their_number_unless_all_are_open(
    left_open: int, told: str
) -> None:
    gaps = tuple(f"conditions.{code}" for code in [*CONDITION_TEXTS][:left_open])
    [point, *_] = missing_points(replace(published(proposed()), gaps=gaps))
    assert point == f"**NOG IN TE VULLEN:** {told}."


def test_a_request_waits_for_the_committee_and_an_own_file_does_not() -> None:
    assert any("advies van het Compliance" in point for point in open_points(asked(48)))
    assert not any("Compliance" in point for point in open_points(published(proposed())))


@pytest.mark.parametrize(("term", "is_open"), [(40, True), (47, True), (48, False)])
def test_a_decision_on_less_than_is_asked_leaves_a_decision_open(term: int, is_open: bool) -> None:
    points = open_points(decided(asked(48), term))
    assert any(f"niet verder dan {term} maanden" in point for point in points) is is_open


def test_months_without_numbers_are_open_up_to_the_last_one_that_is_asked_for() -> None:
    result = asked(60)
    last = max(row.month_to for row in result.outcomes["conversion"].rows)
    assert f"Cijfers over maand {last + 1} tot en met 59" in " ".join(open_points(result))
    assert "Cijfers over" not in " ".join(open_points(asked(last + 1)))


def test_a_cap_that_could_not_be_verified_is_open_where_a_term_is_proposed() -> None:
    result = published(cap_bound())
    words = "grens van 36 maanden wijzigt, is niet nagegaan"
    for verified in (False, True):
        regime = replace(result.regime, cap_verified=verified)
        points = open_points(replace(result, regime=regime))
        assert any(words in point for point in points) is not verified
    assert not any(words in point for point in open_points(published(not_allowed())))


def test_counts_as_delivered_and_signatures_are_open_where_the_dossier_has_them() -> None:
    result = published(proposed())
    assert "geteld" not in " ".join(open_points(result))
    assert "zijn geteld, is niet nagegaan" in " ".join(open_points(published(counts_only())))
    assert "Over welke jaren de aangeleverde" in " ".join(open_points(published(counts_only())))
    assert "Over welke jaren" not in " ".join(open_points(result))
    assert "De ondertekening" in " ".join(open_points(result, has_signatories=True))
    assert "ondertekening" not in " ".join(open_points(result))


def test_criteria_without_an_earlier_report_may_have_been_stated_afterwards() -> None:
    result = published(proposed())
    assert (
        "Of de criteria zijn gesteld voordat de uitkomsten bekend waren, is niet na te gaan: er is "
        "geen eerder rapport gevonden."
    ) in open_points(result)
    alone = replace(result, criteria=result.criteria[:1])
    told = f"Of het criterium ‘{NAMES['conversion']}’ is gesteld voordat de uitkomsten bekend waren"
    assert any(point.startswith(told) for point in open_points(alone))
    assert not any("gesteld voordat" in point for point in open_points(published(not_allowed())))


def test_criteria_that_the_last_report_had_are_not_open_and_the_others_are() -> None:
    result = published(proposed())
    same = EarlierReport(period="2026-Q2", result=result)
    assert not any("gesteld voordat" in point for point in open_points(result, (same,)))
    less = replace(result, criteria=result.criteria[:-1])
    [told] = [
        point
        for point in open_points(result, (EarlierReport(period="2026-Q2", result=less),))
        if "gesteld voordat" in point
    ]
    assert told.startswith(f"Of het criterium ‘{result.criteria[-1].name}’ is gesteld")
    assert told.endswith("in het vorige rapport stond deze eis niet, of anders.")


def test_why_calling_is_needed_is_not_counted_with_the_opinions() -> None:
    gaps = ("review.dpo_opinion", "review.dpo_date", "review.people_asked", "review.signatories")
    result = replace(published(proposed()), gaps=(*gaps, "review.necessity"))
    [told] = [point for point in open_points(result) if "NOG IN TE VULLEN" in point]
    assert "vier onderdelen van de adviezen en de vaststelling" in told
    assert "waarom post, e-mail of toestemming niet volstaat" in told


@pytest.mark.parametrize(
    ("times", "told"),
    [
        ((), "bij vier regels."),
        (("forbidden_day",), "bij vijf regels, waaronder die over dagen."),
        (
            ("forbidden_day", "outside_hours"),
            "zes regels, waaronder die over dagen en tijdstippen.",
        ),
    ],
)
def test_rules_without_a_measure_are_counted_as_page_one_counts_them(
    times: tuple[str, ...], told: str
) -> None:
    codes = (
        "after_objection",
        "objection_processed_late",
        *times,
        "beyond_cap",
        "no_earlier_event",
    )
    gaps = tuple(f"measures.{code}" for code in codes)
    [point, *_] = missing_points(replace(published(proposed()), gaps=gaps))
    assert point.endswith(told)
