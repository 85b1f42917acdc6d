"""The first objection or complaint to which each finding about them applies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from typing import Final

import ibis
import ibis.expr.types as ir

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.history.compliance.objections import CALLED_AFTER, LATE, last_calls
from balanstest_analysis.history.compliance.rules import all_rules
from balanstest_analysis.history.exposure.attribution import CALL_KEY
from balanstest_analysis.history.exposure.counting_rules import REPORTS
from balanstest_analysis.history.exposure.exclusions import IN_EXPOSURE, coded_as
from balanstest_analysis.history.sources import History, numbered_rows

FATES: Final = (
    "unattributed",
    "after_unanswered_calls",
    "on_excluded_call",
    "on_young_call",
    "repeated",
)


def report_firsts(
    history: History, calls: ir.Table, dossier: Dossier, codes: Collection[str]
) -> list[tuple[str, ir.Table]]:
    """Return, per file and for findings that look at the same rows, its name and the first rows.

    Args:
        history: still open.
        calls: every call with its code.
        dossier: for the windows and for what reports are attributed to.
        codes: the findings that were found.

    Returns:
        Tables of one row, of which the columns have the names of findings.
    """
    found = []
    for outcome, (table, day, _) in REPORTS.items():
        asked = [code for code in codes if code in _codes_of(outcome)]
        if table in history.tables and asked:
            files = numbered_rows(history, table, ("customer_id", day, "call_id"))
            for place, (file, rows) in enumerate(files):
                known = rows.filter(rows[day] <= ibis.literal(dossier.data_through))
                # kept, for each finding asks anew, and a file takes longer to read than to ask
                dated = history.keep(f"dated_{outcome}_{place}", known.mutate(day=known[day]))
                found += [(file, first) for first in _called_after(dated, calls, asked)]
                if {*asked} <= {CALLED_AFTER, LATE}:
                    continue
                reports = _without_ids(history, table, dated)
                days = int(getattr(dossier.settings, REPORTS[outcome][2]))
                near = history.keep(f"near_{outcome}_{place}", _within(reports, calls, days))
                firsts = _fates(reports, near, dossier, outcome, asked)
                found += [(file, first) for first in firsts]
    return found


def _codes_of(outcome: str) -> tuple[str, ...]:
    fates = tuple(f"{outcome}_{fate}" for fate in FATES)
    return (*fates, CALLED_AFTER, LATE) if outcome == "objection" else fates


def _without_ids(history: History, table: str, rows: ir.Table) -> ir.Table:
    """Leave out reports that name their call: those follow another rule."""
    if history.has("calls", "call_id") and history.has(table, "call_id"):
        return rows.filter(rows.call_id == "")
    return rows


def _fates(
    rows: ir.Table, near: ir.Table, dossier: Dossier, outcome: str, asked: Collection[str]
) -> Iterator[ir.Table]:
    """Yield the first row of each fate that a report can have; see `exposure.attribution`."""
    days = int(getattr(dossier.settings, REPORTS[outcome][2]))
    best = _best(near, dossier.settings.denominator)
    inside = coded_as(best, IN_EXPOSURE)
    followed = best.called_on <= ibis.literal(dossier.data_through - dt.timedelta(days=days))
    nobody = rows.anti_join(near, "row")
    unanswered = near.anti_join(best, "row")
    always = ibis.literal(True)
    for table, marks in (
        (nobody, {"unattributed": always}),
        (unanswered, {"after_unanswered_calls": always}),
        (
            best,
            {
                "on_excluded_call": ~inside,
                "on_young_call": inside & ~followed,
                "repeated": inside & followed & (best.earlier > 0),
            },
        ),
    ):
        yield from _firsts(
            table, {f"{outcome}_{fate}": mark for fate, mark in marks.items()}, asked
        )


def _firsts(
    table: ir.Table, marks: Mapping[str, ir.BooleanValue], asked: Collection[str]
) -> Iterator[ir.Table]:
    """Yield the first marked rows of what is asked, in one table; none where nothing is."""
    firsts = {code: table.row.min(where=mark) for code, mark in marks.items() if code in asked}
    if firsts:
        yield table.aggregate(**firsts)


def _within(rows: ir.Table, calls: ir.Table, days: int) -> ir.Table:
    single = calls.filter(~calls.duplicate)
    reports = rows.select("row", "day", "customer_id")
    joined = single.join(
        reports, [single.customer_id == reports.customer_id, single.called_on <= reports.day]
    )
    since = (joined.day - ibis.interval(days=days)).cast("date")
    near = joined.filter(joined.called_on >= since)
    return near.select(*CALL_KEY, "called_on", "net_contact", "code", "row", "day")


def _best(near: ir.Table, unit: str) -> ir.Table:
    if unit == "net_contact":
        near = near.filter(near.net_contact)
    latest = ibis.window(
        group_by="row", order_by=[near[name].desc() for name in ("called_at", "call_id")]
    )
    ranked = near.mutate(place=ibis.row_number().over(latest))
    best = ranked.filter(ranked.place == 0)
    same_call = ibis.window(group_by=CALL_KEY, order_by=best.row)
    return best.mutate(earlier=ibis.row_number().over(same_call))


def _called_after(rows: ir.Table, calls: ir.Table, asked: Collection[str]) -> Iterator[ir.Table]:
    joined = rows.join(last_calls(calls), "customer_id")
    limit = (joined.day + ibis.interval(days=all_rules()[LATE]["days"])).cast("date")
    after = {CALLED_AFTER: joined.last_call > joined.day, LATE: joined.last_call > limit}
    yield from _firsts(joined, after, asked)
