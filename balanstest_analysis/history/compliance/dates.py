"""Whether days look filled in: all on the first of January, of a month, or on one single day."""

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
_FEWEST_MONTHS: Final = 3


def piles(days: RowsByDay) -> list[tuple[str, int]]:
    """Return, per table, how many rows lie on days that look filled in, where too many do.

    Args:
        days: from `ask_days`, answered.
    """
    return [found for table, rows in days.items() for found in _piles(table, rows.value)]


def _piles(table: str, days: pd.DataFrame) -> Iterator[tuple[str, int]]:
    """Yield the one pile that says most: a year on its own days, one day, or days of months."""
    total = int(days["rows"].sum())
    if total < FEWEST:
        return
    on_one_day, first = int(days["rows"].max()), days["day"] == 1
    starts = [int(days.loc[first & (days["month"] == month), "rows"].sum()) for month in (1, 7)]
    firsts = int(days.loc[first, "rows"].sum())
    if max(starts) > YEAR_ONLY * total:
        yield f"dates_year_only_{table}", max(starts)
    elif table == "events" and on_one_day > ONE_DAY * total:
        yield f"dates_one_day_{table}", on_one_day
    elif firsts > MONTH_ONLY * total and _months_of(days) >= _FEWEST_MONTHS:
        yield f"dates_month_only_{table}", firsts


def _months_of(days: pd.DataFrame) -> int:
    return len(days[["year", "month"]].drop_duplicates())
