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

from balanstest_analysis.document.personal import screened_names
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.errors import RunError
from balanstest_analysis.history.exposure.attribution import CALL_KEY, report_column, report_sums
from balanstest_analysis.history.exposure.calls import MOST_CAMPAIGNS, REFERENCES, seen_both_ways
from balanstest_analysis.history.exposure.counting_rules import Counting, weighs_jointly
from balanstest_analysis.history.exposure.exclusions import (
    BEYOND,
    CODES,
    FINDING_FLAGS,
    IN_EXPOSURE,
    NO_NET_CONTACT,
    coded_as,
    finding_flags,
    with_code,
)
from balanstest_analysis.history.month_table import CAMPAIGN
from balanstest_analysis.history.sources import EARLIEST, MONTHS_AT_MOST, Deferred, Queries

_NO_YEAR = EARLIEST.year - 1
REACHED = (IN_EXPOSURE, NO_NET_CONTACT)
COUNTABLE = (*REACHED, *BEYOND)
Counts = np.ndarray[Any, Any]


def ask_cells(
    queries: Queries,
    calls: ir.Table,
    found: ir.Table | None,
    dossier: Dossier,
    countings: Sequence[Counting],
) -> Deferred[pd.DataFrame]:
    """Ask for the cells of the ledger.

    The engine counts calls by cell and by how many ends of a follow-up lie before them: what was
    followed up under each counting is a sum over those. Reports are counted on the few calls that
    have any.

    Args:
        queries: put to the history.
        calls: with ``code``.
        found: objections and complaints with their calls, from `attribution.candidates`.
        dossier: for the end of the follow-up, and for what its criteria need.
        countings: the dossier's own first.
    """
    ends = _ends(dossier, countings)
    cells = _asked(queries, _seen(calls, dossier), dossier, ends)
    if found is None:
        return cells.then(lambda rows: _counted(rows, ends, dossier, countings))
    reported = _asked_reported(queries, _seen(found, dossier), dossier, countings)
    return cells.then(
        lambda rows: _counted(_beside(rows, reported.value), ends, dossier, countings)
    )


def _seen(calls: ir.Table, dossier: Dossier) -> ir.Table:
    """Return the calls, under every reference date where there are several."""
    if not {"other_month", "every_month"} & set(calls.columns):
        return calls
    return with_code(seen_both_ways(calls), dossier)


def _asked(
    queries: Queries, calls: ir.Table, dossier: Dossier, ends: Sequence[dt.date]
) -> Deferred[pd.DataFrame]:
    counted = calls.group_by(cell=_cell(calls, dossier, ends)).agg(
        calls=calls.count(), conversion_events=calls.converted.sum().cast("int64")
    )
    return queries.ask(counted, ["cell"])


def _asked_reported(
    queries: Queries, found: ir.Table, dossier: Dossier, countings: Sequence[Counting]
) -> Deferred[pd.DataFrame]:
    """Ask per cell, and per column of `report_sums`, for calls with a report, and reports."""
    cell = _cell(found, dossier, _ends(dossier, countings))
    per_call = found.group_by(*CALL_KEY, cell=cell).agg(**report_sums(found, countings))
    columns = [name for name in per_call.columns if name not in {*CALL_KEY, "cell"}]
    tallies = {f"{name}_calls": per_call.count(where=per_call[name] > 0) for name in columns}
    tallies |= {f"{name}_sum": per_call[name].sum().cast("int64") for name in columns}
    return queries.ask(per_call.group_by("cell").agg(**tallies), ["cell"])


def _beside(cells: pd.DataFrame, reported: pd.DataFrame) -> pd.DataFrame:
    """Return the cells with the reports in them: few cells have any."""
    places = pd.Index(cells["cell"]).get_indexer(pd.Index(reported["cell"]))
    if (places < 0).any():
        raise RunError("The reports do not add up; this is a defect of this tool. Report it.")
    columns = {}
    for name in reported.columns.drop("cell"):
        columns[name] = np.zeros(len(cells), dtype=np.int32)
        columns[name][places] = reported[name].fillna(0)
    return cells.assign(**columns)


def _counted(
    cells: pd.DataFrame,
    ends: Sequence[dt.date],
    dossier: Dossier,
    countings: Sequence[Counting],
) -> pd.DataFrame:
    keys = _keys_of(cells["cell"].to_numpy(), _sizes(dossier))
    counts = cells.drop(columns="cell").astype(np.int32)
    sums = _sums(counts.assign(ended=keys.pop("ended")), ends, dossier, countings)
    own = {name: counts[name] for name in ("calls", "conversion_events")}
    return pd.DataFrame({**keys, **own, **sums}, copy=False)


def with_names(cells: pd.DataFrame, campaigns: pd.DataFrame) -> pd.DataFrame:
    """Return the cells of the ledger with names in place of numbers.

    Args:
        cells: from `ask_cells`.
        campaigns: ``name``, ``since`` and ``number``.
    """
    names = _told_names(campaigns)
    named = cells.assign(
        code=_named(cells["code"], CODES),
        campaign=_named(cells["campaign"], names),
        net_contact=cells["net_contact"].astype(bool),
    )
    if not cells["reference"].any():
        return named.drop(columns="reference")
    return named.assign(reference=_named(cells["reference"], REFERENCES))


def _told_names(campaigns: pd.DataFrame) -> list[str]:
    """Return the names by number; one that may hold a person is told by its place in time.

    A campaign that begins later takes no number of an earlier one, so a series names them alike.
    """
    named = campaigns.assign(name=campaigns["name"].astype("str"))
    told = screened_names(named.sort_values(["since", "name"])["name"], CAMPAIGN)
    return [told[name] for name in named.sort_values("number")["name"]]


def _named(places: pd.Series[int], names: Sequence[str]) -> pd.Categorical[str]:
    return pd.Categorical.from_codes(places.to_numpy(), pd.Index(names))


def _ends(dossier: Dossier, countings: Sequence[Counting]) -> tuple[dt.date, ...]:
    """Return the last days on which a call can be followed up, under any counting, in order."""
    windows = {days for counting in countings for days in counting.window_days.values()}
    return tuple(dossier.data_through - dt.timedelta(days=days) for days in sorted(windows)[::-1])


def _cell(calls: ir.Table, dossier: Dossier, ends: Sequence[dt.date]) -> ir.IntegerValue:
    """Return one number that stands for all keys of a cell: grouping by many takes long.

    Only calls that can count are kept apart by more than the code, and by year only those within
    the terms: years are told for the dossier's own counting.
    """
    later = [(calls.called_on > ibis.literal(end)).cast("int64") for end in ends]
    year = calls.called_on.year().cast("int64") - _NO_YEAR
    detail = {
        "campaign": calls.campaign,
        "month": calls.month,
        "year": coded_as(calls, *REACHED).ifelse(year, 0),
        "ended": reduce(add, later, ibis.literal(0, "int64")),
    }
    keys = {
        "reference": calls.reference if "reference" in calls.columns else ibis.literal(0, "int64"),
        "code": calls.code,
        "net_contact": calls.net_contact,
        **finding_flags(calls, dossier),
    }
    sizes, nothing = _sizes(dossier), ibis.literal(0, "int64")
    number = coded_as(calls, *COUNTABLE).ifelse(_joined(nothing, detail, sizes), 0)
    return _joined(number, keys, sizes)


def _joined(
    number: ir.IntegerValue, keys: Mapping[str, ir.Value], sizes: Mapping[str, int]
) -> ir.IntegerValue:
    for name, key in keys.items():
        number = number * sizes[name] + key.cast("int64")
    return number


def _sizes(dossier: Dossier) -> dict[str, int]:
    """Return how many values each key of a cell can have; `_cell` writes them as one number.

    With 100,000 campaigns and days until the year 2999 the product is below 2 to the power 63.
    """
    years = dossier.data_through.year - _NO_YEAR + 1
    return {
        "campaign": MOST_CAMPAIGNS,
        "month": max(12 * years, MONTHS_AT_MOST + 1),
        "year": years,
        "ended": 8,
        "reference": len(REFERENCES),
        "code": len(CODES),
        "net_contact": 2,
        **dict.fromkeys(FINDING_FLAGS, 2),
    }


def _keys_of(cell: Counts, sizes: Mapping[str, int]) -> dict[str, Counts]:
    """Return the keys that a cell stands for; the year is 0 where it has none."""
    keys = {}
    for name, size in reversed(list(sizes.items())):
        cell, key = np.divmod(cell, size)
        keys[name] = key.astype(np.int32)
    keys["year"] = np.where(keys["year"] > 0, keys["year"] + _NO_YEAR, 0)
    return keys


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
    counted = {"exposure": cells["calls"].to_numpy()}
    counted["conversion"] = cells["conversion_events"].to_numpy()
    counted |= {outcome: _with_report(cells, counting, outcome) for outcome in followed}
    return {f"joint_{name}{counting.suffix}": values * joint for name, values in counted.items()}


def _with_report(cells: pd.DataFrame, counting: Counting, outcome: str) -> Counts:
    column = f"{report_column(outcome, counting)}_calls"
    return cells[column if column in cells else f"{outcome}_reports_calls"].to_numpy()
