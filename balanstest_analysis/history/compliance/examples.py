"""An example of each finding: the number of a row in a file, never what stands in it.

The rows of a database, and of Spark, have no numbers: there the example is a day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

import ibis
import ibis.expr.types as ir

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.dossier.regimes import all_regimes
from balanstest_analysis.history.compliance.calls import first_and_last_day
from balanstest_analysis.history.compliance.consistency import rows_since
from balanstest_analysis.history.compliance.frequency import called_often
from balanstest_analysis.history.compliance.report_examples import report_firsts
from balanstest_analysis.history.engines.engine import Answer
from balanstest_analysis.history.exposure.attribution import CALL_KEY
from balanstest_analysis.history.exposure.build import NO_DAY_FINDINGS
from balanstest_analysis.history.exposure.spells import ended_before_start, no_payment
from balanstest_analysis.history.findings import Finding
from balanstest_analysis.history.sources import (
    DAY_OF,
    History,
    first_row_of_nobody,
    first_row_without_day,
    first_unmapped_row,
    numbered_rows,
)

Place = tuple[str, int | dt.date]
# Returns the places of what was asked, by code; everything is asked before anything is read.
Asked = Callable[[], dict[str, Place]]

# Of a customer whom the other table does not know.
_UNKNOWN = frozenset({"no_customer_match", "few_customer_match", "unlike_customer_keys"})


def with_examples(
    findings: Sequence[Finding],
    history: History,
    calls: ir.Table,
    coded: ir.Table,
    dossier: Dossier,
) -> tuple[Finding, ...]:
    """Return the findings with the first row to which each applies, where that has a meaning.

    Args:
        findings: what was found.
        history: still open.
        calls: with ``breaks_<code>`` or ``<code>`` for findings about calls.
        coded: the same calls without these, which take long to write out where nobody asks.
        dossier: for its last day, windows and limits.
    """
    codes = [finding.code for finding in findings]
    asked = [
        *_call_places(history, calls, codes),
        *_event_places(history, codes),
        *_late_places(history, codes, dossier),
        *_often_places(history, coded, codes, dossier),
        *_report_places(history, coded, codes, dossier),
        *_customer_places(history, codes),
        *_places_of_odd_rows(history, codes),
    ]
    places: dict[str, Place] = {}
    for found in asked:
        places = {**found(), **places}
    return tuple(_placed(finding, places.get(finding.code)) for finding in findings)


def _placed(finding: Finding, place: Place | None) -> Finding:
    if place is None:
        return finding
    if isinstance(place[1], dt.date):
        return replace(finding, example_file=place[0], example_day=place[1])
    return replace(finding, example_file=place[0], example_row=place[1])


def _call_places(history: History, calls: ir.Table, codes: Sequence[str]) -> Iterator[Asked]:
    """Look the flagged calls up in the files by their key, all codes in one reading."""
    flags = {
        code: calls[name]
        for code in codes
        for name in (f"breaks_{code}", code)
        if name in calls.columns
    }
    if not flags:
        return
    if not history.has_row_numbers:
        yield _days(history, "calls", calls, calls.called_on, flags)
        return
    anyone = ibis.or_(*flags.values())
    flagged = calls.filter(anyone).select(*CALL_KEY, **{f"is_{c}": f for c, f in flags.items()})
    flagged = flagged.group_by(*CALL_KEY).agg(**{c: flagged[f"is_{c}"].any() for c in flags})
    flagged = history.keep("flagged_calls", flagged)
    for file, rows in numbered_rows(history, "calls", CALL_KEY):
        joined = rows.join(flagged, [name for name in CALL_KEY if name in rows.columns])
        firsts = {code: joined.row.min(where=joined[code]) for code in flags}
        yield _numbers(history, file, joined.aggregate(**firsts))


def _event_places(history: History, codes: Sequence[str]) -> Iterator[Asked]:
    marks = {"zero_amount_event", "ended_before_start"} & set(codes)
    if "events" not in history.tables or not marks:
        return
    columns = ("occurred_on", "ends_on", "amount", "kind")
    for file, given in numbered_rows(history, "events", columns):
        rows = given if "kind" in given.columns else given.mutate(kind=ibis.literal(""))
        flags = {
            "zero_amount_event": no_payment(rows),
            "ended_before_start": ended_before_start(history, rows),
        }
        asked = {code: flags[code] for code in sorted(marks)}
        if not history.has_row_numbers:
            yield _days(history, "events", rows, rows.occurred_on, asked)
            return
        firsts = {code: rows.row.min(where=flag) for code, flag in asked.items()}
        yield _numbers(history, file, rows.aggregate(**firsts))


def _days(
    history: History,
    table: str,
    rows: ir.Table,
    day: ir.DateValue,
    flags: Mapping[str, ir.BooleanValue],
) -> Asked:
    """Ask for the first day on which each flag is set."""
    firsts = rows.aggregate(**{code: day.min(where=flag) for code, flag in flags.items()})
    name, answer = history.tables[table].name, history.engine.ask(firsts)
    return lambda: {code: (name, first) for code, first in _first_values(answer).items()}


def _customer_places(history: History, codes: Sequence[str]) -> Iterator[Asked]:
    """Find the first row of a customer who does not occur in the other table, when it is read."""
    for code in codes:
        found, _, other = code.rpartition("_")
        if found in _UNKNOWN:
            table, reference = ("calls", other) if other == "events" else (other, "calls")
            yield partial(_first_unknown, history, code, table, reference)


def _first_unknown(history: History, code: str, table: str, reference: str) -> dict[str, Place]:
    known, days = history.tables[reference].rows, first_and_last_day(history).value
    for file, rows in numbered_rows(history, table, ("customer_id", DAY_OF[table])):
        looked_at = rows if days is None or table == "calls" else rows_since(rows, table, days[0])
        unknown = looked_at.anti_join(known, "customer_id")
        place = _numbers(history, file, unknown.aggregate(**{code: unknown.row.min()}))()
        if place:
            return place
    return {}


def _late_places(history: History, codes: Sequence[str], dossier: Dossier) -> Iterator[Asked]:
    """Find the first row after the last day of the analysis, and before the oldest rules."""
    last, oldest = dossier.data_through, all_regimes()[0].starts_on
    for table, day in DAY_OF.items() if history.has_row_numbers else ():
        marks = [c for c in (f"after_data_through_{table}", f"{table}_before_rules") if c in codes]
        for file, rows in numbered_rows(history, table, (day,)) if marks else ():
            on = rows[day].cast("date")
            firsts = {
                c: rows.row.min(where=on < oldest if "before" in c else on > last) for c in marks
            }
            yield _numbers(history, file, rows.aggregate(**firsts))


def _often_places(
    history: History, calls: ir.Table, codes: Sequence[str], dossier: Dossier
) -> Iterator[Asked]:
    if "customers_called_often" not in codes or not history.has_row_numbers:
        return
    often = called_often(calls, dossier.rules.many_calls_per_year)
    for file, rows in numbered_rows(history, "calls", ("customer_id",)):
        theirs = rows.semi_join(often, "customer_id")
        yield _numbers(history, file, theirs.aggregate(customers_called_often=theirs.row.min()))


def _report_places(
    history: History, calls: ir.Table, codes: Sequence[str], dossier: Dossier
) -> Iterator[Asked]:
    firsts = report_firsts(history, calls, dossier, codes) if history.has_row_numbers else ()
    for file, first in firsts:
        yield _numbers(history, file, first)


def _places_of_odd_rows(history: History, codes: Sequence[str]) -> Iterator[Asked]:
    """Find the first key, day and code that stand for nothing known, when they are read."""
    if not history.has_row_numbers:
        return
    for table in DAY_OF:
        if f"placeholder_keys_{table}" in codes:
            yield partial(
                _named, f"placeholder_keys_{table}", partial(first_row_of_nobody, history, table)
            )
    for code, (table, column) in NO_DAY_FINDINGS.items():
        if code in codes:
            yield partial(_named, code, partial(first_row_without_day, history, table, column))
    if "unmapped_codes" in codes:
        yield partial(_named, "unmapped_codes", partial(first_unmapped_row, history))


def _named(code: str, find: Callable[[], Place | None]) -> dict[str, Place]:
    place = find()
    return {} if place is None else {code: place}


def _numbers(history: History, file: str, firsts: ir.Table) -> Asked:
    """Ask for the number of the first row of each code, in one file."""
    answer = history.engine.ask(firsts)
    return lambda: {code: (file, number) for code, number in _first_values(answer).items()}


def _first_values(answer: Answer) -> dict[str, int | dt.date]:
    """Return the only row without what is empty in it: numbers of rows, or days."""
    (row,) = answer.rows()
    return {code: value for code, value in row.items() if value is not None}
