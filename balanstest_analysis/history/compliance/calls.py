"""Every rule about single calls, counted per calendar year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import ibis
import ibis.expr.types as ir
import pandas as pd

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.dossier.regimes import all_regimes, cap_periods
from balanstest_analysis.history.compliance.plan import Days, calling_plan, with_hours
from balanstest_analysis.history.compliance.records import RuleCheck
from balanstest_analysis.history.compliance.rules import rule_check, unchecked
from balanstest_analysis.history.exposure import AskedLedger
from balanstest_analysis.history.exposure.clocks import Clocks
from balanstest_analysis.history.exposure.exclusions import other_relation
from balanstest_analysis.history.sources import Deferred, History, Queries
from balanstest_analysis.published.names import RuleStatus

WITHOUT_TIME = "called_without_time"
Years = dict[int, tuple[int, int]]


def checked_calls(queries: Queries, asked: AskedLedger, dossier: Dossier, days: Days) -> ir.Table:
    """Return the calls with, per rule, ``breaks_<code>`` and ``under_<code>`` (it applies)."""
    plan = queries.with_table("calling_plan", calling_plan(days, dossier.rules))
    calls, clocks = with_hours(asked.coded, plan), asked.clocks
    under = _under(calls, dossier, clocks)
    broken = {
        "forbidden_day": ~calls.day_open,
        "outside_hours": ~calls.within_hours,
        WITHOUT_TIME: ~calls.has_time,
        "without_ground": ~calls.basis.isin(("requested", "consent", "callback"))
        & (_is_without_ground(calls.called_on, dossier) | _is_on_other_kind(calls)),
        **{code: calls[code] for code in under if code in calls.columns},
    }
    flags = {f"under_{code}": applies for code, applies in under.items()}
    flags |= {f"breaks_{code}": applies & broken[code] for code, applies in under.items()}
    return calls.mutate(**flags)


def _under(calls: ir.Table, dossier: Dossier, clocks: Clocks) -> dict[str, ir.BooleanValue]:
    """Return where each rule applies.

    Requested calls and call-backs may be made at any hour. An objection yields to a requested
    call only, and to consent given for calls. Terms are about former customers, and so is an
    earlier event; that of a reference date on or after the call is not known.
    """
    single = ~calls.duplicate & calls.natural_person
    planned = single & ~calls.basis.isin(("requested", "callback"))
    on_relation = single & ~calls.basis.isin(("requested", "consent"))
    former = on_relation & ~calls.law_running
    known = former & calls.law_month.notnull()
    return {
        "after_objection": on_relation & ibis.literal("objections" in dossier.data.tables()),
        "forbidden_day": planned,
        "outside_hours": planned & calls.has_time & calls.day_open,
        WITHOUT_TIME: planned,
        "without_ground": single & (_asks_for_ground(calls.called_on, dossier, clocks)),
        "beyond_cap": known & _is_capped(calls.called_on),
        "beyond_own_term": known & ibis.literal(dossier.scope.current_term_months is not None),
        "no_earlier_event": former & ~calls.reference_too_late,
    }


def _is_without_ground(day: ir.DateValue, dossier: Dossier) -> ir.BooleanValue:
    """Return the days on which the sector may not call on a relation, whatever the override."""
    sectors = dossier.organisation.sectors
    branches = [
        (day >= ibis.literal(regime.starts_on), ibis.literal(not regime.allows(*sectors)))
        for regime in reversed(all_regimes())
    ]
    return ibis.cases(*branches, else_=ibis.literal(False))


def _asks_for_ground(day: ir.DateValue, dossier: Dossier, clocks: Clocks) -> ir.BooleanValue:
    """Return the days on which some relation of the events gives the sector no ground."""
    branches = [
        (day >= ibis.literal(start), ibis.literal(refuses))
        for start, refuses in reversed(clocks.refusing_days)
    ]
    refused = ibis.cases(*branches, else_=ibis.literal(False))
    return _is_without_ground(day, dossier) | refused


def _is_on_other_kind(calls: ir.Table) -> ir.BooleanValue:
    """Return where the only relation is of a kind that gave no ground on the day of the call."""
    related = calls.month.notnull() | calls.running | other_relation(calls)
    return calls.law_month.isnull() & ~calls.law_running & related


def _is_capped(day: ir.DateValue) -> ir.BooleanValue:
    branches = [
        (day >= ibis.literal(starts_on), ibis.literal(cap is not None))
        for starts_on, cap in reversed(cap_periods())
    ]
    return ibis.cases(*branches, else_=ibis.literal(False))


def ask_call_counts(queries: Queries, calls: ir.Table) -> Deferred[dict[str, Years]]:
    """Ask per rule, and per calendar year, how many calls broke it and how many it concerns.

    Args:
        queries: put to the history.
        calls: from `checked_calls`.
    """
    codes = [name.removeprefix("under_") for name in calls.columns if name.startswith("under_")]
    flags = [f"{side}_{code}" for code in codes for side in ("breaks", "under")]
    sums = {name: calls[name].sum().cast("int64") for name in flags}
    years = calls.group_by(year=calls.called_on.year()).agg(**sums)
    return queries.ask(years, ["year"]).then(lambda rows: _by_code(rows, codes))


def _by_code(years: Any, codes: Sequence[str]) -> dict[str, Years]:
    rows = years.fillna(0).astype("int64").sort_values("year").to_dict("records")
    return {
        code: {row["year"]: (row[f"breaks_{code}"], row[f"under_{code}"]) for row in rows}
        for code in codes
    }


def call_checks(counts: Mapping[str, Years], dossier: Dossier, days: Days) -> dict[str, RuleCheck]:
    """Return the check of every rule about single calls, by code."""
    missing = _missing(counts, dossier)
    return {
        code: unchecked(code, missing[code])
        if code in missing
        else rule_check(code, years, days, dossier.rules)
        for code, years in counts.items()
        if code != WITHOUT_TIME
    }


def _missing(counts: Mapping[str, Years], dossier: Dossier) -> dict[str, RuleStatus]:
    missing: dict[str, RuleStatus] = {}
    if "objections" not in dossier.data.tables():
        missing["after_objection"] = "no_data"
    if dossier.scope.current_term_months is None:
        missing["beyond_own_term"] = "no_rule"
    for code in ("beyond_cap", "without_ground"):
        if not any(checked for _, checked in counts[code].values()):
            missing[code] = "no_rule"
    without = counts[WITHOUT_TIME].values()
    if any(checked for _, checked in without) and all(n == checked for n, checked in without):
        missing["outside_hours"] = "no_data"
    return missing


def first_and_last_day(history: History) -> Deferred[Days | None]:
    """Ask for the first and last day with a call, or None where no call is left."""
    moment = history.tables["calls"].rows.called_at
    rows = history.tables["calls"].rows.aggregate(first=moment.min(), last=moment.max())
    return Deferred(history.ask(rows)).then(_days)


def _days(rows: pd.DataFrame) -> Days | None:
    found = rows.iloc[0]
    if found.isna().any():
        return None
    return found["first"].date(), found["last"].date()
