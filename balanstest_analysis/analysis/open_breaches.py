"""Breaches of the exact history that have no measure, owner or day yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.dossier.statements import PLACEHOLDER
from balanstest_analysis.history.findings import Finding
from balanstest_analysis.published.account import told_finding
from balanstest_analysis.published.counts import Exact
from balanstest_analysis.published.measures import Measure, found_breaches, open_breaches


def stated_measures(dossier: Dossier) -> tuple[Measure, ...]:
    """Return the measures of a dossier, with nothing in the place of what is to be filled in.

    Args:
        dossier: with its measures.
    """
    return tuple(
        Measure(
            finding=one.finding,
            measure="" if PLACEHOLDER in one.measure else one.measure,
            owner="" if PLACEHOLDER in one.owner else one.owner,
            by=None if one.by is None else one.by.isoformat(),
            done_on=None if one.done_on is None else one.done_on.isoformat(),
        )
        for one in dossier.measures
    )


def breach_gaps(
    findings: Sequence[Finding], measures: Sequence[Measure], report_date: str
) -> tuple[str, ...]:
    """Return a gap for every breach that was found and lacks a measure, an owner or a day.

    Args:
        findings: exact.
        measures: of the dossier.
        report_date: ISO date.
    """
    found = [told_finding(f.code, Exact(f.count), minimum=1) for f in findings]
    return tuple(open_breaches(found_breaches(found, None, measures), report_date))


def breach_lines(dossier: Dossier, findings: Sequence[Finding]) -> Iterator[str]:
    """Yield what `balanstest check` says of breaches that are still open, in English.

    Args:
        dossier: with its measures.
        findings: exact.
    """
    gaps = breach_gaps(findings, stated_measures(dossier), dossier.report_date.isoformat())
    if gaps:
        yield (
            f"Breaches without a measure, owner and day ({len(gaps)}; `report --final` refuses "
            f"them): {', '.join(gap.partition('.')[2] for gap in gaps)}."
        )
        yield (
            "  To do: add `[[measures]]` with the `finding`, and `done_on` or a `by` on or after "
            "the report date."
        )
