"""Months that calls state: of who is called twice they grow with the time between."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

import pytest

from balanstest_analysis.history.compliance.review import review_history
from tests.histories import write_world
from tests.slow_reference import Call, Event, World

CODE = "months_stand_still"


def called(
    customers: int, *, still: int = 0, bought: int = 0, weeks: int = 20, age: str = "months"
) -> World:
    """Return two calls each; some state the same months twice, some bought in between."""
    rng, calls = random.Random(7), []
    for n in range(customers):
        first = dt.datetime(2024, 1, 8 + n % 5, 10)
        months = rng.randrange(5, 20)
        grown = months if n < still else 0 if n < still + bought else months + weeks // 4
        calls += [
            Call(f"c{n}", first, months=months, reference=dt.date(2023, 1, 1)),
            Call(
                f"c{n}",
                first + dt.timedelta(weeks=weeks),
                months=grown,
                reference=dt.date(2023, 1, 1),
            ),
        ]
    events = [Event(f"c{n}", dt.date(2023, 1, 1)) for n in range(customers)]
    return World(calls=calls, events=events if age == "events" else None, age=age)


def found(folder: Path, world: World) -> int | None:
    findings = review_history(write_world(folder, world), b"secret").exposure.findings
    return next((one.count for one in findings if one.code == CODE), None)


@pytest.mark.parametrize(
    ("world", "count"),
    [
        (called(40, still=40), 40),
        (called(40, still=20, bought=10), 20),
        (called(40, still=19), None),
        (called(80, still=30), None),
        (called(40, bought=30), None),
        (called(40, still=40, weeks=8), None),
        (called(40, still=40, age="reference"), None),
        (called(40, still=40, age="events"), None),
    ],
    ids=[
        "all",
        "half",
        "few",
        "less than half",
        "who bought again",
        "soon after each other",
        "a day in place of months",
        "events",
    ],
)
def test_the_same_months_in_calls_far_apart_are_told(
    tmp_path: Path, world: World, count: int | None
) -> None:
    assert found(tmp_path, world) == count


def test_the_same_call_twice_is_one_call(tmp_path: Path) -> None:
    world = called(40, still=19)
    twice = World(calls=[*world.calls, *world.calls], events=None, age="months")
    assert found(tmp_path, twice) is None
