"""The month table of a dossier, with the account of every call that came in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace

import pandas as pd

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.errors import RunError
from balanstest_analysis.history.columns.placeholder_keys import kinds_told
from balanstest_analysis.history.exposure.alternative_counts import Recounts, month_table
from balanstest_analysis.history.exposure.exclusions import CALL_FINDINGS, EXCLUSIONS, IN_EXPOSURE
from balanstest_analysis.history.exposure.ledger import Ledger, ask_ledger
from balanstest_analysis.history.exposure.lifetimes import life_table
from balanstest_analysis.history.exposure.repeated_rows import TABLES as REPEATED
from balanstest_analysis.history.exposure.state_of_export import (
    left_out,
    reference_after_conversions,
)
from balanstest_analysis.history.findings import BridgeLine, Finding
from balanstest_analysis.history.month_table import MonthTable, Recount
from balanstest_analysis.history.sources import (
    History,
    Reading,
    file_findings,
    open_history,
    queries_on,
    row_findings,
)
from balanstest_analysis.history.sources.counts import month_frame, read_counts_and_how

EVENT_FINDINGS = ("zero_amount_event", "ended_before_start", "kind_assumed")
NO_DAY_FINDINGS = {
    "sentinel_dates": ("events", "ends_on"),
    "sentinel_reference_dates": ("calls", "reference_date"),
    "sentinel_events": ("events", "occurred_on"),
}


@dataclass(frozen=True, kw_only=True)
class Exposure:
    """The exposure of a history and how it came about.

    Attributes:
        month_table: counts per campaign and month, with the sums over customers.
        bridge: rows in, every exclusion (also with 0), calls in the exposure; it adds up exactly.
        findings: what was found, in a fixed order, without what was not found.
        life_table: per reported outcome persons at risk, events and exits per month since their
            first contact; see `life_table`. Empty where no events are given.
        recounts: the same history under other choices.
        readings: how the tables were read.
    """

    month_table: MonthTable
    bridge: tuple[BridgeLine, ...] = field(repr=False)
    findings: tuple[Finding, ...]
    life_table: Mapping[str, pd.DataFrame] = field(default_factory=dict, repr=False)
    recounts: Iterable[Recount] = field(default=(), repr=False)
    readings: tuple[Reading, ...] = field(default=(), repr=False)


def build_exposure(dossier: Dossier, secret: bytes) -> Exposure:
    """Return the month table of a calling history, its account and its findings.

    Args:
        dossier: with ``[data.calls]``.
        secret: keys fingerprints and the numbers of customers; from `secret.load_secret`.

    Raises:
        DataError: a table cannot be accepted as it stands.
        DossierError: a mapping names a column that is not known.
        RunError: the account does not add up, which is a defect of this tool.

    Examples:
        >>> from balanstest_analysis.dossier.loading import load_dossier
        >>> exposure = build_exposure(load_dossier("data/sample/balanstest.toml"), b"secret")
        >>> exposure.bridge[0].count == sum(line.count for line in exposure.bridge[1:])
        True
    """
    with closing(open_history(dossier, secret)) as history:
        queries = queries_on(history)
        ledger = ask_ledger(queries, dossier).ledger
        queries.finish()
        return exposure_of(history, ledger.value)


def exposure_of(history: History, ledger: Ledger) -> Exposure:
    """Return the month table of an open history, its account and its findings.

    Args:
        history: open.
        ledger: its counts.

    Raises:
        RunError: the account does not add up, which is a defect of this tool.
    """
    table = month_table(ledger)
    table = replace(table, frame=month_frame(table.frame))
    findings = (
        *_call_findings(ledger),
        *_event_findings(ledger),
        *_late(history),
        *_codes(history),
        *_no_days(history),
        *_report_findings(ledger),
    )
    return Exposure(
        month_table=table,
        bridge=_bridge(history, ledger),
        findings=(
            *(Finding(code=code, count=count) for code, count in findings if count),
            *_nobody(history),
            *row_findings(history.tables),
            *file_findings(history.tables.values()),
        ),
        life_table=life_table(ledger.lifetimes),
        recounts=Recounts(ledger=ledger),
        readings=history.readings(),
    )


def _bridge(history: History, ledger: Ledger) -> tuple[BridgeLine, ...]:
    calls = history.tables["calls"]
    counts = ledger.own_calls.groupby("code")["calls"].sum().to_dict()
    counts["after_data_through"] = calls.left_out
    counts["placeholder_key"] = sum(calls.nobody.values())
    counts["left_out_by_where"] = calls.filtered.left_out
    lines = {code: int(counts.get(code, 0)) for code in (*EXCLUSIONS, IN_EXPOSURE)}
    if sum(lines.values()) != calls.rows_read:
        raise RunError("The calls do not add up; this is a defect of this tool. Report it.")
    both = {"rows_in": calls.rows_read, **lines}
    return tuple(BridgeLine(code=code, count=count) for code, count in both.items())


def _call_findings(ledger: Ledger) -> Iterator[tuple[str, int]]:
    for code in (*CALL_FINDINGS, "call_id_repeats"):
        yield code, ledger.findings[code]
    for code in ("calls_at_one_moment", "few_calls_at_one_moment"):
        yield code, ledger.findings.get(code, 0)
    yield "reference_after_conversions", reference_after_conversions(ledger)
    yield from left_out(ledger)


def _event_findings(ledger: Ledger) -> Iterator[tuple[str, int]]:
    for code in EVENT_FINDINGS:
        yield code, ledger.events.get(code, 0)
    for table in REPEATED:
        yield f"repeated_rows_{table}", ledger.findings.get(f"repeated_rows_{table}", 0)


def _late(history: History) -> Iterator[tuple[str, int]]:
    for name, table in history.tables.items():
        yield f"after_data_through_{name}", table.left_out


def _nobody(history: History) -> Iterator[Finding]:
    """Yield how many rows are left out because their key stands for nobody."""
    for name, table in history.tables.items():
        if table.nobody:
            yield Finding(
                code=f"placeholder_keys_{name}",
                count=sum(table.nobody.values()),
                detail=kinds_told(table.nobody),
            )


def _codes(history: History) -> Iterator[tuple[str, int]]:
    for table in history.tables.values():
        yield "unmapped_codes", table.unmapped_codes


def _no_days(history: History) -> Iterator[tuple[str, int]]:
    """Yield how many cells hold a day that systems write where they know none."""
    for code, (table, column) in NO_DAY_FINDINGS.items():
        if table in history.tables:
            yield code, history.tables[table].no_days.get(column, 0)


def _report_findings(ledger: Ledger) -> Iterator[tuple[str, int]]:
    """Account for every objection and complaint that is not an event of the month table."""
    calls = ledger.own_calls
    inside = calls[calls["code"] == IN_EXPOSURE].sum(numeric_only=True)
    for outcome, totals in ledger.reports.items():
        attributed = int(calls[f"{outcome}_reports"].sum())
        if attributed != totals["attributed"]:
            raise RunError(f"The {outcome}s do not add up; this is a defect of this tool.")
        on_contacts, followed = inside[f"{outcome}_reports"], inside[f"{outcome}_followed"]
        lost = totals["reported"] - attributed - totals["unanswered"]
        yield f"{outcome}_unattributed", lost
        yield f"{outcome}_after_unanswered_calls", totals["unanswered"]
        yield f"{outcome}_on_excluded_call", int(attributed - on_contacts)
        yield f"{outcome}_on_young_call", int(on_contacts - followed)
        yield f"{outcome}_repeated", int(followed - inside[f"{outcome}_events"])
        yield (
            f"incomplete_follow_up_{outcome}",
            int(inside["calls"] - inside[f"{outcome}_exposure"]),
        )


def load_exposure(dossier: Dossier, secret: bytes) -> Exposure:
    """Return the exposure from a calling history or from ready-made counts.

    Counts are taken as given: there is nothing to exclude, so there is no account of exclusions.

    Args:
        dossier: with ``[data.calls]`` or ``[data.counts]``.
        secret: keys fingerprints and the numbers of customers; from `secret.load_secret`.

    Raises:
        DataError: a table cannot be accepted as it stands.
        DossierError: a mapping names a column that is not known.
    """
    if dossier.data.counts is None:
        return build_exposure(dossier, secret)
    months, readings, findings = read_counts_and_how(dossier)
    return Exposure(month_table=months, bridge=(), findings=findings, readings=readings)
