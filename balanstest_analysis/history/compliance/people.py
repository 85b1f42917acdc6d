"""What the calls of one customer in one calendar year add up to; several questions need it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from balanstest_analysis.history.sources import Queries

_FIRST_DAY, _MONTHS = dt.date(1900, 1, 1), 2**15


@dataclass(frozen=True, kw_only=True)
class People:
    """Those who were called.

    Attributes:
        years: one row per customer and calendar year in which the customer was called, with
            ``calls`` and ``contacts``; ``former_calls`` and ``former_contacts``, those to a former
            customer on the ground of the relation; and what the customers have.
        customers: one row per customer, with ``former_first``, the day and month of the first
            call to a former customer, for `month_of_first`; and ``last_call``, the last day of a
            call that was neither asked for nor consented to.
    """

    years: ir.Table
    customers: ir.Table


def keep_people(queries: Queries, calls: ir.Table) -> People:
    """Return who was called, kept by the engine.

    Args:
        queries: put to the history.
        calls: every call, with its code; each is counted once, those to legal persons not at all.
    """
    single = calls.filter(~calls.duplicate & calls.natural_person)
    unasked = ~single.basis.isin(("requested", "consent"))
    former = unasked & ~single.running & single.month.notnull()
    years = single.group_by("customer_id", year=single.called_on.year()).agg(
        calls=single.count(),
        contacts=single.net_contact.sum().cast("int64"),
        former_calls=single.count(where=former),
        former_contacts=single.count(where=former & single.net_contact),
        former_first=_day_and_month(single).min(where=former),
        last_call=single.called_on.max(where=unasked),
    )
    years = queries.keep("people", years)
    customers = years.group_by("customer_id").agg(
        former_first=years.former_first.min(), last_call=years.last_call.max()
    )
    return People(years=years, customers=queries.keep("called", customers))


def _day_and_month(calls: ir.Table) -> ir.IntegerValue:
    """Return one number that orders by day and holds the month: an argmin takes long."""
    day = calls.called_on.delta(ibis.literal(_FIRST_DAY), unit="day")
    return day.cast("int64") * _MONTHS + calls.month.cast("int64")


def month_of_first(first: ir.IntegerValue) -> ir.IntegerValue:
    """Return the month since the last purchase of a first call, from ``former_first``."""
    return first % _MONTHS
