"""To which call an objection or complaint belongs."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

CALL_KEY = ("customer_id", "called_at", "call_id")


def attributed(
    reports: ir.Table, calls: ir.Table, *, window_days: int, by_call_id: bool
) -> ir.Table:
    """Return to which call each objection or complaint belongs.

    Each goes to the customer's last answered call on or before its day and within the window; of
    several on that day, to the last. A call id, where given, decides: it goes to that call of the
    customer, whatever the day, and to none where the customer has no such call.

    Args:
        reports: ``customer_id``, ``reported_on`` and ``call_id``.
        calls: `CALL_KEY`, ``called_on`` and ``answered`` (all true when calls are counted).
        window_days: days after the call on which a report still counts as its result.
        by_call_id: whether calls have ids that the reports can name.

    Returns:
        `CALL_KEY`, ``answered`` and ``reports``, how many (the same customer can report the same
        thing twice); where only unanswered calls precede, the last of those. Reports that no
        call precedes are not in it.
    """
    reports = reports.mutate(report_call=reports.call_id if by_call_id else ibis.literal(""))
    unit = ("customer_id", "reported_on", "report_call")
    units = reports.group_by(*unit).agg(reports=reports.count())
    candidates = _within_window(units, calls, window_days)
    if by_call_id:
        candidates = candidates.union(_named(units, calls))
    last = ibis.window(
        group_by=unit,
        order_by=[candidates[name].desc() for name in ("answered", "called_at", "call_id")],
    )
    ranked = candidates.mutate(place=ibis.row_number().over(last))
    return ranked.filter(ranked.place == 0).select(*CALL_KEY, "answered", "reports")


def reports_per_call(found: ir.Table) -> ir.Table:
    """Return `CALL_KEY` and ``reports``, the number attributed to the call."""
    answered = found.filter(found.answered)
    return answered.group_by(*CALL_KEY).agg(reports=answered.reports.sum().cast("int64"))


def attribution_totals(found: ir.Table) -> ir.Table:
    """Return one row: ``attributed``, and ``unanswered``: preceded only by unanswered calls."""
    return found.aggregate(
        attributed=found.reports.sum(where=found.answered).fill_null(0),
        unanswered=found.reports.sum(where=~found.answered).fill_null(0),
    )


def _within_window(units: ir.Table, calls: ir.Table, window_days: int) -> ir.Table:
    dated = units.filter(units.report_call == "")
    dated = dated.mutate(since=(dated.reported_on - ibis.interval(days=window_days)).cast("date"))
    joined = calls.join(
        dated,
        [
            calls.customer_id == dated.customer_id,
            calls.called_on <= dated.reported_on,
            calls.called_on >= dated.since,
        ],
    )
    return joined.select(*CALL_KEY, "answered", "reported_on", "report_call", "reports")


def _named(units: ir.Table, calls: ir.Table) -> ir.Table:
    named = units.filter(units.report_call != "")
    joined = calls.join(
        named, [calls.customer_id == named.customer_id, calls.call_id == named.report_call]
    )
    return joined.select(*CALL_KEY, "answered", "reported_on", "report_call", "reports")
