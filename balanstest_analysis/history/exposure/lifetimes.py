"""Persons from their first counted contact until they objected, bought again or the data end."""

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
from balanstest_analysis.statistics.outcome_counts import Counts


def ask_lifetimes(
    queries: Queries, calls: ir.Table, dossier: Dossier
) -> Deferred[pd.DataFrame] | None:
    """Ask how long persons were followed from their first counted contact on.

    A person is followed per spell, from its first counted contact until the day of the next
    qualifying event (which opens the next spell) or the end of the data. The first report from
    that contact through that day is an event, attributed to a contact or not. Who reported anything
    before it is left out: whether a first report comes cannot be seen any more, and one group of
    persons for every outcome leaves no small differences to hide.

    Months are counted from the first contact, and not from the reference date: most who object do
    so in their first conversation. On the scale of the reference date those who came in long
    before, and are no longer called, would stand beside the few who just came in, and the shares
    of first conversations of all months would be added up.

    Args:
        queries: put to the history.
        calls: with ``code``, and the spells from `with_age`.
        dossier: for ``data_through``.

    Returns:
        Columns ``persons`` and, per reported outcome, ``<outcome>_month``, the completed months
        from the first contact until they left, and ``<outcome>_event``, whether by a report; None
        without events or reports.
    """
    history = queries.history
    reported = [outcome for outcome, (table, _, _) in REPORTS.items() if table in history.tables]
    if "events" not in history.tables or not reported:
        return None
    persons = _persons(calls)
    for outcome in reported:
        persons = _with_first_report(history, persons, outcome)
    persons = persons.filter(
        [(persons[outcome] >= persons.entered_on).fill_null(True) for outcome in reported]
    )
    keys: dict[str, ir.Value] = {}
    for outcome in reported:
        keys |= _leaving(persons, dossier, outcome)
    return queries.ask(persons.group_by(**keys).agg(persons=persons.count()), list(keys))


def _persons(calls: ir.Table) -> ir.Table:
    """Return one row per customer and spell in which a call counted."""
    counted = calls.filter(coded_as(calls, IN_EXPOSURE))
    return counted.group_by("customer_id", "opens_on").agg(
        entered_on=counted.called_on.min(),
        closes_on=counted.closes_on.min(),
    )


def _with_first_report(history: History, persons: ir.Table, outcome: str) -> ir.Table:
    table, day, _ = REPORTS[outcome]
    rows = history.tables[table].rows
    first = rows.group_by("customer_id").agg(**{outcome: rows[day].min()})
    return persons.left_join(first, "customer_id", rname=f"{outcome}_{{name}}")


def _leaving(persons: ir.Table, dossier: Dossier, outcome: str) -> dict[str, ir.Value]:
    last = ibis.least(persons.closes_on, ibis.literal(dossier.data_through))
    report = persons[outcome]
    event = (report <= last).fill_null(False)
    month = completed_months(persons.entered_on, event.ifelse(report, last))
    return {f"{outcome}_month": month, f"{outcome}_event": event}


def life_table(persons: pd.DataFrame | None) -> Mapping[str, pd.DataFrame]:
    """Return persons at risk, events and exits per month since the first contact, by outcome.

    Args:
        persons: from `ask_lifetimes`.

    Returns:
        Tables with columns ``month``, ``at_risk``, ``events`` and ``exits`` (neither event nor
        still there), one row per month from 0 to the last in which anybody was followed.
    """
    if persons is None:
        return {}
    given = [outcome for outcome in REPORTS if f"{outcome}_month" in persons]
    return {outcome: _per_month(persons, outcome) for outcome in given}


def _per_month(persons: pd.DataFrame, outcome: str) -> pd.DataFrame:
    event = persons[f"{outcome}_event"].to_numpy(dtype=bool)
    left = persons[f"{outcome}_month"].to_numpy(dtype=np.int64)
    number = persons["persons"].to_numpy()
    events, exits = (
        np.bincount(left, weights=number * who).astype(np.int64) for who in (event, ~event)
    )
    return followed_table(events, exits)


def followed_table(events: Counts, exits: Counts) -> pd.DataFrame:
    """Return a life table of persons who all come in at once, of those who leave in each month.

    Args:
        events: persons who left by an event, shape (months,).
        exits: persons who left otherwise, same shape; after the last month nobody is left.

    Examples:
        >>> followed_table(np.array([8, 2]), np.array([30, 60]))
           month  at_risk  events  exits
        0      0      100       8     30
        1      1       62       2     60
    """
    gone = events + exits
    columns = {"at_risk": gone[::-1].cumsum()[::-1], "events": events, "exits": exits}
    return pd.DataFrame({"month": np.arange(len(gone)), **columns})
