"""Counts that the organisation already has, as a month table."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial

import ibis.expr.types as ir
import pandas as pd

from balanstest_analysis.document.personal import screened_names
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.errors import DataError, DossierError
from balanstest_analysis.history.columns.columns import TABLES
from balanstest_analysis.history.engines.connecting import connect_for
from balanstest_analysis.history.engines.engine import Engine, first_row, frame
from balanstest_analysis.history.findings import Finding
from balanstest_analysis.history.first_months import begin_at_one
from balanstest_analysis.history.month_table import CAMPAIGN, COUNT_COLUMNS, KEYS, MonthTable
from balanstest_analysis.history.multiplied_columns import multiplied_columns, under_names
from balanstest_analysis.history.sources.checked_tables import checked_table
from balanstest_analysis.history.sources.checks import typed
from balanstest_analysis.history.sources.count_checks import (
    added_up,
    counts_with_places,
    like_average,
    refuse_counted_twice,
)
from balanstest_analysis.history.sources.file_findings import file_findings
from balanstest_analysis.history.sources.open_tables import OpenTable, kept_table
from balanstest_analysis.history.sources.parts import Part
from balanstest_analysis.history.sources.places import marked_rows
from balanstest_analysis.history.sources.readings import Reading
from balanstest_analysis.history.sources.row_findings import row_findings
from balanstest_analysis.published.names import Outcome
from balanstest_analysis.statistics.customer_products import CountProducts, count_products

EVENTS: dict[Outcome, str] = {
    "conversion": "conversions",
    "objection": "objections",
    "complaint": "complaints",
}
FEWEST_GROUPS = 20


def read_counts(dossier: Dossier) -> MonthTable:
    """Return the counts of a dossier as a month table; they are taken as given.

    Args:
        dossier: with ``[data.counts]``.

    Raises:
        DataError: as `read_counts_and_how`.
    """
    return read_counts_and_how(dossier)[0]


def read_counts_and_how(
    dossier: Dossier,
) -> tuple[MonthTable, tuple[Reading, ...], tuple[Finding, ...]]:
    """Return the counts of a dossier as a month table, how the file was read, and what was found.

    Contacts are the exposure of every outcome that is counted. Rows with the same campaign, month
    and group are added up, which is a finding; equal rows, totals and campaigns that are sums are
    refused. Groups of customers tell what repeated calls do, where there are at least
    `FEWEST_GROUPS`; fewer are a finding.

    Args:
        dossier: with ``[data.counts]``.

    Raises:
        DataError: the file cannot be accepted, counts nothing but contacts, or has a row with
            more events than contacts.
    """
    if dossier.data.counts is None:
        raise DossierError(f"`{dossier.path.name}` gives a history of calls, not counts.")
    engine = connect_for(dossier)
    with ExitStack() as leaving:
        leaving.callback(engine.close)
        counts = kept_table(engine, checked_table(engine, dossier, "counts"))
        available = tuple(outcome for outcome, name in EVENTS.items() if name in counts.present)
        _refuse_nothing_counted(counts, available)
        _refuse_more_events_than_contacts(engine, counts, available)
        rows = counts_with_places(engine, counts.parts)
        refuse_counted_twice(rows)
        summed = _with_told_names(frame(engine, _summed(counts.rows, available)))
    groups = summed["label"].nunique() if "group" in counts.present else 0
    used = groups >= FEWEST_GROUPS
    months = MonthTable(
        frame=_month_frame(summed, available),
        available=frozenset(available),
        customers=_products(summed, ["label"], available) if used else None,
        cells=_products(summed, ["label", "campaign"], available) if used else None,
    )
    few = 0 if used else groups
    first = begin_at_one(months.frame)
    found = (
        *_findings(counts, added_up(rows), few),
        *like_average(rows),
        *([] if first is None else [first]),
    )
    return months, counts.readings, found


def _products(
    summed: pd.DataFrame, cluster: Sequence[str], available: tuple[Outcome, ...]
) -> CountProducts:
    """Return the sums of products of the counts; all outcomes have the same contacts."""
    kept = {f"{outcome}_exposure": "contacts" for outcome in (*available, "joint")}
    for outcome in available:
        kept[f"{outcome}_events"] = kept[f"joint_{outcome}"] = EVENTS[outcome]
    pairs = multiplied_columns(available, jointly=True)
    columns = {(a, b): (kept[a], kept[b]) for a, b in pairs}
    return under_names(count_products(summed, cluster, set(columns.values())), columns)


def _findings(counts: OpenTable, added: int, few_groups: int) -> tuple[Finding, ...]:
    counted = {"counts_added_up": added, "few_groups": few_groups}
    found = (Finding(code=code, count=count) for code, count in counted.items() if count)
    return (*found, *row_findings({"counts": counts}), *file_findings((counts,)))


def _refuse_nothing_counted(counts: OpenTable, available: tuple[Outcome, ...]) -> None:
    if not available:
        raise DataError(
            f"`{counts.parts[0].name}` has none of the columns "
            f"{', '.join(f'`{name}`' for name in EVENTS.values())}. Add at least one, or name "
            "yours in `[data.counts]` with columns."
        )


def _refuse_more_events_than_contacts(
    engine: Engine, counts: OpenTable, available: tuple[Outcome, ...]
) -> None:
    for name in (EVENTS[outcome] for outcome in available):
        if not first_row(engine, counts.rows.filter(counts.rows[name] > counts.rows.contacts)):
            continue
        found = marked_rows(engine, counts.parts, partial(_more, name=name), 1)
        events, contacts = found.value.split("/")
        raise DataError(
            f"{found.where}: {counts.parts[0].request.label(name)} is {events}, more than the "
            f"{contacts} contacts of the row. Correct the counts."
        )


def _more(part: Part, stored: ir.Table, name: str) -> tuple[ir.BooleanValue, ir.Column]:
    columns = {column.name: column for column in TABLES["counts"]}
    events = typed(part, stored, columns[name]).value
    contacts = typed(part, stored, columns["contacts"]).value
    return events > contacts, events.cast("string") + "/" + contacts.cast("string")


def _summed(rows: ir.Table, available: tuple[Outcome, ...]) -> ir.Table:
    names = ["contacts", *(EVENTS[outcome] for outcome in available)]
    keys = {"campaign": rows.campaign, "month": rows.months_since_purchase, "label": rows.group}
    sums = {name: rows[name].sum().cast("int64") for name in names}
    summed = rows.group_by(**keys).agg(**sums)
    return summed.filter(summed.contacts > 0).order_by("campaign", "month", "label")


def _with_told_names(summed: pd.DataFrame) -> pd.DataFrame:
    """Return counts in which a campaign that may hold a person is told by an ordinal."""
    names = summed["campaign"].astype("str")
    return summed.assign(campaign=names.map(screened_names(sorted(set(names)), CAMPAIGN)))


def _month_frame(summed: pd.DataFrame, available: tuple[Outcome, ...]) -> pd.DataFrame:
    summed["calls"] = summed["net_contacts"] = summed["joint_exposure"] = summed["contacts"]
    for outcome in available:
        summed[f"{outcome}_exposure"] = summed["contacts"]
        summed[f"{outcome}_events"] = summed[f"joint_{outcome}"] = summed[EVENTS[outcome]]
    table = summed.reindex(columns=[*KEYS, *COUNT_COLUMNS], fill_value=0)
    return month_frame(table)


def month_frame(table: pd.DataFrame) -> pd.DataFrame:
    """Return rows added up per campaign and month, in order, as int64 counts."""
    counts = list(COUNT_COLUMNS)
    summed = table.groupby(list(KEYS), as_index=False, sort=False, observed=True)[counts].sum()
    numbers = dict.fromkeys(("month", *counts), "int64")
    typed_table = summed.astype({"campaign": "str", **numbers})
    return typed_table.sort_values(list(KEYS), ignore_index=True)
