"""Calls that look chosen: one for each customer, or all on one day of the week.

Diallers call back whom they did not reach, on most days of the week. An export that keeps the last
call of each customer, or the day on which a list was loaded, shows neither.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pandas as pd

FEWEST_CALLS: Final = 500
FEWEST_WEEKS: Final = 8
ON_ONE_WEEKDAY: Final = 0.95
_DAYS_OF_WEEK: Final = 7


def call_patterns(by_day: pd.DataFrame, customers: int | None) -> Iterator[tuple[str, int]]:
    """Yield the codes of what is odd about the calls as a whole, with the number of calls.

    Args:
        by_day: rows per day of the calls, from `days.ask_days`, answered.
        customers: who were called; None where that is not known.

    Examples:
        >>> weekly = pd.DataFrame({"number": range(0, 700, 7), "rows": 10})
        >>> [*call_patterns(weekly, 400)]
        [('calls_on_one_weekday', 1000)]
    """
    calls = int(by_day["rows"].sum())
    if calls < FEWEST_CALLS:
        return
    if calls == customers:
        yield "one_call_per_customer", calls
    of_weekday = by_day["rows"].groupby(by_day["number"] % _DAYS_OF_WEEK).sum()
    weeks = (by_day["number"] // _DAYS_OF_WEEK).nunique()
    if weeks >= FEWEST_WEEKS and of_weekday.max() >= ON_ONE_WEEKDAY * calls:
        yield "calls_on_one_weekday", int(of_weekday.max())
