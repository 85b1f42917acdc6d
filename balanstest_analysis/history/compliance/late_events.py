"""Whether the events begin too late to know of every call what came before it.

A call without an earlier event went against the rules, unless its event was not exported; and a
call beyond the cap looks the same where the last event is older than the export. Both cannot be
told apart from the calls alone. What can be seen is that an export was cut off: the events of an
organisation that began grow from few, those of an export begin as high as they go on.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass

import pandas as pd

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.dossier.regimes import cap_periods
from balanstest_analysis.history.columns.day_numbers import calendar_month
from balanstest_analysis.history.findings import Finding

CODE = "events_begin_late"
CUT_OFF_SHARE = 0.5
# So few events say nothing of a shape, and a first month with as many is nobody's own.
FEWEST_EVENTS = 10
# Of so few calls the report tells no number; that some are before a day would then narrow it.
FEWEST_CALLS = 10


@dataclass(frozen=True, kw_only=True)
class LateEvents:
    """Events that begin later than the calls ask for.

    Attributes:
        begins_on: first day of the month with which the events begin.
        reach_months: how far back a call asks for events.
        reaches_from: first day of the month from which on the events reach back so far.
        months_short: how many months earlier the events of the first call have to begin.
        calls: without an earlier event, before that day.
        without_event: calls without an earlier event, of all days.
    """

    begins_on: dt.date
    reach_months: int
    reaches_from: dt.date
    months_short: int
    calls: int
    without_event: int

    @property
    def as_finding(self) -> Finding:
        """The finding, with the months and the calls for whoever mends the export."""
        asked = _first_of(
            calendar_month(self.begins_on.year, self.begins_on.month) - self.months_short
        )
        told = (
            f"The events begin in {self.begins_on:%Y-%m}, and a call may rest on one of up to "
            f"{self.reach_months} months before it, so they are complete for calls from "
            f"{self.reaches_from} on. Before that day are {self.calls:,} of the "
            f"{self.without_event:,} calls without an earlier event: of those it is not known "
            "whether they were within the cap, beyond it, or without any relation. The first call "
            f"asks for events from {asked:%Y-%m} on."
        )
        return Finding(code=CODE, count=self.months_short, detail=told)

    def to_dict(self) -> dict[str, str | int]:
        """Return the record with plain values."""
        return {
            name: value.isoformat() if isinstance(value, dt.date) else value
            for name, value in asdict(self).items()
        }


def reach_of(dossier: Dossier) -> int:
    """Return how many months before a call an event may lie that it rests on.

    The longest cap that any rules set, or the organisation's own term where that is longer. Days
    without a cap ask for no less; a term that is requested does not count, because no call may be
    made on it yet.

    Examples:
        >>> from balanstest_analysis.dossier.loading import load_dossier
        >>> reach_of(load_dossier("data/sample/balanstest.toml"))
        36
    """
    caps = [cap for _, cap in cap_periods() if cap is not None]
    return max(*caps, dossier.scope.current_term_months or 0)


def late_events(calls: pd.DataFrame, events: pd.DataFrame, reach_months: int) -> LateEvents | None:
    """Return what is not known because the events begin late; None where they do not.

    Three things have to hold:

    - the events are cut off: their first month has at least half as many as the average month
      through the last one (`CUT_OFF_SHARE`), and at least `FEWEST_EVENTS`; and all months before it
      together, which may hold some strays, have fewer than that. The events of contracts that still
      run, of customers' last gifts, and of an organisation that grew, thin out backwards and are
      not cut off; one that began with as many as ever looks the same as an export that was cut off,
      so whoever tells of it says *if*;
    - they begin less than the reach before the first month with calls;
    - at least `FEWEST_CALLS` calls have no earlier event, and some of them were made before the
      events reach back so far. Where every call has one, its months are known whatever was not
      exported.

    The day from which they reach back is the first of a month: one month later where the events do
    not begin on the first, because it may be then that the export begins.

    Args:
        calls: per calendar month ``month`` (counted from the year 0) and ``without_event``.
        events: per day ``year``, ``month``, ``day`` and ``rows``; see `days.ask_days`.
        reach_months: from `reach_of`.

    Examples:
        >>> calls = pd.DataFrame({"month": [12 * 2025, 12 * 2026 + 3], "without_event": [40, 8]})
        >>> months = [{"year": 2023 + n // 12, "month": n % 12 + 1} for n in range(36)]
        >>> events = pd.DataFrame([{**month, "day": 1, "rows": 200} for month in months])
        >>> found = late_events(calls, events, 36)
        >>> str(found.begins_on), str(found.reaches_from), found.months_short, found.calls
        ('2023-01-01', '2026-01-01', 12, 40)
    """
    begin = None if calls.empty or events.empty else _cut_off_at(events)
    if begin is None:
        return None
    month, is_whole = begin
    reaches = month + reach_months + (not is_whole)
    short = month + reach_months - int(calls["month"].min())
    early = int(calls.loc[calls["month"] < reaches, "without_event"].sum())
    of_all = int(calls["without_event"].sum())
    if short <= 0 or early == 0 or of_all < FEWEST_CALLS:
        return None
    return LateEvents(
        begins_on=_first_of(month),
        reach_months=reach_months,
        reaches_from=_first_of(reaches),
        months_short=short,
        calls=early,
        without_event=of_all,
    )


def _cut_off_at(events: pd.DataFrame) -> tuple[int, bool] | None:
    """Return the month at which events are cut off, and whether they begin on its first day."""
    months = calendar_month(events["year"], events["month"])
    counts = events["rows"].groupby(months).sum().sort_index()
    average = counts.sum() / (counts.index[-1] - counts.index[0] + 1)
    least = max(CUT_OFF_SHARE * average, FEWEST_EVENTS)
    full = counts.index[counts >= least]
    if full.empty or counts[counts.index < full[0]].sum() >= least:
        return None
    first = int(full[0])
    return first, bool(events.loc[months == first, "day"].min() == 1)


def _first_of(month: int) -> dt.date:
    return dt.date(month // 12, month % 12 + 1, 1)
