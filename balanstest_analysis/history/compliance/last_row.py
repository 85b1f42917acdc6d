"""Whether the history is said to run on after the last of its rows.

Contacts count once they are followed long enough, until the last day of the history. Where the
exports were made before that day, nothing of the days between was delivered, and contacts count as
followed that are not.
"""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from balanstest_analysis.history.columns.day_numbers import day_of, number_of
from balanstest_analysis.history.compliance.days import RowsByDay
from balanstest_analysis.history.findings import Finding

CODE = "no_rows_at_the_end"
LEAST_GAP = 14
FEWEST_DAYS = 10
YEAR, WEEK = 365, 7


def no_rows_at_the_end(by_day: RowsByDay, through: dt.date) -> Finding | None:
    """Return how many weeks lie between the last row and the last day, where that is unusual.

    It is where they are more than `LEAST_GAP` days, and more than any days in a row without a row
    of any table in the year before. Of fewer than `FEWEST_DAYS` days with rows in that year it is
    not known what is usual.

    Args:
        by_day: rows per day of each table, from `ask_days`, answered.
        through: the last day of the history.
    """
    days = np.unique(np.concatenate([found.value["number"] for found in by_day.values()]))
    year = days[days > days.max(initial=0) - YEAR]
    if len(year) < FEWEST_DAYS:
        return None
    gap = number_of(through) - int(year[-1])
    if gap <= max(LEAST_GAP, int(np.diff(year).max(initial=0))):
        return None
    return Finding(code=CODE, count=gap // WEEK, detail=_told(by_day, through))


def _told(by_day: RowsByDay, through: dt.date) -> str:
    last = {table: _last(found.value) for table, found in by_day.items() if len(found.value)}
    told = ", ".join(f"{table} {day}" for table, day in last.items())
    return f"The last day is {through}; the last rows are of: {told}."


def _last(days: pd.DataFrame) -> dt.date:
    return day_of(int(days["number"].max()))
