"""Numbers of calls that objections name: the same ones as in the calls, or others."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from balanstest_analysis.history.compliance.review import ReviewedHistory, review_history
from tests.histories import write_world
from tests.slow_reference import Call, Event, Report, World

CODE = "no_call_id_match_objections"
MOMENT = dt.datetime(2024, 3, 4, 10)


def numbered(in_calls: str, in_objections: str, *, others: int = 0, whose: str = "{}") -> World:
    """Return 20 objections that name calls; the last ones name calls that are not there."""
    calls = [Call(f"c{n}", MOMENT, call_id=in_calls.format(5001 + n)) for n in range(20)]
    names = [5001 + n + 1000 * (n >= 20 - others) for n in range(20)]
    objections = [
        Report(whose.format(f"c{n}"), MOMENT.date(), in_objections.format(name))
        for n, name in enumerate(names)
    ]
    events = [Event(call.customer, dt.date(2023, 6, 1)) for call in calls]
    return World(calls=calls, events=events, objections=objections)


def reviewed(folder: Path, world: World) -> ReviewedHistory:
    return review_history(write_world(folder, world), b"secret")


@pytest.mark.parametrize(("calls", "objections"), [("{}.0", "{}"), ("{}", "{}.0"), ("{}", "{},0")])
def test_a_number_of_a_call_is_the_same_one_with_decimals_of_nothing(
    tmp_path: Path, calls: str, objections: str
) -> None:
    found = reviewed(tmp_path, numbered(calls, objections)).exposure
    assert found.month_table.frame["objection_events"].sum() == 20
    assert CODE not in {one.code for one in found.findings}


@pytest.mark.parametrize(
    ("calls", "words"),
    [
        ("0000{}", "leading zeros"),
        ("ID-{}", "a prefix of letters"),
        ("{}-9f3", "a short part behind"),
        ("7{}", "No other way of writing them makes many more match."),
    ],
)
def test_calls_that_are_numbered_differently_are_refused_with_what_differs(
    tmp_path: Path, calls: str, words: str
) -> None:
    findings = reviewed(tmp_path, numbered(calls, "{}")).exposure.findings
    found = next(one for one in findings if one.code == CODE)
    assert found.blocking
    assert found.count == 20
    assert words in (found.detail or "")


@pytest.mark.parametrize(
    ("world", "is_told"),
    [
        (numbered("{}", "{}", others=11), True),
        (numbered("{}", "{}", others=10), False),
        (numbered("ID-{}", "{}", whose="of another {}"), False),
        (numbered("{}", ""), False),
    ],
    ids=["most", "half", "customers who were not called", "none is named"],
)
def test_only_where_most_named_calls_are_not_there_is_it_told(
    tmp_path: Path, world: World, *, is_told: bool
) -> None:
    findings = reviewed(tmp_path, world).exposure.findings
    assert (CODE in {one.code for one in findings}) == is_told
