"""Whether the months that calls state were counted on the day of the call.

Without events the calls state their own months, and nothing else tells how these were counted. Of
who was called twice, the months have to grow with the time between, unless there was a purchase. An
export that counts all months on its own day gives a customer the same months in every call.
"""

from __future__ import annotations

from typing import Final

import ibis
import ibis.expr.types as ir

from balanstest_analysis.history.exposure.calls import completed_months
from balanstest_analysis.history.findings import Finding
from balanstest_analysis.history.sources import Deferred, History, Queries, only_row

CODE: Final = "months_stand_still"
MONTHS_APART: Final = 3
_FEWEST: Final = 20
_SHARE: Final = 0.5


def has_stated_months(history: History) -> bool:
    """Return whether months are as the calls state them, and not computed from days."""
    computed = "events" in history.tables or history.has("calls", "reference_date")
    return not computed and history.has("calls", "months_since_purchase")


def ask_standing_still(queries: Queries, calls: ir.Table) -> Deferred[Finding | None]:
    """Ask for calls with the months of an earlier call of the same customer, long before.

    Args:
        queries: put to the history.
        calls: every call, with its code; each is counted once.

    Returns:
        None unless these are at least `_FEWEST`, and a share (`_SHARE`) of all calls that are
        `MONTHS_APART` months or more after the one before. A purchase in between can give the same
        months again, and seldom does.
    """
    if not has_stated_months(queries.history):
        return Deferred(lambda: None)
    single = calls.filter(~calls.duplicate & calls.month.notnull())
    before = ibis.window(group_by="customer_id", order_by="called_at")
    pairs = single.select(
        apart=completed_months(single.called_on.lag().over(before), single.called_on),
        grown=single.month - single.month.lag().over(before),
    )
    far = pairs.apart >= MONTHS_APART
    totals = pairs.aggregate(
        pairs=pairs.count(where=far), still=pairs.count(where=far & (pairs.grown == 0))
    )
    return queries.ask(totals).then(only_row).then(lambda row: _found(**row))


def _found(pairs: int, still: int) -> Finding | None:
    if still < max(_FEWEST, _SHARE * pairs):
        return None
    detail = f"That is of {pairs:,} calls {MONTHS_APART} months or more after the one before."
    return Finding(code=CODE, count=still, detail=detail)
