"""Rows that are one and the same call: repeated rows, and the legs of a call that was passed on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import ibis
import ibis.expr.types as ir

from balanstest_analysis.history.exposure.attribution import CALL_KEY
from balanstest_analysis.history.sources import (
    AGE_COLUMNS,
    SOURCE,
    TELLS_OBJECTION,
    Deferred,
    History,
    Queries,
    only_row,
)

# A number that so many of the rows share with another customer or day is not that of a call.
MOST_REPEATED: Final = 0.05
# Of the calls with a number, so many may begin at the moment of another, and so few tell nothing.
MOST_AT_ONE_MOMENT: Final = 0.02
FEWEST_AT_ONE_MOMENT: Final = 20
_FLAGS: Final = ("reached", "net_contact", "converted", "answered", TELLS_OBJECTION)


def repeated_call_ids(history: History, calls: ir.Table) -> Deferred[tuple[int, bool]]:
    """Ask how many calls share their number with another customer or day, and whether it tells.

    Args:
        history: open; the calls of all customers are looked at.
        calls: with ``called_on``.

    Returns:
        The number of rows, and whether the column holds numbers of calls at all.
    """
    if not history.has("calls", "call_id"):
        return Deferred(lambda: (0, False))
    given = calls.filter(calls.call_id != "")
    numbers = given.group_by("call_id").agg(
        rows=given.count(),
        first=given.customer_id.min(),
        last=given.customer_id.max(),
        since=given.called_on.min(),
        until=given.called_on.max(),
    )
    shared = (numbers.first != numbers.last) | (numbers.since != numbers.until)
    found = numbers.aggregate(rows=numbers.rows.sum(), shared=numbers.rows.sum(where=shared))
    return Deferred(history.ask(found)).then(only_row).then(_repeated)


def _repeated(totals: Mapping[str, int]) -> tuple[int, bool]:
    return totals["shared"], totals["shared"] <= MOST_REPEATED * totals["rows"]


def ask_calls_at_one_moment(queries: Queries, calls: ir.Table) -> Deferred[dict[str, int]]:
    """Ask how many calls began when another to the same customer did, under another number.

    Few do: a number that was dialled again within the minute. Where many do, calls were delivered
    twice with numbers of their own, and each is counted.

    Args:
        queries: put to the history.
        calls: from `calls.prepared_calls`, with numbers that tell one call from another.

    Returns:
        Their number, by the code of the finding: another one below twenty, or one in fifty.
    """
    timed = calls.filter(tells_time(calls.called_at) & (calls.call_id != ""))
    moments = timed.group_by("customer_id", "called_at").agg(
        rows=timed.count(), first=timed.call_id.min(), last=timed.call_id.max()
    )
    again = (moments.rows - 1).sum(where=moments.first != moments.last)
    return (
        queries.ask(moments.aggregate(rows=moments.rows.sum(), again=again))
        .then(only_row)
        .then(_at_one_moment)
    )


def tells_time(moment: ir.TimestampValue) -> ir.BooleanValue:
    """Return whether a moment tells a time: midnight is what systems write that keep only days."""
    time: ir.BooleanValue = moment.hour() + moment.minute() + moment.second() > 0
    return time


def _at_one_moment(found: Mapping[str, int]) -> dict[str, int]:
    again = found["again"]
    many = again >= FEWEST_AT_ONE_MOMENT and again >= MOST_AT_ONE_MOMENT * found["rows"]
    return {"calls_at_one_moment" if many else "few_calls_at_one_moment": again}


def with_duplicates_marked(queries: Queries, calls: ir.Table, *, has_legs: bool) -> ir.Table:
    """Return the calls with ``duplicate`` and ``leg``: of the rows of one call, all but one.

    Rows of one customer at one moment with the same number are one call, and the answered,
    converted one stays, whatever the order of the rows. So are rows of one customer with the same
    number on one day, the legs of a call: the earliest stays, and has what any of them has. Only
    those rows are ranked: ranking all calls costs as much as all the rest.

    Args:
        queries: put to the history.
        calls: from `calls.prepared_calls`.
        has_legs: whether numbers of calls tell which rows are legs of one.
    """
    keys = ["customer_id", *(["called_on", "call_id"] if has_legs else ["called_at"])]
    copies = calls.group_by(*keys).agg(copies=calls.count())
    copies = queries.keep("copies", copies.filter(copies.copies > 1).drop("copies"))
    repeated = calls.semi_join(copies, keys)
    ages = [name for name in AGE_COLUMNS if name in calls.columns]
    best_first = [repeated[name].desc() for name in ("net_contact", "converted")]
    others = [*(repeated[name] for name in ("campaign", "basis", *ages)), repeated.reached.desc()]
    # of rows that are alike in all that counts, the first source has the call
    others += [repeated[SOURCE]] if SOURCE in calls.columns else []
    ranks = ibis.row_number().over(group_by=CALL_KEY, order_by=[*best_first, *others])
    told = repeated[TELLS_OBJECTION].cast("int8").max().over(group_by=CALL_KEY) > 0
    repeated = repeated.mutate(
        duplicate=ranks > 0, leg=ibis.literal(False), **{TELLS_OBJECTION: told}
    )
    if has_legs:
        repeated = _with_legs(repeated)
    single = calls.anti_join(copies, keys).mutate(duplicate=False, leg=False)
    return single.select(*repeated.columns).union(repeated)


def _with_legs(repeated: ir.Table) -> ir.Table:
    alone = (repeated.call_id == "").ifelse(repeated.called_at, ibis.null("timestamp"))
    rows = repeated.mutate(alone=alone)
    call = ibis.window(group_by=["customer_id", "called_on", "call_id", "alone"])
    any_leg = {name: rows[name].cast("int8").max().over(call) > 0 for name in _FLAGS}
    later = rows.called_at > rows.called_at.min().over(call)
    legs = rows.mutate(later=later, **{f"any_{name}": flag for name, flag in any_leg.items()})
    flags = {
        name: (legs.later | legs.duplicate).ifelse(legs[name], legs[f"any_{name}"])
        for name in _FLAGS
    }
    made = legs.mutate(
        leg=legs.later & ~legs.duplicate, duplicate=legs.later | legs.duplicate, **flags
    )
    return made.select(*repeated.columns)
