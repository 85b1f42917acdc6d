"""Until when an export runs: a slip of the pen long after all other rows does not count."""

from __future__ import annotations

import datetime as dt

import pytest

from balanstest_analysis.history.recognition.last_days import LastDay, last_of

JANUARY = dt.date(2026, 1, 1)


def daily(days: int, rows: int = 40) -> list[tuple[dt.date, int]]:
    return [(JANUARY + dt.timedelta(days=day), rows) for day in range(days)]


def after(counts: list[tuple[dt.date, int]], days: int, rows: int) -> tuple[dt.date, int]:
    return counts[-1][0] + dt.timedelta(days=days), rows


def test_a_few_rows_long_after_all_others_lie_apart() -> None:
    days = daily(60)
    slip = after(days, 13, 1)
    assert last_of([*days, slip]) == LastDay(day=days[-1][0], later=1, from_day=slip[0])
    second = (slip[0] + dt.timedelta(days=25), 1)
    found = last_of([*days, slip, second])
    assert found == LastDay(day=days[-1][0], later=2, from_day=slip[0])


@pytest.mark.parametrize(("gap", "rows"), [(7, 1), (60, 3)])
def test_rows_soon_after_the_others_or_more_than_a_few_are_no_slip(gap: int, rows: int) -> None:
    days = daily(60)
    late = after(days, gap, rows)
    assert last_of([*days, late]) == LastDay(day=late[0])


def test_where_rows_come_once_a_month_the_last_month_counts() -> None:
    months = [(dt.date(2025, month, 1), 100) for month in range(1, 13)]
    assert last_of([*months, (dt.date(2026, 1, 1), 1)]) == LastDay(day=dt.date(2026, 1, 1))


def test_in_a_small_export_every_row_counts() -> None:
    few = [(JANUARY, 5), (dt.date(2026, 3, 1), 4), (dt.date(2026, 9, 1), 1)]
    assert last_of(few) == LastDay(day=dt.date(2026, 9, 1))
    assert last_of([]) is None
