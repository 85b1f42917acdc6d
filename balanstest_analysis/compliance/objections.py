"""How soon an objection was processed: whether its maker was called afterwards, and how late."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from balanstest_analysis.compliance.plan import Days
from balanstest_analysis.compliance.rules import RuleCheck, all_rules, rule_check, unchecked
from balanstest_analysis.dossier import Dossier
from balanstest_analysis.exposure import Ledger
from balanstest_analysis.sources import History

LATE = "objection_processed_late"
CALLED_AFTER = "objection_then_called"


def objection_checks(history: History, ledger: Ledger, dossier: Dossier) -> tuple[RuleCheck, int]:
    """Return the check on late processing, and the number of objections followed by any call.

    Counted per customer and day of objection. Calls on request or consent do not count; an
    objection counts as processed late when a call followed more than 28 days after its day.
    """
    if "objections" not in history.tables:
        return unchecked(LATE, "no_data"), 0
    found = history.frame(_by_year(history, ledger)).fillna(0)
    if found.empty:
        return unchecked(LATE, "no_data"), 0
    rows = found.to_dict("records")
    days: Days = (min(row["first"] for row in rows), max(row["last"] for row in rows))
    years = {int(row["year"]): (int(row["late"]), int(row["objections"])) for row in rows}
    return rule_check(LATE, years, days, dossier.rules), sum(int(row["called"]) for row in rows)


def _by_year(history: History, ledger: Ledger) -> ir.Table:
    last = last_calls(ledger.coded)
    objections = history.tables["objections"].rows.select("customer_id", "objected_on").distinct()
    joined = objections.left_join(last, "customer_id", rname="called_{name}")
    limit = joined.objected_on + ibis.interval(days=all_rules()[LATE]["days"])
    return joined.group_by(year=joined.objected_on.year()).agg(
        objections=joined.count(),
        called=joined.count(where=joined.last_call > joined.objected_on),
        late=joined.count(where=joined.last_call > limit.cast("date")),
        first=joined.objected_on.min(),
        last=joined.objected_on.max(),
    )


def last_calls(calls: ir.Table) -> ir.Table:
    """Return the last day on which each customer was called on the ground of the relation."""
    unasked = calls.filter(~calls.duplicate & ~calls.basis.isin(("requested", "consent")))
    return unasked.group_by("customer_id").agg(last_call=unasked.called_on.max())
