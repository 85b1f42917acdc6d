"""The calling history against the rules of its day: a table, and the details in the appendix."""

from __future__ import annotations

from collections.abc import Iterator

from balanstest_analysis.document.blocks import Block, BulletList, Heading, Paragraph, literal
from balanstest_analysis.document.wording import BREACHES
from balanstest_analysis.document.wording.compliance import RULES
from balanstest_analysis.dossier.calling_hours import CallingHours
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.dossier.regimes import regime_named
from balanstest_analysis.presentation.tables import (
    compliance_table,
    frequency_shares,
    frequency_table,
    hours_table,
    rule_years_table,
)
from balanstest_analysis.published.compliance import PublishedCompliance
from balanstest_analysis.published.result import PublishedResult


def has_rules(result: PublishedResult) -> bool:
    """Return whether there is a calling history that was checked against rules."""
    return result.compliance is not None


def breaches(result: PublishedResult) -> bool:
    """Return whether the history went against a rule."""
    return any(finding.code in BREACHES for finding in result.findings)


def rules_checked(result: PublishedResult) -> Iterator[Block]:
    """Yield the table of rules, where there is a calling history."""
    table = compliance_table(result)
    if table is not None:
        yield table


def compliance_details(result: PublishedResult, dossier: Dossier) -> Iterator[Block]:
    """Yield years, sources, hours and frequency, for the appendix."""
    if result.compliance is None:
        return
    yield Heading(level=3, text="Bronnen van de regels waaraan de belhistorie is getoetst")
    yield _sources(result.compliance)
    yield hours_table(_hours(result.compliance, dossier))
    if dossier.rules.hours_reason:
        yield Paragraph(text=literal(dossier.rules.hours_reason))
    by_year = rule_years_table(result)
    yield from () if by_year is None else (by_year,)
    yield from _frequency(result)


def _sources(compliance: PublishedCompliance) -> Block:
    checked = [rule for rule in compliance.rules if rule.status == "checked"]
    checked = [rule for rule in checked if rule.code not in _IN_HOURS_TABLE]
    return BulletList(
        items=tuple(literal(f"{RULES[rule.code]}: {'; '.join(rule.sources)}.") for rule in checked)
    )


_IN_HOURS_TABLE = ("forbidden_day", "outside_hours")


def _hours(compliance: PublishedCompliance, dossier: Dossier) -> list[tuple[str, CallingHours]]:
    regimes = [regime_named(name) for name in compliance.regimes]
    return [(regime.name, dossier.rules.applied_to(regime.hours)) for regime in regimes]


def _frequency(result: PublishedResult) -> Iterator[Block]:
    table = frequency_table(result)
    if table is not None:
        yield table
    words = frequency_shares(result)
    if words:
        yield Paragraph(text=words)
