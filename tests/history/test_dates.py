"""Days that are filled in: found whatever day it is, and not made up of ordinary days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pandas as pd
import pytest

from balanstest_analysis.history.compliance.dates import piles
from balanstest_analysis.history.sources import Deferred

DAYS = [dt.date(2022, 1, 3) + dt.timedelta(n) for n in range(0, 1000, 3)]
Change = Callable[[dt.date], dt.date]


def found_in(days: list[dt.date], table: str = "events") -> dict[str, int]:
    counts = pd.Series(days).value_counts()
    rows = pd.DataFrame(
        [(day.year, day.month, day.day, number) for day, number in counts.items()],
        columns=["year", "month", "day", "rows"],
    )
    return dict(piles({table: Deferred(lambda: rows)}))


def last_of_month(day: dt.date) -> dt.date:
    return (day.replace(day=1) + dt.timedelta(32)).replace(day=1) - dt.timedelta(1)


def some(change: Change, *, of_hundred: int) -> list[dt.date]:
    return [change(day) if n % 100 < of_hundred else day for n, day in enumerate(DAYS)]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda day: day.replace(month=7, day=15), "dates_year_only_events"),
        (lambda day: day.replace(month=6, day=30), "dates_year_only_events"),
        (lambda day: day.replace(day=15), "dates_month_only_events"),
        (lambda day: day.replace(day=28), "dates_month_only_events"),
        (last_of_month, "dates_month_only_events"),
    ],
    ids=["15 July", "30 June", "the 15th", "the 28th", "the last of the month"],
)
def test_events_on_one_day_of_the_year_or_month_are_told(change: Change, code: str) -> None:
    assert list(found_in([change(day) for day in DAYS])) == [code]


def test_a_large_part_on_one_day_is_told_where_no_other_comes_near() -> None:
    moved = some(lambda day: dt.date(2023, 3, 17), of_hundred=40)
    new_year = some(lambda day: day.replace(month=1, day=1), of_hundred=45)
    assert list(found_in(moved)) == ["dates_one_day_events"]
    assert list(found_in(new_year)) == ["dates_year_only_events"]


@pytest.mark.parametrize(
    "days",
    [
        DAYS,
        some(lambda day: day.replace(day=25), of_hundred=80),
        some(lambda day: day.replace(month=1, day=1), of_hundred=20),
        some(lambda day: day.replace(month=1 + day.month // 7 * 6, day=9), of_hundred=60),
    ],
    ids=["any day", "a day of collection", "a fifth in January", "two days of the year"],
)
def test_ordinary_days_are_not_told(days: list[dt.date]) -> None:
    assert found_in(days) == {}
