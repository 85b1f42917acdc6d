"""Whether purchases follow conversions, and only those.

A conversion is a purchase or gift, so an event of the same customer should follow it soon. Where
none does, the sale was undone and deleted, or belongs to another number of the customer. And where
purchases follow contacts without a conversion far more often than people come back by themselves,
sales were made that no code tells.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.history.columns.day_numbers import calendar_month, month_number
from balanstest_analysis.history.exposure import AskedLedger
from balanstest_analysis.history.exposure.attribution import CALL_KEY
from balanstest_analysis.history.exposure.exclusions import IN_EXPOSURE, coded_as
from balanstest_analysis.history.exposure.spells import NOT_BOUGHT, kind_of, no_payment
from balanstest_analysis.history.findings import Finding
from balanstest_analysis.history.sources import Deferred, Queries

WITHOUT_PURCHASE: Final = "conversions_without_purchase"
WITHOUT_CONVERSION: Final = "purchases_without_conversion"
# A sale begins within these days of its call, most of them soon.
SALE_DAYS: Final = 60
SOON_DAYS: Final = 30
# The same days as those soon after a call two months later.
LATER_DAYS: Final = (61, 90)
MONTHS_LATER: Final = 2
FEWEST: Final = 20
LEAST_SHARE: Final = 0.05
# By chance a distance of four has a probability below one in ten thousand.
SURE: Final = 4.0
TIMES: Final = 2.0
# The events go on where a month of them has one per so many conversions.
CONVERSIONS_PER_EVENT: Final = 10
_KEYS: Final = ("called_in", "month")
_NEEDED: Final = ("called_on", "net_contact", "converted", "running", "month", "code")
_FOLLOWED: Final = ("followed", "soon", "later")
_COMPARED: Final = ["contacts", "soon", "later"]


def ask_purchases(
    queries: Queries, ledger: AskedLedger, dossier: Dossier
) -> Deferred[pd.DataFrame] | None:
    """Ask how many contacts that count are followed by a new event of their customer.

    Conversions are counted where the data go on for `SALE_DAYS`, other net contacts where they go
    on until the last of `LATER_DAYS`. Of the latter an event is left out that follows any
    conversion of the customer within `SALE_DAYS`, unless a relation still ran at that call: then
    the conversion may be the second row of a sale that came of this contact.

    Args:
        queries: put to the history.
        ledger: put to it before.
        dossier: for the end of the data.

    Returns:
        Per calendar month of the call (``called_in``, counted from the year 0) and ``month`` since
        the last purchase: ``conversions``, and of them ``followed``, by any event; ``contacts``
        without a conversion, and of them ``soon`` and ``later``, by a purchase or gift on the first
        `SOON_DAYS` days and on `LATER_DAYS`. None without events.
    """
    if "events" not in queries.history.tables:
        return None
    coded = ledger.coded.select(*CALL_KEY, *_NEEDED)
    contacts = _contacts(coded, dossier)
    totals = contacts.group_by(*_KEYS).agg(
        conversions=contacts.count(where=contacts.converted),
        contacts=contacts.count(where=~contacts.converted),
    )
    followed = _followed(contacts, _events(queries, ledger), _sales(coded))
    joined = totals.left_join(followed, list(_KEYS), rname="followed_{name}")
    sums = {name: joined[name].fill_null(0) for name in _FOLLOWED}
    asked = queries.ask(joined.select(*totals.columns, **sums), list(_KEYS))
    return asked.then(lambda rows: rows.astype("int64"))


def _contacts(coded: ir.Table, dossier: Dossier) -> ir.Table:
    """Return the net contacts that count, and that the data follow for long enough."""
    last = [dossier.data_through - dt.timedelta(days=days) for days in (SALE_DAYS, LATER_DAYS[1])]
    followed = coded.called_on <= coded.converted.ifelse(*map(ibis.literal, last))
    contacts = coded.filter(coded_as(coded, IN_EXPOSURE) & coded.net_contact & followed)
    return contacts.select(
        *CALL_KEY,
        "converted",
        "called_on",
        called_in=month_number(contacts.called_on),
        month=contacts.month.cast("int64"),
        until=_days_after(contacts.called_on, LATER_DAYS[1]),
    )


def _events(queries: Queries, ledger: AskedLedger) -> ir.Table:
    """Return who began what on which day, and whether it was ``bought``."""
    rows = queries.history.tables["events"].rows
    kind = kind_of(rows, ledger.clocks.assumed)
    return rows.select(
        buyer=rows.customer_id,
        began=rows.occurred_on,
        bought=~no_payment(rows) & ~kind.isin(NOT_BOUGHT),
    )


def _sales(coded: ir.Table) -> ir.Table:
    converted = coded.filter(coded.converted & ~coded.running)
    return converted.select(
        seller=converted.customer_id,
        sold_on=converted.called_on,
        sold_until=_days_after(converted.called_on, SALE_DAYS),
    )


def _followed(contacts: ir.Table, events: ir.Table, sales: ir.Table) -> ir.Table:
    """Return by `_KEYS` how many contacts are followed by an event, each counted once.

    Few are: these only are grouped.
    """
    near = contacts.join(
        events,
        [
            contacts.customer_id == events.buyer,
            events.began >= contacts.called_on,
            events.began <= contacts.until,
        ],
    )
    joined = near.left_join(
        sales,
        [
            near.customer_id == sales.seller,
            near.began >= sales.sold_on,
            near.began <= sales.sold_until,
        ],
    )
    days = joined.began.delta(joined.called_on, unit="day")
    of_nobody = ~joined.converted & joined.bought & joined.sold_on.isnull()
    calls = joined.group_by(*CALL_KEY, *_KEYS).agg(
        followed=joined.count(where=joined.converted & (days <= SALE_DAYS)),
        soon=joined.count(where=of_nobody & (days <= SOON_DAYS)),
        later=joined.count(where=of_nobody & (days >= LATER_DAYS[0])),
    )
    return calls.group_by(*_KEYS).agg(
        **{name: calls.count(where=calls[name] > 0) for name in _FOLLOWED}
    )


def _days_after(day: ir.DateValue, days: int) -> ir.DateValue:
    return (day + ibis.interval(days=days)).cast("date")


def purchase_findings(found: pd.DataFrame, events: pd.DataFrame) -> Iterator[Finding]:
    """Yield conversions that no event follows, and purchases that follow no conversion.

    Args:
        found: from `ask_purchases`.
        events: rows per day; see `days.ask_days`.

    Examples:
        >>> found = pd.DataFrame(
        ...     {
        ...         "called_in": [24300],
        ...         "month": [6],
        ...         "conversions": [100],
        ...         "followed": [70],
        ...         "contacts": [900],
        ...         "soon": [4],
        ...         "later": [4],
        ...     }
        ... )
        >>> events = pd.DataFrame({"year": 2025, "month": [1, 2, 3], "rows": 40})
        >>> [(one.code, one.count) for one in purchase_findings(found, events)]
        [('conversions_without_purchase', 30)]
    """
    unfollowed = _without_purchase(found, events)
    if unfollowed is not None:
        yield unfollowed
    unsold = _without_conversion(found)
    if unsold is not None:
        yield unsold


def _without_purchase(found: pd.DataFrame, events: pd.DataFrame) -> Finding | None:
    """Return the conversions that no event follows, in the months after which events go on.

    They go on where the month of the call and both months after it have an event per
    `CONVERSIONS_PER_EVENT` conversions of that month. An export that ends before the calls, some
    strays apart, so tells of none.
    """
    rows = events["rows"].groupby(calendar_month(events["year"], events["month"])).sum()
    months = found.groupby("called_in")[["conversions", "followed"]].sum()
    least = np.min([rows.reindex(months.index + n, fill_value=0) for n in range(3)], axis=0)
    judged = months[CONVERSIONS_PER_EVENT * least >= months["conversions"]].sum()
    conversions, missing = judged["conversions"], judged["conversions"] - judged["followed"]
    if missing < max(FEWEST, LEAST_SHARE * conversions):
        return None
    told = (
        f"Looked at are the {conversions:,} conversions after which the data go on for {SALE_DAYS} "
        f"days; no event of their customer follows {missing:,} of them within these."
    )
    return Finding(code=WITHOUT_PURCHASE, count=int(missing), detail=told)


def _without_conversion(found: pd.DataFrame) -> Finding | None:
    """Return the contacts soon after which a purchase came without a conversion, if clearly many.

    People come back by themselves, the sooner the shorter ago their relation ended, and in some
    months of the year more than in others. So it has to be clear both by months since the last
    purchase and by calendar months; see `_more_than_usual`. Who calls in a few months of the year
    only has nothing to compare with.
    """
    fewest = max(FEWEST, LEAST_SHARE * found["conversions"].sum())
    more = [_more_than_usual(found.groupby(key)[_COMPARED].sum()) for key in _KEYS]
    if min(more) < fewest:
        return None
    soon = int(found["soon"].sum())
    told = f"About {min(more):,.0f} of {soon:,} are more than come by themselves."
    return Finding(code=WITHOUT_CONVERSION, count=soon, detail=told)


def _more_than_usual(months: pd.DataFrame) -> float:
    """Return how many purchases soon after contacts are more than usual; 0 where that is not clear.

    What comes soon after the contacts of a month is held against what comes on the same days after
    contacts of two months earlier. Over all months that is one rate beside another
    (Mantel-Haenszel). It is clear where the one is `TIMES` the other, with a distance of `SURE`
    standard deviations.

    Args:
        months: ``contacts``, ``soon`` and ``later`` by month, of any reckoning.

    Examples:
        >>> months = pd.DataFrame({"contacts": 500, "soon": 40, "later": 8}, index=[3, 4, 5, 6])
        >>> _more_than_usual(months)
        64.0
    """
    earlier = months.set_index(months.index + MONTHS_LATER).reindex(months.index, fill_value=0)
    here, there = months["contacts"], earlier["contacts"]
    share: pd.Series[float] = here / np.maximum(here + there, 1)
    seen, usual = (months["soon"] * (1 - share)).sum(), (earlier["later"] * share).sum()
    spread = ((months["soon"] + earlier["later"]) * share * (1 - share)).sum()
    if seen <= TIMES * usual or seen - usual <= SURE * np.sqrt(spread):
        return 0.0
    return float(months.loc[there > 0, "soon"].sum() * (1 - usual / seen))
