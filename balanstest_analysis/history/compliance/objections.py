"""How soon an objection was processed: whether its maker was called afterwards, and how late."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import ibis
import ibis.expr.types as ir

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.history.compliance.people import People
from balanstest_analysis.history.compliance.records import RuleCheck
from balanstest_analysis.history.compliance.rules import all_rules, rule_check, unchecked
from balanstest_analysis.history.sources import Deferred, Queries

LATE = "objection_processed_late"
CALLED_AFTER = "objection_then_called"


def ask_objections(
    queries: Queries, people: People, dossier: Dossier
) -> Deferred[tuple[RuleCheck, int]]:
    """Ask for the check on late processing, and the number of objections followed by any call.

    Counted per customer and day of objection. Calls on request or consent do not count; an
    objection counts as processed late when a call followed more than 28 days after its day.

    Args:
        queries: put to the history.
        people: from `keep_people`.
        dossier: for what it states about the rules.
    """
    if "objections" not in queries.history.tables:
        return Deferred(lambda: (unchecked(LATE, "no_data"), 0))
    asked = queries.ask(_by_day(queries, people), ["day"])
    return asked.then(lambda rows: _checked(rows.to_dict("records"), dossier))


def _checked(days: Sequence[Mapping[Any, Any]], dossier: Dossier) -> tuple[RuleCheck, int]:
    if not days:
        return unchecked(LATE, "no_data"), 0
    years: dict[int, tuple[int, int]] = {}
    for row in days:
        late, objections = years.get(row["day"].year, (0, 0))
        years[row["day"].year] = (late + int(row["late"]), objections + int(row["objections"]))
    stretch = (min(row["day"] for row in days), max(row["day"] for row in days))
    check = rule_check(LATE, dict(sorted(years.items())), stretch, dossier.rules)
    return check, sum(int(row["called"]) for row in days)


def _by_day(queries: Queries, people: People) -> ir.Table:
    rows = queries.history.tables["objections"].rows
    objections = rows.select("customer_id", "objected_on").distinct()
    joined = objections.left_join(people.customers, "customer_id", rname="called_{name}")
    limit = joined.objected_on + ibis.interval(days=all_rules()[LATE]["days"])
    return joined.group_by(day=joined.objected_on).agg(
        objections=joined.count(),
        called=joined.count(where=joined.last_call > joined.objected_on),
        late=joined.count(where=joined.last_call > limit.cast("date")),
    )


def last_calls(calls: ir.Table) -> ir.Table:
    """Return the last day on which each customer was called on the ground of the relation."""
    unasked = calls.filter(~calls.duplicate & ~calls.basis.isin(("requested", "consent")))
    return unasked.group_by("customer_id").agg(last_call=unasked.called_on.max())
