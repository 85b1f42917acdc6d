"""What is published of the compliance of a history, and how the report shows it."""

from __future__ import annotations

from typing import Any

import pytest

from balanstest_analysis.disclosure.account import Account
from balanstest_analysis.disclosure.compliance import publish_compliance
from balanstest_analysis.disclosure.earlier_counts import EarlierCounts
from balanstest_analysis.document.blocks import Table
from balanstest_analysis.presentation.chapters.account import findings
from balanstest_analysis.presentation.chapters.compliance import compliance_details
from tests.example_results import dossier, proposed

MINIMUM = 10


def rule(code: str = "outside_hours", **changes: Any) -> dict[str, Any]:
    years = [
        {"year": 2024, "count": 20, "checked": 900},
        {"year": 2025, "count": 0, "checked": 990},
    ]
    given = {
        "code": code,
        "unit": "calls",
        "status": "checked",
        "count": 20,
        "checked": 1890,
        "by_year": years,
        "verified": False,
        "sources": ["Een bron"],
    }
    return {**given, **changes}


def compliance(*rules: dict[str, Any], **frequency: Any) -> dict[str, Any]:
    year = {
        "year": 2024,
        "customers": 400,
        "calls_median": 2,
        "calls_high": 5,
        "calls_most": 31,
        "contacts_median": 1,
        "contacts_high": 2,
    }
    buckets = [{"calls_from": n, "customers": m} for n, m in ((1, 300), (2, 91), (5, 8), (20, 1))]
    given = {"years": [year], "buckets": buckets, "many": 3, "limit": 12}
    return {
        "rules": list(rules),
        "regimes": ["tw-2021", "ctm-2024"],
        "called_after_objection": 0,
        "frequency": {**given, **frequency},
    }


def told(*findings_: tuple[str, int | None]) -> list[dict[str, Any]]:
    return [{"code": code, "count": count, "text": ""} for code, count in findings_]


def published(result: dict[str, Any], *findings_: tuple[str, int | None]) -> dict[str, Any]:
    shown = publish_compliance(result, told(*findings_), MINIMUM)
    assert shown is not None
    return shown


def test_a_rule_shows_its_count_and_share_but_never_its_denominator() -> None:
    shown = published(compliance(rule()), ("outside_hours", 20))["rules"][0]
    assert (shown["count"], shown["share"], shown["checked"]) == (20, 0.01, None)
    assert shown["by_year"] == [{"year": 2024, "count": 20}, {"year": 2025, "count": 0}]


def test_one_small_year_hides_all_years() -> None:
    years = [
        {"year": 2024, "count": 17, "checked": 900},
        {"year": 2025, "count": 3, "checked": 990},
    ]
    shown = published(compliance(rule(by_year=years)), ("outside_hours", 20))["rules"][0]
    assert (shown["count"], shown["by_year"]) == (20, [])


def test_a_count_is_the_one_that_the_findings_tell() -> None:
    shown = published(compliance(rule(count=22)), ("outside_hours", 20))["rules"][0]
    assert (shown["count"], shown["by_year"]) == (20, [])


@pytest.mark.parametrize(("checked", "count"), [(100, 0), (99, None)])
def test_nothing_found_is_told_where_enough_was_checked(checked: int, count: int | None) -> None:
    shown = published(compliance(rule(count=0, checked=checked, by_year=[])))["rules"][0]
    assert shown["count"] == count


def test_a_small_count_has_neither_count_nor_share_nor_years() -> None:
    shown = published(compliance(rule(count=4)), ("outside_hours", None))["rules"][0]
    assert (shown["count"], shown["share"], shown["by_year"]) == (None, None, [])


def test_the_frequency_shows_no_customer_called_most() -> None:
    frequency = published(compliance())["frequency"]
    assert "calls_most" not in frequency["years"][0]
    assert "customers" not in frequency["years"][0]
    assert frequency["buckets"] == [
        {"calls_from": 1, "share": 0.75},
        {"calls_from": 2, "share": 0.25},
    ]
    assert frequency["many"] is None


def test_calling_afterwards_is_told_by_points_and_of_few_people_not_at_all() -> None:
    points = {"first_median": 4, "calls_high": 5}
    many = {**compliance(), "afterwards": {"people": 200, "person_years": 300, **points}}
    assert published(many)["afterwards"] == points
    few = {**many, "afterwards": {**many["afterwards"], "people": 199}}
    assert published(few)["afterwards"] is None


def test_a_year_with_few_customers_has_no_percentiles() -> None:
    few = [{**compliance()["frequency"]["years"][0], "customers": 199}]
    assert published(compliance(years=few))["frequency"]["years"] == []


@pytest.mark.parametrize(("late", "kept"), [(30, True), (25, False), (20, True), (0, True)])
def test_objections_called_after_are_not_told_beside_nearly_as_many_that_were_late(
    late: int, kept: bool
) -> None:
    given = told(("objection_then_called", 30), ("objection_processed_late", late))
    _, shown = Account(
        lines={}, findings=given, earlier=EarlierCounts(minimum=MINIMUM), contacts=[]
    ).published()
    codes = [finding["code"] for finding in shown]
    assert ("objection_then_called" in codes) is kept


# ---------------------------------------------------------------- the report


def with_compliance(*rules: dict[str, Any]) -> dict[str, Any]:
    result = proposed()
    counts = {entry["code"]: entry["count"] or 0 for entry in rules}
    codes = [(code, n if n >= MINIMUM else None) for code, n in counts.items()]
    return {**result, "compliance": published(compliance(*rules), *codes)}


def tables_of(blocks: Any) -> list[Table]:
    return [block for block in blocks if isinstance(block, Table)]


def test_every_rule_has_a_row_with_count_share_and_whether_a_source_confirms_it() -> None:
    unchecked = rule("beyond_own_term", status="no_rule", count=None, checked=None, by_year=[])
    result = with_compliance(rule(), rule("forbidden_day", count=4), unchecked)
    rows = tables_of(findings(result, dossier()))[0].rows
    assert rows[0] == ("Gebeld buiten de toegestane uren", "20", "1,0%", "nee")
    assert rows[1][1] == "minder dan 10"
    assert rows[2][1] == "niet van toepassing"


def test_the_appendix_gives_sources_hours_years_and_frequency() -> None:
    result = with_compliance(rule(), rule("after_objection"))
    shown = tables_of(compliance_details(result, dossier()))
    assert [table.columns[0] for table in shown] == ["Regeling", "Regel", "Jaar"]
    assert shown[0].rows[0][1:4] == ("09.00–22.00 uur", "10.00–16.00 uur", "zondag")
    assert "Goede Vrijdag" in shown[0].note


def test_without_a_history_there_is_nothing_about_rules() -> None:
    result = {**proposed(), "compliance": None}
    assert list(compliance_details(result, dossier())) == []
    assert publish_compliance(None, [], MINIMUM) is None
