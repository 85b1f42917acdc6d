"""What is published of the compliance of a history, and how the report shows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, fields, replace
from typing import Any

import pytest

from balanstest_analysis.disclosure.account import Account
from balanstest_analysis.disclosure.compliance import publish_compliance
from balanstest_analysis.disclosure.earlier_counts import EarlierCounts
from balanstest_analysis.document.blocks import Block, Table
from balanstest_analysis.dossier.regimes import regime_named
from balanstest_analysis.history.compliance.records import (
    CallingAfterwards,
    Compliance,
    Frequency,
    RuleCheck,
    YearCheck,
    YearOfCalling,
)
from balanstest_analysis.presentation.chapters.account import findings
from balanstest_analysis.presentation.chapters.compliance import compliance_details
from balanstest_analysis.published.account import PublishedFinding
from balanstest_analysis.published.compliance import (
    CallsAfterwards,
    CallsShare,
    PublishedCompliance,
    PublishedRule,
    YearCount,
    YearOfCalls,
)
from balanstest_analysis.published.counts import Count, Exact, Few, number
from balanstest_analysis.published.result import PublishedResult
from tests.example_results import dossier, proposed, published

MINIMUM = 10
EARLIER = EarlierCounts(minimum=MINIMUM)


def rule(code: str = "outside_hours", **changes: Any) -> RuleCheck:
    years = (
        YearCheck(year=2024, count=20, checked=900),
        YearCheck(year=2025, count=0, checked=990),
    )
    given = RuleCheck(
        code=code,
        unit="calls",
        status="checked",
        count=20,
        checked=1890,
        by_year=years,
        verified=False,
        sources=("Een bron",),
    )
    return replace(given, **changes)


YEAR = YearOfCalling(
    year=2024,
    customers=400,
    calls_median=2,
    calls_high=5,
    calls_most=31,
    contacts_median=1,
    contacts_high=2,
)
FREQUENCY = Frequency(years=(YEAR,), buckets={1: 300, 2: 91, 5: 8, 20: 1}, many=3, limit=12)


def compliance(*rules: RuleCheck, **changes: Any) -> Compliance:
    given = Compliance(
        rules=rules,
        regimes=(regime_named("tw-2021"), regime_named("ctm-2024")),
        called_after_objection=0,
        frequency=FREQUENCY,
        afterwards=None,
    )
    return replace(given, **changes)


def shown(exact: Compliance, **told: Count) -> PublishedCompliance:
    found = [PublishedFinding(code=code, count=count, text="") for code, count in told.items()]
    compliance = publish_compliance(exact, found, EARLIER)
    assert compliance is not None
    return compliance


def shown_rule(exact: RuleCheck, **told: Count) -> PublishedRule:
    [only] = shown(compliance(exact), **told).rules
    return only


def test_a_rule_shows_its_count_and_share_but_never_its_denominator() -> None:
    told = shown_rule(rule(), outside_hours=Exact(20))
    assert (told.count, told.share) == (Exact(20), 0.01)
    assert told.by_year == (YearCount(year=2024, count=20), YearCount(year=2025, count=0))
    assert "checked" not in {
        field.name for kind in (told, told.by_year[0]) for field in fields(kind)
    }


def test_one_small_year_hides_all_years() -> None:
    years = (
        YearCheck(year=2024, count=17, checked=900),
        YearCheck(year=2025, count=3, checked=990),
    )
    told = shown_rule(rule(by_year=years), outside_hours=Exact(20))
    assert (told.count, told.by_year) == (Exact(20), ())


def test_a_count_is_the_one_that_the_findings_tell() -> None:
    told = shown_rule(rule(count=22), outside_hours=Exact(20))
    assert (told.count, told.by_year) == (Exact(20), ())


@pytest.mark.parametrize(("checked", "count"), [(100, Exact(0)), (99, Few())])
def test_nothing_found_is_told_where_enough_was_checked(checked: int, count: Count) -> None:
    assert shown_rule(rule(count=0, checked=checked, by_year=())).count == count


def test_a_small_count_has_neither_count_nor_share_nor_years() -> None:
    told = shown_rule(rule(count=4), outside_hours=Few())
    assert (told.count, told.share, told.by_year) == (Few(), None, ())


def test_the_frequency_shows_no_customer_called_most() -> None:
    frequency = shown(compliance()).frequency
    names = {field.name for field in fields(YearOfCalls)}
    assert not names & {"calls_most", "customers"}
    assert [year.year for year in frequency.years] == [2024]
    assert frequency.buckets == (
        CallsShare(calls_from=1, share=0.75),
        CallsShare(calls_from=2, share=0.25),
    )
    assert number(frequency.many) is None


def test_calling_afterwards_is_told_by_points_and_of_few_people_not_at_all() -> None:
    points = CallsAfterwards(
        first_low=0,
        first_median=4,
        first_high=31,
        calls_median=2,
        calls_high=5,
        contacts_median=1,
        contacts_high=2,
    )
    many = CallingAfterwards(people=200, person_years=300, **asdict(points))
    assert shown(compliance(afterwards=many)).afterwards == points
    assert shown(compliance(afterwards=replace(many, people=199))).afterwards is None


def test_a_year_with_few_customers_has_no_percentiles() -> None:
    few = replace(FREQUENCY, years=(replace(YEAR, customers=199),))
    assert shown(compliance(frequency=few)).frequency.years == ()


@pytest.mark.parametrize(("late", "kept"), [(30, True), (25, False), (20, True), (0, True)])
def test_objections_called_after_are_not_told_beside_nearly_as_many_that_were_late(
    late: int, kept: bool
) -> None:
    given = {"objection_then_called": 30, "objection_processed_late": late}
    _, told = Account(lines={}, findings=given, earlier=EARLIER, contacts=[]).published()
    assert ("objection_then_called" in [finding.code for finding in told]) is kept


# ---------------------------------------------------------------- the report


def with_compliance(*rules: RuleCheck) -> PublishedResult:
    counts = {entry.code: entry.count or 0 for entry in rules}
    told = {code: Exact(n) if n >= MINIMUM else Few() for code, n in counts.items()}
    return replace(published(proposed()), compliance=shown(compliance(*rules), **told))


def tables_of(blocks: Iterable[Block]) -> list[Table]:
    return [block for block in blocks if isinstance(block, Table)]


def test_every_rule_has_a_row_with_count_share_and_whether_a_source_confirms_it() -> None:
    unchecked = rule("beyond_own_term", status="no_rule", count=None, checked=None, by_year=())
    result = with_compliance(rule(), rule("forbidden_day", count=4), unchecked)
    rows = tables_of(findings(result, dossier()))[0].rows
    assert rows[0] == ("Gebeld buiten de toegestane uren", "20", "1%", "nee")
    assert rows[1][1] == "minder dan 10"
    assert rows[2][1] == "niet van toepassing"


def test_the_appendix_gives_sources_hours_years_and_frequency() -> None:
    result = with_compliance(rule(), rule("after_objection"))
    tables = tables_of(compliance_details(result, dossier()))
    assert [table.columns[0] for table in tables] == ["Regeling", "Regel", "Jaar"]
    assert tables[0].rows[0][1:4] == ("09.00–22.00 uur", "10.00–16.00 uur", "zondag")
    assert "Goede Vrijdag" in tables[0].note


def test_without_a_history_there_is_nothing_about_rules() -> None:
    assert list(compliance_details(published(proposed()), dossier())) == []
    assert publish_compliance(None, [], EARLIER) is None
