"""All counts of a history in two small tables: what everything after the engine is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import ibis
import ibis.expr.types as ir
import pandas as pd

from balanstest_analysis.dossier import Dossier
from balanstest_analysis.exposure.attribution import (
    CALL_KEY,
    attribution_totals,
    candidates,
)
from balanstest_analysis.exposure.calls import (
    prepared_calls,
    seen_both_ways,
    with_age,
    with_duplicates_marked,
    with_objection,
)
from balanstest_analysis.exposure.countings import (
    REPORTS,
    Counting,
    other_countings,
    own_counting,
)
from balanstest_analysis.exposure.exclusions import call_findings, with_code
from balanstest_analysis.exposure.lifetimes import lifetimes
from balanstest_analysis.exposure.spells import NOT_BOUGHT, event_totals
from balanstest_analysis.exposure.tallies import tallied
from balanstest_analysis.sources import History


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """Counts of the calls and of what was reported about them.

    Attributes:
        calls: per code, ``net_contact``, campaign, month, customer group and year of the call,
            the counts of the month table under every counting, and per
            reported outcome ``<outcome>_reports`` and ``<outcome>_followed`` (those on calls with
            complete follow-up). Only calls that can count are kept apart by more than the code.
            Where the reference date has an alternative, also per ``reference``.
        findings: how many calls each finding applies to.
        reports: per reported outcome ``reported``, ``attributed`` and ``unanswered``.
        events: what was found among the events; see `event_totals`.
        lifetimes: persons by the months in which they entered and left; None without events.
        countings: the dossier's own first.
        coded: every call with its code and findings, for as long as the history is open.
    """

    calls: pd.DataFrame
    findings: Mapping[str, int]
    reports: Mapping[str, Mapping[str, int]]
    events: Mapping[str, int]
    lifetimes: pd.DataFrame | None
    countings: Sequence[Counting]
    coded: ir.Table = field(repr=False)

    @cached_property
    def own_calls(self) -> pd.DataFrame:
        """The cells under the dossier's own reference date: every call is in exactly one."""
        if "reference" not in self.calls:
            return self.calls
        return self.calls[self.calls["reference"] != "other"]


def make_ledger(history: History, dossier: Dossier) -> Ledger:
    """Return the counts of a history, computed by the engine."""
    reported = [outcome for outcome, (table, _, _) in REPORTS.items() if table in history.tables]
    own = own_counting(dossier, reported)
    countings = (own, *other_countings(own))
    events = event_totals(history)
    other = any(events.get(f"kind_{kind}") for kind in NOT_BOUGHT)
    calls = prepared_calls(history, dossier)
    found = _found(history, calls, countings) if reported else None
    aged = with_age(history, with_duplicates_marked(history, calls), other_reference=other)
    known = with_objection(history, aged)
    coded = _kept(history, with_code(known, dossier))
    viewed = with_code(seen_both_ways(coded), dossier) if other else coded
    return Ledger(
        calls=tallied(history, viewed, found, dossier, countings),
        findings=_findings(history, coded, dossier),
        reports=_report_totals(history, found, own),
        events=events,
        lifetimes=lifetimes(history, coded, dossier),
        countings=countings,
        coded=coded.mutate(**call_findings(coded, dossier)),
    )


_ASKED = (
    *CALL_KEY[:2],
    "campaign",
    "called_on",
    "net_contact",
    "converted",
    "converted_without_contact",
    "answered",
    "duplicate",
    "running",
    "objected",
    "code",
)
_NARROW = {"month": "int16", "customer_group": "int8"}
_IF_THERE = ("reference_date", "opens_on", "closes_on")


def _kept(history: History, calls: ir.Table) -> ir.Table:
    """Return the calls as a table of the engine, as narrow as may be: many questions follow."""
    texts = [name for name in ("call_id", "basis") if history.has("calls", name)]
    spell = [name for name in _IF_THERE if name in calls.columns and "opens_on" in calls.columns]
    narrow = {name: calls[name].cast(kind) for name, kind in _NARROW.items()}
    if "other_month" in calls.columns:
        narrow["other_month"] = calls.other_month.cast("int16")
    kept = history.keep("coded", calls.select(*_ASKED, *texts, *spell, **narrow))
    absent = {name: calls[name] for name in ("call_id", "basis") if name not in texts}
    defaults = {"call_id": "", "basis": "relation"}
    return kept.mutate(**{name: ibis.literal(defaults[name]) for name in absent})


def _findings(history: History, calls: ir.Table, dossier: Dossier) -> dict[str, int]:
    sums = {code: calls.count(where=w) for code, w in call_findings(calls, dossier).items()}
    row = history.frame(calls.aggregate(**sums)).iloc[0]
    return {str(code): int(count) for code, count in row.items()}


def _found(history: History, calls: ir.Table, countings: Sequence[Counting]) -> ir.Table:
    narrow = calls.select(*CALL_KEY, "called_on", "net_contact")
    return history.keep("attributed", candidates(history, narrow, countings))


def _report_totals(
    history: History, found: ir.Table | None, own: Counting
) -> dict[str, dict[str, int]]:
    if found is None:
        return {}
    totals = history.frame(attribution_totals(found, own)).iloc[0]
    tables = {outcome: history.tables[REPORTS[outcome][0]] for outcome in own.outcomes}
    return {
        outcome: {
            "reported": table.rows_read - table.left_out,
            "attributed": int(totals[f"{outcome}_attributed"]),
            "unanswered": int(totals[f"{outcome}_unanswered"]),
        }
        for outcome, table in tables.items()
    }
