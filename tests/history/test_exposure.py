"""From files to the month table: spells, attribution, exclusions and counts."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import hypothesis.strategies as st
import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.history.exposure import Exposure, build_exposure, load_exposure
from balanstest_analysis.history.month_table import COUNT_COLUMNS, KEYS, MonthTable
from tests.engine_histories import same_products
from tests.histories import (
    WEIGHED_TOGETHER,
    at,
    crowded_world,
    day,
    tables,
    write_csv,
    write_dossier,
    write_world,
)
from tests.slow_reference import (
    Call,
    Counts,
    Event,
    Report,
    World,
    count,
    life_tables,
    months_between,
    products,
)

SECRET = b"a secret for tests"
THROUGH = dt.date(2024, 3, 31)
LATER = dt.date(2024, 6, 30)
NOT_BOUGHT = ("service", "volunteer", "public_event")


def cells(exposure: Exposure) -> dict[tuple[str, int], dict[str, int]]:
    """Return the month table as a dictionary, without the counts that are zero."""
    return table_cells(exposure.month_table)


def table_cells(table: MonthTable) -> dict[tuple[str, int], dict[str, int]]:
    frame = table.frame.groupby(list(KEYS), as_index=False)[list(COUNT_COLUMNS)].sum()
    keys = zip(frame["campaign"], frame["month"], strict=True)
    rows = frame[list(COUNT_COLUMNS)].to_dict("records")
    return {key: nonzero(row) for key, row in zip(keys, rows, strict=True)}


def nonzero(counts: dict[str, int]) -> dict[str, int]:
    return {name: int(number) for name, number in counts.items() if number}


def bridge(exposure: Exposure) -> dict[str, int]:
    return {line.code: line.count for line in exposure.bridge}


def findings(exposure: Exposure) -> dict[str, int]:
    """Return what was found, but for events without a kind: see `test_clocks`."""
    found = {finding.code: finding.count for finding in exposure.findings}
    return {code: count for code, count in found.items() if code != "kind_assumed"}


def expose(folder: Path, world: World) -> Exposure:
    return build_exposure(write_world(folder, world), SECRET)


def one_call(folder: Path, *, called: str, events: list[Event], **choices: object) -> Exposure:
    world = World(calls=[Call("a", at(f"{called} 10:00"))], events=events, **choices)
    return expose(folder, world)


# ---------------------------------------------------------------- months and spells


@pytest.mark.parametrize(
    ("since", "called", "month"),
    [
        ("2024-01-31", "2024-02-29", 0),
        ("2024-01-31", "2024-03-01", 1),
        ("2024-02-29", "2025-02-28", 11),
        ("2024-02-29", "2025-03-01", 12),
        ("2024-05-15", "2024-06-14", 0),
        ("2024-05-15", "2024-06-15", 1),
        ("2023-12-31", "2024-01-01", 0),
        ("2022-03-31", "2025-03-30", 35),
    ],
)
def test_a_month_counts_when_it_is_complete(
    tmp_path: Path, since: str, called: str, month: int
) -> None:
    exposure = one_call(tmp_path, called=called, events=[Event("a", day(since))])
    assert [key[1] for key in cells(exposure)] == [month]
    assert months_between(day(since), day(called)) == month


def test_an_event_on_the_day_of_the_call_is_its_result_and_not_its_reference(
    tmp_path: Path,
) -> None:
    events = [Event("a", day("2024-01-10")), Event("a", day("2024-03-10"))]
    exposure = one_call(tmp_path, called="2024-03-10", events=events)
    assert [key[1] for key in cells(exposure)] == [2]


def test_a_call_at_the_cap_is_beyond_it(tmp_path: Path) -> None:
    exposure = one_call(tmp_path, called="2025-03-31", events=[Event("a", day("2022-03-31"))])
    assert bridge(exposure)["beyond_cap"] == 1
    assert findings(exposure) == {"beyond_cap": 1}


def test_the_cap_is_the_one_of_the_day_of_the_call(tmp_path: Path) -> None:
    exposure = one_call(tmp_path, called="2020-05-31", events=[Event("a", day("2010-01-01"))])
    assert [key[1] for key in cells(exposure)] == [124]


def test_free_and_refunded_orders_open_no_relation_but_volunteering_does(tmp_path: Path) -> None:
    events = [
        Event("a", day("2024-01-10"), "purchase", amount=0.0),
        Event("a", day("2024-02-10"), "donation", amount=-5.0),
        Event("a", day("2023-01-10"), "volunteer", amount=0.0),
        Event("a", day("2022-01-10"), "purchase", amount=None),
    ]
    exposure = one_call(tmp_path, called="2024-03-10", events=events)
    assert [key[1] for key in cells(exposure)] == [14]
    assert findings(exposure) == {"zero_amount_event": 2}


def test_a_contract_counts_from_its_end_and_a_running_one_makes_a_customer(tmp_path: Path) -> None:
    calls = [
        Call("ended", at("2024-03-10 10:00")),
        Call("last-day", at("2024-03-10 10:00")),
        Call("open", at("2024-03-10 10:00")),
        Call("purchase", at("2024-03-10 10:00")),
    ]
    events = [
        Event("ended", day("2022-01-01"), "contract", ends_on=day("2024-01-09")),
        Event("last-day", day("2022-01-01"), "contract", ends_on=day("2024-03-10")),
        Event("open", day("2022-01-01"), "donation"),
        Event("purchase", day("2023-01-01"), "purchase", ends_on=day("2030-01-01")),
    ]
    exposure = expose(tmp_path, World(calls=calls, events=events, has_ends_on=True))
    assert bridge(exposure)["running_customer"] == 2
    assert sorted(key[1] for key in cells(exposure)) == [2, 14]


def test_every_event_is_a_contract_where_ends_are_known_and_kinds_are_not(tmp_path: Path) -> None:
    events = [Event("a", day("2022-01-01")), Event("a", day("2021-01-01"), "", day("2021-06-01"))]
    world = World(calls=[], events=events, has_ends_on=True, has_kind=False)
    world = dataclasses.replace(world, calls=[Call("a", at("2024-03-10 10:00"))])
    assert bridge(expose(tmp_path, world))["running_customer"] == 1


def test_a_contract_that_ended_before_it_began_counts_from_its_beginning(tmp_path: Path) -> None:
    events = [Event("a", day("2024-01-05"), "contract", ends_on=day("2023-01-05"))]
    exposure = one_call(tmp_path, called="2024-03-10", events=events, has_ends_on=True)
    assert [key[1] for key in cells(exposure)] == [2]
    assert findings(exposure) == {"ended_before_start": 1}


@pytest.mark.parametrize("age", ["months", "reference"])
def test_months_or_a_reference_date_in_the_calls_stand_in_for_events(
    tmp_path: Path, age: str
) -> None:
    calls = [
        Call("a", at("2024-03-31 10:00"), months=1, reference=day("2024-02-29")),
        Call("b", at("2024-03-31 10:00"), months=None, reference=None),
        Call("c", at("2024-03-31 10:00"), months=None, reference=day("2024-03-31")),
    ]
    exposure = expose(tmp_path, World(calls=calls, events=None, age=age))
    assert [key[1] for key in cells(exposure)] == [1]
    late = bridge(exposure)["reference_on_or_after_call"]
    assert late == (age == "reference")
    assert bridge(exposure)["no_earlier_event"] == 2 - late


# ---------------------------------------------------------------- attribution


def objected(folder: Path, calls: list[Call], *objections: Report, **choices: object) -> Exposure:
    events = [Event(name, day("2023-06-01")) for name in ("a", "b")]
    world = World(calls=calls, events=events, objections=objections, **choices)
    return expose(folder, world)


def with_objection(exposure: Exposure) -> list[str]:
    """Return the campaigns of the calls to which an objection was attributed."""
    found = cells(exposure).items()
    return sorted(key[0] for key, counts in found if counts.get("objection_events"))


def test_an_objection_goes_to_the_last_answered_call_on_or_before_its_day(tmp_path: Path) -> None:
    calls = [
        Call("a", at("2024-03-01 10:00"), campaign="first"),
        Call("a", at("2024-03-05 09:00"), campaign="second"),
        Call("a", at("2024-03-05 11:00"), campaign="third"),
        Call("a", at("2024-03-06 10:00"), net_contact=False, campaign="unanswered"),
        Call("a", at("2024-03-09 10:00"), campaign="later"),
    ]
    assert with_objection(objected(tmp_path, calls, Report("a", day("2024-03-08")))) == ["third"]


def test_where_calls_are_counted_an_unanswered_call_can_have_an_objection(tmp_path: Path) -> None:
    calls = [
        Call("a", at("2024-03-01 10:00"), campaign="answered"),
        Call("a", at("2024-03-06 10:00"), net_contact=False, campaign="unanswered"),
    ]
    exposure = objected(tmp_path, calls, Report("a", day("2024-03-08")), count_calls=True)
    assert with_objection(exposure) == ["unanswered"]


def test_the_window_ends_on_its_last_day(tmp_path: Path) -> None:
    calls = [Call("a", at("2024-03-01 10:00")), Call("b", at("2024-03-01 10:00"))]
    reports = Report("a", day("2024-03-31")), Report("b", day("2024-04-01"))
    exposure = objected(tmp_path, calls, *reports)
    assert with_objection(exposure) == [""]
    assert findings(exposure) == {"objection_unattributed": 1}


def test_a_call_id_decides(tmp_path: Path) -> None:
    calls = [
        Call("a", at("2024-03-01 10:00"), campaign="named", call_id="1"),
        Call("a", at("2024-03-05 10:00"), campaign="last", call_id="2"),
        Call("b", at("2024-03-05 10:00"), campaign="other", call_id="3"),
    ]
    reports = Report("a", day("2024-06-08"), "1"), Report("b", day("2024-03-08"), "unknown")
    exposure = objected(tmp_path, calls, *reports)
    assert with_objection(exposure) == ["named"]
    assert findings(exposure) == {"objection_unattributed": 1}


def test_what_only_unanswered_calls_precede_is_counted_apart(tmp_path: Path) -> None:
    calls = [Call("a", at("2024-03-01 10:00"), net_contact=False)]
    exposure = objected(tmp_path, calls, Report("a", day("2024-03-02")))
    assert findings(exposure) == {"objection_after_unanswered_calls": 1}


def test_a_call_has_at_most_one_objection_and_later_calls_are_a_breach(tmp_path: Path) -> None:
    calls = [
        Call("a", at("2024-03-01 10:00"), campaign="first"),
        Call("a", at("2024-03-03 10:00"), campaign="breach"),
        Call("a", at("2024-03-03 11:00"), campaign="asked for", basis="requested"),
        Call("a", at("2024-03-02 11:00"), campaign="same day"),
    ]
    reports = [Report("a", day("2024-03-02"))] * 2
    exposure = objected(tmp_path, calls, *reports)
    assert with_objection(exposure) == ["same day"]
    assert bridge(exposure)["after_objection"] == 1
    repeated = {"objection_repeated": 1, "repeated_rows_objections": 1}
    assert findings(exposure) == {"after_objection": 1, **repeated}


def test_a_call_too_young_to_be_followed_is_no_exposure_for_that_outcome(tmp_path: Path) -> None:
    calls = [Call("a", at("2026-08-31 10:00")), Call("b", at("2026-09-01 10:00"))]
    events = [Event(name, day("2026-01-01")) for name in ("a", "b")]
    reports = [Report("b", day("2026-09-02"))]
    exposure = expose(tmp_path, World(calls=calls, events=events, objections=reports))
    total = exposure.month_table.frame[list(COUNT_COLUMNS)].sum()
    assert total["conversion_exposure"] == 2
    assert total["objection_exposure"] == total["joint_exposure"] == 1
    assert total["objection_events"] == total["complaint_exposure"] == 0
    found = {"objection_on_young_call": 1, "incomplete_follow_up_objection": 1}
    assert findings(exposure) == found
    assert exposure.month_table.available == {"conversion", "objection"}


# ---------------------------------------------------------------- exclusions and account


def test_every_call_is_in_exactly_one_line_of_the_account(tmp_path: Path) -> None:
    calls = [
        Call("a", at("2024-03-01 10:00")),
        Call("a", at("2024-03-01 10:00"), net_contact=False),
        Call("a", at("2024-03-02 10:00"), basis="requested"),
        Call("a", at("2024-03-02 11:00"), basis="consent"),
        Call("a", at("2024-03-02 12:00"), basis="callback"),
        Call("a", at("2024-03-03 10:00"), net_contact=False),
        Call("a", at("2025-03-03 10:00")),
        Call("a", at("2026-07-03 10:00")),
        Call("stranger", at("2024-03-01 10:00")),
    ]
    world = World(calls=calls, events=[Event("a", day("2023-06-01"))], own_term=18)
    assert bridge(expose(tmp_path, world)) == {
        "rows_in": 9,
        "after_data_through": 0,
        "placeholder_key": 0,
        "left_out_by_where": 0,
        "duplicate_call": 1,
        "legs_of_one_call": 0,
        "requested_call": 1,
        "consent": 1,
        "running_customer": 0,
        "reference_on_or_after_call": 0,
        "legal_person": 0,
        "kind_without_ground": 0,
        "no_earlier_event": 1,
        "after_objection": 0,
        "beyond_cap": 1,
        "beyond_own_term": 1,
        "no_net_contact": 1,
        "in_exposure": 2,
    }


def test_a_conversion_without_a_contact_is_a_contact_and_a_finding(tmp_path: Path) -> None:
    calls = [Call("a", at("2024-03-01 10:00"), net_contact=False, converted=True)]
    exposure = expose(tmp_path, World(calls=calls, events=[Event("a", day("2024-01-01"))]))
    assert bridge(exposure)["in_exposure"] == 1
    assert findings(exposure) == {"converted_without_contact": 1}
    assert exposure.month_table.frame["net_contacts"].sum() == 1


def test_calls_that_differ_in_their_id_are_no_duplicates(tmp_path: Path) -> None:
    calls = [Call("a", at("2024-03-01 10:00"), call_id=number) for number in ("1", "1", "2")]
    exposure = expose(tmp_path, World(calls=calls, events=[Event("a", day("2024-01-01"))]))
    assert bridge(exposure)["duplicate_call"] == 1
    assert bridge(exposure)["in_exposure"] == 2


def test_an_unanswered_call_counts_where_the_dossier_counts_calls(tmp_path: Path) -> None:
    calls = [Call("a", at("2024-03-01 10:00"), net_contact=False)]
    world = World(calls=calls, events=[Event("a", day("2024-01-01"))], count_calls=True)
    total = expose(tmp_path, world).month_table.frame[list(COUNT_COLUMNS)].sum()
    assert total["conversion_exposure"] == 1
    assert total["net_contacts"] == 0


def test_a_history_without_any_eligible_call_gives_an_empty_table(tmp_path: Path) -> None:
    exposure = expose(tmp_path, World(calls=[Call("a", at("2024-03-01 10:00"))], events=[]))
    assert exposure.month_table.frame.empty
    assert exposure.month_table.months == 0
    assert bridge(exposure)["no_earlier_event"] == 1


# ---------------------------------------------------------------- against the slow reference

worlds = st.builds(
    crowded_world,
    seed=st.integers(0, 2**32),
    with_objections=st.sampled_from([True, True, False]),
    with_complaints=st.booleans(),
    with_call_ids=st.booleans(),
    with_legs=st.booleans(),
    with_nobody=st.booleans(),
    through=st.just(THROUGH),
    count_calls=st.booleans(),
    objection_days=st.sampled_from([0, 30]),
    complaint_days=st.sampled_from([1, 60]),
    own_term=st.sampled_from([None, 12, 36]),
    has_kind=st.booleans(),
    has_ends_on=st.booleans(),
    age=st.sampled_from(["events", "events", "events", "months", "reference"]),
    sectors=st.sampled_from([("charity", "publisher"), ("charity",), ("publisher",)]),
    report_on=st.sampled_from([None, dt.date(2026, 12, 31)]),
)


def otherwise(world: World, choice: str, value: float | str) -> World:
    """Return the world with one thing counted in another way."""
    kept = [event for event in world.events or () if event.kind not in NOT_BOUGHT]
    changes: dict[str, dict[str, object]] = {
        "denominator": {"count_calls": value == "call"},
        "objection_window_days": {"objection_days": value},
        "complaint_window_days": {"complaint_days": value},
        "with_excluded_calls": {"with_excluded": True},
        "reference_event": {"events": kept},
        "kind_without_ground": {"every_kind": True},
        "year": {"year": int(value) if str(value).isdigit() else None},
    }
    return dataclasses.replace(world, **changes[choice])


def life_rows(table: pd.DataFrame) -> list[tuple[int, ...]]:
    return [tuple(map(int, row)) for row in table[["at_risk", "events", "exits"]].to_numpy()]


def agree_on_products(table: MonthTable, expected: Counts) -> None:
    """Compare every sum of products with that of the slow count."""
    for found, apart in ((table.customers, False), (table.cells, True)):
        assert found is not None
        assert all(found.hold(f"{name}_exposure", [f"{name}_events"]) for name in table.available)
        joint = [f"joint_{name}" for name in table.outcomes if name in table.available]
        assert found.hold("joint_exposure", joint)
        for (first, second), sums in found.sums.items():
            slow = products(expected, first, second, len(sums), apart=apart)
            assert sums.tolist() == slow, (first, second, apart)


@settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(world=worlds)
def test_the_engine_agrees_with_a_slow_count_of_every_call(
    tmp_path_factory: pytest.TempPathFactory, world: World
) -> None:
    folder = tmp_path_factory.mktemp("world")
    dossier = write_world(
        folder, world, quarter="2024-Q1", through=LATER.isoformat(), criteria=WEIGHED_TOGETHER
    )
    exposure = build_exposure(dossier, SECRET)
    expected = count(world)
    assert cells(exposure) == {key: nonzero(counts) for key, counts in expected.cells.items()}
    agree_on_products(exposure.month_table, expected)
    assert nonzero(bridge(exposure)) == nonzero(expected.bridge)
    assert findings(exposure) == nonzero(expected.findings)
    lines = [line.count for line in exposure.bridge]
    assert lines[0] == sum(lines[1:])
    for recount in exposure.recounts:
        other = count(otherwise(world, recount.choice, recount.value)).cells
        assert table_cells(recount.table) == {key: nonzero(c) for key, c in other.items()}
    tables = life_tables(world)
    assert {n: life_rows(table) for n, table in exposure.life_table.items()} == tables


def test_the_order_of_rows_changes_nothing(tmp_path: Path) -> None:
    world = crowded_world(seed=7)
    first = build_exposure(write_world(tmp_path, world), SECRET)
    for seed in (1, 2):
        again = build_exposure(write_world(tmp_path, world, seed=seed), SECRET)
        assert again.month_table.frame.equals(first.month_table.frame)
        same_products(again.month_table, first.month_table)
        assert (again.bridge, again.findings) == (first.bridge, first.findings)


# ---------------------------------------------------------------- sums over customers


def test_neither_the_secret_nor_the_names_of_customers_change_anything(tmp_path: Path) -> None:
    world = crowded_world(seed=7)
    first = build_exposure(write_world(tmp_path, world), SECRET).month_table
    renamed = {
        name: [dataclasses.replace(row, customer=f"K{999 - int(row.customer)}") for row in rows]
        for name in ("calls", "events", "objections", "complaints")
        if (rows := getattr(world, name))
    }
    for other, secret in (
        (world, b"another secret"),
        (dataclasses.replace(world, **renamed), SECRET),
    ):
        again = build_exposure(write_world(tmp_path, other), secret).month_table
        assert again.frame.equals(first.frame)
        same_products(again, first)


def test_a_customer_with_hundreds_of_calls_in_a_month_is_one_row(tmp_path: Path) -> None:
    moments = [at("2024-03-01 09:00") + dt.timedelta(minutes=n) for n in range(700)]
    calls = [Call("busy", moment, converted=n < 40) for n, moment in enumerate(moments)]
    calls += [Call("quiet", at("2024-03-01 10:00")), Call("busy", at("2024-04-05 10:00"))]
    events = [Event(name, day("2024-01-10")) for name in ("busy", "quiet")]
    customers = expose(tmp_path, World(calls=calls, events=events)).month_table.customers
    assert customers is not None
    sums = {pair: square[1:, 1:].tolist() for pair, square in customers.sums.items()}
    assert sums == {
        ("conversion_exposure", "conversion_exposure"): [[700**2 + 1, 700], [700, 1]],
        ("conversion_exposure", "conversion_events"): [[700 * 40, 0], [40, 0]],
        ("conversion_events", "conversion_events"): [[40**2, 0], [0, 0]],
    }


def test_campaigns_of_a_customer_are_told_apart_from_three_on(tmp_path: Path) -> None:
    def counted(*campaigns: str) -> MonthTable:
        calls = [
            Call("a", at(f"2024-03-0{n + 1} 10:00"), campaign=c) for n, c in enumerate(campaigns)
        ]
        return expose(
            tmp_path, World(calls=calls, events=[Event("a", day("2024-01-10"))])
        ).month_table

    pair = ("conversion_exposure", "conversion_exposure")
    assert counted("lente", "herfst").cells is None
    three = counted("lente", "herfst", "winter")
    assert three.customers is not None
    assert three.cells is not None
    assert (three.customers.sums[pair][1, 1], three.cells.sums[pair][1, 1]) == (9, 3)


def test_a_table_counted_in_another_way_has_no_sums_over_customers(tmp_path: Path) -> None:
    exposure = build_exposure(write_world(tmp_path, crowded_world(seed=7)), SECRET)
    recounts = [recount.table for recount in exposure.recounts]
    assert recounts
    assert {table.customers for table in recounts} | {table.cells for table in recounts} == {None}


# ---------------------------------------------------------------- counts


def test_counts_that_exist_already_are_the_exposure_as_they_are(tmp_path: Path) -> None:
    rows = [[0, 100, 9], [1, 80, 5]]
    write_csv(tmp_path / "counts.csv", ["months_since_purchase", "contacts", "conversions"], rows)
    exposure = load_exposure(write_dossier(tmp_path, tables("counts")), SECRET)
    assert exposure.bridge == exposure.findings == ()
    assert exposure.month_table.outcome("conversion").exposure_by_month.tolist() == [100, 80]


def test_a_dossier_with_a_history_is_loaded_as_a_history(tmp_path: Path) -> None:
    dossier: Dossier = write_world(tmp_path, crowded_world(seed=7))
    assert load_exposure(dossier, SECRET).bridge[0].count == 300
