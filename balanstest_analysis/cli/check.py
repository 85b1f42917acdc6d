"""The findings of `balanstest check`: exact counts, an example row, and what to do; in English."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from balanstest_analysis.document.personal import screened, told_message
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.dossier.loading import dossier_of_tables, load_dossier
from balanstest_analysis.errors import DossierError, Problems
from balanstest_analysis.history.findings import Finding, guide

if TYPE_CHECKING:
    from balanstest_analysis.history.findings import BridgeLine
    from balanstest_analysis.history.month_table import MonthTable
    from balanstest_analysis.history.sources import Reading


def finding_lines(findings: Sequence[Finding], bridge: Sequence[BridgeLine] = ()) -> Iterator[str]:
    """Yield the lines that tell of each finding, those that block an analysis first.

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
    for finding in sorted(findings, key=lambda found: not found.blocking):
        yield f"{'BLOCKING ' if finding.blocking else ''}{_count(finding)}"
        yield f"  {guide(finding.code).meaning}"
        if finding.detail:
            yield f"  {told_message(finding.detail)}"
        yield from _unlike_account(finding, accounted)
        yield f"  To do: {guide(finding.code).remedy}"


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
    from balanstest_analysis.history.exposure.exclusions import BEYOND

    if finding.code in BEYOND:
        yield "  And its months count there from the relations that count on the report date."


def _count(finding: Finding) -> str:
    counts = guide(finding.code).counts
    noun = "" if counts == "rows" else f" {counts[:-1] if finding.count == 1 else counts}"
    counted = f"{finding.count:,}{noun}"
    words = f"{finding.code.replace('_', ' ')}: {counted} in {finding.table}"
    file = screened(finding.example_file or "", "a file")
    if finding.example_day is not None:
        return f"{words}, for example in {file} on {finding.example_day}"
    if finding.example_row is None:
        return words
    return f"{words}, for example {file} row {finding.example_row}"


def loaded_or_every_problem(path: Path, quarter: str) -> Dossier:
    """Return the dossier; when it is refused, tell what is wrong with its tables as well."""
    from balanstest_analysis.history.sources import check_tables

    try:
        return load_dossier(path, quarter=quarter)
    except DossierError as error:
        problems = Problems(str(error))
    tables = dossier_of_tables(path)
    with problems.gathered():
        if tables is not None:
            check_tables(tables)
    raise DossierError(str(problems))


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
        told = f"{reading.source}: {reading.describe()}"
        table.add_row(reading.table, rows, escape(told_message(told)))
    out.print(table)
    for reading in readings:
        for column in reading.unmapped:
            codes = f"Codes of `{column}` mapped to nothing: {reading.describe_codes(column)}."
            out.print(escape(told_message(codes)))


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


def print_gaps(out: Console, gaps: tuple[str, ...]) -> None:
    """Print which parts of the dossier are still to be filled in."""
    if not gaps:
        out.print("No gaps: every question is answered.")
        return
    out.print(f"Still to be filled in ({len(gaps)}; `report --final` refuses gaps):")
    out.print("  " + ", ".join(gaps))
