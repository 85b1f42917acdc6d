"""The findings of `balanstest check`: exact counts, an example row, and what to do; in English."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from balanstest_analysis.findings import Finding, guide


def finding_lines(findings: Sequence[Finding]) -> Iterator[str]:
    """Yield the lines that tell of each finding, those that block an analysis first.

    Args:
        findings: in the order in which they were found.

    Examples:
        >>> found = Finding(code="no_conversions", count=40)
        >>> list(finding_lines([found]))[0]
        'no conversions: 40 in calls'
    """
    for finding in sorted(findings, key=lambda found: not found.blocking):
        yield f"{'BLOCKING ' if finding.blocking else ''}{_count(finding)}"
        yield f"  {guide(finding.code).meaning}"
        yield f"  To do: {guide(finding.code).remedy}"


def _count(finding: Finding) -> str:
    words = f"{finding.code.replace('_', ' ')}: {finding.count:,} in {finding.table}"
    if finding.example_day is not None:
        return f"{words}, for example in {finding.example_file} on {finding.example_day}"
    if finding.example_row is None:
        return words
    return f"{words}, for example {finding.example_file} row {finding.example_row}"
