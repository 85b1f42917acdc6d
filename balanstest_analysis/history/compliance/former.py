"""When and how often people are called after their relation ended: questions 2b and 2c."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from balanstest_analysis.history.compliance.frequency import HIGH_POINT, point
from balanstest_analysis.history.compliance.people import People, month_of_first
from balanstest_analysis.history.compliance.records import CallingAfterwards
from balanstest_analysis.history.sources import Deferred, Queries

LOW_POINT = 5


def ask_afterwards(queries: Queries, people: People) -> Deferred[CallingAfterwards | None]:
    """Ask when and how often former customers were called; None where none was.

    Args:
        queries: put to the history.
        people: from `keep_people`.
    """
    former = people.customers.filter(people.customers.former_first.notnull())
    months = former.group_by(first=month_of_first(former.former_first))
    first = queries.ask(months.agg(n=former.count()), ["first"])
    years = people.years.filter(people.years.former_calls > 0)
    counts = {"calls": years.former_calls, "contacts": years.former_contacts}
    spread = queries.ask(years.group_by(**counts).agg(n=years.count()), list(counts))
    return first.then(lambda rows: _afterwards(_tally(rows, "first"), spread.value))


def _afterwards(first: Mapping[int, int], spread: Any) -> CallingAfterwards | None:
    if not first:
        return None
    often, reached = _tally(spread, "calls"), _tally(spread, "contacts")
    return CallingAfterwards(
        people=sum(first.values()),
        first_low=point(first, LOW_POINT),
        first_median=point(first, 50),
        first_high=point(first, HIGH_POINT),
        person_years=sum(often.values()),
        calls_median=point(often, 50),
        calls_high=point(often, HIGH_POINT),
        contacts_median=point(reached, 50),
        contacts_high=point(reached, HIGH_POINT),
    )


def _tally(counted: Any, column: str) -> Mapping[int, int]:
    sums = counted.groupby(column)["n"].sum().sort_index()
    return {int(value): int(n) for value, n in sums.items()}
