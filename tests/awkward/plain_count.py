"""Month counts in plain Python, from what calls and events mean and not from how they are written.

It shares no code with the package: one call after the other, looked up among all events.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Months = dict[int, tuple[int, int]]  # month -> net contacts, conversions
RUNS_ON = dt.date.max


@dataclass(frozen=True)
class Call:
    """A call as it was made, on the clock of Amsterdam."""

    customer: str
    at: dt.datetime
    net_contact: bool
    converted: bool


@dataclass(frozen=True)
class Event:
    """A gift or contract; without an end it is over on its own day."""

    customer: str
    on: dt.date
    amount: float = 1.0
    ends_on: dt.date | None = None


def called(*rows: Sequence[str]) -> list[Call]:
    """Return calls from rows of text: customer, moment, net contact, converted."""
    return [
        Call(row[0], dt.datetime.fromisoformat(row[1]), row[2] == "true", row[3] == "true")
        for row in rows
    ]


def given(*rows: Sequence[str]) -> list[Event]:
    """Return gifts from rows of text: customer, day, amount."""
    return [Event(row[0], dt.date.fromisoformat(row[1]), float(row[2])) for row in rows]


def count_months(
    calls: Iterable[Call],
    events: Sequence[Event],
    objections: Sequence[tuple[str, dt.date]] = (),
) -> Months:
    """Return net contacts and conversions per completed month since the last event.

    Args:
        calls: each once.
        events: of all customers.
        objections: customer and day; later calls do not count.
    """
    found: Months = {}
    for call in calls:
        day = call.at.date()
        mine = [e for e in events if e.customer == call.customer and e.on < day and e.amount > 0]
        ends = [event.ends_on or event.on for event in mine]
        objected = any(who == call.customer and on < day for who, on in objections)
        reached = call.net_contact or call.converted
        if not ends or max(ends) >= day or objected or not reached:
            continue
        month = _months_between(max(ends), day)
        contacts, conversions = found.get(month, (0, 0))
        found[month] = (contacts + 1, conversions + call.converted)
    return found


def _months_between(since: dt.date, until: dt.date) -> int:
    months = 0
    while _later(since, months + 1) <= (until.year, until.month, until.day):
        months += 1
    return months


def _later(day: dt.date, months: int) -> tuple[int, int, int]:
    years, month = divmod(day.month - 1 + months, 12)
    return day.year + years, month + 1, day.day
