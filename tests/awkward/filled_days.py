"""Days that stand for none, and days that are filled in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from tests.awkward.export import (
    CALLS,
    EVENT_HEADER,
    EVENTS,
    HEADER,
    MANY_CALLS,
    MANY_EVENTS,
    MANY_GIFTS,
    MANY_TEXT,
    Export,
    Write,
    all_of,
    beside,
    csv_text,
    event_rows,
    raw,
    rows,
    text,
    with_events,
)
from tests.awkward.plain_count import RUNS_ON, Event, called, count_months, given

SENTINELS, YEAR = "ends-on-1900", "only-the-year-kept"


def _ending(*ends: str) -> Write:
    table = beside("ends_on", *ends, table=event_rows(lambda row: (*row[:2], "1.00")))
    return with_events(table)


def _with_ends(*ends: dt.date | None) -> dict[int, tuple[int, int]]:
    events = [
        Event(e.customer, e.on, 1.0, end) for e, end in zip(given(*EVENTS), ends, strict=True)
    ]
    return count_months(called(*CALLS), events)


ENDED = dt.date(2024, 8, 15)

NO_DAYS = (
    *("1900-01-01", "1899-12-30", "1753-01-01", "0001-01-01", "9999-12-31", "2999-12-31"),
    *("2099-12-31", "1970-01-01", "31-12-9999", "01/01/1900", "1900-01-01 00:00:00", "1601-01-01"),
)


def _runs_on(day: str) -> Export:
    return Export(
        name=f"{day} as the end of contracts that run",
        kind=SENTINELS,
        write=_ending("2024-08-15", day, "2024-02-01", day),
        months=_with_ends(ENDED, RUNS_ON, dt.date(2024, 2, 1), RUNS_ON),
        findings=("sentinel_dates",),
    )


def _filled_in(change: Callable[[dt.date], dt.date]) -> tuple[Write, dict[int, tuple[int, int]]]:
    days = {row[0]: change(dt.date.fromisoformat(row[1])) for row in MANY_EVENTS}
    table = [(row[0], days[row[0]].isoformat(), row[2]) for row in MANY_EVENTS]
    write = all_of(text(MANY_TEXT), raw(csv_text([EVENT_HEADER, *table]), "events.csv"))
    return write, count_months(called(*MANY_CALLS), given(*table))


def _pile(name: str, code: str, change: Callable[[dt.date], dt.date]) -> Export:
    write, months = _filled_in(change)
    return Export(
        name=name, kind=YEAR, write=write, months=months, findings=(code,) if code else ()
    )


FIRSTS = [(row[0], f"{row[1][:8]}01 {row[1][11:]}", *row[2:]) for row in MANY_CALLS]
EXPORTS = (
    *map(_runs_on, NO_DAYS),
    Export(
        name="1900-01-01 and empty as the ends of contracts that run",
        kind=SENTINELS,
        write=_ending("2024-08-15", "1900-01-01", "2024-02-01", ""),
        months=_with_ends(ENDED, RUNS_ON, dt.date(2024, 2, 1), RUNS_ON),
        findings=("sentinel_dates",),
    ),
    *(
        Export(
            name=f"a call on {day}",
            kind=SENTINELS,
            write=text(csv_text([*rows(), ["002", f"{day} 00:00", "false", "false"]])),
            refused=("row 7: `called_at`",),
        )
        for day in ("1900-01-01", "1753-01-01", "9999-12-31", "0000-00-00")
    ),
    *(
        Export(
            name=f"a gift on {day}",
            kind=SENTINELS,
            write=with_events([*event_rows(), ["002", day, "1.00"]]),
            refused=("row 6: `occurred_on`",),
        )
        for day in ("1899-12-30", "0001-01-01", "00-00-0000")
    ),
    Export(
        name="gifts on 1 January 1970",
        kind=SENTINELS,
        write=with_events([*event_rows(), ["002", "1970-01-01", "1.00"]]),
        findings=("sentinel_events",),
    ),
    _pile(
        "gifts on 1 January of their year",
        "dates_year_only_events",
        lambda day: day.replace(month=1, day=1),
    ),
    _pile(
        "gifts on 1 July of their year",
        "dates_year_only_events",
        lambda day: (
            day.replace(month=7, day=1)
            if day.month > 6
            else day.replace(year=day.year - 1, month=7, day=1)
        ),
    ),
    _pile(
        "gifts on the first of their month",
        "dates_month_only_events",
        lambda day: day.replace(day=1),
    ),
    _pile(
        "gifts on the day of a move to another system",
        "dates_one_day_events",
        lambda day: dt.date(2023, 5, 17) if day.day > 8 else day,
    ),
    _pile("gifts on any day", "", lambda day: day),
    Export(
        name="calls on the first of their month",
        kind=YEAR,
        write=all_of(MANY_GIFTS, text(csv_text([HEADER, *FIRSTS]))),
        months=count_months(called(*dict.fromkeys(FIRSTS)), given(*MANY_EVENTS)),
        findings=("dates_month_only_calls",),
    ),
)
