"""The calling history against the rules of its day, and tables against each other."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
from collections.abc import Sequence
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from balanstest_analysis.document.wording import FINDING_TEXTS
from balanstest_analysis.dossier.calling_rules import CallingRules
from balanstest_analysis.dossier.loading import load_dossier
from balanstest_analysis.errors import DataError, DossierError
from balanstest_analysis.history.compliance.frequency import point
from balanstest_analysis.history.compliance.plan import hours_on
from balanstest_analysis.history.compliance.records import RuleCheck
from balanstest_analysis.history.compliance.review import (
    ReviewedHistory,
    refuse_blocking,
    review_history,
)
from balanstest_analysis.history.findings import all_guides, guide
from tests import slow_compliance
from tests.histories import (
    DAYS,
    at,
    crowded_world,
    day,
    tables,
    write_csv,
    write_dossier,
    write_world,
)
from tests.slow_reference import Call, Event, Report, World

SECRET = b"a secret for tests"
THROUGH = dt.date(2026, 6, 30)
LATER = dt.date(2026, 9, 30)


def review(folder: Path, world: World, rules: str = "") -> ReviewedHistory:
    dossier = write_world(folder, world)
    if rules:
        text = dossier.path.read_text("utf-8")
        dossier.path.write_text(f"{text}\n[rules]\n{rules}\n", "utf-8")
        dossier = load_dossier(dossier.path)
    return review_history(dossier, SECRET, examples=True)


def of_rule(reviewed: ReviewedHistory, code: str) -> RuleCheck:
    assert reviewed.compliance is not None
    return next(check for check in reviewed.compliance.rules if check.code == code)


def found(reviewed: ReviewedHistory) -> dict[str, int]:
    return {finding.code: finding.count for finding in reviewed.exposure.findings}


def years(check: RuleCheck) -> dict[int, tuple[int, int]]:
    return {year.year: (year.count, year.checked) for year in check.by_year}


def calls_at(*moments: str, **choices: object) -> World:
    calls = [Call(f"F-{n}", at(moment), **choices) for n, moment in enumerate(moments)]
    events = [Event(call.customer, call.day - dt.timedelta(days=40)) for call in calls]
    return World(calls=calls, events=events)


# ---------------------------------------------------------------- hours and days


@pytest.mark.parametrize(
    ("moment", "broken"),
    [
        ("2019-03-04 09:00", None),
        ("2019-03-04 08:59", "outside_hours"),
        ("2019-03-04 21:59:59", None),
        ("2019-03-04 22:00", "outside_hours"),
        ("2019-03-02 10:00", None),
        ("2019-03-02 16:00", "outside_hours"),
        ("2019-03-03 14:00", "forbidden_day"),
        ("2018-12-05 18:29", None),
        ("2018-12-05 18:30", "outside_hours"),
        ("2019-05-04 15:00", None),  # a Saturday keeps its own hours
        ("2018-12-24 19:00", "outside_hours"),
        ("2019-12-25 14:00", None),  # no source forbids holidays before 15 October 2024
        ("2024-10-14 14:00", None),
        ("2024-12-25 14:00", "forbidden_day"),
        ("2025-04-21 14:00", "forbidden_day"),  # Easter Monday
        ("2025-04-26 11:00", "forbidden_day"),  # King's Day, as the 27th is a Sunday
        ("2026-05-04 11:00", "forbidden_day"),
        ("2026-05-05 11:00", "forbidden_day"),
        ("2024-03-31 02:30", "forbidden_day"),  # the hour that the change of clock skips
        ("2024-10-27 02:30", "forbidden_day"),  # the hour that comes twice
    ],
)
def test_a_moment_is_checked_against_the_hours_of_its_day(moment: str, broken: str | None) -> None:
    called = at(moment)
    window = hours_on(called.date(), CallingRules()).on(called.date())
    told = "forbidden_day" if window is None else None
    if window is not None and called.time() not in window:
        told = "outside_hours"
    assert told == broken


@pytest.mark.parametrize("basis", ["requested", "callback"])
def test_requested_calls_and_call_backs_may_be_made_at_any_hour(tmp_path: Path, basis: str) -> None:
    reviewed = review(tmp_path, calls_at("2025-03-02 23:30", basis=basis))
    assert of_rule(reviewed, "forbidden_day").checked == 0
    assert not found(reviewed).keys() & {"outside_hours", "forbidden_day"}


def test_moments_with_a_zone_are_checked_in_dutch_time_on_both_sides_of_the_clock_change(
    tmp_path: Path,
) -> None:
    moments = ("2024-03-29 20:30+00:00", "2024-04-02 20:30+00:00", "2024-10-28 20:30+00:00")
    rows = [[f"F-{n}", moment, "ja", "nee"] for n, moment in enumerate(moments)]
    header = ["customer_id", "called_at", "net_contact", "converted"]
    write_csv(tmp_path / "calls.csv", header, rows)
    events = [[f"F-{n}", "2024-01-15"] for n in range(3)]
    write_csv(tmp_path / "events.csv", ["customer_id", "occurred_on"], events)
    reviewed = review_history(write_dossier(tmp_path, tables("calls", "events")), SECRET)
    assert of_rule(reviewed, "outside_hours").count == 1  # only in summer is it 22:30


def test_dates_without_times_are_no_breach_and_the_rule_is_not_checked(tmp_path: Path) -> None:
    reviewed = review(tmp_path, calls_at("2024-03-04", "2024-03-05", "2024-03-03"))
    assert of_rule(reviewed, "outside_hours").status == "no_data"
    assert of_rule(reviewed, "forbidden_day").count == 1
    assert found(reviewed)["called_without_time"] == 3


def test_a_call_without_a_time_among_others_is_no_breach(tmp_path: Path) -> None:
    reviewed = review(tmp_path, calls_at("2024-03-04", "2024-03-05 08:59", "2024-03-03 10:00"))
    codes = ("called_without_time", "outside_hours", "forbidden_day")
    assert [found(reviewed)[code] for code in codes] == [1, 1, 1]


def test_stated_hours_replace_those_that_no_source_confirms(tmp_path: Path) -> None:
    world = calls_at("2019-03-04 20:30", "2023-03-06 20:30", "2023-03-07 10:00")
    rules = 'weekday_hours = ["09:00", "20:00"]\nforbidden_days = [2023-03-07]'
    reviewed = review(tmp_path, world, rules)
    assert years(of_rule(reviewed, "outside_hours")) == {2019: (0, 1), 2023: (1, 1)}
    assert years(of_rule(reviewed, "forbidden_day")) == {2019: (0, 1), 2023: (1, 2)}
    assert "Opgave van de organisatie" in of_rule(reviewed, "outside_hours").sources


@pytest.mark.parametrize(("year", "verified"), [(2019, True), (2023, False)])
def test_only_hours_that_a_source_confirms_count_as_verified(
    tmp_path: Path, year: int, verified: bool
) -> None:
    reviewed = review(tmp_path, calls_at(f"{year}-03-05 09:00"))
    assert of_rule(reviewed, "outside_hours").verified is verified


# ---------------------------------------------------------------- objections


@pytest.mark.parametrize(("days", "late", "after"), [(0, 0, 0), (1, 0, 1), (28, 0, 1), (29, 1, 1)])
def test_an_objection_is_processed_late_when_a_call_follows_after_more_than_28_days(
    tmp_path: Path, days: int, late: int, after: int
) -> None:
    world = World(
        calls=[Call("a", at("2024-03-01 10:00") + dt.timedelta(days=days))],
        events=[Event("a", day("2024-01-01"))],
        objections=[Report("a", day("2024-03-01"))],
    )
    reviewed = review(tmp_path, world)
    assert of_rule(reviewed, "objection_processed_late").count == late
    assert reviewed.compliance is not None
    assert reviewed.compliance.called_after_objection == after


def test_without_objections_the_rules_about_them_are_not_checked(tmp_path: Path) -> None:
    reviewed = review(tmp_path, calls_at("2024-03-04 10:00"))
    assert of_rule(reviewed, "after_objection").status == "no_data"
    assert of_rule(reviewed, "objection_processed_late").status == "no_data"
    assert of_rule(reviewed, "beyond_own_term").status == "no_rule"


# ---------------------------------------------------------------- tables that do not fit


def people(*ids: str) -> World:
    calls = [Call(name, at("2024-03-04 10:00")) for name in ids]
    return World(calls=calls, events=[Event(name, day("2024-01-01")) for name in ids])


def other_keys(world: World, change: str) -> World:
    events = [
        dataclasses.replace(event, customer=change.format(event.customer))
        for event in world.events or ()
    ]
    return dataclasses.replace(world, events=events)


@pytest.mark.parametrize(
    ("change", "hint"), [("00{}", "leading_zeros_differ_events"), ("K-{}", "prefix_differ_events")]
)
def test_keys_written_differently_block_and_the_hint_tells_how_they_would_match(
    tmp_path: Path, change: str, hint: str
) -> None:
    world = other_keys(people(*(str(n) for n in range(100, 112))), change)
    reviewed = review(tmp_path, world)
    assert found(reviewed)["no_customer_match_events"] == 12
    assert found(reviewed)[hint] == 12
    with pytest.raises(DataError, match="Export the same key in both"):
        refuse_blocking(reviewed.exposure.findings)


def test_all_blocking_findings_are_told_at_once(tmp_path: Path) -> None:
    world = other_keys(people(*(str(n) for n in range(100, 112))), "K-{}")
    calls = [dataclasses.replace(call, net_contact=False) for call in world.calls]
    reviewed = review(tmp_path, dataclasses.replace(world, calls=calls))
    with pytest.raises(DataError) as refusal:
        refuse_blocking(reviewed.exposure.findings)
    assert len(str(refusal.value).splitlines()) == 2


def test_a_few_unknown_customers_are_no_warning(tmp_path: Path) -> None:
    world = people(*(str(n) for n in range(100, 120)))
    reviewed = review(tmp_path, dataclasses.replace(world, events=list(world.events or ())[2:]))
    assert "few_customer_match_events" not in found(reviewed)
    reviewed = review(tmp_path, dataclasses.replace(world, events=list(world.events or ())[3:]))
    assert found(reviewed)["few_customer_match_events"] == 3


def test_calls_to_unknown_customers_are_told_as_calls_without_an_earlier_event_too(
    tmp_path: Path,
) -> None:
    world = people(*(str(n) for n in range(100, 120)))
    told = found(review(tmp_path, dataclasses.replace(world, events=list(world.events or ())[3:])))
    assert told["no_earlier_event"] == told["few_customer_match_events"] == 3
    assert "`no earlier event` as well" in guide("few_customer_match_events").meaning


@pytest.mark.parametrize(("year", "missed"), [(2010, False), (2025, True)])
@pytest.mark.parametrize("kind", ["objections", "complaints"])
def test_reports_from_before_the_first_call_are_of_nobody_who_was_called(
    tmp_path: Path, kind: str, year: int, *, missed: bool
) -> None:
    day = dt.date(year, 5, 2)
    told = [Report(f"z{n}", day, "") for n in range(30)]
    reviewed = review(tmp_path, dataclasses.replace(people("100", "101"), **{kind: told}))
    assert (f"no_customer_match_{kind}" in found(reviewed)) == missed


def test_months_without_calls_are_named_between_the_first_and_the_last(tmp_path: Path) -> None:
    world = calls_at("2023-11-06 10:00", "2024-02-05 10:00", "2024-03-04 10:00", "2024-05-06 10:00")
    findings = review(tmp_path, world).exposure.findings
    told = next(one for one in findings if one.code == "months_without_calls")
    assert (told.count, told.detail) == (3, "They are 2023-12 through 2024-01, 2024-04.")


@pytest.mark.parametrize(
    ("last_event", "converted", "months"),
    [("2023-11-30", 10, 4), ("2023-11-30", 9, None), ("2024-01-02", 10, None)],
)
def test_months_without_events_are_told_where_calls_go_on_to_convert(
    tmp_path: Path, last_event: str, converted: int, months: int | None
) -> None:
    world = calls_at(
        "2023-11-06 10:00", *["2024-03-04 10:00"] * converted, converted=True, net_contact=True
    )
    events = [dataclasses.replace(event, on=day("2023-09-04")) for event in world.events or ()]
    events.append(Event("F-0", day(last_event)))
    reviewed = review(tmp_path, dataclasses.replace(world, events=events))
    assert found(reviewed).get("months_without_events") == months


def test_customers_called_more_often_than_the_limit_are_counted(tmp_path: Path) -> None:
    world = people("a", "b")
    more = [Call("a", at(f"2024-03-{n:02d} 10:00")) for n in range(5, 9)]
    world = dataclasses.replace(world, calls=[*world.calls, *more])
    reviewed = review(tmp_path, world, "many_calls_per_year = 4")
    assert found(reviewed)["customers_called_often"] == 1


def test_a_history_without_calls_up_to_the_quarter_has_no_compliance(tmp_path: Path) -> None:
    dossier = write_world(tmp_path, calls_at("2024-06-04 10:00"), quarter="2024-Q1")
    assert review_history(dossier, SECRET).compliance is None


# ---------------------------------------------------------------- examples and texts


def test_an_example_is_the_number_of_the_first_row_and_never_a_person(tmp_path: Path) -> None:
    world = calls_at("2024-03-04 10:00", "2024-03-05 23:00", "2024-03-06 23:00")
    events = [*(world.events or ()), Event("F-1", day("2024-01-01"), amount=0.0)]
    reviewed = review(tmp_path, dataclasses.replace(world, events=events))
    places = {f.code: (f.example_file, f.example_row) for f in reviewed.exposure.findings}
    assert places["outside_hours"] == ("calls.csv", 3)
    assert places["zero_amount_event"] == ("events.csv", 5)
    assert "F-" not in repr(reviewed.exposure.findings) + repr(reviewed.compliance)


def test_every_finding_has_its_guide_and_its_dutch() -> None:
    assert set(FINDING_TEXTS) == set(all_guides())


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ('weekday_hours = ["22:00", "09:00"]', "write begin and end"),
        ('saturday_hours = ["10 uur"]', "write begin and end"),
        ('forbiden_days = ["2024-01-01"]', "did you mean `forbidden_days`"),
    ],
)
def test_rules_that_cannot_be_read_are_refused(tmp_path: Path, rules: str, words: str) -> None:
    dossier = write_world(tmp_path, calls_at("2024-03-04 10:00"))
    text = dossier.path.read_text("utf-8")
    dossier.path.write_text(f"{text}\n[rules]\n{rules}\n", "utf-8")
    with pytest.raises(DossierError, match=words):
        load_dossier(dossier.path)


# ---------------------------------------------------------------- against the slow reference

MOMENTS = ("00:00", "00:00:01", "08:59", "09:00", "10:00", "15:59", "16:00", "18:29", "18:30")
TIMES = [dt.time.fromisoformat(text) for text in (*MOMENTS, "21:59:59", "22:00", "02:30")]
SPECIAL_DAYS = [
    *(day(text) for text in ("2018-12-05", "2019-05-04", "2020-05-04", "2021-12-24")),
    *(day(text) for text in ("2024-03-30", "2024-03-31", "2024-10-26", "2024-10-27")),
    *(day(text) for text in ("2024-10-14", "2024-10-15", "2025-04-18", "2025-04-21")),
    *(day(text) for text in ("2025-04-26", "2025-05-29", "2025-06-09", "2025-12-26")),
    *(day(text) for text in ("2026-01-01", "2026-05-04", "2026-05-05", "2026-05-25")),
    *(day(text) for text in ("2026-06-30", "2026-07-01", "2024-02-29")),
]


def unruly_world(seed: int, **choices: object) -> World:
    """Return a crowded history with calls on special days, at hours on both sides of a limit."""
    rng = random.Random(seed)
    world = crowded_world(seed=seed, **choices)
    when = [rng.choice([*SPECIAL_DAYS, *DAYS]) for _ in world.calls]
    moments = [dt.datetime.combine(on, rng.choice(TIMES)) for on in when]
    calls = [dataclasses.replace(c, at=m) for c, m in zip(world.calls, moments, strict=True)]
    return dataclasses.replace(world, calls=calls)


worlds = st.builds(
    unruly_world,
    seed=st.integers(0, 2**32),
    with_objections=st.sampled_from([True, True, True, False]),
    with_complaints=st.booleans(),
    with_call_ids=st.booleans(),
    through=st.just(THROUGH),
    count_calls=st.booleans(),
    own_term=st.sampled_from([None, 12, 36]),
    has_kind=st.booleans(),
    has_ends_on=st.booleans(),
    age=st.sampled_from(["events", "events", "events", "months", "reference"]),
)


@settings(
    max_examples=5,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(world=worlds)
def test_compliance_agrees_with_a_slow_count_and_the_rows_reconcile(
    tmp_path_factory: pytest.TempPathFactory, world: World
) -> None:
    folder = tmp_path_factory.mktemp("world")
    dossier = write_world(folder, world, quarter="2026-Q2", through=LATER.isoformat())
    reviewed = review_history(dossier, SECRET)
    lines = [line.count for line in reviewed.exposure.bridge]
    assert lines[0] == len(world.calls) == sum(lines[1:])
    assert_rules(reviewed, world)
    assert_objections(reviewed, world)
    assert_frequency(reviewed, world)


def assert_rules(reviewed: ReviewedHistory, world: World) -> None:
    expected = slow_compliance.count(world)
    assert reviewed.compliance is not None
    for check in reviewed.compliance.rules:
        if check.code in expected and check.status == "checked":
            assert years(check) == expected[check.code], check.code
        elif check.code in expected and check.code != "outside_hours":
            assert expected[check.code] == {}, check.code
    without = sum(count for count, _ in expected["called_without_time"].values())
    assert found(reviewed).get("called_without_time", 0) == without


def assert_objections(reviewed: ReviewedHistory, world: World) -> None:
    if world.objections is None:
        return
    expected = slow_compliance.count_objections(world)
    check = of_rule(reviewed, "objection_processed_late")
    late = {year: (n[2], n[0]) for year, n in expected.items()}
    assert years(check) == dict(sorted(late.items()))
    assert reviewed.compliance is not None
    assert reviewed.compliance.called_after_objection == sum(n[1] for n in expected.values())


def assert_frequency(reviewed: ReviewedHistory, world: World) -> None:
    people = slow_compliance.calls_per_year(world)
    assert reviewed.compliance is not None
    for year in reviewed.compliance.frequency.years:
        mine = [counts for (when, _), counts in people.items() if when == year.year]
        calls, contacts = (sorted(counts[side] for counts in mine) for side in (0, 1))
        assert (year.customers, year.calls_most) == (len(mine), calls[-1])
        assert year.calls_median == nth(calls, 50)
        assert (year.calls_high, year.contacts_high) == (nth(calls, 95), nth(contacts, 95))


def nth(ordered: Sequence[int], percent: int) -> int:
    """Return the first value that so many percent of the values are at most."""
    return ordered[-(-len(ordered) * percent // 100) - 1]


def test_a_point_counts_people_exactly() -> None:
    assert point({1: 19, 2: 1}, 95) == 1
    assert point({1: 18, 2: 2}, 95) == 2


def test_former_customers_are_told_apart_by_when_and_how_often_they_are_called(
    tmp_path: Path,
) -> None:
    calls = [
        Call("F-1", at("2024-03-15 14:00")),
        Call("F-1", at("2024-05-02 14:00"), net_contact=False),
        Call("F-1", at("2025-05-02 14:00")),
        Call("F-2", at("2024-07-01 14:00")),
        Call("F-2", at("2024-06-01 14:00")),  # before any event
        Call("F-3", at("2024-07-01 14:00"), basis="requested"),
    ]
    events = [Event(name, day("2024-01-10")) for name in ("F-1", "F-3")]
    events += [Event("F-2", day("2024-06-15"))]
    afterwards = review(tmp_path, World(calls=calls, events=events)).compliance.afterwards
    assert afterwards is not None
    assert (afterwards.people, afterwards.person_years) == (2, 3)
    assert (afterwards.first_low, afterwards.first_median, afterwards.first_high) == (0, 0, 2)
    assert (afterwards.calls_median, afterwards.calls_high) == (1, 2)
    assert (afterwards.contacts_median, afterwards.contacts_high) == (1, 1)


@pytest.mark.parametrize(
    ("sector", "scope", "told"),
    [
        ("commercial", "", (1, 3)),
        ("charity", "", None),
        ("commercial", 'regime = "ctm-2024"\nregime_reason = "nog niet in werking"', (1, 3)),
    ],
)
def test_a_commercial_call_on_a_relation_is_a_breach_from_july_2026(
    tmp_path: Path, sector: str, scope: str, told: tuple[int, int] | None
) -> None:
    moments = ("2026-06-30 14:00", "2026-07-01 14:00", "2026-07-02 14:00", "2026-07-03 14:00")
    bases = ("relation", "relation", "consent", "requested")
    world = calls_at(*moments)
    calls = [dataclasses.replace(c, basis=b) for c, b in zip(world.calls, bases, strict=True)]
    dossier = write_world(tmp_path, dataclasses.replace(world, calls=calls, through=LATER))
    text = dossier.path.read_text("utf-8").replace('["charity", "publisher"]', f'"{sector}"')
    dossier.path.write_text(text.replace("[scope]", f"[scope]\n{scope}"), "utf-8")
    check = of_rule(review_history(load_dossier(dossier.path), SECRET), "without_ground")
    assert (check.count, check.checked) == (told or (None, None))
    assert check.verified is (None if told is None else True)
