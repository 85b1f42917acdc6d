"""Days and months as whole numbers, which every engine counts, groups and compares alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeVar

import ibis
import ibis.expr.types as ir

if TYPE_CHECKING:
    import pandas as pd

FIRST_DAY: Final = dt.date(1900, 1, 1)


@dataclass(frozen=True, kw_only=True)
class Span:
    """The first and the last day of some rows."""

    first: dt.date
    last: dt.date


def day_number(moment: ir.DateValue | ir.TimestampValue) -> ir.IntegerValue:
    """Return how many days a day or moment is later than 1 January 1900."""
    day = moment.date() if moment.type().is_timestamp() else moment
    return day.delta(ibis.literal(FIRST_DAY), unit="day")


def number_of(day: dt.date) -> int:
    """Return the number of a day.

    Examples:
        >>> number_of(dt.date(2025, 12, 11))
        46000
    """
    return (day - FIRST_DAY).days


def day_of(number: int) -> dt.date:
    """Return the day with a number.

    Examples:
        >>> day_of(46000).isoformat()
        '2025-12-11'
    """
    return FIRST_DAY + dt.timedelta(days=number)


def span_of(numbers: Iterable[int]) -> Span | None:
    """Return the first and last of some days, by number; 0 is none.

    Examples:
        >>> print(span_of([46000, 0, 46010]).last)
        2025-12-21
    """
    days = [day_of(number) for number in numbers if number]
    return Span(first=min(days), last=max(days)) if days else None


_Number = TypeVar("_Number", int, "pd.Series[Any]", ir.IntegerValue)


def calendar_month(year: _Number, month: _Number) -> _Number:
    """Return the number of a calendar month, counted from the year 0; of one or of many.

    Examples:
        >>> calendar_month(2025, 1)
        24300
    """
    return year * 12 + month - 1


def months_told(first: int, last: int) -> str:
    """Return months in a row, counted from the year 0, as messages name them.

    Examples:
        >>> months_told(12 * 2025, 12 * 2025 + 2), months_told(12 * 2025, 12 * 2025)
        ('2025-01 through 2025-03', '2025-01')
    """
    ends = [f"{month // 12}-{month % 12 + 1:02d}" for month in (first, last)]
    return " through ".join(dict.fromkeys(ends))


def month_number(day: ir.DateValue) -> ir.IntegerValue:
    """Return the number of a calendar month, counted from the year 0."""
    return calendar_month(day.year().cast("int64"), day.month().cast("int64"))
