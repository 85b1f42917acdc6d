"""Calls and what came of them, by their source, calendar quarter and months since the purchase."""

from __future__ import annotations

from typing import Final

import ibis.expr.types as ir
import pandas as pd

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.history.columns.day_numbers import month_number
from balanstest_analysis.history.exposure import AskedLedger
from balanstest_analysis.history.exposure.attribution import (
    CALL_KEY,
    report_column,
    report_sums,
    reported_outcomes,
)
from balanstest_analysis.history.exposure.counting_rules import own_counting
from balanstest_analysis.history.exposure.exclusions import IN_EXPOSURE, NO_NET_CONTACT, coded_as
from balanstest_analysis.history.sources import SOURCE, Deferred, Queries

MONTHS_OF_QUARTER: Final = 3
_KEYS: Final = (SOURCE, "quarter", "month")


def ask_sources(
    queries: Queries, ledger: AskedLedger, dossier: Dossier
) -> Deferred[pd.DataFrame] | None:
    """Ask what came of the calls of each source; None where there is one source of calls.

    Args:
        queries: put to the history.
        ledger: put to it before.
        dossier: for how it counts.

    Returns:
        Per ``source``, ``quarter`` (counted from the year 0) and ``month`` since the last purchase:
        ``calls`` within the terms, net ``contacts`` among them, and those that are ``counted``; and
        how many of the last had a ``conversion``, an ``objection``, one that a code told
        (``told``), or a ``complaint``, where these are delivered.
    """
    if not queries.history.has_mark(SOURCE):
        return None
    coded = ledger.coded.filter(coded_as(ledger.coded, IN_EXPOSURE, NO_NET_CONTACT))
    counted = coded_as(coded, IN_EXPOSURE)
    calls = coded.group_by(**_keys(coded)).agg(
        calls=coded.count(),
        contacts=coded.count(where=coded.net_contact),
        counted=coded.count(where=counted),
        conversion=coded.count(where=counted & coded.converted),
    )
    if ledger.attributed is not None:
        calls = _with_reports(queries, calls, ledger.attributed, dossier)
    return queries.ask(calls, list(_KEYS)).then(lambda rows: rows.astype("int64"))


def _keys(calls: ir.Table) -> dict[str, ir.Value]:
    return {
        SOURCE: calls[SOURCE],
        "quarter": (month_number(calls.called_on) / MONTHS_OF_QUARTER).floor().cast("int64"),
        "month": calls.month.cast("int64"),
    }


def _with_reports(
    queries: Queries, calls: ir.Table, attributed: ir.Table, dossier: Dossier
) -> ir.Table:
    """Return the calls with how many of them were followed by each sort of report."""
    own = own_counting(dossier, reported_outcomes(queries.history))
    found = attributed.filter(coded_as(attributed, IN_EXPOSURE))
    sums = {name: report_sums(found, (own,))[report_column(name, own)] for name in own.outcomes}
    if "objection" in sums:
        sums["told"] = found.reports.sum(where=found.told & (found.outcome == "objection"))
    per_call = found.group_by(*CALL_KEY, **_keys(found)).agg(**sums)
    tallies = {name: per_call.count(where=per_call[name] > 0) for name in sums}
    reports = per_call.group_by(*_KEYS).agg(**tallies)
    joined = calls.left_join(reports, list(_KEYS), rname="reported_{name}")
    return joined.select(*calls.columns, **{name: joined[name].fill_null(0) for name in sums})
