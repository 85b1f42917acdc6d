"""Conversations with one customer within minutes: one call that was delivered twice.

An export of two systems, or of one system twice, can have each call a second later and under
another number. Such copies are not the same moment, so nothing takes them together, and a rate per
contact comes out half of what it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import ibis
import ibis.expr.types as ir

from balanstest_analysis.history.exposure.single_calls import tells_time
from balanstest_analysis.history.findings import Finding
from balanstest_analysis.history.sources import Deferred, Queries, only_row

MINUTES: Final = 2
# So many of the contacts may follow another within minutes, and so few tell nothing.
MOST: Final = 0.02
FEWEST: Final = 20


def ask_minutes_apart(queries: Queries, calls: ir.Table) -> Deferred[dict[str, int]]:
    """Ask how many contacts begin within minutes after another with the same customer.

    A call at the very moment of another is a question by itself (`single_calls`), and so is one of
    which only the day is known.

    Args:
        queries: put to the history.
        calls: every call, with its code; each is counted once.

    Returns:
        ``contacts``, and of them those ``soon`` after another.
    """
    timed = tells_time(calls.called_at)
    contacts = calls.filter(~calls.duplicate & calls.net_contact & timed)
    before = ibis.window(group_by="customer_id", order_by="called_at")
    pairs = contacts.select("called_at", earlier=contacts.called_at.lag().over(before))
    soon = (pairs.earlier < pairs.called_at) & (
        pairs.earlier + ibis.interval(minutes=MINUTES) >= pairs.called_at
    )
    totals = pairs.aggregate(contacts=pairs.count(), soon=pairs.count(where=soon))
    return queries.ask(totals).then(only_row).then(dict)


def minutes_apart(found: Mapping[str, int]) -> Iterator[Finding]:
    """Yield the contacts within minutes after another, where they are too many for a cut-off line.

    Args:
        found: from `ask_minutes_apart`, answered.

    Examples:
        >>> [one.code for one in minutes_apart({"contacts": 1000, "soon": 20})]
        ['contacts_minutes_apart']
        >>> [one.code for one in minutes_apart({"contacts": 1001, "soon": 20})]
        ['few_contacts_minutes_apart']
    """
    soon = found["soon"]
    if soon < FEWEST:
        return
    few = "" if soon >= MOST * found["contacts"] else "few_"
    yield Finding(code=f"{few}contacts_minutes_apart", count=soon)
