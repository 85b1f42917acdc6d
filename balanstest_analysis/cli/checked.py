"""What `balanstest check` found: exact counts, an example row, and what to do; in English."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from balanstest_analysis.analysis.open_breaches import breach_lines
from balanstest_analysis.analysis.what_can_be_tested import (
    alike_lines,
    densest_lines,
    maxima_table,
    months_tested_lines,
    too_strict_lines,
    what_can_be_tested,
)
from balanstest_analysis.document.personal import screened, told_message
from balanstest_analysis.document.wording.doubts import DOUBTS
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.history.exposure import Exposure
from balanstest_analysis.history.exposure.exclusions import BEYOND
from balanstest_analysis.history.findings import BridgeLine, Finding, guide
from balanstest_analysis.history.month_table import MonthTable
from balanstest_analysis.history.recognition.other_divisions import divided_otherwise
from balanstest_analysis.history.sources import Reading
from balanstest_analysis.history.sources.unread_beside import unread_beside

_HARMLESS: Final = 3


def print_checked(out: Console, dossier: Dossier, exposure: Exposure) -> None:
    """Print how the tables are written, what they hold, what can be tested, and the findings."""
    print_readings(out, exposure.readings)
    for line in filter(None, (unread_beside(dossier), *division_lines(dossier))):
        out.print(f"  {line}", markup=False)
    if exposure.bridge:
        out.print(counts_table("From rows to exposure", exposure.bridge))
    months = exposure.month_table
    out.print(exposure_table(months))
    found = what_can_be_tested(dossier, months)
    if found:
        out.print(maxima_table(found))
    lines = (
        *densest_lines(found),
        *alike_lines(months, found),
        *months_tested_lines(dossier, months, found),
        *too_strict_lines(dossier, found),
    )
    for line in lines:
        out.print(f"  {line}", markup=False)
    _print_findings(out, exposure)
    for line in breach_lines(dossier, exposure.findings):
        out.print(line, markup=False)


def _print_findings(out: Console, exposure: Exposure) -> None:
    """Print the findings that ask for something before those that explain counts."""
    explaining = [finding for finding in exposure.findings if guide(finding.code).explains_counts]
    asking = [finding for finding in exposure.findings if finding not in explaining]
    titled = {
        "Findings (only those marked BLOCKING refuse the analysis)": asking,
        "Findings that ask for nothing, and explain the counts": explaining,
    }
    for title, findings in titled.items():
        if findings:
            out.print(title)
        for line in finding_lines(findings, exposure.bridge):
            out.print(f"  {line}", markup=False)


def finding_lines(findings: Sequence[Finding], bridge: Sequence[BridgeLine] = ()) -> Iterator[str]:
    """Yield the lines that tell of each finding: those that block an analysis first.

    Then come those by which all that follows is doubtful: customers of one table who are not those
    of another, and tables that seem to tell something else than they should, or not all of it.

    Args:
        findings: in the order in which they were found.
        bridge: the account of the calls, in which a call stands once only; a finding that counts
            another number than its line there says why.

    Examples:
        >>> found = Finding(code="no_conversions", count=40)
        >>> list(finding_lines([found]))[0]
        'no conversions: 40 in calls'
    """
    accounted = {line.code: line.count for line in bridge}
    for finding in sorted(findings, key=_gravity):
        yield f"{'BLOCKING ' if finding.blocking else ''}{_count(finding)}"
        yield f"  {guide(finding.code).meaning}"
        if finding.detail:
            yield f"  {told_message(finding.detail)}"
        yield from _unlike_account(finding, accounted)
        yield f"  To do: {guide(finding.code).remedy}"


def doubtful(findings: Sequence[Finding]) -> tuple[str, ...]:
    """Return the codes of the findings by which all that follows is doubtful, the gravest first.

    Args:
        findings: in the order in which they were found.

    Examples:
        >>> codes = ("zero_amount_event", "silent_campaigns", "few_customer_match_events")
        >>> doubtful([Finding(code=code, count=40) for code in codes])
        ('few_customer_match_events', 'silent_campaigns')
    """
    found = [finding for finding in findings if _gravity(finding) < _HARMLESS]
    return tuple(finding.code for finding in sorted(found, key=_gravity))


def _gravity(finding: Finding) -> int:
    if finding.blocking:
        return 0
    if "_customer_match_" in finding.code:
        return 1
    return 2 if finding.code in DOUBTS else _HARMLESS


def _unlike_account(finding: Finding, accounted: Mapping[str, int]) -> Iterator[str]:
    """Yield why a finding counts another number of calls than the account of the rows."""
    lines = [*accounted]
    if accounted.get(finding.code, finding.count) == finding.count:
        return
    before = lines[1 : lines.index(finding.code)]
    nearest = ", ".join(f"`{code.replace('_', ' ')}`" for code in before if accounted[code])
    yield (
        f"  The account above has {accounted[finding.code]:,} of them: there a call stands once, "
        f"in the first line that applies (before this one: {nearest or 'none'})."
    )
    if finding.code in BEYOND:
        yield (
            "  Nor do both look at the same relation: here it is the last that counted by the "
            "rules of the day of the call, there the last that counts by those of the report date."
        )


def _count(finding: Finding) -> str:
    counts = guide(finding.code).counts
    noun = "" if counts == "rows" else f" {counts[:-1] if finding.count == 1 else counts}"
    counted = f"{finding.count:,}{noun}"
    where = "" if finding.table == f"the {counts}" else f" in {finding.table}"
    words = f"{finding.code.replace('_', ' ')}: {counted}{where}"
    file = screened(finding.example_file or "", "a file")
    if finding.example_day is not None:
        return f"{words}, for example in {file} on {finding.example_day}"
    if finding.example_row is None:
        return words
    return f"{words}, for example {file} row {finding.example_row}"


def division_lines(dossier: Dossier) -> Iterator[str]:
    """Yield the result codes that stand in another list than their words say."""
    for one in divided_otherwise(dossier.data.calls or (), dossier.data.objections or ()):
        yield told_message(
            f"Look again: `{one.column}` {one.code!r} is under `{one.stated}`, and {one.why}."
        )


def print_readings(out: Console, readings: tuple[Reading, ...]) -> None:
    """Print where the rows of each table are, how they are written, and codes without a place."""
    table = Table(
        *("table", "rows", "read from, and as"),
        title="How the tables are written",
        title_justify="left",
    )
    table.columns[1].justify = "right"
    for reading in readings:
        rows = "" if reading.source_rows is None else f"{reading.source_rows:,}"
        told = f"{reading.source}: {reading.describe()}{_days(reading)}"
        table.add_row(reading.table, rows, escape(told_message(told)))
    out.print(table)
    for reading in readings:
        for column in reading.unmapped:
            codes = f"Codes of `{column}` mapped to nothing: {reading.describe_codes(column)}."
            out.print(escape(told_message(codes)))
        for column, unseen in reading.in_vain.items():
            listed = ", ".join(map(repr, unseen))
            told = f"Codes of `{column}` in the dossier that never occur: {listed}."
            out.print(escape(told_message(told)))


def _days(reading: Reading) -> str:
    """Return from which day through which its rows are; a file that ends early shows by that."""
    days = reading.days
    which = "the rows that count are from" if reading.left_out else "from"
    return "" if days is None else f"; {which} {days.first} through {days.last}"


def counts_table(title: str, rows: tuple[Any, ...]) -> Table:
    """Return a table of codes and their exact counts; those without any share a line below it."""
    none = [row.code.replace("_", " ") for row in rows if not row.count]
    table = Table(
        *("what", "count"),
        title=title,
        title_justify="left",
        caption=f"None under: {', '.join(none)}." if none else None,
        caption_justify="left",
        min_width=len(title) + 4,
    )
    table.columns[1].justify = "right"
    for row in rows:
        if row.count:
            table.add_row(row.code.replace("_", " "), f"{row.count:,}")
    return table


def exposure_table(months: MonthTable) -> Table:
    """Return contacts, events and months of every outcome."""
    table = Table(
        *("outcome", "contacts", "events", "months"),
        title="Exposure and events",
        title_justify="left",
        caption=_in_the_report(months),
        caption_justify="left",
    )
    for name in months.outcomes:
        if name not in months.available:
            table.add_row(name, "not delivered", "-", "-")
            continue
        counts = months.outcome(name)
        seen = counts.exposure_by_month.nonzero()[0]
        reach = f"{seen[0]}-{seen[-1]}" if len(seen) else "-"
        table.add_row(name, f"{counts.exposure.sum():,}", f"{counts.events.sum():,}", reach)
    return table


def _in_the_report(months: MonthTable) -> str:
    """Return what the tables of the report count where contacts have several outcomes."""
    if len(months.available) < 2:
        return "Exposure: the contacts that count."
    counts = {
        name: months.counts("joint_exposure", f"joint_{name}")
        for name in months.outcomes
        if name in months.available
    }
    contacts = next(iter(counts.values())).exposure.sum()
    events = ", ".join(f"{found.events.sum():,} {name}s" for name, found in counts.items())
    return (
        "Exposure: the contacts that count, and are followed long enough for the outcome. The "
        f"tables of the report are about those followed long enough for all: {contacts:,}, with "
        f"{events}."
    )
