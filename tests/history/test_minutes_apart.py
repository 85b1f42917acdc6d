"""Conversations within minutes of each other: of one call, or of two."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from balanstest_analysis.history.compliance.minutes_apart import OTHER, minutes_apart
from balanstest_analysis.history.compliance.review import review_history
from tests.histories import write_world
from tests.slow_reference import Call, Event, World

CODES = ("contacts_minutes_apart", "few_contacts_minutes_apart")
AGAIN = "contacts_at_one_distance"


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
        (twice(dt.timedelta(seconds=1), number=19), {CODES[1]: 19}),
        (twice(dt.timedelta(seconds=1), number=9), {}),
        (twice(dt.timedelta(0)), {}),
        (twice(dt.timedelta(minutes=1), reached=False), {}),
    ],
    ids=["a second", "two minutes", "three", "a day", "few", "too few", "one moment", "unanswered"],
)
def test_contacts_within_two_minutes_are_told(
    tmp_path: Path, world: World, found: dict[str, int]
) -> None:
    findings = review_history(write_world(tmp_path, world), b"secret").exposure.findings
    assert {one.code: one.count for one in findings if one.code in CODES} == found


def otherwise(world: World, *, won: bool = False, campaign: str = "") -> World:
    """Return the same calls, of which each second one has another outcome or campaign."""
    calls = list(world.calls)
    calls[1:-1:2] = [
        dataclasses.replace(call, converted=won, campaign=campaign) for call in calls[1:-1:2]
    ]
    return dataclasses.replace(world, calls=calls)


def in_summer_time() -> World:
    """Return each call again as in UTC: an hour or two earlier."""
    winter = twice(dt.timedelta(hours=1), number=20)
    summer = twice(dt.timedelta(hours=2), number=25)
    calls = [dataclasses.replace(c, customer=f"s{c.customer}") for c in summer.calls]
    events = [dataclasses.replace(e, customer=f"s{e.customer}") for e in summer.events or ()]
    return dataclasses.replace(
        winter, calls=[*winter.calls, *calls], events=[*(winter.events or ()), *events]
    )


HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("world", "count", "words"),
    [
        (twice(dt.timedelta(minutes=3)), 40, "40 at 3 minutes"),
        (twice(HOUR), 40, "40 at 60 minutes"),
        (twice(DAY), 40, "40 at 1440 minutes"),
        (twice(10 * HOUR, hour=0), 40, "40 on the day of one without a time"),
        (in_summer_time(), 45, "25 at 120 minutes and 20 at 60 minutes"),
        (twice(HOUR, number=19), 0, ""),
        (twice(3 * DAY), 0, ""),
        (twice(DAY, hour=0), 0, ""),
        (twice(HOUR, reached=False), 0, ""),
        (otherwise(twice(HOUR), won=True), 0, ""),
        (otherwise(twice(HOUR), campaign="another"), 0, ""),
    ],
    ids=[
        "minutes",
        "an hour",
        "a day",
        "without a time",
        "of two clocks",
        "few",
        "days",
        "only days are known",
        "unanswered",
        "another outcome",
        "another campaign",
    ],
)
def test_contacts_that_come_again_at_one_distance_are_told(
    tmp_path: Path, world: World, count: int, words: str
) -> None:
    findings = review_history(write_world(tmp_path, world), b"secret").exposure.findings
    found = [one for one in findings if one.code == AGAIN]
    assert [one.count for one in found] == ([count] if count else [])
    assert all(words in (one.detail or "") for one in found)


@pytest.mark.parametrize("rounded", [1, 15, 60])
def test_second_conversations_when_it_suits_are_not_taken_for_copies(rounded: int) -> None:
    told = 0
    for seed in range(400):
        rng = np.random.default_rng(seed)
        # Two in five talk again within two days, many of them at once, in hours of work.
        contacts, again = 1000, 400
        at = rng.integers(9 * 60, 20 * 60, again)
        soon = at + rng.exponential(120, again)
        later = rng.integers(9 * 60, 20 * 60, again) + 24 * 60 * rng.integers(1, 3, again)
        then = np.where((rng.random(again) < 0.4) & (soon < 20 * 60), soon, later)
        gaps = (then // rounded - at // rounded).astype(int) * rounded
        counts = Counter(gap for gap in gaps.tolist() if rounded <= gap <= 48 * 60)
        rows = pd.DataFrame({"gap": list(counts), "contacts": list(counts.values())})
        rest = pd.DataFrame({"gap": [OTHER], "contacts": [contacts - rows["contacts"].sum()]})
        told += any(one.code == AGAIN for one in minutes_apart(pd.concat([rows, rest])))
    assert told == 0
