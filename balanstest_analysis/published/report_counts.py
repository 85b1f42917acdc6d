"""The part of a published report that later reports of its series are compared with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from balanstest_analysis.published.account import AccountLine, PublishedFinding
from balanstest_analysis.published.compliance import PublishedCompliance
from balanstest_analysis.published.names import Outcome
from balanstest_analysis.published.outcomes import PublishedOutcome
from balanstest_analysis.published.people import CompositionRow, IncidenceRow
from balanstest_analysis.published.result import PublishedResult


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportCounts:
    """Everything countable that one report published.

    Attributes:
        period: of the report.
        data_through: ISO date, last day of its history.
        outcomes: by name.
        incidence_since_contact: by outcome.
        composition: per group of months.
        bridge: the account; empty where it was withheld.
        findings: about the history.
        compliance: None where counts were delivered.
    """

    period: str
    data_through: str
    outcomes: Mapping[Outcome, PublishedOutcome]
    incidence_since_contact: Mapping[Outcome, tuple[IncidenceRow, ...]]
    composition: tuple[CompositionRow, ...]
    bridge: tuple[AccountLine, ...]
    findings: tuple[PublishedFinding, ...]
    compliance: PublishedCompliance | None


def counts_of_result(result: PublishedResult) -> ReportCounts:
    """Return what later reports are compared with."""
    return ReportCounts(
        period=result.period,
        data_through=result.data_through,
        outcomes=result.outcomes,
        incidence_since_contact=result.incidence_since_contact,
        composition=result.composition,
        bridge=result.bridge,
        findings=result.findings,
        compliance=result.compliance,
    )
