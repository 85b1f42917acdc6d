"""What a report says of calls where the events begin too late to know what came before them."""

from __future__ import annotations

from typing import Any

import pytest

from balanstest_analysis.presentation.chapters.account import findings
from balanstest_analysis.presentation.conclusions import cautions, counterpoints
from balanstest_analysis.presentation.late_events import doubted, told_late
from balanstest_analysis.presentation.tables import compliance_table, rule_years_table
from balanstest_analysis.published.json_form import from_json, to_json
from balanstest_analysis.verification.claims.reader import read
from tests.claim_variations import late_events, not_by_year, only_late_events
from tests.example_results import dossier, proposed, published
from tests.presentation.test_claims import rendered

NOT_KNOWN = "staat tot die dag niet vast"


def breaches(result: dict[str, Any]) -> str:
    points = counterpoints(published(result))
    return next((one.text for one in points if one.code == "breaches"), "")


def on_page_one(result: dict[str, Any]) -> str:
    return " ".join(cautions(published(result)))


def notes(result: dict[str, Any]) -> list[str]:
    made = [table(published(result)) for table in (compliance_table, rule_years_table)]
    return [table.note for table in made if table is not None]


def test_the_tables_of_the_rules_say_what_is_not_known_until_when() -> None:
    for note in notes(late_events()):
        assert NOT_KNOWN in note
        assert "vóór 1 januari 2026 kan daardoor een eerdere gift of deelname ontbreken" in note


def test_a_table_of_later_years_says_nothing_of_earlier_ones() -> None:
    result = late_events()
    result["compliance"]["late_events"]["reaches_from"] = "2025-01-01"
    assert [NOT_KNOWN in note for note in notes(result)] == [True, False]


def test_rules_with_a_count_but_none_per_year_are_named_under_the_table_of_years() -> None:
    [_, by_year] = notes(not_by_year("after_objection", "beyond_cap"))
    assert (
        "Van ‘Gebeld nadat verzet was aangetekend’ en ‘Gebeld na afloop van de maximale termijn "
        "(36 maanden)’ kan niet van elk jaar een aantal worden gepubliceerd; ook die regels staan "
        "er niet in." in by_year
    )
    assert "kan niet van elk jaar" not in notes(late_events())[1]


def test_calls_without_a_known_relation_are_no_certain_breach() -> None:
    assert (
        "overtredingen gevonden van twee regels: ‘gebeld nadat verzet was aangetekend’ en ‘gebeld "
        "na afloop van de maximale termijn (36 maanden)’. Er is gebeld zonder bekende"
    ) in on_page_one(late_events())
    told = breaches(late_events())
    assert "12 keer na afloop" in told
    assert "Er is 48 keer gebeld zonder bekende klantrelatie; of dat een overtreding is" in told


def test_a_rule_that_was_broken_in_a_later_year_counts_among_the_broken_ones() -> None:
    result = late_events()
    years = result["compliance"]["rules"][-1]["by_year"]
    years[0]["count"], years[1]["count"] = 38, 10
    assert "overtredingen gevonden van drie regels." in on_page_one(result)
    assert "staat niet voor elke" not in on_page_one(result)
    assert "staat voor belpogingen vóór 1 januari 2026 niet vast" in breaches(result)


def test_where_they_are_all_there_is_no_breach_is_claimed() -> None:
    result = only_late_events()
    assert "overtredingen gevonden van" not in on_page_one(result)
    assert "staat niet voor elke belpoging vast" in on_page_one(result)
    assert breaches(result).startswith("Er is 48 keer gebeld zonder bekende klantrelatie; of dat")
    assert "ondermijnt" not in breaches(result)


def test_where_the_events_reach_back_they_are_breaches_as_before() -> None:
    result = late_events()
    result["compliance"]["late_events"] = None
    assert doubted(published(result)) is None
    assert told_late(published(result)) == ""
    assert "overtredingen gevonden van drie regels." in on_page_one(result)
    assert "48 keer zonder bekende klantrelatie" in breaches(result)


def test_what_to_do_stands_in_words_beside_the_table_of_the_rules() -> None:
    blocks = findings(published(late_events()), dossier())
    assert "12 maanden te laat" in "".join(map(repr, blocks))


def test_a_report_from_before_this_was_told_is_read() -> None:
    result = late_events()
    del result["compliance"]["late_events"]
    told = to_json(from_json(result))
    assert told["compliance"]["late_events"] is None
    assert from_json(to_json(published(late_events()))).compliance is not None
    assert doubted(published(proposed())) is None


@pytest.mark.parametrize(
    ("said", "instead"),
    [
        ("vóór 1 januari 2026 kan daardoor", "vóór 1 januari 2025 kan daardoor"),
        ("niet verder terug dan 1 januari 2023", "niet verder terug dan 1 januari 2022"),
        ("voor belpogingen vóór 1 januari 2026 niet", "voor belpogingen vóór 1 maart 2026 niet"),
        ("48 keer gebeld zonder", "47 keer gebeld zonder"),
        ("Er is gebeld zonder bekende klantrelatie; of dat een overtreding is, staat", "Er staat"),
        ("overtredingen gevonden van twee regels", "overtredingen gevonden van drie regels"),
    ],
)
def test_a_reader_finds_what_was_changed(said: str, instead: str) -> None:
    result = published(late_events())
    html = rendered(result)
    assert said in html
    assert read(html.replace(said, instead), to_json(result)).faults != []


def test_a_reader_finds_that_the_note_was_left_out() -> None:
    result = published(late_events())
    html = rendered(result)
    told = told_late(result)
    assert told in html
    assert read(html.replace(told, ""), to_json(result)).faults != []
