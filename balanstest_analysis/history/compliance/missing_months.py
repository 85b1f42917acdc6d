"""Months in which hardly any objections were delivered, while calls went on as before.

A table that stops early, begins late or lacks a quarter leaves calls without the objections that
they met, and the rates of those months are too low. Nothing in the rows says so: an objection that
was not delivered looks like one that was not made. What can be seen is that the pace of all other
months would have given many.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from balanstest_analysis.dossier.statements import Settings
from balanstest_analysis.history.columns.day_numbers import calendar_month, months_told, number_of
from balanstest_analysis.history.compliance.days import RowsByDay
from balanstest_analysis.history.findings import Finding
from balanstest_analysis.history.sources import OwnObjections

Numbers = NDArray[np.float64]

FEWEST_EXPECTED: Final = 20.0
HARDLY_ANY: Final = 0.05
# A pace needs so many rows; it is that of the months with all but the first and last of them, so
# that some strays long before or after the others do not slow it down.
FEWEST_ROWS: Final = 10
STRAYS: Final = 0.05
FEWEST_MONTHS: Final = 3
DAYS_OF_MONTH: Final = 31


@dataclass(frozen=True, kw_only=True)
class MissingMonths:
    """Months in a row in which far fewer were delivered than the others would make one expect.

    Attributes:
        first: first of them, counted from the year 0.
        last: last of them.
        months: how many of them have calls.
        expected: at the pace of the other months.
        delivered: how many there are.
    """

    first: int
    last: int
    months: int
    expected: float
    delivered: int

    @property
    def told(self) -> str:
        """The months and numbers, for whoever mends the export."""
        span = months_told(self.first, self.last)
        return f"{span}: {self.delivered:,}, and about {self.expected:,.0f} by the other months"


def missing_months(
    base: Mapping[int, float], delivered: Mapping[int, int], *, follows_within: int = 0
) -> list[MissingMonths]:
    """Return the runs of months in which hardly any were delivered of what is expected.

    A month is all but empty where it and the months in which its calls are still followed up have
    at most a share (`HARDLY_ANY`) of what its calls lead one to expect. A run counts where at least
    `FEWEST_EXPECTED` are expected in it: one or none then has a chance of 4 in 100 million (of a
    Poisson count), and of 1 in 100 where the true pace is a third of that of the other months.

    Args:
        base: what they are expected from, such as calls, by month counted from the year 0.
        delivered: how many there are, by month.
        follows_within: months after its own in which one may still come.

    Examples:
        >>> calls = dict.fromkeys(range(24), 1000.0)
        >>> found = missing_months(calls, dict.fromkeys(range(20), 40))
        >>> [(run.first, run.last, round(run.expected)) for run in found]
        [(20, 23, 160)]
        >>> missing_months(calls, dict.fromkeys(range(20), 1))
        []
    """
    if not base:
        return []
    first, last = min(base), max(base)
    calls = np.array([base.get(month, 0.0) for month in range(first, last + 1)])
    reached = range(first, last + 1 + follows_within)
    rows = np.array([delivered.get(month, 0) for month in reached], dtype=float)
    expected = _pace(calls, rows[: len(calls)]) * calls
    followed = np.convolve(rows, np.ones(follows_within + 1), mode="valid")
    runs = [at for at in in_a_row(followed <= HARDLY_ANY * expected) if calls[at].any()]
    found = [_run(first, calls, rows, expected, at) for at in runs]
    return [run for run in found if run.expected >= FEWEST_EXPECTED]


def _pace(calls: Numbers, rows: Numbers) -> float:
    """Return how many rows there are per call, in the months that have nearly all of them.

    Of rows in fewer than `FEWEST_MONTHS` it is that of all months: they may all have been entered
    then.
    """
    total = rows.sum()
    if total < FEWEST_ROWS:
        return 0.0
    share = rows.cumsum() / total
    inside = (share > STRAYS) & (share - rows / total < 1 - STRAYS)
    if np.count_nonzero(rows[inside]) < FEWEST_MONTHS:
        inside[:] = True
    of_these = calls[inside].sum()
    return float(rows[inside].sum() / of_these) if of_these > 0 else 0.0


def in_a_row(empty: NDArray[np.bool_]) -> Iterator[slice]:
    """Yield where marks stand without interruption.

    Args:
        empty: the marks, of shape (months,).
    """
    edges = np.flatnonzero(np.diff(np.concatenate([[False], empty, [False]]).astype(int)))
    yield from (slice(*pair) for pair in edges.reshape(-1, 2))


def _run(first: int, calls: Numbers, rows: Numbers, expected: Numbers, at: slice) -> MissingMonths:
    called = np.flatnonzero(calls[at] > 0) + at.start
    inside = slice(called[0], called[-1] + 1)
    return MissingMonths(
        first=first + int(called[0]),
        last=first + int(called[-1]),
        months=len(called),
        expected=float(expected[inside].sum()),
        delivered=int(rows[inside].sum()),
    )


@dataclass(frozen=True, kw_only=True)
class Delivered:
    """What a history holds per month, of which any part may be missing.

    Attributes:
        by_day: rows per day of each table, from `days.ask_days`, answered.
        calls: per month ``month``, ``calls``, ``contacts`` and ``conversions``.
        own: what the objections of a table and of codes are by themselves, where there are both.
        told_only: whether objections are told by codes of calls alone.
    """

    by_day: RowsByDay
    calls: pd.DataFrame
    own: OwnObjections | None
    told_only: bool


def missing_findings(
    delivered: Delivered, through: dt.date, settings: Settings
) -> Iterator[Finding]:
    """Yield in how many months something is all but missing that the calls lead one to expect.

    Args:
        delivered: what there is.
        through: last day of the history.
        settings: for the days in which an objection or complaint may follow a call.
    """
    windows = {
        "objections": settings.objection_window_days,
        "complaints": settings.complaint_window_days,
    }
    for code, table, by_month in _reported(delivered):
        window = windows[table]
        base = _followed_calls(delivered.by_day["calls"].value, through, window)
        reach = -(-window // DAYS_OF_MONTH)
        yield from _finding(code, missing_months(base, by_month, follows_within=reach))
    columns = {"contacts": "calls", "conversions": "contacts"}
    for column, of in columns.items():
        counts = (_by_month(delivered.calls, name) for name in (of, column))
        yield from _finding(f"months_without_{column}", missing_months(*counts))


def _reported(delivered: Delivered) -> Iterator[tuple[str, str, Mapping[int, int]]]:
    """Yield the code of the finding, the table and the rows per month of each sort of report."""
    of_table, of_codes = "months_without_objections", "months_without_told_objections"
    if delivered.own is not None:
        yield of_table, "objections", delivered.own.by_month
        yield of_codes, "objections", delivered.own.told_by_month
    elif "objections" in delivered.by_day:
        code = of_codes if delivered.told_only else of_table
        yield code, "objections", _months_of(delivered.by_day["objections"].value)
    if "complaints" in delivered.by_day:
        complaints = _months_of(delivered.by_day["complaints"].value)
        yield "months_without_complaints", "complaints", complaints


def _finding(code: str, runs: list[MissingMonths]) -> Iterator[Finding]:
    if runs:
        told = "; ".join(run.told for run in runs)
        yield Finding(code=code, count=sum(run.months for run in runs), detail=f"In {told}.")


def _followed_calls(calls: pd.DataFrame, through: dt.date, window: int) -> dict[int, float]:
    """Return the calls per month; one counts for the part of its window that has passed."""
    passed = number_of(through) - calls["number"]
    weights = (passed / window).clip(0, 1) if window else 1.0
    sums = (calls["rows"] * weights).groupby(calendar_month(calls["year"], calls["month"])).sum()
    return dict(zip(map(int, sums.index), map(float, sums), strict=True))


def _months_of(days: pd.DataFrame) -> dict[int, int]:
    sums = days["rows"].groupby(calendar_month(days["year"], days["month"])).sum()
    return dict(zip(map(int, sums.index), map(int, sums), strict=True))


def _by_month(counts: pd.DataFrame, column: str) -> dict[int, int]:
    return dict(zip(map(int, counts["month"]), map(int, counts[column]), strict=True))
