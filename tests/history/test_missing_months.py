"""Months of which hardly anything was delivered, and days at the end: found, and not made up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import numpy as np
import pandas as pd
import pytest

from balanstest_analysis.history.columns.day_numbers import number_of
from balanstest_analysis.history.compliance.dates import piles
from balanstest_analysis.history.compliance.last_row import no_rows_at_the_end
from balanstest_analysis.history.compliance.missing_months import (
    FEWEST_EXPECTED,
    MissingMonths,
    missing_months,
)
from balanstest_analysis.history.sources import Deferred

MONTHS = range(24)
CALLS = dict.fromkeys(MONTHS, 1000.0)


def spans(found: list[MissingMonths]) -> list[tuple[int, int]]:
    return [(run.first, run.last) for run in found]


def without(months: range, pace: int = 40) -> dict[int, int]:
    return {month: pace for month in MONTHS if month not in months}


@pytest.mark.parametrize("gap", [range(20, 24), range(5), range(9, 12)])
def test_months_at_the_end_the_start_or_in_between_are_found(gap: range) -> None:
    assert spans(missing_months(CALLS, without(gap))) == [(gap[0], gap[-1])]


def test_some_strays_hide_nothing() -> None:
    strays = {20: 2, 22: 1, 23: 1}
    assert spans(missing_months(CALLS, without(range(20, 24)) | strays)) == [(20, 23)]
    early = {-30: 1, 0: 1}
    assert spans(missing_months(CALLS, without(range(5)) | early)) == [(0, 4)]


def test_two_stretches_are_two() -> None:
    found = missing_months(CALLS, without(range(3)) | {10: 0, 11: 0})
    assert spans(found) == [(0, 2), (10, 11)]


def test_months_without_calls_are_not_missed() -> None:
    calls = CALLS | dict.fromkeys(range(18, 24), 0.0)
    assert missing_months(calls, without(range(18, 24))) == []
    calls[22] = 1000.0
    (run,) = missing_months(calls, without(range(18, 24)))
    assert (run.first, run.last, run.months) == (22, 22, 1)


def test_what_may_still_come_later_is_not_missed() -> None:
    calls = {0: 1000.0, 2: 1000.0, 4: 1000.0}
    later = {1: 50, 3: 50, 5: 50}
    assert missing_months(calls, later, follows_within=1) == []
    assert spans(missing_months(calls, {1: 50, 3: 50}, follows_within=1)) == [(4, 4)]


def test_fewer_than_a_pace_needs_say_nothing() -> None:
    assert missing_months(CALLS, {0: 9}) == []
    assert missing_months({}, {0: 90}) == []
    assert missing_months(CALLS, {}) == []


@pytest.mark.parametrize("pace", [1, 2, 4, 8, 16])
def test_the_more_is_missing_the_sooner_it_is_found(pace: int) -> None:
    found = [bool(missing_months(CALLS, without(range(n, 24), pace))) for n in range(23, 8, -1)]
    assert found == sorted(found)
    least = found.index(True) + 1 if True in found else None
    assert least == (-(-FEWEST_EXPECTED // pace) if pace > 1 else None)


def drawn(rates: Mapping[int, float], calls: Mapping[int, float], seed: int) -> dict[int, int]:
    """Return draws that differ more than by chance: each month has its own mood."""
    source = np.random.default_rng(seed)
    moods = source.gamma(8.0, 1 / 8.0, len(calls))
    pairs = zip(calls.items(), moods, strict=True)
    return {
        month: int(source.poisson(rates[month] * number * mood)) for (month, number), mood in pairs
    }


@pytest.mark.parametrize("end", [0.25, 0.5, 1.0, 2.0, 4.0])
@pytest.mark.parametrize("rate", [0.0005, 0.003, 0.05])
def test_a_rate_that_falls_or_rises_to_a_quarter_is_hardly_ever_taken_for_missing(
    rate: float, end: float
) -> None:
    rates = {month: rate * end ** (month / 23) for month in MONTHS}
    found = [bool(missing_months(CALLS, drawn(rates, CALLS, seed))) for seed in range(400)]
    assert sum(found) <= 4


@pytest.mark.parametrize("rate", [0.003, 0.05])
def test_half_a_year_that_was_not_delivered_is_nearly_always_found(rate: float) -> None:
    calls = dict.fromkeys(MONTHS, 3000.0)
    for seed in range(200):
        rows = drawn(dict.fromkeys(MONTHS, rate), calls, seed)
        found = missing_months(calls, {month: n for month, n in rows.items() if month < 18})
        assert spans(found)[-1:] == [(18, 23)]


def days_of(*days: dt.date) -> dict[str, Deferred[pd.DataFrame]]:
    frame = pd.DataFrame({"rows": 1, "number": [number_of(day) for day in days]})
    return {"calls": Deferred(lambda: frame)}


WEEKS = [dt.date(2026, 1, 5) + dt.timedelta(weeks=n) for n in range(20)]
LAST = WEEKS[-1]


@pytest.mark.parametrize(("days", "weeks"), [(0, None), (14, None), (15, 2), (42, 6)])
def test_days_without_any_row_at_the_end_are_told_in_weeks(days: int, weeks: int | None) -> None:
    found = no_rows_at_the_end(days_of(*WEEKS), LAST + dt.timedelta(days=days))
    assert (found.count if found else None) == weeks


def test_a_rest_that_is_usual_is_no_finding() -> None:
    after_summer = [day + dt.timedelta(weeks=6) for day in WEEKS[10:]]
    given = days_of(*WEEKS[:10], *after_summer)
    assert no_rows_at_the_end(given, after_summer[-1] + dt.timedelta(weeks=7)) is None
    assert no_rows_at_the_end(given, after_summer[-1] + dt.timedelta(weeks=8)) is not None


def test_of_few_days_it_is_not_known_what_is_usual() -> None:
    assert no_rows_at_the_end(days_of(*WEEKS[:9]), LAST + dt.timedelta(days=400)) is None
    assert no_rows_at_the_end(days_of(), LAST) is None


def test_rows_of_two_months_alone_have_the_pace_of_all_months() -> None:
    before, after = missing_months(CALLS, {12: 240})
    assert before.expected + after.expected < 240


def rows_on(days: Mapping[int, int]) -> Deferred[pd.DataFrame]:
    dates = [LAST + dt.timedelta(day) for day in days]
    parts = {name: [getattr(date, name) for date in dates] for name in ("year", "month", "day")}
    numbers = [number_of(date) for date in dates]
    frame = pd.DataFrame({"rows": [*days.values()], "number": numbers, **parts})
    return Deferred(lambda: frame)


CALLED = rows_on(dict.fromkeys(range(500), 40))


@pytest.mark.parametrize(
    ("days", "found"),
    [
        ({0: 400}, 400),
        (dict.fromkeys(range(0, 480, 60), 50), 200),
        (dict.fromkeys(range(0, 480, 20), 20), 240),
        (dict.fromkeys(range(0, 480, 5), 4), None),
        (dict.fromkeys(range(400), 1), None),
        ({0: 19}, None),
    ],
    ids=["one day", "eight days", "every month", "a few each week", "any day", "few"],
)
def test_objections_that_were_entered_in_batches_are_told(
    days: Mapping[int, int], found: int | None
) -> None:
    told = dict(piles({"calls": CALLED, "objections": rows_on(days)}))
    assert told.get("dates_batched_objections") == found


def test_objections_on_the_few_days_with_calls_are_no_batches() -> None:
    campaign = dict.fromkeys(range(0, 500, 50), 30)
    assert piles({"calls": rows_on(campaign), "objections": rows_on(campaign)}) == []
