"""All counts of a history in one small table: what the month table and the account are made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import and_
from typing import Any

import ibis
import ibis.expr.types as ir
import pandas as pd

from balanstest_analysis.dossier import Dossier
from balanstest_analysis.exposure.attribution import (
    CALL_KEY,
    attributed,
    attribution_totals,
    reports_per_call,
)
from balanstest_analysis.exposure.calls import (
    prepared_calls,
    with_age,
    with_duplicates_marked,
    with_objection,
)
from balanstest_analysis.exposure.exclusions import (
    CALL_FINDINGS,
    IN_EXPOSURE,
    NO_NET_CONTACT,
    with_code,
)
from balanstest_analysis.sources import History

REPORTS = {
    "objection": ("objections", "objected_on", "objection_window_days"),
    "complaint": ("complaints", "complained_on", "complaint_window_days"),
}


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """Counts of the calls and of what was reported about them.

    Attributes:
        calls: per code, campaign, month and customer group, the counts of the month table,
            ``finding_<code>`` and, per reported outcome, ``<outcome>_reports`` and
            ``<outcome>_followed`` (those on calls in the exposure with complete follow-up). Only
            calls that count are kept apart by campaign, month and group.
        reports: per reported outcome ``reported``, ``attributed`` and ``unanswered``.
        coded: every call with its code and findings, for as long as the history is open.
    """

    calls: pd.DataFrame
    reports: Mapping[str, Mapping[str, int]]
    coded: ir.Table = field(repr=False)


def make_ledger(history: History, dossier: Dossier) -> Ledger:
    """Return the counts of a history, computed by the engine."""
    calls = prepared_calls(history, dossier)
    given = [outcome for outcome, (table, _, _) in REPORTS.items() if table in history.tables]
    found = {outcome: _attributed(history, dossier, calls, outcome) for outcome in given}
    known = with_objection(history, with_age(history, with_duplicates_marked(history, calls)))
    coded = with_code(known, dossier)
    counted = _counted(_with_reports(coded, found), dossier, given)
    totals = {outcome: _report_totals(history, outcome, found[outcome]) for outcome in given}
    return Ledger(calls=history.frame(counted), reports=totals, coded=coded)


def _attributed(history: History, dossier: Dossier, calls: ir.Table, outcome: str) -> ir.Table:
    table, day, window = REPORTS[outcome]
    rows = history.tables[table].rows
    found = attributed(
        rows.select("customer_id", "call_id", reported_on=day),
        calls.select(*CALL_KEY, "called_on", "answered"),
        window_days=getattr(dossier.settings, window),
        by_call_id=history.has("calls", "call_id") and history.has(table, "call_id"),
    )
    return history.keep(f"attributed_{outcome}", found)


def _report_totals(history: History, outcome: str, found: ir.Table) -> dict[str, int]:
    rows = history.tables[REPORTS[outcome][0]].rows
    totals = history.frame(attribution_totals(found)).iloc[0].to_dict()
    reported = history.frame(rows.aggregate(reported=rows.count())).iloc[0].to_dict()
    return {str(name): int(count) for name, count in {**totals, **reported}.items()}


def _with_reports(calls: ir.Table, found: Mapping[str, ir.Table]) -> ir.Table:
    """Return the calls with ``<outcome>_reports``: how many were attributed to each."""
    for outcome, table in found.items():
        reports = reports_per_call(table).rename({f"{outcome}_reports": "reports"})
        calls = calls.left_join(reports, list(CALL_KEY), rname=f"{outcome}_{{name}}")
        count = calls.duplicate.ifelse(0, calls[f"{outcome}_reports"].fill_null(0))
        calls = calls.mutate(**{f"{outcome}_reports": count})
    return calls


def _counted(calls: ir.Table, dossier: Dossier, reported: Sequence[str]) -> ir.Table:
    contact = calls.code == IN_EXPOSURE
    kept = contact | (calls.code == NO_NET_CONTACT)
    keys = {
        "code": calls.code,
        "campaign": kept.ifelse(calls.campaign, ""),
        "month": kept.ifelse(calls.month, 0),
        "customer_group": kept.ifelse(calls.customer_group, 0),
    }
    followed = {outcome: _followed(calls, dossier, outcome) for outcome in reported}
    flags = {
        "net_contacts": calls.net_contact,
        **_outcome_flags(calls, contact, followed),
        **{f"finding_{code}": calls[code] for code in CALL_FINDINGS},
    }
    sums = {name: flag.sum().cast("int64") for name, flag in flags.items()}
    grouped = calls.group_by(**keys)
    return grouped.agg(calls=calls.count(), **sums, **_report_sums(calls, contact, followed))


def _followed(calls: ir.Table, dossier: Dossier, outcome: str) -> ir.BooleanValue:
    window_days: int = getattr(dossier.settings, REPORTS[outcome][2])
    last_day = dossier.data_through - dt.timedelta(days=window_days)
    return calls.called_on <= ibis.literal(last_day)


def _outcome_flags(
    calls: ir.Table, contact: ir.BooleanValue, followed: Mapping[str, ir.BooleanValue]
) -> dict[str, ir.BooleanValue]:
    """Return exposure and events per outcome, and among contacts followed for all of them."""
    joint = reduce(and_, followed.values(), contact)
    happened = {
        "conversion": calls.converted,
        **{outcome: calls[f"{outcome}_reports"] > 0 for outcome in followed},
    }
    flags = {"joint_exposure": joint}
    for outcome, event in happened.items():
        exposed = contact & followed[outcome] if outcome in followed else contact
        flags[f"{outcome}_exposure"] = exposed
        flags[f"{outcome}_events"] = exposed & event
        flags[f"joint_{outcome}"] = joint & event
    return flags


def _report_sums(
    calls: ir.Table, contact: ir.BooleanValue, followed: Mapping[str, ir.BooleanValue]
) -> dict[str, Any]:
    sums = {}
    for outcome, complete in followed.items():
        reports = calls[f"{outcome}_reports"]
        sums[f"{outcome}_reports"] = reports.sum().cast("int64")
        counted = (contact & complete).ifelse(reports, 0)
        sums[f"{outcome}_followed"] = counted.sum().cast("int64")
    return sums
