"""What is published of the checks of the calling."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, replace

from balanstest_analysis.disclosure.compliance import publish_compliance
from balanstest_analysis.disclosure.earlier_counts import EarlierCounts
from balanstest_analysis.history.compliance.late_events import LateEvents
from balanstest_analysis.history.compliance.records import Compliance, Frequency, RuleCheck
from balanstest_analysis.published.account import PublishedFinding
from balanstest_analysis.published.compliance import PublishedCompliance, PublishedRule
from balanstest_analysis.published.counts import Count, Exact, Kept
from balanstest_analysis.published.report_counts import ReportCounts

BEYOND = "call_beyond_term"


def checked(count: int, number: int) -> Compliance:
    rule = RuleCheck(
        code=BEYOND,
        unit="calls",
        status="checked",
        count=count,
        checked=number,
        by_year=(),
        verified=True,
        sources=(),
    )
    return Compliance(
        rules=(rule,),
        regimes=(),
        called_after_objection=0,
        frequency=Frequency(years=(), buckets={}, many=0, limit=12),
        afterwards=None,
    )


def published(compliance: Compliance, told: Count, *earlier: ReportCounts) -> PublishedRule:
    finding = PublishedFinding(code=BEYOND, count=told, text="")
    found = publish_compliance(compliance, [finding], EarlierCounts(reports=earlier))
    assert found is not None
    return found.rules[0]


def report_with(compliance: PublishedCompliance, period: str) -> ReportCounts:
    return ReportCounts(
        period=period,
        data_through="2026-06-30",
        composition=(),
        incidence_since_contact={},
        bridge=(),
        compliance=compliance,
        outcomes={},
        findings=(),
    )


def test_a_count_kept_from_an_earlier_report_keeps_its_share_too() -> None:
    before = publish_compliance(
        checked(113, 58_000),
        [PublishedFinding(code=BEYOND, count=Exact(113), text="")],
        EarlierCounts(),
    )
    assert before is not None
    assert before.rules[0].share == 0.0019

    now = published(checked(117, 90_000), Kept(113, "2026-Q2"), report_with(before, "2026-Q2"))
    assert now.count == Kept(113, "2026-Q2")
    assert now.share == 0.0019


def test_of_events_that_begin_late_two_months_are_told_and_no_number() -> None:
    late = LateEvents(
        begins_on=dt.date(2023, 1, 1),
        reach_months=36,
        reaches_from=dt.date(2026, 1, 1),
        months_short=12,
        calls=48,
        without_event=53,
    )
    told = publish_compliance(replace(checked(113, 58_000), late_events=late), [], EarlierCounts())
    assert told is not None
    assert told.late_events is not None
    assert asdict(told.late_events) == {"begins_on": "2023-01-01", "reaches_from": "2026-01-01"}
