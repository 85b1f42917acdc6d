"""Quarters of a year, as a report is named after them."""

from __future__ import annotations

import datetime as dt
import re

from balanstest_analysis.errors import UsageError


def quarter_end(quarter: str) -> dt.date:
    """Return the last day of a quarter.

    Args:
        quarter: year and quarter, such as ``"2026-Q3"``.

    Raises:
        UsageError: the text is not a quarter.

    Examples:
        >>> quarter_end("2026-Q3")
        datetime.date(2026, 9, 30)
    """
    match = re.fullmatch(r"((?:19|20)\d\d)-Q([1-4])", quarter)
    if match is None:
        raise UsageError(f"The quarter is {quarter!r}; write year and quarter, such as 2026-Q3.")
    year, number = int(match[1]), int(match[2])
    first_after = dt.date(year + number // 4, number % 4 * 3 + 1, 1)
    return first_after - dt.timedelta(days=1)


def last_complete_quarter(date: dt.date) -> str:
    """Return the last quarter that ended on or before a date.

    Examples:
        >>> last_complete_quarter(dt.date(2026, 9, 30)), last_complete_quarter(dt.date(2026, 9, 29))
        ('2026-Q3', '2026-Q2')
    """
    day_after = date + dt.timedelta(days=1)
    index = day_after.year * 4 + (day_after.month - 1) // 3 - 1
    return f"{index // 4}-Q{index % 4 + 1}"
