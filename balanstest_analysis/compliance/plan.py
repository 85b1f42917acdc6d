"""The calling hours of a stretch of days, as the engine computes them for each call."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from balanstest_analysis.calling_hours import SATURDAY, SUNDAY, CallingHours, Window
from balanstest_analysis.calling_rules import CallingRules
from balanstest_analysis.regimes import Regime, all_regimes, regime_on

Days = tuple[dt.date, dt.date]


@dataclass(frozen=True, kw_only=True)
class CallingPlan:
    """When calls may be made on each of a stretch of days.

    Attributes:
        periods: first day and hours of each regime, oldest first.
        exceptions: days with another window than is usual on that day of the week, by window.
    """

    periods: tuple[tuple[dt.date, CallingHours], ...]
    exceptions: dict[Window | None, tuple[dt.date, ...]]


def calling_plan(days: Days, rules: CallingRules) -> CallingPlan:
    """Return the plan for the first to the last day, under the regimes of those days."""
    periods = tuple((regime.starts_on, rules.applied_to(regime.hours)) for regime in all_regimes())
    exceptions: dict[Window | None, list[dt.date]] = {}
    for day in _each(days):
        hours = hours_on(day, rules)
        window = hours.on(day)
        if window != hours.usual(day.weekday()):
            exceptions.setdefault(window, []).append(day)
    return CallingPlan(
        periods=periods,
        exceptions={window: tuple(found) for window, found in exceptions.items()},
    )


def hours_on(day: dt.date, rules: CallingRules) -> CallingHours:
    """Return the hours of the regime in force on a day, with what the organisation states."""
    return rules.applied_to(regime_on(day).hours)


def regimes_during(days: Days) -> tuple[Regime, ...]:
    """Return the regimes in force on some day of the stretch, oldest first.

    Examples:
        >>> found = regimes_during((dt.date(2021, 6, 30), dt.date(2021, 7, 1)))
        >>> [regime.id for regime in found]
        ['ctm-2020', 'tw-2021']
    """
    first = regime_on(days[0])
    later = (regime for regime in all_regimes() if days[0] < regime.starts_on <= days[1])
    return (first, *later)


def _each(days: Days) -> Iterator[dt.date]:
    return (days[0] + dt.timedelta(days=at) for at in range((days[1] - days[0]).days + 1))


def with_hours(calls: ir.Table, plan: CallingPlan) -> ir.Table:
    """Return the calls with ``day_open``, ``has_time`` and ``within_hours``.

    A call at midnight exactly has no time: systems that keep only the date write it so. The window
    holds from its first moment up to, not including, its last.
    """
    opens = _limit(calls.called_on, plan, lambda window: window.opens)
    closes = _limit(calls.called_on, plan, lambda window: window.closes)
    at = calls.called_at
    second = (at.hour() * 3600 + at.minute() * 60 + at.second()).cast("int64")
    return calls.mutate(
        day_open=opens.notnull(),
        has_time=second > 0,
        within_hours=((second >= opens) & (second < closes)).fill_null(False),
    )


def _limit(
    day: ir.DateValue, plan: CallingPlan, side: Callable[[Window], dt.time]
) -> ir.IntegerValue:
    """Return one end of the window of a day in seconds, empty where calling is forbidden."""

    def seconds(window: Window | None) -> ir.IntegerValue:
        if window is None:
            return ibis.null("int64")
        time = side(window)
        return ibis.literal(time.hour * 3600 + time.minute * 60 + time.second, "int64")

    branches = [(day.isin(days), seconds(window)) for window, days in plan.exceptions.items()]
    for starts_on, hours in reversed(plan.periods):
        branches += _usual(day >= ibis.literal(starts_on), day, hours, seconds)
    oldest = _usual(ibis.literal(True), day, plan.periods[0][1], seconds)
    return ibis.cases(*branches, *oldest)


def _usual(
    since: ir.BooleanValue,
    day: ir.DateValue,
    hours: CallingHours,
    seconds: Callable[[Window | None], ir.IntegerValue],
) -> list[tuple[ir.BooleanValue, ir.IntegerValue]]:
    weekday = day.day_of_week.index()
    return [
        (since & (weekday == SATURDAY), seconds(hours.saturday)),
        (since & (weekday == SUNDAY), seconds(hours.sunday)),
        (since, seconds(hours.weekday)),
    ]
