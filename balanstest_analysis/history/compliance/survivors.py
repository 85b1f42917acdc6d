"""Whether those who were called long ago are still there, or only those who came back.

Organisations remove people from their systems some years after the last gift or purchase. Where
that reaches the calls as well, of those who were called before it only they are left who bought or
gave again afterwards: the calls that brought nothing are gone, and those that did are not.
"""

from __future__ import annotations

from typing import Final

import pandas as pd

from balanstest_analysis.history.columns.day_numbers import month_number, months_told
from balanstest_analysis.history.exposure import AskedLedger
from balanstest_analysis.history.exposure.exclusions import IN_EXPOSURE, coded_as
from balanstest_analysis.history.findings import Finding
from balanstest_analysis.history.sources import Deferred, Queries

CODE: Final = "only_who_came_back"
FEWEST: Final = 100
FEWEST_MONTHS: Final = 3
NEARLY_ALL: Final = 0.9


def ask_survivors(queries: Queries, ledger: AskedLedger) -> Deferred[pd.DataFrame] | None:
    """Ask how many contacts without a conversion have an event of their customer later on.

    Args:
        queries: put to the history.
        ledger: put to it before.

    Returns:
        By calendar month of the call (``called_in``, counted from the year 0): ``contacts`` that
        count and brought nothing, and of them those who came ``back``. None without events.
    """
    if "events" not in queries.history.tables:
        return None
    coded, events = ledger.coded, queries.history.tables["events"].rows
    last = events.group_by(buyer=events.customer_id).agg(last=events.occurred_on.max())
    brought_nothing = coded_as(coded, IN_EXPOSURE) & coded.net_contact & ~coded.converted
    contacts = coded.filter(brought_nothing)
    joined = contacts.join(last, contacts.customer_id == last.buyer)
    months = joined.group_by(called_in=month_number(joined.called_on)).agg(
        contacts=joined.count(), back=joined.count(where=joined["last"] > joined.called_on)
    )
    return queries.ask(months, ["called_in"])


def survivors(found: pd.DataFrame) -> Finding | None:
    """Return the contacts of the first months, where nearly all of them came back by themselves.

    Of these months together at least `NEARLY_ALL` did, and they are `FEWEST_MONTHS` or more with
    `FEWEST` contacts. Those of the last months had no time to, so a whole history of which that is
    so is told as well: everybody in it is there because of a later purchase or gift.

    Args:
        found: from `ask_survivors`, answered.

    Examples:
        >>> months = pd.DataFrame({"called_in": range(24300, 24312), "contacts": 50})
        >>> survivors(months.assign(back=[49] * 5 + [10] * 7)).count
        250
        >>> survivors(months.assign(back=20)) is None
        True
    """
    months = found.sort_values("called_in")
    sums = months[["contacts", "back"]].cumsum()
    nearly = (sums["back"] >= NEARLY_ALL * sums["contacts"]) & (sums["contacts"] >= FEWEST)
    nearly &= months["back"] >= NEARLY_ALL * months["contacts"]
    if not nearly.any():
        return None
    last = int(nearly.to_numpy().nonzero()[0][-1])
    if last + 1 < FEWEST_MONTHS:
        return None
    contacts, back = (int(sums[name].iloc[last]) for name in ("contacts", "back"))
    span = months_told(*(int(months["called_in"].iloc[at]) for at in (0, last)))
    detail = f"In {span}: {back:,} of {contacts:,} contacts without a conversion."
    return Finding(code=CODE, count=contacts, detail=detail)
