"""The calling hours of a stretch of days, as a table that the engine joins to the calls."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import ibis.expr.types as ir
import pyarrow as pa

from balanstest_analysis.dossier.calling_hours import CallingHours, Window
from balanstest_analysis.dossier.calling_rules import CallingRules
from balanstest_analysis.dossier.regimes import Regime, all_regimes, regime_on

Days = tuple[dt.date, dt.date]


def calling_plan(days: Days, rules: CallingRules) -> pa.Table:
    """Return when calls may be made on each of a stretch of days.

    Args:
        days: the first and the last, both included.
        rules: what the organisation states.

    Returns:
        Columns ``planned_on``, and ``opens`` and ``closes`` in seconds of the day, both -1 on a
        day on which calling is forbidden.
    """
    rows = [(day, *_seconds(hours_on(day, rules).on(day))) for day in _each(days)]
    columns = [list(column) for column in zip(*rows, strict=True)]
    schema = pa.schema([("planned_on", pa.date32()), ("opens", pa.int32()), ("closes", pa.int32())])
    return pa.table(columns, schema=schema)


def _seconds(window: Window | None) -> tuple[int, int]:
    if window is None:
        return -1, -1
    opens, closes = (
        t.hour * 3600 + t.minute * 60 + t.second for t in (window.opens, window.closes)
    )
    return opens, closes


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


def with_hours(calls: ir.Table, plan: ir.Table) -> ir.Table:
    """Return the calls with ``day_open``, ``has_time`` and ``within_hours``.

    A call at midnight exactly has no time: systems that keep only the date write it so. The window
    holds from its first moment up to, not including, its last.

    Args:
        calls: with ``called_at`` and ``called_on``.
        plan: from `calling_plan`, of all their days.
    """
    at = calls.called_at
    timed = calls.mutate(second=(at.hour() * 3600 + at.minute() * 60 + at.second()).cast("int32"))
    planned = timed.join(plan, timed.called_on == plan.planned_on)
    return planned.mutate(
        day_open=planned.opens >= 0,
        has_time=planned.second > 0,
        within_hours=(planned.second >= planned.opens) & (planned.second < planned.closes),
    )
