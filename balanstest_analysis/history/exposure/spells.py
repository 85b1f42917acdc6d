"""From qualifying events to spells: stretches in which a customer's reference date is the same."""

from __future__ import annotations

import datetime as dt

import ibis
import ibis.expr.types as ir

from balanstest_analysis.dossier.grounds import EVENT_KINDS
from balanstest_analysis.history.columns.columns import WITH_TERM
from balanstest_analysis.history.sources import Deferred, History, only_row
from balanstest_analysis.published.names import EventKind

NO_END = dt.date(9999, 12, 31)
WITHOUT_PAYMENT = ("volunteer", "public_event")
NOT_BOUGHT = ("service", "volunteer", "public_event")


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


def kind_of(events: ir.Table, assumed: EventKind) -> ir.StringValue:
    """Return the kind of each event; one without a kind is of the assumed one."""
    return (events.kind == "").ifelse(ibis.literal(assumed), events.kind)


def event_totals(history: History, assumed: EventKind) -> Deferred[dict[str, int]]:
    """Ask how many events were found wanting, and ``kind_<kind>``: how many qualify, by kind.

    Args:
        history: open.
        assumed: what an event without a kind is taken for; see `RelationRules.assumed_kind`.
    """
    events = history.rows("events")
    if events is None:
        return Deferred(dict)
    qualifies = ~no_payment(events)
    kind = kind_of(events, assumed)
    kinds = {f"kind_{k}": events.count(where=qualifies & (kind == k)) for k in EVENT_KINDS}
    found = events.aggregate(
        kind_assumed=events.count(where=qualifies & (events.kind == "")),
        zero_amount_event=events.count(where=~qualifies),
        ended_before_start=events.count(where=ended_before_start(history, events)),
        **kinds,
    )
    return Deferred(history.ask(found)).then(only_row)


def spells(history: History, events: ir.Table, *, other_reference: bool = False) -> ir.Table:
    """Return the spells of every customer, without overlap.

    A call belongs to the one spell of its customer with ``opens_on < call day <= closes_on``.
    A contract or donation with ``ends_on`` refers to that day (to its beginning, where it ended
    before it began); one that still runs gives no reference date. Events on one day are one.

    Args:
        history: that the events are from.
        events: all of them.
        other_reference: whether the reference date without the events of `NOT_BOUGHT` is wanted.

    Returns:
        Columns ``customer_id``, ``opens_on``, ``closes_on``, ``reference_date`` (empty where only
        running contracts precede), ``runs_until`` (the last day of any contract begun by then;
        empty where there is none) and, if wanted, ``other_reference``.
    """
    days = _turning_points(history, events.filter(~no_payment(events)), other_reference)
    timeline = ibis.window(group_by="customer_id", order_by="day")
    closes_on = days.day.lead().over(timeline).fill_null(ibis.literal(NO_END))
    return days.mutate(closes_on=closes_on).rename(opens_on="day")


def _turning_points(history: History, events: ir.Table, other_reference: bool) -> ir.Table:
    """Return the days on which a customer's reference date or running contracts change."""
    terms = history.has("events", "ends_on")
    if not terms and not other_reference:
        days = events.select("customer_id", day="occurred_on").distinct()
        return days.mutate(reference_date=days.day, runs_until=ibis.null("date"))
    moments = _moments(endings(history, events))
    if terms:
        moments = moments.union(_beginnings(beginnings(history, events)))
    found = ["reference_date", "runs_until", *(["other_reference"] if other_reference else [])]
    latest = moments.group_by("customer_id", "day").agg(
        **{name: moments[name].max() for name in found}
    )
    so_far = ibis.window(group_by="customer_id", order_by="day", following=0)
    return latest.mutate(**{name: latest[name].max().over(so_far) for name in found})


def _moments(ends: ir.Table) -> ir.Table:
    """Return the days that can be a reference date."""
    bought = ~ends.kind.isin(NOT_BOUGHT)
    return ends.select(
        "customer_id",
        "day",
        reference_date=ends.day,
        other_reference=bought.ifelse(ends.day, ibis.null("date")),
        runs_until=ibis.null("date"),
    )


def _beginnings(begins: ir.Table) -> ir.Table:
    """Return the first days of contracts, each with the last day on which it runs."""
    return begins.select(
        "customer_id",
        "day",
        reference_date=ibis.null("date"),
        other_reference=ibis.null("date"),
        runs_until=begins.gives,
    )


def beginnings(history: History, events: ir.Table) -> ir.Table:
    """Return the ``day`` on which each contract begins; it ``gives`` the last one it runs on."""
    contracts = events.filter(_has_term(history, events))
    ends_on = contracts.ends_on if "ends_on" in contracts.columns else ibis.null("date")
    gives = ends_on.fill_null(ibis.literal(NO_END))
    return contracts.select("customer_id", "kind", day=contracts.occurred_on, gives=gives)


def endings(history: History, events: ir.Table) -> ir.Table:
    """Return the ``day`` of each event that can be a reference date, which is what it ``gives``.

    It is the end of a contract, where there is one, and the day itself of all other events.
    """
    day = events.occurred_on
    if history.has("events", "ends_on"):
        end = ended_before_start(history, events).ifelse(events.occurred_on, events.ends_on)
        day = _has_term(history, events).ifelse(end, events.occurred_on)
    days = events.select("customer_id", "kind", day=day, gives=day)
    return days.filter(days.day.notnull())


def _has_term(history: History, events: ir.Table) -> ir.BooleanValue:
    if history.tables["events"].unlike or not history.has("events", "kind"):
        return ibis.literal(True)
    return events.kind.isin(WITH_TERM)
