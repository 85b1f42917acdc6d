"""An earlier report under the minimum of today: what was told then may be too small to tell now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from balanstest_analysis.disclosure.binning import is_publishable
from balanstest_analysis.disclosure.rate_rows import WITHHELD
from balanstest_analysis.published.account import AccountLine, PublishedFinding
from balanstest_analysis.published.compliance import PublishedCompliance, PublishedRule
from balanstest_analysis.published.counts import Count, number
from balanstest_analysis.published.outcomes import AtMost, PublishedOutcome, RateRow
from balanstest_analysis.published.people import CompositionRow, IncidenceRow
from balanstest_analysis.published.report_counts import ReportCounts


def under_minimum(report: ReportCounts, minimum: int) -> ReportCounts:
    """Return a report as it may be told again: no count below the minimum, and no rest.

    Args:
        report: as it was published, perhaps with a lower minimum.
        minimum: least publishable count today.
    """
    compliance = report.compliance
    return replace(
        report,
        outcomes={name: _outcome(found, minimum) for name, found in report.outcomes.items()},
        incidence_since_contact={
            name: tuple(_persons(row, minimum) for row in rows)
            for name, rows in report.incidence_since_contact.items()
        },
        composition=tuple(_contacts(row, minimum) for row in report.composition),
        bridge=_account(report.bridge, minimum),
        findings=tuple(_finding(found, minimum) for found in report.findings),
        compliance=None if compliance is None else _compliance(compliance, minimum),
    )


def _large(count: Count, minimum: int) -> Count:
    """Return a count, withheld where it is small."""
    value = number(count)
    return WITHHELD if value is not None and 0 < value < minimum else count


def _among(count: Count, denominator: Count, minimum: int) -> Count:
    """Return a count, withheld where it or what is left of its denominator is small."""
    value, whole = number(count), number(denominator)
    if value is None or whole is None:
        return _large(count, minimum)
    told = is_publishable(value, whole, minimum) and not 0 < whole - value < minimum
    return count if told else WITHHELD


def _outcome(outcome: PublishedOutcome, minimum: int) -> PublishedOutcome:
    return replace(outcome, rows=tuple(_rates(row, minimum) for row in outcome.rows))


def _rates(row: RateRow, minimum: int) -> RateRow:
    events = _among(row.events, row.contacts, minimum)
    contacts = _large(row.contacts, minimum)
    if (contacts, events) == (row.contacts, row.events):
        return row
    return replace(
        row, contacts=contacts, events=events, rate=AtMost(upper=1.0), design_effect=None
    )


def _persons(row: IncidenceRow, minimum: int) -> IncidenceRow:
    value, mean = number(row.events), number(row.at_risk)
    told = value is None or mean is None or is_publishable(value, mean, minimum)
    events = row.events if told else WITHHELD
    at_risk = _large(row.at_risk, minimum)
    same = (at_risk, events) == (row.at_risk, row.events)
    return row if same else replace(row, at_risk=at_risk, events=events, share=None)


def _contacts(row: CompositionRow, minimum: int) -> CompositionRow:
    return replace(row, contacts=_large(row.contacts, minimum))


def _account(bridge: Sequence[AccountLine], minimum: int) -> tuple[AccountLine, ...]:
    return () if any(0 < line.count < minimum for line in bridge) else tuple(bridge)


def _finding(finding: PublishedFinding, minimum: int) -> PublishedFinding:
    return replace(finding, count=_large(finding.count, minimum))


def _compliance(compliance: PublishedCompliance, minimum: int) -> PublishedCompliance:
    return replace(compliance, rules=tuple(_rule(rule, minimum) for rule in compliance.rules))


def _rule(rule: PublishedRule, minimum: int) -> PublishedRule:
    small = any(0 < year.count < minimum for year in rule.by_year)
    count = _large(rule.count, minimum)
    share = rule.share if count == rule.count else None
    return replace(rule, count=count, share=share, by_year=() if small else rule.by_year)
