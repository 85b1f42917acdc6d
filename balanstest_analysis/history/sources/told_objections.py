"""Objections that the codes of a dialler tell, in place of a table of objections or beside one.

A customer who objects in calls of one day objects once. A row of the table about the same customer,
from that day through the window of objections after it, is the same objection: it counts once, and
belongs to that very call.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import ibis
import ibis.expr.types as ir

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.history.columns.day_numbers import day_number, month_number
from balanstest_analysis.history.engines.buckets import Buckets
from balanstest_analysis.history.engines.engine import Engine, rows_of, totals_of
from balanstest_analysis.history.sources.open_tables import (
    TELLS_OBJECTION,
    OpenTable,
    OwnObjections,
)
from balanstest_analysis.history.sources.readings import Reading

TABLE, RAW = "objections", "objections_of_table"


def with_told_objections(
    engine: Engine,
    dossier: Dossier,
    calls: OpenTable,
    objections: OpenTable | None,
    buckets: Buckets | None,
) -> OpenTable:
    """Return the objections of the table and of the calls, each once, with ``told``.

    Args:
        engine: where they are kept.
        dossier: for the window of objections.
        calls: kept, with ``tells_objection``.
        objections: the table, kept under the name `RAW`; None where there is none.
        buckets: where they are kept; None in one piece.
    """
    told = _told(calls.rows)
    if objections is None:
        rows, twice = told, 0
    else:
        other = _others(objections.rows, told, dossier.settings.objection_window_days)
        rows = told.union(other)
        counts = objections.rows.aggregate(rows=objections.rows.count())
        left = other.aggregate(rows=other.count())
        twice = totals_of(engine, counts)["rows"] - totals_of(engine, left)["rows"]
    number = totals_of(engine, told.aggregate(rows=told.count()))["rows"]
    kept = (engine if buckets is None else buckets).keep(TABLE, rows)
    kept = kept.mutate(call_id=kept.report_call).drop("report_call")
    if objections is None:
        return OpenTable(
            rows=kept,
            parts=(),
            present=frozenset({"customer_id", "objected_on"}),
            rows_read=number,
            left_out=0,
            readings=(),
        )
    read = objections.rows_read - twice + number
    return replace(
        objections,
        rows=kept,
        rows_read=read,
        told_twice=twice,
        own=_own(engine, objections.rows, calls.rows, told),
        readings=_with_told(objections.readings, number, twice),
    )


def _with_told(readings: Sequence[Reading], told: int, twice: int) -> tuple[Reading, ...]:
    """Return how the table was read, with how many objections the calls tell beside it."""
    first, *others = readings
    also = f", {twice:,} of them in the table as well" if twice else ""
    remark = f"beside {told:,} told by codes of the calls{also}"
    return (replace(first, remarks=(*first.remarks, remark)), *others)


def _own(engine: Engine, rows: ir.Table, calls: ir.Table, told: ir.Table) -> OwnObjections:
    """Return what the table holds by itself, and when the codes tell of objections."""
    first = totals_of(engine, calls.aggregate(day=day_number(calls.called_at).min()))["day"]
    later = rows.filter(day_number(rows.objected_on) >= first)
    found, called = (table.select("customer_id").distinct() for table in (later, calls))
    joined = found.left_join(called, "customer_id", rname="known_{name}")
    counts = joined.aggregate(total=joined.count(), known=joined.known_customer_id.count())
    totals = totals_of(engine, counts)
    return OwnObjections(
        customers=totals["total"],
        called=totals["known"],
        by_month=_by_month(engine, rows),
        told_by_month=_by_month(engine, told),
    )


def _by_month(engine: Engine, rows: ir.Table) -> dict[int, int]:
    """Return the number of objections per month, counted from the year 0."""
    counted = rows.group_by(month=month_number(rows.objected_on)).agg(number=rows.count())
    return {int(row["month"]): int(row["number"]) for row in rows_of(engine, counted)}


def _told(calls: ir.Table) -> ir.Table:
    """Return one objection per customer and day on which a call told of one."""
    telling = calls.filter(calls[TELLS_OBJECTION])
    days = telling.select("customer_id", objected_on=telling.called_at.date()).distinct()
    return days.mutate(report_call=ibis.literal(""), told=ibis.literal(True))


def _others(rows: ir.Table, told: ir.Table, window_days: int) -> ir.Table:
    """Return the objections of the table that no call tells."""
    days = told.select("customer_id", told_on=told.objected_on)
    near = rows.select("customer_id", "objected_on").distinct()
    joined = near.join(days, "customer_id")
    until = (joined.told_on + ibis.interval(days=window_days)).cast("date")
    same = joined.filter((joined.told_on <= joined.objected_on) & (joined.objected_on <= until))
    same = same.select("customer_id", "objected_on").distinct().mutate(is_told=True)
    marked = rows.left_join(same, ["customer_id", "objected_on"], rname="same_{name}")
    other = marked.filter(marked.is_told.isnull())
    return other.select(
        "customer_id",
        "objected_on",
        report_call=other.call_id,
        told=ibis.literal(False),
    )
