"""Days swapped by Excel, clear in one file only, or those of today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.awkward.export import (
    CALLS,
    EVENT_HEADER,
    HEADER,
    MANY_CALLS,
    MANY_EVENTS,
    MANY_GIFTS,
    MANY_RIGHT,
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
)
from tests.awkward_workbooks import write_workbook

SWAPPED = "half-swapped-dates"
PER_FILE = "one-file-decides-for-another"
TODAY = "last-gift-as-of-today"


def _moment(row: tuple[str, ...]) -> dt.datetime:
    return dt.datetime.fromisoformat(row[1])


def _swapped(row: tuple[str, ...]) -> Any:
    """Return what Excel makes of a day first where it expects the month first."""
    moment = _moment(row)
    if moment.day > 12:
        return f"{moment:%d-%m-%Y %H:%M}"
    return moment.replace(month=moment.day, day=moment.month)


def _book(change: Callable[[tuple[str, ...]], Any]) -> Write:
    table = [list(HEADER), *([row[0], change(row), *row[2:]] for row in MANY_CALLS)]
    return all_of(
        MANY_GIFTS, lambda folder: write_workbook(folder / "calls.xlsx", {"Blad1": table})
    )


def _swapped_text(pattern: str) -> Write:
    def change(row: tuple[str, ...]) -> str:
        found = _swapped(row)
        return found if isinstance(found, str) else format(found, pattern)

    table = [list(HEADER), *([row[0], change(row), *row[2:]] for row in MANY_CALLS)]
    return all_of(MANY_GIFTS, text(csv_text(table, ";")))


def _swapped_gifts(folder: Path) -> None:
    days = [(row[0], f"{row[1]} 00:00", *row[2:]) for row in MANY_EVENTS]
    table = [list(EVENT_HEADER), *([row[0], _swapped(row), row[2]] for row in days)]
    write_workbook(folder / "events.csv", {"Giften": table})


def _references(*days: str) -> Write:
    return text(csv_text(beside("reference_date", *days)))


ONLY_CALLS = '[data.calls]\npath = "calls.csv"'


def _many_references(days: Callable[[tuple[str, ...]], str]) -> Write:
    table = [[*HEADER, "reference_date"], *([*row, days(row)] for row in MANY_CALLS)]
    return text(csv_text(table))


def _as_of_today(row: tuple[str, ...]) -> str:
    """Return the last gift as of the export: that of a call that converted, if it did."""
    gifts = {event[0]: event[1] for event in MANY_EVENTS}
    later = [c[1][:10] for c in MANY_CALLS if c[0] == row[0] and c[3] == "true"]
    return max([gifts[row[0]], *later])


def _folder(first: str, second: str) -> Write:
    return all_of(raw(first, "calls/a.csv"), raw(second, "calls/b.csv"))


def _days(pattern: str, calls: Any = CALLS) -> str:
    return csv_text([HEADER, *([r[0], format(_moment(r), pattern), *r[2:]] for r in calls)], ";")


UNCLEAR = (
    ("004", "2025-03-04 10:00", "true", "false"),
    ("001", "2025-04-05 11:15", "true", "false"),
)

EXPORTS = (
    Export(
        name="half of the days swapped by Excel, in the calls",
        kind=SWAPPED,
        write=_book(_swapped),
        suffix="xlsx",
        refused=("`called_at`", "Excel"),
    ),
    Export(
        name="half of the days swapped by Excel, in the gifts",
        kind=SWAPPED,
        write=all_of(text(MANY_TEXT), _swapped_gifts),
        refused=("`occurred_on`", "Excel"),
    ),
    Export(
        name="half of the days swapped by Excel, and saved as text",
        kind=SWAPPED,
        write=_swapped_text("%Y-%m-%d %H:%M"),
        refused=("`called_at`", "Excel"),
    ),
    Export(
        name="half of the days swapped by Excel, saved as text with slashes",
        kind=SWAPPED,
        write=_swapped_text("%Y/%m/%d %H:%M:%S"),
        refused=("`called_at`", "Excel"),
    ),
    Export(
        name="real days beside days as text, none of them swapped",
        kind=SWAPPED,
        write=_book(
            lambda row: (
                _moment(row) if _moment(row).minute % 2 else f"{_moment(row):%d-%m-%Y %H:%M}"
            )
        ),
        suffix="xlsx",
        months=MANY_RIGHT,
    ),
    Export(
        name="real days only",
        kind=SWAPPED,
        write=_book(_moment),
        suffix="xlsx",
        months=MANY_RIGHT,
    ),
    Export(
        name="one file with days that can be months, beside a clear one",
        kind=PER_FILE,
        write=_folder(_days("%d-%m-%Y %H:%M", CALLS[:3]), _days("%d-%m-%Y %H:%M", UNCLEAR)),
        path="calls",
        refused=("`b.csv`: `called_at` can be read with the day first and with the month first",),
    ),
    Export(
        name="one file with days that can be months, stated",
        kind=PER_FILE,
        write=_folder(_days("%d-%m-%Y %H:%M", CALLS[:3]), _days("%d-%m-%Y %H:%M", UNCLEAR)),
        path="calls",
        calls='dates = "day-first"',
    ),
    Export(
        name="one file with the day first and one with the month first, both clear",
        kind=PER_FILE,
        write=_folder(
            _days("%d-%m-%Y %H:%M", CALLS[:1]),
            _days("%m/%d/%Y %I:%M %p", (*CALLS[1:], ("003", "2025-04-28 10:00", "false", "false"))),
        ),
        path="calls",
    ),
    Export(
        name="one file with moments, one with unclear days of a year first",
        kind=PER_FILE,
        write=_folder(_days("%d.%m.%Y %H:%M", CALLS[:1]), _days("%Y/%m/%d %H.%M", CALLS[1:])),
        path="calls",
    ),
    Export(
        name="one file with decimal commas, one with points in thousands",
        kind=PER_FILE,
        write=all_of(
            text(csv_text(rows())),
            raw(csv_text(event_rows(lambda r: (*r[:2], "25,00"))[:3], ";"), "giften/a.csv"),
            raw(
                "customer_id;occurred_on;amount\n003;2024-02-01;1.234\n004;2024-11-04;0\n",
                "giften/b.csv",
            ),
        ),
        data='[data.calls]\npath = "calls.csv"\n[data.events]\npath = "giften"',
        refused=("`b.csv`: `amount` can be read with a decimal point and with a decimal comma",),
    ),
    Export(
        name="the last gift as of the export, where conversions moved it",
        kind=TODAY,
        write=_many_references(_as_of_today),
        data=ONLY_CALLS,
        findings=("reference_on_or_after_call", "reference_after_conversions"),
    ),
    Export(
        name="the last gift before each call",
        kind=TODAY,
        write=_many_references(lambda row: dict(r[:2] for r in MANY_EVENTS)[row[0]]),
        data=ONLY_CALLS,
        months=MANY_RIGHT,
    ),
    Export(
        name="one reference date after its call",
        kind=TODAY,
        write=_references("2023-12-31", "2024-06-13", "2024-02-01", "2025-03-05", "2023-12-31"),
        data=ONLY_CALLS,
        findings=("reference_on_or_after_call",),
    ),
    Export(
        name="a reference date of no day",
        kind=TODAY,
        write=_references("2023-12-31", "2024-06-13", "2024-02-01", "1900-01-01", "2023-12-31"),
        data=ONLY_CALLS,
        findings=("sentinel_reference_dates",),
    ),
)
