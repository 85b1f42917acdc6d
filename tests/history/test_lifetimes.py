"""Persons are followed from their first contact on, so that a share known beforehand comes out."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

from balanstest_analysis.history.exposure import build_exposure
from balanstest_analysis.statistics.cumulative_incidence import cumulative_incidence
from tests.histories import at, write_world
from tests.slow_reference import Call, Event, Report, World

SECRET = b"a secret for tests"
GIFT = dt.date(2022, 1, 1)
THROUGH = dt.date(2024, 12, 31)


def called(person: int, first: dt.date, *, objects: bool) -> tuple[list[Call], Report | None]:
    """Return a contact a month until the end of 2024, or one after which the person objects."""
    days = pd.date_range(first, THROUGH, freq="MS").date
    calls = [Call(f"p{person}", at(f"{day} 10:00")) for day in (days[:1] if objects else days)]
    return calls, Report(f"p{person}", first) if objects else None


def world_of(people: int, every: int) -> World:
    """Return people who are first called in a month of 2023, of whom one in `every` objects."""
    calls, objections = [], []
    for person in range(people):
        first = dt.date(2023, 1 + person // every % 12, 1)
        made, report = called(person, first, objects=person % every == 0)
        calls += made
        objections += [report] if report else []
    events = [Event(f"p{person}", GIFT) for person in range(people)]
    return World(calls=calls, events=events, objections=objections, through=THROUGH)


def shares(folder: Path, world: World) -> pd.Series[float]:
    """Return the share of the people that objected, by month since their first contact."""
    exposure = build_exposure(write_world(folder, world), SECRET)
    return cumulative_incidence(exposure.life_table["objection"])["incidence"]


@pytest.mark.parametrize("every", [5, 10])
def test_where_one_in_so_many_objects_in_the_first_conversation_that_is_the_share(
    tmp_path: Path, every: int
) -> None:
    found = shares(tmp_path, world_of(24 * every, every))
    assert found.tolist() == pytest.approx([1 / every] * len(found))


def test_who_objects_later_counts_in_the_month_since_the_first_contact(tmp_path: Path) -> None:
    world = world_of(48, 48)
    late = Report("p7", dt.date(2023, 1, 1) + dt.timedelta(days=100))
    objections = [*(world.objections or ()), late]
    found = shares(tmp_path, dataclasses.replace(world, objections=objections))
    assert found[2] == pytest.approx(1 / 48)
    assert found[3] == pytest.approx(2 / 48)


def test_who_reported_anything_before_the_first_contact_is_not_followed(tmp_path: Path) -> None:
    earlier = [Report("p5", dt.date(2022, 6, 1))]
    world = dataclasses.replace(world_of(24, 12), complaints=earlier)
    tables = build_exposure(write_world(tmp_path, world), SECRET).life_table
    assert {name: table["at_risk"][0] for name, table in tables.items()} == {
        "objection": 23,
        "complaint": 23,
    }
