"""Conversions and purchases beside each other: counted right, and told only where it is clear."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from balanstest_analysis.history.compliance.purchases_after import purchase_findings
from balanstest_analysis.history.engines import buckets, connecting
from tests.engine_histories import purchases_of
from tests.histories import DAYS, crowded_world, write_world
from tests.slow_reference import World, purchases_after

KEYS = ["called_in", "month"]
COUNTS = ["conversions", "followed", "contacts", "soon", "later"]
JANUARY = 12 * 2024


def by_keys(found: pd.DataFrame | None) -> dict[tuple[int, int], Counter[str]]:
    assert found is not None
    rows = found.to_dict("records")
    return {(r["called_in"], r["month"]): +Counter({n: r[n] for n in COUNTS}) for r in rows}


def close_together(world: World) -> World:
    """Return a history with its days ten days apart, in one year."""
    days = {day: dt.date(2023, 11, 1) + dt.timedelta(days=10 * n) for n, day in enumerate(DAYS)}
    calls = [replace(c, at=dt.datetime.combine(days[c.day], c.at.time())) for c in world.calls]
    events = [
        replace(event, on=days[event.on], ends_on=days.get(event.ends_on or dt.date.max))
        for event in world.events or ()
    ]
    return replace(world, calls=calls, events=events, objections=None, complaints=None)


def found_in(contacts: pd.DataFrame, events: Sequence[int] = (500,) * 40) -> dict[str, int]:
    """Return what is told of contacts, with so many events in each month from `JANUARY` on."""
    months = [divmod(JANUARY + n, 12) for n in range(len(events))]
    days = [{"year": year, "month": month + 1} for year, month in months]
    rows = pd.DataFrame(days).assign(rows=events)
    return {found.code: found.count for found in purchase_findings(contacts, rows)}


def month(at: int, age: int, **counts: int) -> dict[str, int]:
    return dict.fromkeys(COUNTS, 0) | {"called_in": JANUARY + at, "month": age, **counts}


@pytest.mark.parametrize(
    "choices",
    [
        {},
        {"has_ends_on": True, "with_call_ids": True, "with_nobody": True},
        {"has_ends_on": True, "with_legs": True, "through": dt.date(2024, 9, 30)},
        {"has_kind": False, "count_calls": True, "through": dt.date(2024, 9, 18)},
    ],
)
def test_what_follows_contacts_is_what_one_counts_by_hand(
    choices: dict[str, Any], tmp_path: Path
) -> None:
    made = close_together(crowded_world(seed=1, customers=25, **choices))
    expected = purchases_after(made)
    seen = sum(expected.values(), Counter())
    assert all(seen[name] > 0 for name in COUNTS)
    assert seen["followed"] < seen["conversions"]
    assert by_keys(purchases_of(write_world(tmp_path, made))) == {
        key: +cell for key, cell in expected.items()
    }


def test_in_buckets_of_customers_the_same_is_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = write_world(tmp_path, close_together(crowded_world(seed=1, customers=25)))
    whole = purchases_of(dossier)
    monkeypatch.setattr(connecting, "SMALL_BYTES", 0)
    monkeypatch.setattr(buckets, "ROWS_AT_ONCE", 60)
    pieces = purchases_of(dossier)
    assert whole is not None
    assert pieces is not None
    pd.testing.assert_frame_equal(pieces, whole)


def test_without_events_there_is_nothing_to_hold_conversions_against(tmp_path: Path) -> None:
    assert purchases_of(write_world(tmp_path, crowded_world(seed=1, age="months"))) is None


@pytest.mark.parametrize(
    ("conversions", "followed", "told"),
    [(100, 80, 20), (100, 81, 0), (400, 380, 20), (401, 381, 0), (30, 0, 30)],
)
def test_twenty_conversions_without_a_purchase_are_told_and_one_in_twenty(
    conversions: int, followed: int, told: int
) -> None:
    found = found_in(pd.DataFrame([month(3, 6, conversions=conversions, followed=followed)]))
    assert found.get("conversions_without_purchase", 0) == told


@pytest.mark.parametrize("events", [[500] * 3, [500] * 5, [500] * 3 + [9] * 37])
def test_events_that_end_before_the_window_of_a_conversion_say_nothing_of_it(
    events: list[int],
) -> None:
    found = pd.DataFrame([month(3, 6, conversions=100), month(4, 7, conversions=100)])
    assert found_in(found, events) == {}
    assert found_in(found, [500] * 6) == {"conversions_without_purchase": 100}
    assert found_in(found, [10] * 40) == {"conversions_without_purchase": 200}


def test_no_contacts_say_nothing() -> None:
    assert found_in(pd.DataFrame([], columns=[*KEYS, *COUNTS], dtype="int64")) == {}


# How fast people come back by themselves, per month, by months since their relation ended and by
# calendar month; and how many of the sales are told by no code.
WAYS = {
    "evenly": (lambda age: 0.02 + 0 * age, lambda _: 1.0),
    "soon": (lambda age: 0.10 * np.exp(-age / 4), lambda _: 1.0),
    "in December": (lambda age: 0.02 + 0 * age, lambda at: 1.0 + 5.0 * (at % 12 == 11)),
    "soon and in December": (
        lambda age: 0.08 * np.exp(-age / 6),
        lambda at: 1.0 + 5.0 * (at % 12 == 11),
    ),
    "never": (lambda age: 0 * age, lambda _: 1.0),
}
MONTH = 30.4375


def history_of(way: str, source: np.random.Generator, *, untold: float = 0.0) -> pd.DataFrame:
    """Return what follows the contacts of people of whom some come back far sooner than others."""
    people, months, (by_age, by_season) = 1200, 36, WAYS[way]
    ended = source.uniform(-12, 24, people)
    keenness = source.gamma(0.5, 2.0, people)
    rows, back = [], np.full(people, np.inf)
    for at in range(months):
        pace = keenness * by_age(np.maximum(at - ended, 0)) * by_season(at) * (ended <= at)
        returns = np.isinf(back) & (source.random(people) < -np.expm1(-pace))
        back[returns] = at + source.random(returns.sum())
    calls = np.sort(source.uniform(0, months, (people, 4)), axis=1)
    # half of the contacts follow another one within a month
    calls[:, 1::2] = calls[:, ::2] + source.random((people, 2))
    for moments in calls.T:
        age, called = np.floor(moments - ended), (moments > ended) & (moments < back)
        sold = called & (source.random(people) < 0.1 * np.exp(-age / 20))
        hidden = sold & (source.random(people) < untold)
        back = np.where(hidden, moments + source.uniform(0, 0.5, people), back)
        days = (back - moments) * MONTH
        kept = called & (moments < months - 3)
        rows.append(
            pd.DataFrame(
                {
                    "called_in": JANUARY + np.floor(moments).astype(int),
                    "month": age,
                    "conversions": sold & ~hidden,
                    "followed": sold & ~hidden,
                    "contacts": ~sold | hidden,
                    "soon": (~sold | hidden) & (days <= 30),
                    "later": (~sold | hidden) & (days > 60) & (days <= 90),
                }
            )[kept]
        )
        back = np.where(sold & ~hidden, -np.inf, back)
    return pd.concat(rows).astype("int64").groupby(KEYS, as_index=False).sum()


@pytest.mark.parametrize("way", WAYS)
def test_people_who_come_back_by_themselves_are_no_sales_that_nobody_counted(way: str) -> None:
    source = np.random.default_rng(2026)
    assert not any(found_in(history_of(way, source)) for _ in range(20))


@pytest.mark.parametrize("way", WAYS)
def test_sales_that_no_code_tells_are_found(way: str) -> None:
    source = np.random.default_rng(2026)
    found = [found_in(history_of(way, source, untold=0.5)) for _ in range(10)]
    assert sum("purchases_without_conversion" in one for one in found) >= 9
