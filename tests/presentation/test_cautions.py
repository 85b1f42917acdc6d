"""What page one warns of: at most six lines, the gravest first."""

from __future__ import annotations

from typing import Any

from balanstest_analysis.presentation.conclusions import cautions
from tests.example_results import counts_only, incomplete, proposed, published

CHANGE = {
    "date": "2026-10-01",
    "old_hash": "a" * 16,
    "new_hash": "b" * 16,
    "note": "na het zien van de uitkomst",
    "changed": ["drempel"],
    "reason": "",
    "old_term_months": 24,
    "new_term_months": 22,
}


def test_what_is_set_aside_comes_before_what_was_chosen_afterwards() -> None:
    result = incomplete()
    result["criteria_changes"] = [CHANGE]
    first, *others = cautions(published(result))
    assert "laat het buiten beschouwing" in first
    assert any("nadat de uitkomst bekend was" in line for line in others)


def test_counts_as_delivered_and_few_campaigns_are_told() -> None:
    lines = cautions(published(counts_only()), as_delivered=True)
    assert lines[0].startswith("Dit rapport berust op aantallen per maand")
    assert "campagnes" in lines[1]


def test_one_or_two_broken_rules_are_named_and_more_are_told_by_their_number() -> None:
    result = proposed()
    [one] = _of_breaches(result)
    assert "van één regel: ‘gebeld nadat verzet was aangetekend’. Zie" in one
    result["findings"].append({"code": "beyond_cap", "count": 113, "text": "x"})
    [two] = _of_breaches(result)
    assert (
        "van twee regels: ‘gebeld nadat verzet was aangetekend’ en ‘gebeld na afloop van de "
        "maximale termijn (36 maanden)’. Zie"
    ) in two
    result["findings"].append({"code": "no_earlier_event", "count": 48, "text": "x"})
    [three] = _of_breaches(result)
    assert "overtredingen gevonden van drie regels. Zie" in three


def _of_breaches(result: dict[str, Any]) -> list[str]:
    return [line for line in cautions(published(result)) if "overtredingen gevonden" in line]


def test_breaches_of_days_and_hours_are_told_beside_the_rules() -> None:
    result = proposed()
    result["findings"].append({"code": "forbidden_day", "count": 57, "text": "x"})
    assert any("Ook is gebeld op dagen waarop" in line for line in cautions(published(result)))
    result["findings"].append({"code": "outside_hours", "count": 40, "text": "x"})
    assert any("Ook is gebeld op dagen en tijdstippen" in x for x in cautions(published(result)))
    result["findings"] = []
    assert not any("overtredingen" in line for line in cautions(published(result)))


def test_rows_of_earlier_reports_are_told() -> None:
    result = proposed()
    assert not any("een deel komt uit" in line for line in cautions(published(result)))
    result["outcomes"]["objection"]["rates"][2]["kept_from"] = "2026-Q2"
    assert any("een deel komt uit een eerder rapport." in x for x in cautions(published(result)))
    result["outcomes"]["objection"]["rates"][3]["kept_from"] = "2026-Q1"
    assert any("een deel komt uit eerdere rapporten." in x for x in cautions(published(result)))


def test_relations_that_do_not_count_are_told_only_where_they_were_delivered() -> None:
    result = proposed()
    assert not any("Niet alle relaties" in line for line in cautions(published(result)))
    result["findings"].append({"code": "kind_without_ground", "count": 41, "text": "x"})
    [line] = [line for line in cautions(published(result)) if "Niet alle relaties" in line]
    assert "lidmaatschappen" in line


def test_there_are_at_most_six_lines_with_what_the_rules_say_first() -> None:
    result = incomplete()
    aside = result["proposal"]["set_aside"]
    result["proposal"]["set_aside"] = [*aside, *aside, *aside, *aside]
    result["criteria_changes"] = [CHANGE]
    result["regime"]["verified"] = False
    result["regime"]["override_reason"] = "Eerder begonnen."
    lines = cautions(published(result), as_delivered=True)
    assert len(lines) == 5
    assert lines[-1].startswith("Nog ")
