"""Whether days look filled in: all on one day of the year, of the month, or on one single day."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pandas as pd

from balanstest_analysis.history.compliance.days import RowsByDay

# Fewer rows tell nothing. Contracts that all begin on the first of a month are common, and so are
# days on which very many are collected; these shares are more than that gives.
FEWEST: Final = 20
YEAR_ONLY: Final = 0.5
MONTH_ONLY: Final = 0.9
ONE_DAY: Final = 0.5
MANY: Final = 100
STANDS_OUT: Final = 0.25
TIMES_THE_NEXT: Final = 5
_ONE_YEAR: Final = 0.9
_FEWEST_MONTHS: Final = 3
# On each of so few days there are so many reports, and calls are on so many times as many days.
MANY_A_DAY: Final = 5
BATCHES: Final = 10
REPORTED: Final = ("objections", "complaints")


def piles(days: RowsByDay) -> list[tuple[str, int]]:
    """Return, per table, how many rows lie on days that look filled in, where too many do.

    Args:
        days: from `ask_days`, answered.
    """
    found = [pile for table, rows in days.items() for pile in _piles(table, rows.value)]
    told = {code.rpartition("_")[2] for code, _ in found}
    for table in REPORTED:
        if table in days and table not in told:
            found += _batches(table, days[table].value, days["calls"].value)
    return found


def _batches(table: str, reports: pd.DataFrame, calls: pd.DataFrame) -> Iterator[tuple[str, int]]:
    """Yield how many reports lie on the few days that have half of them, where calls have many.

    Whoever is called objects or complains on any day. Where half of the reports stand on a few
    days, these are days on which a list was worked off.
    """
    total, fullest = int(reports["rows"].sum()), _days_of_half(reports)
    many_a_day = len(fullest) <= total / (2 * MANY_A_DAY)
    if total >= FEWEST and many_a_day and BATCHES * len(fullest) <= len(_days_of_half(calls)):
        yield f"dates_batched_{table}", int(fullest.sum())


def _days_of_half(days: pd.DataFrame) -> pd.Series[int]:
    """Return the rows of each of the fullest days, as few as hold half of all rows."""
    rows = days["rows"].sort_values(ascending=False)
    return rows[rows.cumsum() - rows < rows.sum() / 2]


def _piles(table: str, days: pd.DataFrame) -> Iterator[tuple[str, int]]:
    """Yield the one pile that says most: a year on its own days, one day, or days of months."""
    total = int(days["rows"].sum())
    if total < FEWEST:
        return
    of_year, of_month = _most_of_year(days, total), _most_of_month(days)
    on_one_day = _standing_out(days["rows"], ONE_DAY, total)
    if of_year:
        yield f"dates_year_only_{table}", of_year
    elif table == "events" and on_one_day:
        yield f"dates_one_day_{table}", on_one_day
    elif of_month > MONTH_ONLY * total and _months_of(days) >= _FEWEST_MONTHS:
        yield f"dates_month_only_{table}", of_month


def _most_of_year(days: pd.DataFrame, total: int) -> int:
    """Return how many rows lie on one day of the year, where so many lie on no other; 0 for none.

    Of the first of January and of July one year is enough; another day is one day then.
    """
    by_day = days.groupby(["month", "day"]).agg(rows=("rows", "sum"), in_one_year=("rows", "max"))
    known = by_day.index.isin([(1, 1), (7, 1)])
    found = _standing_out(by_day["rows"], YEAR_ONLY, total)
    is_yearly = known | (by_day["in_one_year"] < _ONE_YEAR * by_day["rows"])
    return found if found and (is_yearly & (by_day["rows"] == found)).any() else 0


def _most_of_month(days: pd.DataFrame) -> int:
    """Return how many rows lie on one day of the month, or on the last of each month."""
    ends = pd.to_datetime(days[["year", "month", "day"]]).dt.is_month_end
    on_last = int(days.loc[ends, "rows"].sum())
    return max(int(days.groupby("day")["rows"].sum().max()), on_last)


def _standing_out(rows: pd.Series[int], share: float, total: int) -> int:
    """Return the most rows of a day where that is a large share, and far more than any other has.

    Of many rows a smaller share is no chance, where no other day comes near; 0 for none.
    """
    first, second = [*rows.sort_values(ascending=False), 0][:2]
    is_far = total >= MANY and first > STANDS_OUT * total and first >= TIMES_THE_NEXT * second
    return int(first) if first > share * total or is_far else 0


def _months_of(days: pd.DataFrame) -> int:
    return len(days[["year", "month"]].drop_duplicates())
