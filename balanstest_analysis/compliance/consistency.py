"""Whether the tables fit together, and whether the calls look complete."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import reduce

import ibis.expr.types as ir

from balanstest_analysis.exposure import Ledger
from balanstest_analysis.regimes import all_regimes
from balanstest_analysis.sources import History, numbered_rows

Found = Iterator[tuple[str, int]]

PAIRS = {"events": ("calls", 0.9), "objections": ("calls", 0.5), "complaints": ("calls", 0.5)}
FEWEST_CUSTOMERS = 10
_LEADING_ZEROS = "^0+"
_NO_DIGITS = "[^0-9]+"


def matching_findings(history: History) -> Found:
    """Yield how badly customers match between the tables, where that is below a share.

    Customers who are called should have events (at least 90 % of them); who objects or complains
    should have been called (at least 50 %: some were called before the history began).
    """
    for table, (_, least) in PAIRS.items():
        if table in history.tables:
            yield from _matching(history, table, least)


def _matching(history: History, table: str, least: float) -> Found:
    one, other = ("calls", table) if table == "events" else (table, "calls")
    total, known = _matches(history, _customers(history, one), _customers(history, other), _as_is)
    if total == 0 or known >= least * total:
        return
    none_known = known == 0 and total >= FEWEST_CUSTOMERS
    yield f"{'no' if none_known else 'few'}_customer_match_{table}", total - known
    found, reference = _delivered(history, one), _delivered(history, other)
    for code, form in (("leading_zeros", _without_zeros), ("prefix", _digits)):
        _, likely = _matches(history, found, reference, form)
        if likely > max(known, least * total):
            yield f"{code}_differ_{table}", likely - known
            return


def _customers(history: History, table: str) -> ir.Table:
    return history.tables[table].rows.select("customer_id").distinct()


def _delivered(history: History, table: str) -> ir.Table:
    """Return the customers as they were delivered: digests tell nothing of zeros and prefixes."""
    files = numbered_rows(history, table, ("customer_id",), digests=False)
    rows = [rows.select("customer_id") for _, rows in files]
    return reduce(lambda some, more: some.union(more), rows).distinct()


Form = Callable[[ir.Value], ir.Value]


def _as_is(key: ir.Value) -> ir.Value:
    return key


def _without_zeros(key: ir.StringValue) -> ir.StringValue:
    return key.re_replace(_LEADING_ZEROS, "")


def _digits(key: ir.StringValue) -> ir.StringValue:
    return key.re_replace(_NO_DIGITS, "").re_replace(_LEADING_ZEROS, "")


def _matches(history: History, found: ir.Table, reference: ir.Table, form: Form) -> tuple[int, int]:
    """Return how many customers there are, and how many of them are in the reference."""
    keys = found.select(key=form(found.customer_id))
    there = reference.select(key=form(reference.customer_id)).distinct()
    there = there.filter(there.key != "") if there.key.type().is_string() else there
    total = history.frame(keys.aggregate(n=keys.count()))["n"].iloc[0]
    known = keys.semi_join(there, "key")
    return int(total), int(history.frame(known.aggregate(n=known.count()))["n"].iloc[0])


def month_findings(history: History, ledger: Ledger) -> Found:
    """Yield months without calls, calls before the oldest rules, and flags that are never set."""
    calls = ledger.coded
    month = calls.called_on.year().cast("int64") * 12 + calls.called_on.month().cast("int64") - 1
    rows = history.frame(
        calls.group_by(month=month).agg(
            calls=calls.count(),
            contacts=calls.net_contact.sum().cast("int64"),
            conversions=calls.converted.sum().cast("int64"),
        )
    )
    if rows.empty:
        return
    yield "months_without_calls", int(rows["month"].max() - rows["month"].min()) + 1 - len(rows)
    starts_on = all_regimes()[0].starts_on
    early = rows["month"] < starts_on.year * 12 + starts_on.month - 1
    yield "calls_before_rules", int(rows.loc[early, "calls"].sum())
    for code, column in (("no_net_contacts", "contacts"), ("no_conversions", "conversions")):
        yield code, 0 if rows[column].sum() else int(rows["calls"].sum())
