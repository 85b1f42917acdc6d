"""A card per criterion: what is asked, why, what was observed, since when, and what if."""

from __future__ import annotations

from typing import Any

from balanstest_analysis.document.blocks import Notice
from balanstest_analysis.presentation import chapters
from balanstest_analysis.presentation.conclusions.criterion_card import card_items
from balanstest_analysis.published.earlier_report import EarlierReport
from tests.example_results import dossier, other_choice, overall_rate, proposed, published

REASON = "Meer dan twee klachten per duizend gesprekken vindt het bestuur onaanvaardbaar."


def card(result: dict[str, Any], place: int, *earlier: EarlierReport) -> dict[str, str]:
    shown = published(result)
    return dict(card_items(shown.criteria[place], shown, earlier))


def report(period: str, **changes: Any) -> EarlierReport:
    """Return an earlier report whose criterion on complaints differs in these."""
    content = proposed()
    content["criteria"][2].update(changes)
    return EarlierReport(period=period, result=published(content))


def test_every_criterion_has_a_card_with_its_name_in_the_order_of_the_dossier() -> None:
    shown = published(proposed())
    cards = [block for block in chapters.weighing(shown, dossier()) if isinstance(block, Notice)]

    assert [block.title for block in cards] == [criterion.name for criterion in shown.criteria]
    assert {block.kind for block in cards} == {"card"}


def test_a_card_tells_the_demand_and_the_reason_of_the_organisation() -> None:
    found = card(proposed(), 2)

    assert (
        found["Eis"]
        == "Ten hoogste 0,2% van de netto contacten mag in elke maand tot een klacht leiden."
    )
    assert found["Reden"] == REASON


def test_a_card_tells_what_was_observed_and_how_many_times_that_the_threshold_is() -> None:
    result = proposed()
    total = result["outcomes"]["complaint"]["total"]
    total.update(n=20000, k=20, rate=0.001, rate_lower=0.0006, rate_upper=0.0015)

    assert card(result, 2)["Waargenomen"] == (
        "0,10% van de netto contacten over alle maanden samen (20 op 20.000). De drempelwaarde is "
        "2,0 keer zo hoog als dat percentage."
    )


def test_a_threshold_below_what_was_observed_is_told_as_a_part_of_it() -> None:
    result = proposed()
    total = result["outcomes"]["complaint"]["total"]
    total.update(n=20000, k=100, rate=0.005, rate_lower=0.0041, rate_upper=0.0061)

    words = "De drempelwaarde is ongeveer 40% van dat percentage."
    assert card(result, 2)["Waargenomen"].endswith(words)


def test_of_hidden_events_the_card_tells_the_most_they_can_be_and_the_least_of_the_times() -> None:
    result = proposed()
    entry = result["outcomes"]["complaint"]
    hidden = {"k": None, "rate": None, "rate_lower": None, "rate_upper": 0.0009}
    entry["total"].update(hidden, n=20000, design_effect=None, hidden={"k": "few"})
    entry["rates"] = [entry["total"]]

    assert card(result, 2)["Waargenomen"] == (
        "Ten hoogste 0,090% van de netto contacten over alle maanden samen (minder dan 10 op "
        "20.000). De drempelwaarde is ten minste 2,2 keer zo hoog als dat percentage."
    )


def test_rows_of_several_reports_give_no_observed_rate_over_all_months() -> None:
    result = proposed()
    result["outcomes"]["complaint"]["rates"][0]["kept_from"] = "2026-Q2"

    assert "uit verschillende rapporten" in card(result, 2)["Waargenomen"]


def test_without_an_earlier_report_nothing_is_said_to_be_fixed_beforehand() -> None:
    assert card(proposed(), 2)["Eis geldt sinds"] == (
        "Dit rapport; er is geen eerder rapport gevonden."
    )


def test_a_demand_stands_since_the_first_report_in_a_row_that_states_it() -> None:
    earlier = (report("2025-Q4"), report("2026-Q1", threshold=0.003), report("2026-Q2"))

    assert card(proposed(), 2, *earlier)["Eis geldt sinds"] == (
        "Het rapport over het tweede kwartaal van 2026; sindsdien niet gewijzigd."
    )
    assert (
        "vierde kwartaal van 2025"
        in card(proposed(), 2, *earlier[:1], report("2026-Q1"))["Eis geldt sinds"]
    )


def test_a_demand_that_the_last_report_states_otherwise_is_new() -> None:
    changed = report("2026-Q2", threshold=0.003)

    assert card(proposed(), 2, changed)["Eis geldt sinds"] == (
        "Dit rapport; in het vorige stond deze eis niet, of anders."
    )


def test_a_demand_that_was_changed_after_the_outcome_says_so_whatever_reports_there_are() -> None:
    result = proposed()
    name = result["criteria"][2]["name"]
    result["criteria_changes"] = [
        {
            "date": "2026-10-03",
            "old_hash": "a" * 64,
            "new_hash": "b" * 64,
            "note": "vastgesteld na inzage van de uitkomsten",
            "changed": [f"drempelwaarde van ‘{name}’ van 0,1% naar 0,2%"],
            "reason": "",
            "old_term_months": 20,
            "new_term_months": 22,
        }
    ]

    assert card(result, 2, report("2026-Q2"))["Eis geldt sinds"] == (
        "3 oktober 2026, gewijzigd nadat de uitkomsten bekend waren. De eis geldt niet als vooraf "
        "vastgesteld."
    )
    assert "gewijzigd" not in card(result, 0)["Eis geldt sinds"]


def test_a_card_tells_the_proposal_with_half_and_with_double_the_threshold() -> None:
    result = proposed()
    name = result["criteria"][2]["name"]
    result["sensitivity"] = [
        other_choice("threshold", 0.5, None, criterion=name, status="undetermined"),
        other_choice("threshold", 0.75, 19, criterion=name),
        other_choice("threshold", 2.0, 25, criterion=name),
    ]

    assert card(result, 2)["Andere drempelwaarde"] == (
        "Bij de helft van de drempelwaarde is er nog geen voorstel, omdat dan niet vaststaat of "
        "aan een criterium wordt voldaan; bij het dubbele is de termijn volgens alle criteria "
        "samen, met de grens van 36 maanden (Code), 25 maanden."
    )
    assert "Andere drempelwaarde" not in card(result, 0)
    result["sensitivity"] = [
        other_choice("threshold", factor, 25, criterion=name) for factor in (0.5, 2.0)
    ]
    assert card(result, 2)["Andere drempelwaarde"] == (
        "Zowel bij de helft als bij het dubbele van de drempelwaarde is de termijn volgens alle "
        "criteria samen, met de grens van 36 maanden (Code), 25 maanden."
    )
    result["sensitivity"][0] = other_choice("threshold", 0.5, 19, criterion=name)
    assert card(result, 2)["Andere drempelwaarde"] == (
        "Bij de helft van de drempelwaarde is de termijn volgens alle criteria samen, met de grens "
        "van 36 maanden (Code), 19 maanden; bij het dubbele is de termijn 25 maanden."
    )
    result["proposal"]["route"] = "request"
    assert (
        "samen, zonder de grens van 36 maanden (Code), 19"
        in card(result, 2)["Andere drempelwaarde"]
    )
    result["regime"]["cap_months"] = None
    assert "(Code)" not in card(result, 2)["Andere drempelwaarde"]


def test_a_rate_over_all_months_has_an_observed_rate_too() -> None:
    shown = published(overall_rate())
    place = next(n for n, c in enumerate(shown.criteria) if c.kind == "maximum_overall_rate")

    assert "over alle maanden samen" in card(overall_rate(), place)["Waargenomen"]


def test_a_burden_per_conversion_is_counted_over_all_months_where_every_count_is_told() -> None:
    result = proposed()
    result["criteria"][1].update(
        kind="burden_per_conversion",
        outcome=None,
        threshold=1.2,
        parameters={"complaint_weight": 5},
    )
    for outcome, events in (("conversion", 1000), ("objection", 500), ("complaint", 20)):
        result["outcomes"][outcome]["total"].update(n=20000, k=events, rate=events / 20000)

    assert card(result, 1)["Waargenomen"] == (
        "0,60 meldingen van verzet per conversie over alle maanden samen, elke klacht geteld als "
        "5. De drempelwaarde is 2,0 keer zo hoog."
    )
    hidden = {"k": None, "rate": None, "rate_lower": None, "design_effect": None}
    result["outcomes"]["complaint"]["total"].update(hidden)
    assert "Waargenomen" not in card(result, 1)
