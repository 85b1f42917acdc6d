"""What the engine counts in each cell of the ledger."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import reduce
from operator import and_
from typing import Any

import ibis
import ibis.expr.types as ir

from balanstest_analysis.dossier import Dossier
from balanstest_analysis.exposure.attribution import report_column
from balanstest_analysis.exposure.countings import Counting, weighs_jointly
from balanstest_analysis.exposure.exclusions import (
    BEYOND,
    IN_EXPOSURE,
    NO_NET_CONTACT,
    call_findings,
)

COUNTABLE = (IN_EXPOSURE, NO_NET_CONTACT, *BEYOND)


def tallied(calls: ir.Table, dossier: Dossier, countings: Sequence[Counting]) -> ir.Table:
    """Return the cells of the ledger.

    Args:
        calls: with ``code`` and ``<outcome>_reports`` for every counting.
        dossier: for the end of the follow-up, and for what its criteria need.
        countings: the dossier's own first.
    """
    kept = calls.code.isin(COUNTABLE)
    keys = {
        "code": calls.code,
        "net_contact": calls.net_contact,
        "campaign": kept.ifelse(calls.campaign, ""),
        "month": kept.ifelse(calls.month, 0),
        "customer_group": kept.ifelse(calls.customer_group, 0),
        "year": kept.ifelse(calls.called_on.year(), 0),
    }
    if "reference" in calls.columns:
        keys["reference"] = calls.reference
    tallies = {
        "calls": calls.count(),
        "conversion_events": calls.count(where=calls.converted),
        **_followed_reports(calls, dossier, countings[0]),
        **{f"finding_{c}": calls.count(where=w) for c, w in call_findings(calls, dossier).items()},
    }
    for counting in countings:
        tallies |= _outcomes(calls, dossier, counting)
    return calls.group_by(**keys).agg(**tallies)


def _outcomes(calls: ir.Table, dossier: Dossier, counting: Counting) -> dict[str, Any]:
    """Return exposure and events per outcome, and among calls followed for all of them."""
    followed = {o: _followed(calls, dossier, counting, o) for o in counting.window_days}
    flags = {}
    for outcome in counting.outcomes:
        flags[f"{outcome}_exposure"] = followed[outcome]
        flags[f"{outcome}_events"] = followed[outcome] & _reported(calls, counting, outcome)
    if not counting.choice or weighs_jointly(dossier):
        flags |= _joint(calls, counting, followed)
    return {f"{name}{counting.suffix}": calls.count(where=flag) for name, flag in flags.items()}


def _joint(
    calls: ir.Table, counting: Counting, followed: Mapping[str, ir.BooleanValue]
) -> dict[str, ir.BooleanValue]:
    joint = reduce(and_, followed.values(), ibis.literal(True))
    reported = {f"joint_{o}": joint & _reported(calls, counting, o) for o in followed}
    return {"joint_exposure": joint, "joint_conversion": joint & calls.converted, **reported}


def _followed(
    calls: ir.Table, dossier: Dossier, counting: Counting, outcome: str
) -> ir.BooleanValue:
    last_day = dossier.data_through - dt.timedelta(days=counting.window_days[outcome])
    return calls.called_on <= ibis.literal(last_day)


def _reported(calls: ir.Table, counting: Counting, outcome: str) -> ir.BooleanValue:
    column = report_column(outcome, counting)
    return calls[column if column in calls.columns else f"{outcome}_reports"] > 0


def _followed_reports(calls: ir.Table, dossier: Dossier, own: Counting) -> dict[str, Any]:
    sums = {}
    for outcome in own.outcomes:
        reports = calls[report_column(outcome, own)]
        followed = _followed(calls, dossier, own, outcome)
        sums[f"{outcome}_reports"] = reports.sum().cast("int64")
        sums[f"{outcome}_followed"] = followed.ifelse(reports, 0).sum().cast("int64")
    return sums
