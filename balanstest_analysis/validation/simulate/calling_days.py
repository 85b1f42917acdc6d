"""Dates: completed months, the days on which calling is allowed, and the quarters' campaigns."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.datetime64]
Ints = NDArray[np.int64]

FIRST_DAY: Final = np.datetime64("2021-10-01")
LAST_DAY: Final = np.datetime64("2026-09-30")
_FIRST_CALL_AFTER: Final = 10
_WINDOW_DAYS: Final = 56


@dataclass(frozen=True, kw_only=True)
class Campaign:
    """A quarter's calling.

    Attributes:
        name: year and quarter, such as ``"2023-K1"`` (K for kwartaal).
        first_day: first day on which someone is called for the first time.
        last_day: last such day; later attempts may follow after it.
    """

    name: str
    first_day: np.datetime64
    last_day: np.datetime64


def campaigns() -> tuple[Campaign, ...]:
    """Return the campaigns, one per quarter.

    Examples:
        >>> [campaign.name for campaign in campaigns()][::19]
        ['2021-K4', '2026-K3']
    """
    starts = np.arange(FIRST_DAY.astype("M8[M]"), LAST_DAY.astype("M8[M]"), 3)
    return tuple(_campaign(start) for start in starts.astype("M8[D]"))


def _campaign(start: np.datetime64) -> Campaign:
    first_day = start + np.timedelta64(_FIRST_CALL_AFTER, "D")
    last_day = first_day + np.timedelta64(_WINDOW_DAYS, "D")
    return Campaign(
        name=str(quarter_names(np.array([start]))[0]), first_day=first_day, last_day=last_day
    )


def quarter_names(days: Days) -> NDArray[np.str_]:
    """Return year and quarter of each day.

    Examples:
        >>> quarter_names(np.array(["2023-04-01"], dtype="M8[D]"))
        array(['2023-K2'], dtype='<U7')
    """
    months = days.astype("M8[M]").astype(int)
    names = [f"{1970 + month // 12}-K{month % 12 // 3 + 1}" for month in np.unique(months)]
    return np.array(names)[np.searchsorted(np.unique(months), months)]


def completed_months(start: Days, end: Days) -> Ints:
    """Return the completed calendar months, 12*(Y2-Y1) + (M2-M1) - [D2 < D1].

    Args:
        start: reference dates.
        end: call dates, same shape.

    Examples:
        >>> start = np.array(["2024-01-31", "2024-01-31"], dtype="M8[D]")
        >>> completed_months(start, np.array(["2024-02-29", "2024-03-31"], dtype="M8[D]"))
        array([0, 2])
    """
    first, last = start.astype("M8[M]"), end.astype("M8[M]")
    earlier_in_month = (end - last.astype("M8[D]")) < (start - first.astype("M8[D]"))
    return np.asarray((last - first).astype(np.int64) - earlier_in_month)


def calling_days() -> Days:
    """Return every day of the period that is no Sunday, public holiday or day of remembrance.

    Examples:
        >>> days = calling_days()
        >>> [day in days for day in np.array(["2022-04-18", "2022-05-04", "2022-05-06"], "M8[D]")]
        [False, False, True]
    """
    days = np.arange(FIRST_DAY, LAST_DAY + np.timedelta64(1, "D"))
    years = range(FIRST_DAY.astype(dt.date).year, LAST_DAY.astype(dt.date).year + 1)
    closed = np.concatenate([_closed_days(year) for year in years])
    return days[np.is_busday(days, weekmask="1111110", holidays=closed)]


def _closed_days(year: int) -> Days:
    easter = np.datetime64(_easter(year))
    fixed = ["01-01", "04-26", "04-27", "05-04", "05-05", "12-05", "12-24", "12-25", "12-26"]
    movable = [easter + np.timedelta64(days, "D") for days in (1, 39, 50)]
    return np.array([*(np.datetime64(f"{year}-{day}") for day in fixed), *movable])


def _easter(year: int) -> dt.date:
    """Return Easter Sunday by the anonymous Gregorian rule (Meeus, Astronomical Algorithms)."""
    golden, century = year % 19, year // 100
    leap = century // 4
    epact = (19 * golden + century - leap - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (year % 100 // 4) - epact - year % 100 % 4) % 7
    shift = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return dt.date(year, month, day + 1)
