"""Conversations within minutes of each other: of one call, or of two."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from balanstest_analysis.history.compliance.review import review_history
from tests.histories import write_world
from tests.slow_reference import Call, Event, World

CODES = ("contacts_minutes_apart", "few_contacts_minutes_apart")


def twice(apart: dt.timedelta, *, number: int = 40, hour: int = 10, reached: bool = True) -> World:
    """Return two calls to each customer, so far apart."""
    first = dt.datetime(2024, 3, 4, hour)
    calls = [
        Call(f"c{n}", moment, call_id=f"{n}-{moment.timestamp()}", net_contact=reached)
        for n in range(number)
        for moment in (first, first + apart)
    ]
    calls.append(Call("d", first))
    names = sorted({call.customer for call in calls})
    return World(calls=calls, events=[Event(name, dt.date(2023, 6, 1)) for name in names])


@pytest.mark.parametrize(
    ("world", "found"),
    [
        (twice(dt.timedelta(seconds=1)), {CODES[0]: 40}),
        (twice(dt.timedelta(minutes=2)), {CODES[0]: 40}),
        (twice(dt.timedelta(minutes=3)), {}),
        (twice(dt.timedelta(days=1)), {}),
        (twice(dt.timedelta(seconds=1), number=19), {}),
        (twice(dt.timedelta(0)), {}),
        (twice(dt.timedelta(minutes=1), reached=False), {}),
    ],
    ids=["a second", "two minutes", "three", "a day", "few", "one moment", "unanswered"],
)
def test_contacts_within_two_minutes_are_told(
    tmp_path: Path, world: World, found: dict[str, int]
) -> None:
    findings = review_history(write_world(tmp_path, world), b"secret").exposure.findings
    assert {one.code: one.count for one in findings if one.code in CODES} == found
