"""When calls may be made: hours per kind of day, and the days on which calling is forbidden."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Any

SATURDAY, SUNDAY = 5, 6
MonthDay = tuple[int, int]
_HOLIDAYS = "holidays.csv"


@dataclass(frozen=True, kw_only=True)
class Window:
    """Part of a day in which calls may begin.

    Attributes:
        opens: first moment.
        closes: first moment at which a call may no longer begin.
    """

    opens: dt.time
    closes: dt.time

    def __contains__(self, time: dt.time) -> bool:
        return self.opens <= time < self.closes


@dataclass(frozen=True, kw_only=True)
class CallingHours:
    """When calls may be made under one regime; a window of None forbids the whole day.

    Attributes:
        weekday: Monday to Friday.
        saturday: on Saturday.
        sunday: on Sunday.
        early_days: month and day on which, on a weekday, calling stops at ``early_until``.
        early_until: end of the window on those days.
        forbidden_days: month and day on which no calls are made.
        holidays: categories of Dutch holidays, of the package ``holidays``, that are forbidden.
        dates: single days that are forbidden, such as days of national mourning.
        verified: whether these hours were read in a published source.
        days_verified: whether the forbidden days were.
        source: where, in Dutch, as printed.
    """

    weekday: Window | None
    saturday: Window | None
    sunday: Window | None
    early_days: frozenset[MonthDay]
    early_until: dt.time
    forbidden_days: frozenset[MonthDay]
    holidays: tuple[str, ...]
    dates: frozenset[dt.date]
    verified: bool
    days_verified: bool
    source: str

    def usual(self, weekday: int) -> Window | None:
        """Return the window of a day of the week, 0 for Monday, without special days."""
        return {SATURDAY: self.saturday, SUNDAY: self.sunday}.get(weekday, self.weekday)

    def on(self, day: dt.date) -> Window | None:
        """Return the window of a day, or None where calling is forbidden all day.

        Examples:
            >>> hours = hours_from(
            ...     {
            ...         "weekday": ["09:00", "22:00"],
            ...         "early_days": ["12-05"],
            ...         "early_until": "18:30",
            ...         "verified": True,
            ...         "source": "voorbeeld",
            ...     }
            ... )
            >>> hours.on(dt.date(2019, 12, 5)).closes, hours.on(dt.date(2019, 12, 8))
            (datetime.time(18, 30), None)
        """
        month_day = (day.month, day.day)
        if month_day in self.forbidden_days or day in self.dates or self._is_holiday(day):
            return None
        window = self.usual(day.weekday())
        if window is None or day.weekday() >= SATURDAY or month_day not in self.early_days:
            return window
        return replace(window, closes=min(window.closes, self.early_until))

    def _is_holiday(self, day: dt.date) -> bool:
        return bool(self.holidays) and day in dutch_holidays(day.year, self.holidays)


@cache
def dutch_holidays(year: int, categories: tuple[str, ...]) -> frozenset[dt.date]:
    """Return the Dutch holidays of a year, as the package ``holidays`` gives them.

    Args:
        year: calendar year.
        categories: ``"public"``, and ``"optional"`` for Good Friday and 5 May in every year.

    Examples:
        >>> dt.date(2026, 4, 6) in dutch_holidays(2026, ("public",))
        True
    """
    listed = _listed_holidays()
    if year in {known for _, known in listed}:
        return frozenset(day for category in categories for day in listed.get((category, year), ()))
    # Imported here, for it loads the calendars of every country; the years that are listed need
    # none of them.
    import holidays  # noqa: PLC0415

    return frozenset(holidays.country_holidays("NL", years=year, categories=categories))


@cache
def _listed_holidays() -> dict[tuple[str, int], tuple[dt.date, ...]]:
    """Return the days by category and year, from the file that ``tools/list_holidays.py`` made."""
    rules = resources.files("balanstest_analysis.dossier") / "rules" / _HOLIDAYS
    _, *lines = rules.read_text("utf-8").splitlines()
    days = defaultdict[tuple[str, int], tuple[dt.date, ...]](tuple)
    for line in lines:
        category, written = line.split(",")
        day = dt.date.fromisoformat(written)
        days[category, day.year] += (day,)
    return dict(days)


def hours_from(entry: Mapping[str, Any]) -> CallingHours:
    """Return the calling hours that a table of ``regimes.toml`` states."""
    return CallingHours(
        **{day: _window(entry.get(day)) for day in ("weekday", "saturday", "sunday")},
        early_days=_month_days(entry.get("early_days", ())),
        early_until=dt.time.fromisoformat(entry.get("early_until", "23:59")),
        forbidden_days=_month_days(entry.get("forbidden_days", ())),
        holidays=tuple(entry.get("holidays", ())),
        dates=frozenset(),
        verified=entry["verified"],
        days_verified=entry.get("days_verified", entry["verified"]),
        source=entry["source"],
    )


def _window(limits: list[str] | None) -> Window | None:
    if not limits:
        return None
    opens, closes = (dt.time.fromisoformat(limit) for limit in limits)
    return Window(opens=opens, closes=closes)


def _month_days(texts: list[str] | tuple[str, ...]) -> frozenset[MonthDay]:
    return frozenset((int(text[:2]), int(text[3:])) for text in texts)
