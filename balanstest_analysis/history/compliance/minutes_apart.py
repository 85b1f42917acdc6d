"""Conversations with one customer soon after each other: one call that was delivered twice.

An export of two systems, or of one system twice, can have each call a second later and under
another number, or an hour earlier in UTC, or with its day only. Such copies are not the same
moment, so nothing takes them together, and a rate per contact comes out half of what it is.

A second conversation comes when it comes. Copies come at the same distance, or at two where one
side keeps summer time, and with the same outcome.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import ibis
import ibis.expr.types as ir
import pandas as pd

from balanstest_analysis.history.columns.day_numbers import day_number
from balanstest_analysis.history.exposure.single_calls import tells_time
from balanstest_analysis.history.findings import Finding
from balanstest_analysis.history.sources import Deferred, Queries

MINUTES: Final = 2
# So many of the contacts may follow another within minutes, and so few tell nothing.
MOST: Final = 0.02
FEWEST: Final = 20
FEWEST_TOLD: Final = 10
# Within two days, from a tenth of all contacts on, and at most of these distances.
WITHIN: Final = 2 * 24 * 60
MANY: Final = 0.1
AT_DISTANCES: Final = 2
OF_THOSE_NEAR: Final = 0.5
# In place of a distance: within minutes, on a day of which no time is known, or none of these.
SOON, SAME_DAY, OTHER = -1, -2, -3
AGAIN: Final = "contacts_at_one_distance"


def ask_minutes_apart(queries: Queries, calls: ir.Table) -> Deferred[pd.DataFrame]:
    """Ask how many contacts begin how many minutes after another with the same customer.

    A call at the very moment of another is a question by itself (`single_calls`).

    Args:
        queries: put to the history.
        calls: every call, with its code; each is counted once.

    Returns:
        ``contacts`` by ``gap``: `SOON` within two minutes; minutes to the one before, within two
        days and with the same outcome and campaign; `SAME_DAY` where of the one before only the
        day is known; `OTHER` elsewhere.
    """
    single = calls.filter(~calls.duplicate & calls.net_contact)
    at = single.called_at
    clock = (at.hour() * 60 + at.minute()).cast("int64")
    contacts = single.select(
        "customer_id",
        "called_at",
        timed=tells_time(at),
        minute=day_number(single.called_on).cast("int64") * (24 * 60) + clock,
        outcome=single.campaign.cast("int64") * 2 + single.converted.cast("int64"),
    )
    before = ibis.window(group_by="customer_id", order_by="called_at")
    names = ("called_at", "timed", "minute", "outcome")
    earlier = {f"earlier_{name}": contacts[name].lag().over(before) for name in names}
    pairs = contacts.select(*names, **earlier)
    counted = pairs.group_by(gap=_gap(pairs)).agg(contacts=pairs.count())
    return queries.ask(counted, ["gap"])


def _gap(pairs: ir.Table) -> ir.IntegerValue:
    gap = pairs.minute - pairs.earlier_minute
    both = pairs.timed & pairs.earlier_timed
    soon = (pairs.earlier_called_at < pairs.called_at) & (
        pairs.earlier_called_at + ibis.interval(minutes=MINUTES) >= pairs.called_at
    )
    alike = (pairs.outcome == pairs.earlier_outcome) & (pairs.earlier_called_at < pairs.called_at)
    same_day = alike & pairs.timed & ~pairs.earlier_timed & (gap < 24 * 60)
    found: ir.IntegerValue = ibis.cases(
        (both & soon, SOON),
        (same_day, SAME_DAY),
        (both & alike & (gap <= WITHIN), gap),
        else_=OTHER,
    )
    return found.cast("int64")


def minutes_apart(found: pd.DataFrame) -> Iterator[Finding]:
    """Yield the contacts soon after another, where they are too many to be second conversations.

    Args:
        found: from `ask_minutes_apart`, answered.

    Examples:
        >>> rows = pd.DataFrame({"gap": [OTHER, SOON], "contacts": [980, 20]})
        >>> [one.code for one in minutes_apart(rows)]
        ['contacts_minutes_apart']
        >>> rows = pd.DataFrame({"gap": [OTHER, SOON], "contacts": [981, 20]})
        >>> [one.code for one in minutes_apart(rows)]
        ['few_contacts_minutes_apart']
        >>> rows = pd.DataFrame({"gap": [OTHER, 60, 61], "contacts": [300, 250, 2]})
        >>> [(one.code, one.count) for one in minutes_apart(rows)]
        [('contacts_at_one_distance', 252)]
    """
    total = int(found["contacts"].sum())
    by_gap = found.groupby("gap")["contacts"].sum()
    yield from _soon(int(by_gap.get(SOON, 0)), total)
    yield from _again(by_gap.drop([SOON, OTHER], errors="ignore"), total)


def _soon(soon: int, total: int) -> Iterator[Finding]:
    many = soon >= MOST * total
    if soon >= FEWEST or (many and soon >= FEWEST_TOLD):
        few = "" if many and soon >= FEWEST else "few_"
        yield Finding(code=f"{few}contacts_minutes_apart", count=soon)


def _again(near: pd.Series[int], total: int) -> Iterator[Finding]:
    """Yield the contacts at the one or two most frequent distances, where most are at these."""
    most = near.sort_values(ascending=False, kind="stable").head(AT_DISTANCES)
    count = int(most.sum())
    if count < max(FEWEST, MANY * total) or count < OF_THOSE_NEAR * int(near.sum()):
        return
    told = " and ".join(f"{number:,} {_distance(int(str(gap)))}" for gap, number in most.items())
    yield Finding(code=AGAIN, count=count, detail=f"Of {total:,} contacts come {told}.")


def _distance(gap: int) -> str:
    if gap == SAME_DAY:
        return "on the day of one without a time"
    return f"at {gap} minutes"
