"""From qualifying events to spells: stretches in which a customer's reference date is the same."""

from __future__ import annotations

import datetime as dt

import ibis
import ibis.expr.types as ir

from balanstest_analysis.exposure.groups import customer_group
from balanstest_analysis.sources import History

NO_END = dt.date(9999, 12, 31)
WITHOUT_PAYMENT = ("volunteer", "public_event")
WITH_TERM = ("contract", "donation")


def no_payment(events: ir.Table) -> ir.BooleanValue:
    """Return where an event does not qualify: nothing was paid, and it is of a kind that is paid.

    Zero and negative amounts disqualify; an empty amount, or none at all, does not.
    """
    if "amount" not in events.columns:
        return ibis.literal(False)
    paid = (events.amount > 0) | events.amount.isnull()
    return ~paid & ~events.kind.isin(WITHOUT_PAYMENT)


def ended_before_start(history: History, events: ir.Table) -> ir.BooleanValue:
    """Return where a contract or donation ended before it began."""
    if not history.has("events", "ends_on"):
        return ibis.literal(False)
    return (_has_term(history, events) & (events.ends_on < events.occurred_on)).fill_null(False)


def spells(history: History, events: ir.Table) -> ir.Table:
    """Return the spells of every customer, without overlap.

    A call belongs to the one spell of its customer with ``opens_on < call day <= closes_on``.
    A contract or donation with ``ends_on`` refers to that day (to its beginning, where it ended
    before it began); one that still runs gives no reference date. Events on one day are one.

    Returns:
        Columns ``customer_id``, ``customer_group``, ``opens_on``, ``closes_on``,
        ``reference_date`` (empty where only running contracts precede) and ``runs_until`` (the
        last day of any contract begun by then; empty where there is none).
    """
    days = _turning_points(history, events.filter(~no_payment(events)))
    timeline = ibis.window(group_by="customer_id", order_by="day")
    return days.select(
        "customer_id",
        "reference_date",
        "runs_until",
        customer_group=customer_group(days.customer_id, history.group_key),
        opens_on=days.day,
        closes_on=days.day.lead().over(timeline).fill_null(ibis.literal(NO_END)),
    )


def _turning_points(history: History, events: ir.Table) -> ir.Table:
    """Return the days on which a customer's reference date or running contracts change."""
    if not history.has("events", "ends_on"):
        days = events.select("customer_id", day="occurred_on").distinct()
        return days.mutate(reference_date=days.day, runs_until=ibis.null("date"))
    moments = _beginnings(history, events).union(_ends(history, events))
    days = moments.group_by("customer_id", "day").agg(
        reference=moments.reference.max(), runs_until=moments.runs_until.max()
    )
    so_far = ibis.window(group_by="customer_id", order_by="day", following=0)
    return days.select(
        "customer_id",
        "day",
        reference_date=days.reference.max().over(so_far),
        runs_until=days.runs_until.max().over(so_far),
    )


def _beginnings(history: History, events: ir.Table) -> ir.Table:
    """Return the first days of contracts, each with the last day on which it runs."""
    contracts = events.filter(_has_term(history, events))
    return contracts.select(
        "customer_id",
        day="occurred_on",
        reference=ibis.null("date"),
        runs_until=contracts.ends_on.fill_null(ibis.literal(NO_END)),
    )


def _ends(history: History, events: ir.Table) -> ir.Table:
    """Return the days that can be a reference date: ends of contracts, and all other events."""
    end = ended_before_start(history, events).ifelse(events.occurred_on, events.ends_on)
    day = _has_term(history, events).ifelse(end, events.occurred_on)
    days = events.select("customer_id", day=day)
    days = days.filter(days.day.notnull())
    return days.mutate(reference=days.day, runs_until=ibis.null("date"))


def _has_term(history: History, events: ir.Table) -> ir.BooleanValue:
    if not history.has("events", "kind"):
        return ibis.literal(True)
    return events.kind.isin(WITH_TERM)
