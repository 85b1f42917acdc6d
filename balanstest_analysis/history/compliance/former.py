"""When and how often people are called after their relation ended: questions 2b and 2c."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from balanstest_analysis.history.compliance.frequency import HIGH_POINT, point
from balanstest_analysis.history.compliance.people import People, month_of_first
from balanstest_analysis.history.sources import Answer, Inquiry

LOW_POINT = 5


@dataclass(frozen=True, kw_only=True)
class CallingAfterwards:
    """How former customers were called on the ground of their relation.

    Attributes:
        people: called at least once as a former customer.
        first_low: month, since the last purchase, in or before which 5 % were called first.
        first_median: in or before which half were.
        first_high: in or before which 95 % were.
        person_years: people, summed over the calendar years in which they were called.
        calls_median: calls in a year to the middle one of them.
        calls_high: the fewest calls in a year that 95 % do not exceed.
        contacts_median: net contacts in a year of the middle one.
        contacts_high: the fewest net contacts that 95 % do not exceed.
    """

    people: int
    first_low: int
    first_median: int
    first_high: int
    person_years: int
    calls_median: int
    calls_high: int
    contacts_median: int
    contacts_high: int

    def to_dict(self) -> dict[str, int]:
        """Return the numbers by name."""
        return asdict(self)


def ask_afterwards(inquiry: Inquiry, people: People) -> Answer[CallingAfterwards | None]:
    """Ask when and how often former customers were called; None where none was.

    Args:
        inquiry: into the history.
        people: from `keep_people`.
    """
    former = people.customers.filter(people.customers.former_first.notnull())
    months = former.group_by(first=month_of_first(former.former_first))
    first = inquiry.ask(months.agg(n=former.count()), ["first"])
    years = people.years.filter(people.years.former_calls > 0)
    counts = {"calls": years.former_calls, "contacts": years.former_contacts}
    spread = inquiry.ask(years.group_by(**counts).agg(n=years.count()), list(counts))
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
