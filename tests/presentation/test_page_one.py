"""The tables of page one: how wide the answer is, and what it brings and costs in people."""

from __future__ import annotations

from typing import Any

import pytest

from balanstest_analysis.document.blocks import Table
from balanstest_analysis.presentation.conclusions.span import (
    AtLeast,
    Months,
    NoTerm,
    NotKnown,
    Span,
    shorter_by_rows,
    span_of,
)
from balanstest_analysis.presentation.tables.page_one import balance_table, span_table
from tests.claim_variations import with_complaints_of_people
from tests.example_results import (
    EXAMPLES,
    cap_bound,
    counts_only,
    not_allowed,
    other_choice,
    proposed,
    published,
    request,
)


def span(result: dict[str, Any]) -> Span:
    found = span_of(published(result))
    assert found is not None
    return found


def table(found: Table | None) -> Table:
    assert found is not None
    return found


def test_the_answer_stands_between_what_is_shown_estimated_counted_and_otherwise_chosen() -> None:
    result = proposed()
    result["criteria"][1]["witness_month"] = 17
    result["sensitivity"] = [other_choice("family", "power", 19), other_choice("year", "2024", 24)]
    found = span(result)
    assert (found.shown, found.shortest) == (Months(22), Months(19))
    assert found.row_by_row == Months(18)
    assert [line.value for line in found.shortest_choices] == ["power"]
    shown = table(span_table(published(result)))
    assert shown.rows[0][0] == "22 maanden"
    assert "De kortste volgt uit één kromme (machtsfunctie) in plaats van alle" in shown.note


@pytest.mark.parametrize(
    ("curves", "told"),
    [
        (
            ("power", "logistic"),
            "één kromme (machtsfunctie of logistisch) in plaats van alle krommen samen",
        ),
        (
            ("power", "logistic", "floor"),
            "één soort kromme in plaats van het gemiddelde van alle krommen",
        ),
    ],
)
def test_curves_that_give_the_shortest_term_are_named_where_they_are_few(
    curves: tuple[str, ...], told: str
) -> None:
    result = proposed()
    result["sensitivity"] = [other_choice("family", name, 19) for name in curves]
    shown = table(span_table(published(result)))
    assert f"De kortste volgt uit {told}" in shown.note


@pytest.mark.parametrize("terms", [(22, 22), (22, 24), (23, 24)])
def test_where_no_other_choice_gives_a_shorter_term_none_is_named(terms: tuple[int, int]) -> None:
    result = proposed()
    result["sensitivity"] = [
        other_choice(*line, term)
        for line, term in zip((("family", "power"), ("year", "2024")), terms, strict=True)
    ]
    shown = table(span_table(published(result)))
    assert shown.rows[0][-1] == f"{min(terms)} maanden"
    assert "Geen van de andere rekenwijzen geeft een kortere termijn." in shown.note
    assert "kortste" not in shown.note


def test_choices_without_a_proposal_are_told_before_those_that_give_no_shorter_term() -> None:
    result = proposed()
    open_ = {**other_choice("year", "2021", None), "status": "undetermined"}
    result["sensitivity"] = [other_choice("family", "power", 24), open_]
    note = table(span_table(published(result))).note
    assert (
        "Bij één andere rekenwijze is er nog geen voorstel. Geen van de overige rekenwijzen geeft "
        "een kortere termijn."
    ) in note


def test_another_norm_or_denominator_is_no_other_choice_of_counting() -> None:
    result = proposed()
    result["sensitivity"] = [
        other_choice("threshold", 0.5, 3, result["criteria"][0]["name"]),
        other_choice("denominator", "call", 4),
    ]
    assert span(result).shortest == NotKnown()


def test_another_choice_without_a_term_is_shorter_than_any_number() -> None:
    result = proposed()
    none = {**other_choice("family", "constant", None), "status": "no_term"}
    open_ = {**other_choice("year", "2021", None), "status": "undetermined"}
    result["sensitivity"] = [other_choice("family", "power", 19), none, open_]
    found = span(result)
    assert (found.shortest, found.undetermined) == (NoTerm(), 1)
    note = table(span_table(published(result))).note
    assert "Bij één andere rekenwijze is er nog geen voorstel." in note


def test_rows_that_do_not_bear_out_the_first_month_are_told_from_rows_that_are_hidden() -> None:
    result = proposed()
    for criterion in result["criteria"]:
        criterion["witness_month"] = None
    assert span(result).row_by_row == NoTerm()
    for outcome in result["outcomes"].values():
        outcome["rates"] = []
    assert span(result).row_by_row == NotKnown()


def test_a_curve_that_never_crosses_reaches_as_far_as_the_data_and_no_further() -> None:
    result = request(requested=60, carried=40)
    assert isinstance(span(result).estimated, AtLeast | Months)
    capped = span(cap_bound())
    assert capped.shown == Months(36)
    assert not isinstance(capped.estimated, AtLeast)


def test_under_a_request_the_cap_is_left_out() -> None:
    found = span(request(requested=48, carried=40))
    assert (found.shown, found.without_cap) == (Months(40), True)
    assert span(request(requested=48, carried=60)).shown == Months(60)


@pytest.mark.parametrize("name", EXAMPLES)
def test_there_is_a_span_where_there_is_a_term_and_nowhere_else(name: str) -> None:
    result = published(EXAMPLES[name]())
    assert (span_table(result) is None) == (not result.has_term)


def test_what_a_term_brings_and_costs_is_told_per_thousand_from_the_printed_rows() -> None:
    result = published(proposed())
    shown = table(balance_table(result))
    rows = [row for row in result.outcomes["conversion"].rows if row.month_to < 22]
    contacts = sum(row.contacts.value for row in rows)  # type: ignore[union-attr]
    events = sum(row.events.value for row in rows)  # type: ignore[union-attr]
    assert shown.rows[0][1] == f"{contacts:,}".replace(",", ".")
    assert shown.rows[0][2] == str(round(1000 * events / contacts))
    assert shown.rows[1][0].startswith("netto contacten in de laatste 12 maanden daarvan")


def test_people_are_told_with_the_month_they_were_followed_to() -> None:
    result = published(proposed())
    people = table(balance_table(result)).rows[-1]
    assert people[0].startswith("mensen uit alle maanden, binnen 12 maanden na hun eerste gesprek")
    assert people[2] == "niet geteld"


@pytest.mark.parametrize(
    ("limits", "told"),
    [
        ((0.02, 0.02, 0.02), "hooguit 20"),
        ((0.02, 0.02, 0.03), "hooguit 20"),
        ((0.02, 0.04, 0.02), "hooguit 20"),
        ((0.01, 0.04, 0.05), "hooguit 40"),
        ((0.01, 0.04, 0.03), "hooguit 30"),
    ],
)
def test_a_limit_on_a_share_of_people_holds_for_every_shorter_time(
    limits: tuple[float, ...], told: str
) -> None:
    result = with_complaints_of_people(limits)
    people = table(balance_table(published(result))).rows[-1]
    assert people[0].startswith("mensen uit alle maanden, binnen 12 maanden")
    assert people[4] == told


def test_a_share_of_people_that_is_known_of_a_shorter_time_only_says_of_which() -> None:
    result = with_complaints_of_people((0.01,))
    shown = table(balance_table(published(result)))
    assert shown.rows[-1][4] == "hooguit 10 (binnen 1 maand)"
    told = "Staat er een kortere tijd tussen haakjes, dan gaat het aandeel alleen over die tijd"
    assert told in shown.note
    assert told not in table(balance_table(published(proposed()))).note


def test_counts_of_one_outcome_have_a_balance_of_that_one() -> None:
    shown = table(balance_table(published(counts_only())))
    assert shown.columns == ("Groep", "Aantal", "Conversie")
    assert len(shown.rows) == 2


def test_rows_of_several_reports_have_no_total_on_page_one_either() -> None:
    result = proposed()
    for place, row in enumerate(result["outcomes"]["objection"]["rates"]):
        if place % 2:
            row["kept_from"] = "2026-Q2"
    shown = table(balance_table(published(result)))
    assert "Verzet over alle maanden" not in shown.note


def test_the_table_says_where_its_last_row_ends_before_the_term() -> None:
    note = table(balance_table(published(proposed()))).note
    assert "Het laatste van die tijdvakken eindigt met maand 20." in note


def test_where_no_row_ends_within_the_term_the_first_that_ends_later_is_told() -> None:
    result = proposed()
    result["proposal"].update(term_months=2, uncapped_term_months=2)
    shown = table(balance_table(published(result)))
    assert shown.caption == "Opbrengst en hinder per 1.000 tot voorbij het einde van de termijn"
    first = result["outcomes"]["conversion"]["rates"][0]["month_to"]
    assert first > 1
    assert f"binnen de termijn; het eerste eindigt met maand {first}." in shown.note
    assert shown.rows[0][0] == f"netto contacten in maand 0 tot en met {first}"


def test_fewer_months_by_rows_than_proposed_speak_against_the_proposal() -> None:
    result = proposed()
    result["criteria"][0]["witness_month"] = 15
    told = shorter_by_rows(published(result))
    assert "volgt daaruit een termijn van 16 maanden. De rij voor maand 15 tot en met 17" in told
    assert f"niet aantoonbaar aan het criterium ‘{result['criteria'][0]['name']}’." in told
    for criterion in result["criteria"]:
        criterion["witness_month"] = 40
    assert shorter_by_rows(published(result)) == ""


def test_fewer_months_by_rows_than_are_asked_for_speak_against_the_request() -> None:
    result = request(40, 48)
    for criterion in result["criteria"]:
        criterion["witness_month"] = 37
    assert "volgt daaruit een termijn van 38 maanden" in shorter_by_rows(published(result))
    for criterion in result["criteria"]:
        criterion["witness_month"] = 39
    assert shorter_by_rows(published(result)) == ""


def test_nothing_is_weighed_where_nothing_is_proposed() -> None:
    assert balance_table(published(not_allowed())) is None
