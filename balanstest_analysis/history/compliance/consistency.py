"""Whether the tables fit together, and whether the calls look complete."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import ibis.expr.types as ir
import pandas as pd

from balanstest_analysis.dossier.regimes import all_regimes
from balanstest_analysis.history.columns.day_numbers import (
    calendar_month,
    day_number,
    month_number,
    months_told,
    number_of,
)
from balanstest_analysis.history.columns.key_differences import Difference
from balanstest_analysis.history.compliance.key_matching import (
    FEWEST_IN_PART,
    ask_unlike_in_part,
    likeness,
)
from balanstest_analysis.history.compliance.people import People
from balanstest_analysis.history.exposure.exclusions import IN_EXPOSURE, coded_as
from balanstest_analysis.history.findings import Finding
from balanstest_analysis.history.sources import (
    DAY_OF,
    SAYS_CUSTOMER,
    Deferred,
    History,
    Queries,
    only_row,
)

Found = Iterator[tuple[str, int]]
Unlike = dict[str, Deferred[tuple[Difference, int] | None]]

PAIRS = {"events": ("calls", 0.9), "objections": ("calls", 0.75), "complaints": ("calls", 0.5)}
FEWEST_CUSTOMERS = 10
UNLIKE: Final = "unlike_customer_keys"
# In so many calendar months after the call, what it brought is an event.
MONTHS_LATER, FEWEST_CONVERSIONS = 2, 10
WITHOUT_CALLS: Final = "months_without_calls"
_SHOWN: Final = 12


@dataclass(frozen=True, kw_only=True)
class Match:
    """How many customers of one table there are, and how many of them another one knows."""

    total: int
    known: int


def ask_matches(queries: Queries, people: People, first: dt.date) -> dict[str, Deferred[Match]]:
    """Ask, per table beside the calls, how well its customers match those who were called.

    Args:
        queries: put to the history.
        people: from `keep_people`.
        first: day with a call; an objection or complaint before it is about no call that is there.
    """
    given = [table for table in PAIRS if table in queries.history.tables]
    called = people.customers.select("customer_id")
    return {table: _asked(queries, called, table, first) for table in given}


def rows_since(rows: ir.Table, table: str, first: dt.date) -> ir.Table:
    """Return objections or complaints from the first call on; all rows of another table.

    Args:
        rows: of the table, with its day.
        table: its name.
        first: day with a call.
    """
    if table == "events":
        return rows
    return rows.filter(day_number(rows[DAY_OF[table]]) >= number_of(first))


def _asked(queries: Queries, called: ir.Table, table: str, first: dt.date) -> Deferred[Match]:
    opened = queries.history.tables[table]
    if (own := opened.own) is not None:
        match = Match(total=own.customers, known=own.called)
        return Deferred(lambda: match)
    others = rows_since(opened.rows, table, first).select("customer_id").distinct()
    found, reference = (called, others) if table == "events" else (others, called)
    joined = found.left_join(reference, "customer_id", rname="known_{name}")
    totals = joined.aggregate(total=joined.count(), known=joined.known_customer_id.count())
    return queries.ask(totals).then(only_row).then(lambda row: Match(**row))


def matching_findings(
    history: History, matches: Mapping[str, Deferred[Match]]
) -> Iterator[Finding]:
    """Yield how badly customers match between the tables, where that is below a share.

    Customers who are called should have events (at least 90 % of them). Who objects should have
    been called (75 %: a register may hold others), and so should who complains (50 %: they are
    few). Of objections and complaints only those from the first call on are looked at. Where
    enough would match if both tables wrote the key alike, nothing may be counted.

    Args:
        history: open.
        matches: from `ask_matches`, answered.
    """
    for table, match in matches.items():
        yield from _matching(history, table, match.value)


def _matching(history: History, table: str, match: Match) -> Iterator[Finding]:
    (_, least), total, known = PAIRS[table], match.total, match.known
    if total == 0 or known >= least * total:
        return
    none_known = known == 0 and total >= FEWEST_CUSTOMERS
    one, other = ("calls", table) if table == "events" else (table, "calls")
    like = likeness(history, one, other, known=known, expected=least * total)
    code = "no_customer_match" if none_known else UNLIKE if like.most else "few_customer_match"
    missing = f"{total - known:,} of {total:,} customers."
    yield Finding(code=f"{code}_{table}", count=total - known, detail=f"{missing} {like.told}")
    if like.difference is not None and like.most:
        code = f"{like.difference.finding}_{table}"
        yield Finding(code=code, count=like.gained, detail=like.difference.as_sentence)


def ask_in_part(history: History, matches: Mapping[str, Deferred[Match]]) -> Unlike:
    """Ask, where enough customers match, whether the others are written otherwise.

    Args:
        history: open, and gone through.
        matches: from `ask_matches`, answered.
    """
    asked: Unlike = {}
    for table, answer in matches.items():
        (_, least), match = PAIRS[table], answer.value
        unknown = match.total - match.known
        if unknown >= FEWEST_IN_PART and match.known >= least * match.total:
            pair = ("calls", table) if table == "events" else (table, "calls")
            asked[table] = ask_unlike_in_part(history, *pair, unknown=unknown)
    return asked


def in_part_findings(asked: Unlike) -> Iterator[Finding]:
    """Yield in what the keys differ of customers who do not match, where most do.

    Args:
        asked: from `ask_in_part`.
    """
    for table, answer in asked.items():
        if answer.value is not None:
            difference, gained = answer.value
            code = f"{difference.finding}_{table}"
            yield Finding(code=code, count=gained, detail=difference.as_sentence)


def ask_months(queries: Queries, calls: ir.Table) -> Deferred[pd.DataFrame]:
    """Ask per calendar month for the calls, and how many of them are what.

    Args:
        queries: put to the history.
        calls: every call, with its code.

    Returns:
        ``month``, counted from the year 0, ``calls``, ``contacts``, ``conversions`` and
        ``without_event``, as whole numbers.
    """
    months = calls.group_by(month=month_number(calls.called_on)).agg(
        calls=calls.count(),
        contacts=calls.net_contact.sum().cast("int64"),
        conversions=calls.converted.sum().cast("int64"),
        without_event=coded_as(calls, "no_earlier_event").sum().cast("int64"),
    )
    return queries.ask(months, ["month"])


def ask_still_customers(queries: Queries, calls: ir.Table) -> Deferred[int]:
    """Ask how many calls count, of which the code says that the customer still is one.

    Args:
        queries: put to the history.
        calls: every call, with its code.
    """
    if not queries.history.has_mark(SAYS_CUSTOMER):
        return Deferred(int)
    said = calls.count(where=calls[SAYS_CUSTOMER] & coded_as(calls, IN_EXPOSURE))
    return queries.ask(calls.aggregate(said=said)).then(only_row).then(lambda row: row["said"])


def month_findings(months: pd.DataFrame, events: pd.DataFrame | None) -> Found:
    """Yield months without events, calls before any rules, and flags never set.

    Args:
        months: from `ask_months`.
        events: rows per day; None where no events are given.
    """
    yield from _month_findings(months)
    if events is not None:
        yield from _without_events(months, events)


def months_without_calls(months: pd.DataFrame) -> Finding | None:
    """Return the calendar months without a call between the first and the last, by name.

    Args:
        months: from `ask_months`; a row per month with calls.

    Examples:
        >>> months_without_calls(pd.DataFrame({"month": [24300, 24301, 24304]})).detail
        'They are 2025-03 through 2025-04.'
        >>> months_without_calls(pd.DataFrame({"month": [24300, 24301]})) is None
        True
    """
    called = sorted(months["month"])
    gaps = [(one + 1, other - 1) for one, other in pairwise(called) if other > one + 1]
    if not gaps:
        return None
    more = f", and {len(gaps) - _SHOWN} more spans" if len(gaps) > _SHOWN else ""
    told = ", ".join(months_told(*map(int, gap)) for gap in gaps[:_SHOWN])
    missing = sum(last - first + 1 for first, last in gaps)
    return Finding(code=WITHOUT_CALLS, count=int(missing), detail=f"They are {told}{more}.")


def _without_events(rows: pd.DataFrame, events: pd.DataFrame) -> Found:
    """Yield how many months of calls come after the last event, where many calls converted there.

    What a call brings is an event of the next weeks. Where conversions go on and events do not,
    the events were exported too early, and months are counted from older ones.
    """
    if rows.empty or events.empty:
        return
    last = int(calendar_month(events["year"], events["month"]).max())
    converted = rows.loc[rows["month"] > last + MONTHS_LATER, "conversions"].sum()
    if converted >= FEWEST_CONVERSIONS:
        yield "months_without_events", int(rows["month"].max()) - last


def _month_findings(rows: pd.DataFrame) -> Found:
    if rows.empty:
        return
    starts_on = all_regimes()[0].starts_on
    early = rows["month"] < calendar_month(starts_on.year, starts_on.month)
    yield "calls_before_rules", int(rows.loc[early, "calls"].sum())
    for code, column in (("no_net_contacts", "contacts"), ("no_conversions", "conversions")):
        yield code, 0 if rows[column].sum() else int(rows["calls"].sum())
