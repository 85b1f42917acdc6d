"""The compliance of a history once more: one call after the other, in plain Python.

It shares no code with the package. Easter is computed here by the rule of Gauss and Meeus.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict

from tests import slow_reference as slow

CODES = (
    "after_objection",
    "forbidden_day",
    "outside_hours",
    "called_without_time",
    "beyond_cap",
    "beyond_own_term",
    "no_earlier_event",
)


def easter(year: int) -> dt.date:
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return dt.date(year, f // 31, f % 31 + 1)


def holidays_of(year: int) -> set[dt.date]:
    sunday = easter(year)
    around = {sunday + dt.timedelta(days=days) for days in (-2, 0, 1, 39, 49, 50)}
    kings_day = dt.date(year, 4, 27)
    if kings_day.weekday() == 6:
        kings_day -= dt.timedelta(days=1)
    fixed = {dt.date(year, *day) for day in ((1, 1), (5, 4), (5, 5), (12, 25), (12, 26))}
    return {*around, kings_day, *fixed}


def window(day: dt.date, extra: set[dt.date]) -> tuple[int, int] | None:
    """Return the minutes of a day between which a call may begin."""
    if day in extra or day.weekday() == 6:
        return None
    if day >= dt.date(2024, 10, 15) and day in holidays_of(day.year):
        return None
    if day.weekday() == 5:
        return 10 * 60, 16 * 60
    early = (day.month, day.day) in ((5, 4), (12, 5), (12, 24))
    return 9 * 60, 18 * 60 + 30 if early else 22 * 60


def count(world: slow.World, extra: set[dt.date] = frozenset()):
    """Return per rule how often it was broken and to how many calls it applies, by year."""
    world = slow.without_nobody(world)
    broken = {code: Counter() for code in CODES}
    under = {code: Counter() for code in CODES}
    calls = slow.single_calls([c for c in world.calls if c.day <= world.through])
    for call in calls:
        for code, against in _call(call, world, extra).items():
            under[code][call.day.year] += 1
            broken[code][call.day.year] += against
    return {
        code: {year: (broken[code][year], n) for year, n in sorted(under[code].items())}
        for code in CODES
    }


def _call(call, world, extra):
    found = {}
    if call.basis not in ("requested", "callback"):
        _hours(call, extra, found)
    if call.basis in ("requested", "consent"):
        return found
    if world.objections is not None:
        found["after_objection"] = any(
            o.customer == call.customer and o.on < call.day for o in _objections(world)
        )
    events = [e for e in world.events or () if e.on <= world.through]
    mine = [e for e in events if e.customer == call.customer and slow._qualifies(e)]
    law = slow._accepted(mine, call.day, world)
    if slow._is_running(call, law, world):
        return found
    if slow._is_late(call, world):
        return found
    months = slow._months(call, law, world)
    related = slow._is_running(call, mine, world) or slow._months(call, mine, world) is not None
    found["no_earlier_event"] = not related
    if months is None:
        return found
    cap = slow._cap(call.day)
    if cap is not None:
        found["beyond_cap"] = months >= cap
    if world.own_term is not None:
        found["beyond_own_term"] = months >= world.own_term and not (cap and months >= cap)
    return found


def _hours(call, extra, found):
    allowed = window(call.day, extra)
    without_time = (call.at.hour, call.at.minute, call.at.second) == (0, 0, 0)
    found["forbidden_day"] = allowed is None
    found["called_without_time"] = without_time
    if allowed is not None and not without_time:
        minute = call.at.hour * 60 + call.at.minute
        found["outside_hours"] = not allowed[0] <= minute < allowed[1]


def _objections(world):
    return [o for o in world.objections or () if o.on <= world.through]


def count_objections(world: slow.World):
    """Return per year objections, those followed by a call, and those by one after four weeks."""
    world = slow.without_nobody(world)
    calls = slow.single_calls([c for c in world.calls if c.day <= world.through])
    years = defaultdict(lambda: [0, 0, 0])
    for customer, on in {(o.customer, o.on) for o in _objections(world)}:
        later = [
            (call.day - on).days
            for call in calls
            if call.customer == customer and call.basis not in ("requested", "consent")
        ]
        years[on.year][0] += 1
        years[on.year][1] += any(days > 0 for days in later)
        years[on.year][2] += any(days > 28 for days in later)
    return dict(years)


def calls_per_year(world: slow.World):
    """Return calls and net contacts of every customer in every year."""
    world, people = slow.without_nobody(world), {}
    for call in slow.single_calls([c for c in world.calls if c.day <= world.through]):
        counts = people.setdefault((call.day.year, call.customer), [0, 0])
        counts[0] += 1
        counts[1] += call.reached
    return people
