"""How often one customer is called in a calendar year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis.expr.types as ir

from balanstest_analysis.history.compliance.people import People
from balanstest_analysis.history.compliance.records import Frequency, YearOfCalling
from balanstest_analysis.history.sources import Deferred, Queries, only_row

HIGH_POINT = 95
BUCKETS = (1, 2, 3, 5, 7, 10, 15, 20)


def ask_frequency(queries: Queries, people: People, limit: int) -> Deferred[Frequency]:
    """Ask how often customers were called per calendar year, each call counted once.

    Args:
        queries: put to the history.
        people: from `keep_people`.
        limit: calls in a year above which a customer is counted as called often.
    """
    keys = ["year", "calls", "contacts"]
    years = people.years
    spread = queries.ask(years.group_by(*keys).agg(n=years.count()), keys)
    often = years.filter(years.calls > limit)
    many = queries.ask(often.aggregate(n=often.customer_id.nunique())).then(only_row)
    return spread.then(lambda rows: _frequency(rows, many.value["n"], limit))


def _frequency(spread: Any, many: int, limit: int) -> Frequency:
    return Frequency(
        years=tuple(_year(int(year), rows) for year, rows in spread.groupby("year")),
        buckets=_buckets(_tally(spread, "calls")),
        many=many,
        limit=limit,
    )


def called_often(calls: ir.Table, limit: int) -> ir.Table:
    """Return the customers who were called more often than the limit in some calendar year."""
    single = calls.filter(~calls.duplicate)
    person = single.group_by("customer_id", year=single.called_on.year()).agg(calls=single.count())
    return person.filter(person.calls > limit).select("customer_id")


def _tally(spread: Any, column: str) -> dict[int, int]:
    sums = spread.groupby(column)["n"].sum().sort_index()
    return {int(value): int(n) for value, n in sums.items()}


def _year(year: int, spread: Any) -> YearOfCalling:
    calls, contacts = _tally(spread, "calls"), _tally(spread, "contacts")
    return YearOfCalling(
        year=year,
        customers=sum(calls.values()),
        calls_median=point(calls, 50),
        calls_high=point(calls, HIGH_POINT),
        calls_most=max(calls),
        contacts_median=point(contacts, 50),
        contacts_high=point(contacts, HIGH_POINT),
    )


def point(tally: Mapping[int, int], percent: int) -> int:
    """Return the smallest value that at least this percentage of the people do not exceed.

    Args:
        tally: people by value, in increasing order of value.
        percent: from 0 to 100.

    Examples:
        >>> point({1: 50, 2: 45, 9: 5}, 95)
        2
    """
    total, seen = sum(tally.values()), 0
    for value, people in tally.items():
        seen += people
        if 100 * seen >= percent * total:
            return value
    return max(tally)


def _buckets(tally: Mapping[int, int]) -> dict[int, int]:
    found = dict.fromkeys(BUCKETS, 0)
    for number, people in tally.items():
        found[max(least for least in BUCKETS if least <= number)] += people
    return {least: people for least, people in found.items() if people}
