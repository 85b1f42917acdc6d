"""Whether the events begin too late to know of every call what came before it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from balanstest_analysis.dossier.loading import load_dossier
from balanstest_analysis.history.compliance.late_events import late_events, reach_of
from balanstest_analysis.history.compliance.review import ReviewedHistory, review_history
from tests.histories import write_dossier, write_world
from tests.slow_reference import Call, Event, World

SECRET = b"a secret for tests"
BEGIN = 12 * 2023
EVEN = [40] * 36


def events(counts: Sequence[int], begin: int = BEGIN, on: int = 1) -> pd.DataFrame:
    """Return events on one day of each month."""
    months = [(begin + at, rows) for at, rows in enumerate(counts) if rows]
    rows = [{"year": m // 12, "month": m % 12 + 1, "day": on, "rows": n} for m, n in months]
    return pd.DataFrame(rows, columns=["year", "month", "day", "rows"])


def calls(*without: tuple[int, int]) -> pd.DataFrame:
    """Return months since the events begin, with the calls that no event precedes."""
    rows = [{"month": BEGIN + month, "without_event": number} for month, number in without]
    return pd.DataFrame(rows, columns=["month", "without_event"])


CALLED = calls((24, 30), (35, 18), (36, 5))


def test_it_is_told_how_many_months_are_short_and_which_calls_are_not_known() -> None:
    found = late_events(CALLED, events(EVEN), 36)
    assert found is not None
    assert (found.begins_on, found.reaches_from) == (dt.date(2023, 1, 1), dt.date(2026, 1, 1))
    assert (found.months_short, found.calls, found.without_event) == (12, 48, 53)
    assert found.as_finding.count == 12
    assert "48 of the 53 calls" in str(found.as_finding.detail)
    assert "from 2022-01 on" in str(found.as_finding.detail)


def test_events_that_begin_within_a_month_are_complete_one_month_later() -> None:
    found = late_events(CALLED, events(EVEN, on=15), 36)
    assert found is not None
    assert (found.reaches_from, found.calls) == (dt.date(2026, 2, 1), 53)


@pytest.mark.parametrize(
    "counts",
    [
        pytest.param([n + 1 for n in range(36)], id="an organisation that grew"),
        pytest.param([round(4 * 1.1**n) for n in range(36)], id="last gifts thin out backwards"),
        pytest.param([3] * 12 + [40] * 24, id="some were there before"),
        pytest.param([4] * 36, id="too few for a shape"),
        pytest.param([], id="none"),
    ],
)
def test_events_that_grow_from_few_are_not_cut_off(counts: list[int]) -> None:
    assert late_events(CALLED, events(counts), 36) is None


@pytest.mark.parametrize("share", [0.45, 0.55])
def test_a_first_month_of_half_the_average_is_cut_off(share: float) -> None:
    counts = [round(100 * share), *[100] * 35]
    found = late_events(CALLED, events(counts), 36)
    assert found is not None
    first = found.begins_on == dt.date(2023, 1, 1)
    assert first == (share > 0.5), "a part of a month is no month"


def test_some_strays_long_before_do_not_hide_where_events_begin() -> None:
    strays = events([1], begin=12 * 1970)
    found = late_events(CALLED, pd.concat([strays, events(EVEN)], ignore_index=True), 36)
    assert found is not None
    assert found.begins_on == dt.date(2023, 1, 1)


@pytest.mark.parametrize(
    ("called", "reach"),
    [
        pytest.param(calls((36, 40), (40, 9)), 36, id="events reach back far enough"),
        pytest.param(calls((24, 0), (36, 40)), 36, id="no call is in doubt"),
        pytest.param(calls((24, 9)), 36, id="so few calls that none is told"),
        pytest.param(calls((24, 30)), 24, id="a shorter reach"),
        pytest.param(calls(), 36, id="no calls"),
    ],
)
def test_nothing_is_told_where_the_calls_ask_for_no_more(called: pd.DataFrame, reach: int) -> None:
    assert late_events(called, events(EVEN), reach) is None


@pytest.mark.parametrize(("own", "reach"), [("", 36), (24, 36), (60, 60)])
def test_the_reach_is_the_cap_or_a_longer_own_term(
    tmp_path: Path, own: int | str, reach: int
) -> None:
    scope = f"current_term_months = {own}" if own else ""
    (tmp_path / "counts.csv").write_text("months_since_purchase,contacts\n0,100\n", "utf-8")
    dossier = write_dossier(tmp_path, '[data.counts]\npath = "counts.csv"', scope=scope)
    assert reach_of(dossier) == reach


# ---------------------------------------------------------------- whole histories


def history(since: dt.date, called: dt.date, strangers: int) -> World:
    """Return people who gave once a month, and calls to them and to some who never gave."""
    days = [
        dt.date(since.year + n // 12, n % 12 + 1, 1 + k % 28) for n in range(24) for k in range(20)
    ]
    given = [Event(f"F-{number}", day) for number, day in enumerate(days)]
    at = dt.datetime.combine(called, dt.time(10))
    names = [*(f"F-{number}" for number in range(200)), *(f"S-{n}" for n in range(strangers))]
    first = Call("F-0", at, converted=True)
    return World(calls=[first, *(Call(name, at) for name in names[1:])], events=given)


def reviewed(folder: Path, world: World) -> ReviewedHistory:
    return review_history(write_world(folder, world), SECRET, examples=True)


def begins(review: ReviewedHistory) -> dt.date | None:
    assert review.compliance is not None
    late = review.compliance.late_events
    told = "events_begin_late" in {finding.code for finding in review.exposure.findings}
    assert told == (late is not None)
    return None if late is None else late.begins_on


SINCE, CALLED_ON = dt.date(2023, 1, 1), dt.date(2025, 1, 6)


def test_events_that_were_exported_from_too_late_are_found(tmp_path: Path) -> None:
    review = reviewed(tmp_path, history(SINCE, CALLED_ON, strangers=12))
    assert begins(review) == SINCE
    assert review.compliance is not None
    assert review.compliance.to_dict()["late_events"]["reaches_from"] == "2026-01-01"


@pytest.mark.parametrize(("strangers", "called"), [(9, CALLED_ON), (12, dt.date(2026, 2, 2))])
def test_calls_that_ask_for_no_older_events_are_no_reason_to_tell(
    tmp_path: Path, strangers: int, called: dt.date
) -> None:
    assert begins(reviewed(tmp_path, history(SINCE, called, strangers))) is None


def test_without_events_nothing_begins(tmp_path: Path) -> None:
    world = history(SINCE, CALLED_ON, strangers=12)
    related = [replace(call, reference=dt.date(2024, 6, 1)) for call in world.calls]
    bare = replace(world, calls=related, events=None, age="reference")
    assert begins(reviewed(tmp_path, bare)) is None


def test_the_contracts_of_the_sample_do_not_begin_late() -> None:
    assert begins(review_history(load_dossier("data/sample/balanstest.toml"), SECRET)) is None
