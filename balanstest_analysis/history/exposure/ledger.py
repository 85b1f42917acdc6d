"""All counts of a history in two small tables: what everything after the engine is made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import ibis.expr.types as ir
import pandas as pd

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.history.exposure.attribution import (
    attribution_totals,
    candidates,
    reported_outcomes,
)
from balanstest_analysis.history.exposure.calls import (
    campaign_names,
    kept_campaigns,
    prepared_calls,
    with_age,
    with_campaign_numbers,
    with_objection,
)
from balanstest_analysis.history.exposure.clocks import Clocks, clocks_of
from balanstest_analysis.history.exposure.coded_calls import kept_calls
from balanstest_analysis.history.exposure.counting_rules import (
    REPORTS,
    Counting,
    other_countings,
    own_counting,
)
from balanstest_analysis.history.exposure.customer_products import ask_products
from balanstest_analysis.history.exposure.exclusions import (
    FINDING_FLAGS,
    call_findings,
    findings_of,
    with_code,
)
from balanstest_analysis.history.exposure.ledger_cells import ask_cells, with_names
from balanstest_analysis.history.exposure.lifetimes import ask_lifetimes
from balanstest_analysis.history.exposure.repeated_rows import ask_repeated_rows
from balanstest_analysis.history.exposure.single_calls import (
    ask_calls_at_one_moment,
    repeated_call_ids,
    with_duplicates_marked,
)
from balanstest_analysis.history.exposure.spells import NOT_BOUGHT, event_totals
from balanstest_analysis.history.sources import Deferred, History, Queries, only_row
from balanstest_analysis.statistics.customer_products import CountProducts


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """Counts of the calls and of what was reported about them.

    Attributes:
        calls: per code, ``net_contact``, campaign, month and year of the call, the counts of the
            month table under every counting, and per reported outcome ``<outcome>_reports`` and
            ``<outcome>_followed`` (those on calls with complete follow-up). Only calls that can
            count are kept apart by more than the code. Where the reference date has an
            alternative, also per ``reference``.
        findings: how many calls, or other rows, each finding applies to.
        reports: per reported outcome ``reported``, ``attributed`` and ``unanswered``.
        events: what was found among the events; see `event_totals`.
        refused_kinds: kinds among the events that give no ground on the report date.
        lifetimes: persons by the month since their first contact in which they left; None without
            events.
        countings: the dossier's own first.
        customers: sums over customers of products of the counts, under the dossier's own counting.
        cells: the same over each customer's campaigns; None with fewer than three campaigns.
    """

    calls: pd.DataFrame
    findings: Mapping[str, int]
    reports: Mapping[str, Mapping[str, int]]
    events: Mapping[str, int]
    refused_kinds: tuple[str, ...]
    lifetimes: pd.DataFrame | None
    countings: Sequence[Counting]
    customers: CountProducts = field(repr=False)
    cells: CountProducts | None = field(repr=False)

    @cached_property
    def own_calls(self) -> pd.DataFrame:
        """The cells under the dossier's own reference date: every call is in exactly one."""
        return own_rows(self.calls)


def own_rows(cells: pd.DataFrame) -> pd.DataFrame:
    """Return the cells under the dossier's own reference date."""
    return cells if "reference" not in cells else cells[cells["reference"].isin(("any", "own"))]


@dataclass(frozen=True, kw_only=True)
class AskedLedger:
    """The questions of a ledger, put to a history.

    Attributes:
        ledger: the answer to them all.
        coded: every call with its code and findings, for further questions.
        attributed: objections and complaints with their calls, from `attribution.candidates`; None
            without either.
        clocks: which kinds of event count, for the evidence and on each day.
    """

    ledger: Deferred[Ledger]
    coded: ir.Table
    attributed: ir.Table | None
    clocks: Clocks


def ask_ledger(queries: Queries, dossier: Dossier) -> AskedLedger:
    """Ask for the counts of a history, which the engine computes."""
    history = queries.history
    own = own_counting(dossier, reported_outcomes(history))
    countings = (own, *other_countings(own))
    events = event_totals(history, dossier.relations.assumed_kind)
    campaigns = kept_campaigns(history)
    names = campaign_names(history, campaigns)
    calls = prepared_calls(history, dossier)
    repeated, has_legs = repeated_call_ids(history, calls).value
    at_one_moment = ask_calls_at_one_moment(queries, calls) if has_legs else Deferred(dict)
    calls = with_duplicates_marked(queries, calls, has_legs=has_legs)
    clocks = clocks_of(dossier, events.value, _first_call(names.value))
    coded = _coded(queries, calls, campaigns, dossier, clocks)
    found = _attributed(queries, coded, countings) if own.outcomes else None
    cells = ask_cells(queries, coded, found, dossier, countings)
    products = ask_products(queries, coded, found, dossier, own, len(names.value))
    reports = None if found is None else queries.ask(attribution_totals(found, own)).then(only_row)
    persons = ask_lifetimes(queries, coded, dossier)
    copies = ask_repeated_rows(queries)

    def answered() -> Ledger:
        named = with_names(cells.value, names.value)
        return Ledger(
            calls=named.drop(columns=list(FINDING_FLAGS)),
            findings={
                **findings_of(own_rows(named)),
                "call_id_repeats": repeated,
                **at_one_moment.value,
                **{code: number.value for code, number in copies.items()},
            },
            reports={} if reports is None else _reports(history, reports.value, own),
            events=events.value,
            refused_kinds=tuple(sorted(clocks.refused)),
            lifetimes=None if persons is None else persons.value,
            countings=countings,
            customers=products.customers.value,
            cells=None if products.cells is None else products.cells.value,
        )

    return AskedLedger(
        ledger=Deferred(answered),
        coded=coded.mutate(**call_findings(coded, dossier)),
        attributed=found,
        clocks=clocks,
    )


def _coded(
    queries: Queries, calls: ir.Table, campaigns: ir.Table, dossier: Dossier, clocks: Clocks
) -> ir.Table:
    other = any(kind in clocks.evidence & clocks.present for kind in NOT_BOUGHT)
    aged = with_age(queries, calls, clocks, other_reference=other)
    known = with_objection(queries.history, aged)
    known = with_campaign_numbers(queries.history, known, campaigns)
    return kept_calls(queries, with_code(known, dossier), dossier)


def _attributed(queries: Queries, coded: ir.Table, countings: Sequence[Counting]) -> ir.Table:
    single = coded.filter(~coded.duplicate)
    return queries.keep("attributed", candidates(queries.history, single, countings))


def _first_call(campaigns: pd.DataFrame) -> dt.date | None:
    since = campaigns["since"].dropna().min()
    return dt.date.fromisoformat(since[:10]) if isinstance(since, str) else None


def _reports(
    history: History, totals: Mapping[str, int], own: Counting
) -> dict[str, dict[str, int]]:
    tables = {outcome: history.tables[REPORTS[outcome][0]] for outcome in own.outcomes}
    return {
        outcome: {
            "reported": table.rows_reported,
            "attributed": totals[f"{outcome}_attributed"],
            "unanswered": totals[f"{outcome}_unanswered"],
        }
        for outcome, table in tables.items()
    }
