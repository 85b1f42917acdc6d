"""Reference dates that tell the state of the export, and not that of the day of the call."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from balanstest_analysis.errors import DataError
from balanstest_analysis.history.compliance.review import refuse_blocking
from balanstest_analysis.history.exposure import Exposure, load_exposure
from tests.histories import tables, write_csv, write_dossier, write_world
from tests.slow_reference import Call, Event, World
from tests.small_history import SECRET, found

Reference = Callable[[random.Random, dt.date, bool], dt.date]


def earlier(rng: random.Random, day: dt.date) -> dt.date:
    return day - dt.timedelta(days=rng.randrange(30, 900))


def exposed(
    folder: Path, reference: Reference, *, number: int = 200, conversions: int = 40
) -> Exposure:
    rng, rows = random.Random(number), []
    for at in range(number):
        day = dt.date(2024, 3, 4) + dt.timedelta(days=at % 90)
        converted = at % (number // conversions) == 0
        cells = [f"k{at}", f"{day} 10:{at % 60:02d}", "1", str(int(converted))]
        rows.append([*cells, str(reference(rng, day, converted))])
    header = ["customer_id", "called_at", "net_contact", "converted", "reference_date"]
    write_csv(folder / "calls.csv", header, rows)
    return load_exposure(write_dossier(folder, tables("calls")), SECRET)


def late(exposure: Exposure) -> tuple[int, int]:
    """Return how many calls have a late reference date, and how many conversions block."""
    codes = ("reference_on_or_after_call", "reference_after_conversions")
    one, other = (found(exposure, code) for code in codes)
    return one.count if one else 0, other.count if other else 0


BLOCKING: dict[str, tuple[Reference, int, int]] = {
    "on the day of the call": (lambda rng, day, won: day if won else earlier(rng, day), 200, 40),
    "with other calls among them": (
        lambda rng, day, won: day if won or rng.random() < 0.15 else earlier(rng, day),
        200,
        40,
    ),
    "of two conversions": (lambda rng, day, won: day if won else earlier(rng, day), 60, 2),
}


@pytest.mark.parametrize("kind", BLOCKING)
def test_dates_that_the_conversions_moved_block(tmp_path: Path, kind: str) -> None:
    reference, number, conversions = BLOCKING[kind]
    exposure = exposed(tmp_path, reference, number=number, conversions=conversions)
    calls, moved = late(exposure)
    assert 0 < moved <= conversions
    assert calls >= moved
    lines = {line.code: line.count for line in exposure.bridge}
    assert lines["reference_on_or_after_call"] == calls
    assert lines["no_earlier_event"] == 0
    with pytest.raises(DataError, match="the last gift as of the export"):
        refuse_blocking(exposure.findings)


NOT_BLOCKING: dict[str, Reference] = {
    "some are, of any call": lambda rng, day, _: day if rng.random() < 0.1 else earlier(rng, day),
    "those without a conversion": lambda rng, day, won: (
        day if not won and rng.random() < 0.2 else earlier(rng, day)
    ),
}


@pytest.mark.parametrize("kind", NOT_BLOCKING)
def test_dates_that_are_late_by_chance_do_not_block(tmp_path: Path, kind: str) -> None:
    exposure = exposed(tmp_path, NOT_BLOCKING[kind])
    calls, moved = late(exposure)
    assert moved == 0
    assert calls
    refuse_blocking(exposure.findings)


CALLED, THROUGH = dt.datetime(2024, 3, 4, 10), dt.date(2026, 9, 30)
BEFORE, AFTER, YEARS_ON = dt.date(2023, 6, 1), dt.date(2024, 3, 9), dt.date(2027, 3, 1)


def delivered(groups: Sequence[tuple[int, bool, Event]]) -> World:
    """Return calls in groups of a size, converted or not, each to a customer with that event."""
    calls, events = [], []
    for place, (size, won, event) in enumerate(groups):
        for number in range(size):
            calls.append(Call(f"c{place}-{number}", CALLED, converted=won))
            events.append(dataclasses.replace(event, customer=f"c{place}-{number}"))
    ended = any(event.ends_on for event in events)
    return World(calls=calls, events=events, has_ends_on=ended, through=THROUGH)


GONE, GIVEN = Event("", AFTER), Event("", BEFORE)
CONTRACT = Event("", BEFORE, kind="contract")
RUNNING = dataclasses.replace(CONTRACT, ends_on=YEARS_ON)
ENDED = dataclasses.replace(CONTRACT, ends_on=dt.date(2023, 9, 1))
RENEWED = dataclasses.replace(RUNNING, on=AFTER)


@pytest.mark.parametrize(
    ("groups", "told"),
    [
        ([(40, True, GONE), (40, False, GONE), (60, False, GIVEN)], {"conversions_left_out": 40}),
        (
            [(30, True, RUNNING), (10, True, RENEWED), (30, False, RUNNING), (60, False, ENDED)],
            {"conversions_left_out": 40},
        ),
        (
            [(45, True, GONE), (5, True, GIVEN), (30, False, GONE), (70, False, GIVEN)],
            {"some_conversions_left_out": 45},
        ),
        (
            [(30, True, RUNNING), (5, True, ENDED), (70, False, RUNNING), (95, False, ENDED)],
            {},
        ),
        ([(20, True, GONE), (20, True, GIVEN), (60, False, GONE), (60, False, GIVEN)], {}),
        (
            [(40, True, GONE), (80, False, GONE), (60, False, GIVEN)],
            {"some_conversions_left_out": 40},
        ),
        ([(9, True, GONE), (10, False, GONE), (60, False, GIVEN)], {}),
    ],
    ids=[
        "only the last gift of each",
        "one contract of each, renewed",
        "the last gift of most",
        "upgrades among calls to running customers",
        "people unknown, won as often as others",
        "people unknown are most of all who were called",
        "few",
    ],
)
def test_conversions_that_are_left_out_far_more_often_than_other_calls_are_told(
    tmp_path: Path, groups: Sequence[tuple[int, bool, Event]], told: dict[str, int]
) -> None:
    exposure = load_exposure(write_world(tmp_path, delivered(groups)), SECRET)
    codes = ("conversions_left_out", "some_conversions_left_out")
    assert {one.code: one.count for one in exposure.findings if one.code in codes} == told
