"""A breach is open until every measure about it says what, who and when."""

from __future__ import annotations

from typing import Any

import pytest

from balanstest_analysis.published.account import told_finding
from balanstest_analysis.published.compliance import (
    PublishedCompliance,
    PublishedFrequency,
    PublishedRule,
)
from balanstest_analysis.published.counts import (
    Count,
    Exact,
    Few,
    FewOthers,
    Kept,
    NotDelivered,
    Withheld,
)
from balanstest_analysis.published.measures import FoundBreach, Measure, found_breaches

DAY = "2026-10-15"
FULL = {"measure": "Dagelijks vergelijken.", "owner": "Databeheerder", "by": "2026-12-01"}


def measure(**changes: Any) -> Measure:
    stated = {"finding": "after_objection", "done_on": None, **FULL, **changes}
    return Measure(**stated)


def is_open(*measures: Measure) -> bool:
    return FoundBreach(code="after_objection", count=Exact(30), measures=measures).is_open(DAY)


@pytest.mark.parametrize(
    ("changes", "complete"),
    [
        ({}, True),
        ({"by": DAY}, True),
        ({"by": "2026-10-14"}, False),
        ({"by": "2026-10-14", "done_on": "2026-10-20"}, True),
        ({"by": None}, False),
        ({"by": None, "done_on": "2026-10-01"}, True),
        ({"measure": ""}, False),
        ({"owner": ""}, False),
    ],
)
def test_a_measure_says_what_who_and_when(changes: dict[str, Any], complete: bool) -> None:
    assert measure(**changes).is_complete(DAY) == complete
    assert is_open(measure(**changes)) != complete


def test_a_breach_is_open_without_measures_and_while_one_of_them_is_incomplete() -> None:
    assert is_open()
    assert is_open(measure(), measure(by="2026-10-14"))
    assert not is_open(measure(), measure(done_on="2026-10-01"))


def compliance(count: Count, status: Any = "checked") -> PublishedCompliance:
    rule = PublishedRule(
        code="outside_hours",
        unit="calls",
        status=status,
        count=count,
        by_year=(),
        verified=None,
        sources=(),
        share=None,
    )
    frequency = PublishedFrequency(years=(), buckets=(), many=Few(), limit=12)
    return PublishedCompliance(
        rules=(rule,),
        regimes=(),
        called_after_objection=Few(),
        frequency=frequency,
        afterwards=None,
    )


@pytest.mark.parametrize(
    ("count", "found"),
    [
        (Exact(12), True),
        (Exact(0), False),
        (Kept(12, "2026-Q2"), True),
        (FewOthers(), True),
        (Withheld("tells_another"), True),
        (Few(), False),  # none among few calls is told in the same way
    ],
)
def test_a_rule_tells_of_a_breach_also_where_its_number_is_hidden(
    count: Count, found: bool
) -> None:
    breaches = found_breaches((), compliance(count), ())
    assert [one.count for one in breaches] == [count] * found


def test_a_finding_tells_of_a_breach_that_is_few() -> None:
    few = told_finding("outside_hours", Few(), minimum=10)
    assert [one.count for one in found_breaches((few,), compliance(Few()), ())] == [Few()]


def test_what_was_not_checked_is_no_breach() -> None:
    assert found_breaches((), compliance(NotDelivered(), "no_data"), (measure(),)) == ()


def test_findings_about_the_data_are_no_breaches() -> None:
    found = told_finding("zero_amount_event", Exact(63), minimum=10)
    assert found_breaches((found,), None, ()) == ()
