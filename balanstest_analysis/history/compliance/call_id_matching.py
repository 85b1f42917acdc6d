"""Whether the calls that objections and complaints name are numbered as the calls are.

A report that names a call which its customer has not counts nowhere. Where most do, the two tables
number calls differently, and every rate of reports comes out too low.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Final

import ibis.expr.types as ir

from balanstest_analysis.history.compliance.consistency import Match, rows_since
from balanstest_analysis.history.compliance.key_matching import likeness
from balanstest_analysis.history.findings import Finding
from balanstest_analysis.history.sources import Deferred, History, Queries, only_row

CALL_ID: Final = "call_id"
FEWEST: Final = 10
LEAST: Final = 0.5
TABLES: Final = ("objections", "complaints")


def ask_call_ids(queries: Queries, calls: ir.Table, first: dt.date) -> dict[str, Deferred[Match]]:
    """Ask, per table that names calls, how many reports name one that their customer has.

    Only reports of customers who were called are looked at: how well customers match is a question
    by itself.

    Args:
        queries: put to the history.
        calls: every call, with its number.
        first: day with a call; what is told before it is about no call that is there.
    """
    history = queries.history
    if not history.has("calls", CALL_ID):
        return {}
    given = [table for table in TABLES if _names_calls(history, table)]
    return {table: _asked(queries, calls, table, first) for table in given}


def call_id_findings(history: History, matches: Mapping[str, Deferred[Match]]) -> Iterator[Finding]:
    """Yield the tables of which fewer than half of the named calls are there.

    Args:
        history: open.
        matches: from `ask_call_ids`, answered.
    """
    for table, answer in matches.items():
        match = answer.value
        if match.total < FEWEST or match.known >= LEAST * match.total:
            continue
        missing = match.total - match.known
        told = f"{missing:,} of {match.total:,}. {_told(history, table, match)}"
        yield Finding(code=f"no_call_id_match_{table}", count=missing, detail=told)


def _names_calls(history: History, table: str) -> bool:
    return table in history.tables and history.has(table, CALL_ID)


def _asked(queries: Queries, calls: ir.Table, table: str, first: dt.date) -> Deferred[Match]:
    rows = rows_since(queries.history.tables[table].rows, table, first)
    if "told" in rows.columns:
        rows = rows.filter(~rows.told)
    named = rows.filter(rows.call_id != "").select("customer_id", CALL_ID)
    theirs = calls.semi_join(named, "customer_id").select("customer_id", CALL_ID)
    known = theirs.group_by("customer_id", CALL_ID).agg(calls=theirs.count())
    people = theirs.select(person="customer_id").distinct()
    joined = named.inner_join(people, named.customer_id == people.person).drop("person")
    joined = joined.left_join(known, ["customer_id", CALL_ID], rname="known_{name}")
    totals = joined.aggregate(total=joined.count(), known=joined.calls.count())
    return queries.ask(totals).then(only_row).then(lambda row: Match(**row))


def _told(history: History, table: str, match: Match) -> str:
    like = likeness(
        history,
        table,
        "calls",
        known=match.known,
        expected=LEAST * match.total,
        column=CALL_ID,
    )
    if like.difference is None:
        return f"{like.shapes} No other way of writing them makes many more match."
    return f"The numbers differ in {like.difference.words}. {like.shapes}"
