"""To which call an objection or complaint belongs."""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from balanstest_analysis.history.exposure.counting_rules import REPORTS, Counting
from balanstest_analysis.history.sources import History

CALL_KEY = ("customer_id", "called_at", "call_id")
_UNIT = ("outcome", "customer_id", "reported_on", "report_call", "told")
_PLACES = {"net_contact": "contact_place", "call": "call_place"}


def reported_outcomes(history: History) -> list[str]:
    """Return the reported outcomes of which there is a table."""
    return [outcome for outcome, (table, _, _) in REPORTS.items() if table in history.tables]


def candidates(history: History, calls: ir.Table, countings: Sequence[Counting]) -> ir.Table:
    """Return the calls to which each objection or complaint can belong, the best in front.

    A report goes to the customer's last net contact (last call, when calls are counted) on or
    before its day and within the window; of several on that day, to the last. A call id, where
    given, decides: it goes to that call of the customer, whatever the day, and to none where the
    customer has no such call. An objection that a code of a call tells belongs to that very call.

    Args:
        history: with the reports.
        calls: each once; from `kept_calls`.
        countings: the dossier's own first.

    Returns:
        The columns of the calls, ``outcome``, ``reports`` (how many: the same customer can report
        the same thing twice on a day), ``delay_days``, ``nearest_days`` (to the last call of
        all), and ``contact_place`` and ``call_place``, 0 for the call it belongs to
        when net contacts or calls are counted. Reports that no call precedes are not in it.
    """
    found = [_of(history, outcome, countings) for outcome in countings[0].window_days]
    reports = ibis.union(*found)
    units = reports.group_by(*_UNIT, "since").agg(reports=reports.count())
    near = _within_window(units, calls)
    if any(_by_call_id(history, outcome) for outcome in countings[0].window_days):
        near = near.union(_named(units, calls))
    if any(_are_told(history, outcome) for outcome in countings[0].window_days):
        near = near.union(_told(units, calls))
    return _ranked(near)


def _of(history: History, outcome: str, countings: Sequence[Counting]) -> ir.Table:
    table, day, _ = REPORTS[outcome]
    rows = history.tables[table].rows
    widest = max(counting.window_days[outcome] for counting in countings)
    return rows.select(
        outcome=ibis.literal(outcome),
        customer_id=rows.customer_id,
        reported_on=rows[day],
        report_call=rows.call_id if _by_call_id(history, outcome) else ibis.literal(""),
        told=rows.told if _are_told(history, outcome) else ibis.literal(False),
        since=(rows[day] - ibis.interval(days=widest)).cast("date"),
    )


def _by_call_id(history: History, outcome: str) -> bool:
    return history.has("calls", "call_id") and history.has(REPORTS[outcome][0], "call_id")


def _are_told(history: History, outcome: str) -> bool:
    return "told" in history.tables[REPORTS[outcome][0]].rows.columns


def _within_window(units: ir.Table, calls: ir.Table) -> ir.Table:
    dated = units.filter((units.report_call == "") & ~units.told)
    joined = calls.join(
        dated,
        [
            calls.customer_id == dated.customer_id,
            calls.called_on <= dated.reported_on,
            calls.called_on >= dated.since,
        ],
    )
    delay = joined.reported_on.delta(joined.called_on, unit="day")
    return joined.select(*_candidate(calls), delay_days=delay)


def _candidate(calls: ir.Table) -> list[str]:
    return list(dict.fromkeys((*calls.columns, *_UNIT, "reports")))


def _named(units: ir.Table, calls: ir.Table) -> ir.Table:
    named = units.filter(units.report_call != "")
    joined = calls.join(
        named, [calls.customer_id == named.customer_id, calls.call_id == named.report_call]
    )
    return joined.select(*_candidate(calls), delay_days=ibis.literal(0, "int64"))


def _told(units: ir.Table, calls: ir.Table) -> ir.Table:
    """Return for objections that calls tell the calls of that day that tell them."""
    told = units.filter(units.told)
    telling = calls.filter(calls.tells_objection)
    joined = telling.join(
        told,
        [telling.customer_id == told.customer_id, telling.called_on == told.reported_on],
    )
    return joined.select(*_candidate(calls), delay_days=ibis.literal(0, "int64"))


def _ranked(near: ir.Table) -> ir.Table:
    latest = [near[name].desc() for name in ("called_at", "call_id")]
    contacts = ibis.window(group_by=_UNIT, order_by=[near.net_contact.desc(), *latest])
    calls = ibis.window(group_by=_UNIT, order_by=latest)
    ranked = near.mutate(
        nearest_days=near.delay_days.min().over(group_by=_UNIT),
        contact_place=ibis.row_number().over(contacts),
        call_place=ibis.row_number().over(calls),
    )
    return ranked.filter((ranked.contact_place == 0) | (ranked.call_place == 0))


def report_sums(found: ir.Table, countings: Sequence[Counting]) -> dict[str, ir.IntegerValue]:
    """Return per counting ``<outcome>_reports``, the number of reports attributed.

    Args:
        found: from `candidates`.
        countings: each adds its suffix to the names of the outcomes that it counts.
    """
    return {
        report_column(outcome, counting): found.reports.sum(
            where=_belongs(found, outcome, counting)
        )
        for counting in countings
        for outcome in counting.outcomes
    }


def report_column(outcome: str, counting: Counting) -> str:
    """Return the name of the column with the reports attributed to a call."""
    return f"{outcome}_reports{counting.suffix}"


def attribution_totals(found: ir.Table, own: Counting) -> ir.Table:
    """Return one row with ``<outcome>_attributed`` and ``<outcome>_unanswered`` per outcome.

    Unanswered are the reports that belong to a call without a net contact: no net contact precedes
    them within the window, or they name such a call. Before the window one may precede them.
    """
    totals = {}
    for outcome, days in own.window_days.items():
        best = (found.outcome == outcome) & (found[_PLACES[own.unit]] == 0)
        belongs = _belongs(found, outcome, own)
        near = best & ~belongs & (found.nearest_days <= days)
        totals[f"{outcome}_attributed"] = found.reports.sum(where=belongs).fill_null(0)
        totals[f"{outcome}_unanswered"] = found.reports.sum(where=near).fill_null(0)
    return found.aggregate(**totals)


def _belongs(found: ir.Table, outcome: str, counting: Counting) -> ir.BooleanValue:
    in_time = found.delay_days <= counting.window_days[outcome]
    belongs = (found.outcome == outcome) & in_time & (found[_PLACES[counting.unit]] == 0)
    return belongs & found.net_contact if counting.unit == "net_contact" else belongs
