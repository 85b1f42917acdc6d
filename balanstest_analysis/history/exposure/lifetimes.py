"""Persons from their first counted call until they objected, bought again or the data end."""

from __future__ import annotations

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.history.exposure.calls import completed_months
from balanstest_analysis.history.exposure.counting_rules import REPORTS
from balanstest_analysis.history.exposure.exclusions import IN_EXPOSURE, coded_as
from balanstest_analysis.history.sources import Deferred, History, Queries


def ask_lifetimes(
    queries: Queries, calls: ir.Table, dossier: Dossier
) -> Deferred[pd.DataFrame] | None:
    """Ask how many persons entered, and left, in which months since their reference date.

    A person enters a spell with its first counted call, and leaves it on the day of the next
    qualifying event (which opens the next spell) or with the end of the data. The first report
    from the first call through that day is an event, attributed to a call or not. Who reported
    before entering is not at risk of a first report any more.

    Args:
        queries: put to the history.
        calls: with ``code``, and the spells from `with_age`.
        dossier: for ``data_through``.

    Returns:
        Columns ``entry_month``, ``persons``, and per reported outcome ``<outcome>_month``, when
        they left (empty for who was never at risk), and ``<outcome>_event``, whether by a report;
        None without events or reports.
    """
    history = queries.history
    reported = [outcome for outcome, (table, _, _) in REPORTS.items() if table in history.tables]
    if "events" not in history.tables or not reported:
        return None
    persons = _persons(calls)
    for outcome in reported:
        persons = _with_first_report(history, persons, outcome)
    last = ibis.least(persons.closes_on, ibis.literal(dossier.data_through))
    keys = {"entry_month": persons.entry_month}
    for outcome in reported:
        keys |= _leaving(persons, last, outcome)
    return queries.ask(persons.group_by(**keys).agg(persons=persons.count()), list(keys))


def _persons(calls: ir.Table) -> ir.Table:
    """Return one row per customer and spell in which a call counted."""
    counted = calls.filter(coded_as(calls, IN_EXPOSURE))
    return counted.group_by("customer_id", "opens_on").agg(
        entered_on=counted.called_on.min(),
        entry_month=counted.month.min(),
        reference_date=counted.reference_date.min(),
        closes_on=counted.closes_on.min(),
    )


def _with_first_report(history: History, persons: ir.Table, outcome: str) -> ir.Table:
    table, day, _ = REPORTS[outcome]
    rows = history.tables[table].rows
    first = rows.group_by("customer_id").agg(**{outcome: rows[day].min()})
    return persons.left_join(first, "customer_id", rname=f"{outcome}_{{name}}")


def _leaving(persons: ir.Table, last: ir.DateValue, outcome: str) -> dict[str, ir.Value]:
    report = persons[outcome]
    event = (report <= last).fill_null(False)
    month = completed_months(persons.reference_date, event.ifelse(report, last))
    at_risk = (report >= persons.entered_on).fill_null(True)
    return {
        f"{outcome}_month": at_risk.ifelse(month, ibis.null("int64")),
        f"{outcome}_event": event,
    }


def life_table(persons: pd.DataFrame | None, months: int) -> Mapping[str, pd.DataFrame]:
    """Return entries, events and exits per month since the reference date, by outcome.

    Args:
        persons: from `ask_lifetimes`.
        months: number of months with exposure; what happens later is left out.

    Returns:
        Tables with columns ``month``, ``entries``, ``events`` and ``exits`` (neither event nor
        still there), one row per month.
    """
    if persons is None:
        return {}
    given = [outcome for outcome in REPORTS if f"{outcome}_month" in persons]
    return {outcome: _per_month(persons, outcome, months) for outcome in given}


def _per_month(persons: pd.DataFrame, outcome: str, months: int) -> pd.DataFrame:
    at_risk = persons[persons[f"{outcome}_month"].notna()]
    event = at_risk[f"{outcome}_event"].to_numpy(dtype=bool)
    number = at_risk["persons"].to_numpy()
    entry, left = (at_risk[n].to_numpy(dtype=np.int64) for n in ("entry_month", f"{outcome}_month"))

    def counted(month: np.ndarray, weight: np.ndarray) -> np.ndarray:
        return np.bincount(month, weight, months)[:months].astype(np.int64)

    columns = {
        "entries": counted(entry, number),
        "events": counted(left, number * event),
        "exits": counted(left, number * ~event),
    }
    return pd.DataFrame({"month": np.arange(months), **columns})
