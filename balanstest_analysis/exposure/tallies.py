"""What the engine counts of the calls, and the cells of the ledger that follow from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import reduce
from operator import add
from typing import Any

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd

from balanstest_analysis.dossier import Dossier
from balanstest_analysis.exposure.attribution import CALL_KEY, report_column, reports_per_call
from balanstest_analysis.exposure.countings import Counting, weighs_jointly
from balanstest_analysis.exposure.exclusions import (
    BEYOND,
    CODES,
    IN_EXPOSURE,
    NO_NET_CONTACT,
    coded_as,
)
from balanstest_analysis.sources import History

COUNTABLE = (IN_EXPOSURE, NO_NET_CONTACT, *BEYOND)
Counts = np.ndarray[Any, Any]


def tallied(
    history: History,
    calls: ir.Table,
    found: ir.Table | None,
    dossier: Dossier,
    countings: Sequence[Counting],
) -> pd.DataFrame:
    """Return the cells of the ledger.

    The engine counts calls by cell and by how many ends of a follow-up lie before them: what was
    followed up under each counting is a sum over those. Reports are counted on the few calls that
    have any.

    Args:
        history: open.
        calls: with ``code``.
        found: objections and complaints with their calls, from `attribution.candidates`.
        dossier: for the end of the follow-up, and for what its criteria need.
        countings: the dossier's own first.
    """
    ends = _ends(dossier, countings)
    keys = _keys(calls, ends)
    counted = calls.group_by(**keys).agg(
        calls=calls.count(), conversion_events=calls.converted.sum().cast("int64")
    )
    cells = history.frame(counted)
    if found is not None:
        reported = history.frame(_reported(calls, found, ends, countings))
        cells = cells.merge(reported, on=list(keys), how="left")
        numbers = [name for name in reported.columns if name not in keys]
        cells[numbers] = cells[numbers].fillna(0).astype("int64")
    sums = _sums(cells, ends, dossier, countings)
    kept = cells[[*keys, "calls", "conversion_events"]].drop(columns="ended")
    named = kept.assign(code=pd.Categorical.from_codes(kept["code"], CODES), **sums)
    texts = [name for name in ("campaign", "reference") if name in named]
    return named.astype(dict.fromkeys(texts, "category"))


def _ends(dossier: Dossier, countings: Sequence[Counting]) -> tuple[dt.date, ...]:
    """Return the last days on which a call can be followed up, under any counting, in order."""
    windows = {days for counting in countings for days in counting.window_days.values()}
    return tuple(dossier.data_through - dt.timedelta(days=days) for days in sorted(windows)[::-1])


def _keys(calls: ir.Table, ends: Sequence[dt.date]) -> dict[str, ir.Value]:
    kept = coded_as(calls, *COUNTABLE)
    later = [(calls.called_on > ibis.literal(end)).cast("int8") for end in ends]
    keys = {
        "code": calls.code,
        "net_contact": calls.net_contact,
        "campaign": kept.ifelse(calls.campaign, ""),
        "month": kept.ifelse(calls.month.cast("int64"), 0),
        "customer_group": kept.ifelse(calls.customer_group.cast("int64"), 0),
        "year": kept.ifelse(calls.called_on.year().cast("int64"), 0),
        "ended": reduce(add, later, ibis.literal(0, "int8")),
    }
    if "reference" in calls.columns:
        keys["reference"] = calls.reference
    return keys


def _reported(
    calls: ir.Table, found: ir.Table, ends: Sequence[dt.date], countings: Sequence[Counting]
) -> ir.Table:
    """Return per cell, and per column of `reports_per_call`, calls with a report, and reports."""
    reports = reports_per_call(found, countings)
    joined = calls.filter(~calls.duplicate).join(reports, list(CALL_KEY), rname="report_{name}")
    columns = [name for name in reports.columns if name not in CALL_KEY]
    tallies = {f"{name}_calls": joined.count(where=joined[name] > 0) for name in columns}
    tallies |= {f"{name}_sum": joined[name].sum().cast("int64") for name in columns}
    return joined.group_by(**_keys(joined, ends)).agg(**tallies)


def _sums(
    cells: pd.DataFrame,
    ends: Sequence[dt.date],
    dossier: Dossier,
    countings: Sequence[Counting],
) -> dict[str, Counts]:
    """Return exposure, events and reports of every counting per cell."""
    own = countings[0]
    sums: dict[str, Counts] = {}
    for outcome in own.outcomes:
        reports = cells[f"{report_column(outcome, own)}_sum"].to_numpy()
        sums[f"{outcome}_reports"] = reports
        sums[f"{outcome}_followed"] = reports * _followed(cells, ends, dossier, own, outcome)
    for counting in countings:
        followed = {o: _followed(cells, ends, dossier, counting, o) for o in counting.window_days}
        sums |= _outcomes(cells, counting, followed)
        if not counting.choice or weighs_jointly(dossier):
            sums |= _joint(cells, counting, followed)
    return sums


def _followed(
    cells: pd.DataFrame,
    ends: Sequence[dt.date],
    dossier: Dossier,
    counting: Counting,
    outcome: str,
) -> Counts:
    """Return where all calls of a cell are old enough: none of the ends before theirs is past."""
    last_day = dossier.data_through - dt.timedelta(days=counting.window_days[outcome])
    return cells["ended"].to_numpy() <= ends.index(last_day)


def _outcomes(
    cells: pd.DataFrame, counting: Counting, followed: Mapping[str, Counts]
) -> dict[str, Counts]:
    calls, sums = cells["calls"].to_numpy(), {}
    for outcome in counting.outcomes:
        events = _with_report(cells, counting, outcome)
        sums[f"{outcome}_exposure{counting.suffix}"] = calls * followed[outcome]
        sums[f"{outcome}_events{counting.suffix}"] = events * followed[outcome]
    return sums


def _joint(
    cells: pd.DataFrame, counting: Counting, followed: Mapping[str, Counts]
) -> dict[str, Counts]:
    """Return the same among calls that are followed up for every outcome."""
    joint = np.logical_and.reduce([np.ones(len(cells), dtype=bool), *followed.values()])
    counted = {"exposure": cells["calls"], "conversion": cells["conversion_events"]}
    counted |= {outcome: _with_report(cells, counting, outcome) for outcome in followed}
    return {
        f"joint_{name}{counting.suffix}": np.asarray(values) * joint
        for name, values in counted.items()
    }


def _with_report(cells: pd.DataFrame, counting: Counting, outcome: str) -> Counts:
    column = f"{report_column(outcome, counting)}_calls"
    return cells[column if column in cells else f"{outcome}_reports_calls"].to_numpy()
