"""All counts of a history in two small tables: what everything after the engine is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import ibis.expr.types as ir
import pandas as pd

from balanstest_analysis.dossier import Dossier
from balanstest_analysis.exposure.attribution import (
    CALL_KEY,
    attribution_totals,
    candidates,
    reports_per_call,
)
from balanstest_analysis.exposure.calls import (
    prepared_calls,
    seen_both_ways,
    with_age,
    with_duplicates_marked,
    with_objection,
)
from balanstest_analysis.exposure.countings import (
    REPORTS,
    Counting,
    other_countings,
    own_counting,
)
from balanstest_analysis.exposure.exclusions import call_findings, with_code
from balanstest_analysis.exposure.lifetimes import lifetimes
from balanstest_analysis.exposure.spells import NOT_BOUGHT, event_totals
from balanstest_analysis.exposure.tallies import tallied
from balanstest_analysis.sources import History


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """Counts of the calls and of what was reported about them.

    Attributes:
        calls: per code, ``net_contact``, campaign, month, customer group and year of the call,
            the counts of the month table under every counting, ``finding_<code>``, and per
            reported outcome ``<outcome>_reports`` and ``<outcome>_followed`` (those on calls with
            complete follow-up). Only calls that can count are kept apart by more than the code.
            Where the reference date has an alternative, also per ``reference``.
        reports: per reported outcome ``reported``, ``attributed`` and ``unanswered``.
        events: what was found among the events; see `event_totals`.
        lifetimes: persons by the months in which they entered and left; None without events.
        countings: the dossier's own first.
        coded: every call with its code and findings, for as long as the history is open.
    """

    calls: pd.DataFrame
    reports: Mapping[str, Mapping[str, int]]
    events: Mapping[str, int]
    lifetimes: pd.DataFrame | None
    countings: Sequence[Counting]
    coded: ir.Table = field(repr=False)

    @cached_property
    def own_calls(self) -> pd.DataFrame:
        """The cells under the dossier's own reference date: every call is in exactly one."""
        if "reference" not in self.calls:
            return self.calls
        return self.calls[self.calls["reference"] != "other"]


def make_ledger(history: History, dossier: Dossier) -> Ledger:
    """Return the counts of a history, computed by the engine."""
    reported = [outcome for outcome, (table, _, _) in REPORTS.items() if table in history.tables]
    own = own_counting(dossier, reported)
    countings = (own, *other_countings(own))
    events = event_totals(history)
    other = any(events.get(f"kind_{kind}") for kind in NOT_BOUGHT)
    calls = prepared_calls(history, dossier)
    found = _found(history, calls, countings) if reported else None
    aged = with_age(history, with_duplicates_marked(history, calls), other_reference=other)
    known = with_objection(history, aged)
    coded = with_code(known, dossier)
    viewed = with_code(seen_both_ways(known), dossier) if other else coded
    cells = tallied(_with_reports(viewed, found, countings), dossier, countings)
    return Ledger(
        calls=_with_categories(history.frame(cells)),
        reports=_report_totals(history, found, own),
        events=events,
        lifetimes=lifetimes(history, coded, dossier),
        countings=countings,
        coded=coded.mutate(**call_findings(coded, dossier)),
    )


def _with_categories(cells: pd.DataFrame) -> pd.DataFrame:
    """Return the cells with few different texts as categories, which are much faster to select."""
    texts = [name for name in ("code", "campaign", "reference") if name in cells]
    return cells.astype(dict.fromkeys(texts, "category"))


def _found(history: History, calls: ir.Table, countings: Sequence[Counting]) -> ir.Table:
    narrow = calls.select(*CALL_KEY, "called_on", "net_contact")
    return history.keep("attributed", candidates(history, narrow, countings))


def _report_totals(
    history: History, found: ir.Table | None, own: Counting
) -> dict[str, dict[str, int]]:
    if found is None:
        return {}
    totals = history.frame(attribution_totals(found, own)).iloc[0]
    tables = {outcome: history.tables[REPORTS[outcome][0]] for outcome in own.outcomes}
    return {
        outcome: {
            "reported": table.rows_read - table.left_out,
            "attributed": int(totals[f"{outcome}_attributed"]),
            "unanswered": int(totals[f"{outcome}_unanswered"]),
        }
        for outcome, table in tables.items()
    }


def _with_reports(
    calls: ir.Table, found: ir.Table | None, countings: Sequence[Counting]
) -> ir.Table:
    """Return the calls with ``<outcome>_reports`` per counting: how many belong to each."""
    if found is None:
        return calls
    reports = reports_per_call(found, countings)
    joined = calls.left_join(reports, list(CALL_KEY), rname="reported_{name}")
    names = [name for name in reports.columns if name not in CALL_KEY]
    first = ~joined.duplicate
    return joined.mutate(**{n: first.ifelse(joined[n].fill_null(0), 0) for n in names})
