"""The term under other choices, and which of them there are."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from balanstest_analysis.analysis.method import analyse
from balanstest_analysis.history.exposure import build_exposure
from balanstest_analysis.history.month_table import MonthTable, Recount
from balanstest_analysis.term.outcomes import analyse_outcomes, series_of
from balanstest_analysis.term.proposal import propose
from balanstest_analysis.term.recount_proposals import proposals_when_recounted
from balanstest_analysis.term.sensitivity import proposals_under_other_choices, scaled_criterion
from tests.counts import dossier, month_table
from tests.histories import crowded_world, tables, write_csv, write_dossier, write_world
from tests.slow_reference import Call, Event, World

SECRET = b"a secret for tests"
BENEFIT = {"name": "baat", "kind": "minimum_rate", "outcome": "conversion", "threshold": 0.05}
BURDEN = {"name": "verzet", "kind": "maximum_rate", "outcome": "objection", "threshold": 0.06}
WEIGHED = {
    "name": "last",
    "kind": "burden_per_conversion",
    "threshold": 2.0,
    "complaint_weight": 5.0,
}
RATIO = {
    "name": "verhouding",
    "kind": "maximum_ratio",
    "outcome": "objection",
    "factor": 2.0,
    "reference_months": [0, 11],
}


def table(seed: int = 1, *, contacts: int = 20_000, campaigns: int = 1) -> MonthTable:
    return month_table(
        np.random.default_rng(seed),
        {
            "conversion": lambda month: 0.15 * np.exp(-0.04 * month),
            "objection": lambda month: 0.03 + 0.001 * month,
        },
        contacts=contacts,
        campaigns=campaigns,
    )


def proposal_of(asked, counted: MonthTable):
    return propose(asked, series_of(analyse_outcomes(asked, counted), counted.months))


def recounted(asked, counted: MonthTable, *recounts: Recount):
    outcomes = analyse_outcomes(asked, counted)
    proposal = propose(asked, series_of(outcomes, counted.months))
    return proposals_when_recounted(asked, proposal, outcomes, recounts)


def choices(folder: Path, world: World) -> list[tuple[str, object]]:
    recounts = build_exposure(write_world(folder, world), SECRET).recounts
    return [(recount.choice, recount.value) for recount in recounts]


# ---------------------------------------------------------------- thresholds, families, campaigns


def test_every_criterion_is_scaled_and_a_horizon_is_not() -> None:
    asked = dossier([BENEFIT, RATIO, {"name": "duur", "kind": "horizon", "months": 24}])
    benefit, ratio, horizon = (scaled_criterion(criterion, 0.5) for criterion in asked.criteria)
    assert (benefit.threshold, ratio.factor, horizon) == (0.025, 1.0, None)


def test_there_is_a_row_for_every_threshold_family_and_campaign() -> None:
    asked = dossier([BENEFIT, RATIO], resamples=200)
    counted = table(campaigns=3)
    outcomes = analyse_outcomes(asked, counted)
    series = series_of(outcomes, counted.months)
    rows = proposals_under_other_choices(asked, counted, outcomes, series)
    found = [(row.choice, row.criterion) for row in rows]
    assert found.count(("threshold", "baat")) == found.count(("threshold", "verhouding")) == 5
    assert found.count(("reference_months", "verhouding")) == 1
    assert [row.value for row in rows if row.choice == "without_campaign"] == ["c00", "c01", "c02"]
    assert {"constant", "spline6"} <= {row.value for row in rows if row.choice == "family"}


def test_another_threshold_gives_the_proposal_of_a_dossier_that_has_it() -> None:
    asked, counted = dossier([BENEFIT, BURDEN, RATIO], resamples=200), table()
    outcomes = analyse_outcomes(asked, counted)
    series = series_of(outcomes, counted.months)
    rows = proposals_under_other_choices(asked, counted, outcomes, series)
    for row in (row for row in rows if row.choice == "threshold"):
        criteria = [
            scaled_criterion(one, row.value) if one.name == row.criterion else one
            for one in asked.criteria
        ]
        found = propose(asked.model_copy(update={"criteria": criteria}), series)
        assert (row.status, row.term_months) == (found.status, found.term_months), row


# ---------------------------------------------------------------- the history counted otherwise


def test_a_recount_of_the_same_counts_gives_the_same_term() -> None:
    asked, counted = dossier([BENEFIT, BURDEN], resamples=200), table()
    proposal = proposal_of(asked, counted)
    recount = Recount(choice="denominator", value="call", table=counted)
    row = recounted(asked, counted, recount)[0]
    assert (row.choice, row.value, row.criterion) == ("denominator", "call", None)
    assert (row.status, row.term_months) == (proposal.status, proposal.term_months)


def test_recounts_that_are_fitted_together_keep_their_own_rows() -> None:
    asked, counted = dossier([BENEFIT, BURDEN], resamples=200), table()
    recounts = [
        Recount(choice="x", value=1, table=table(2, contacts=4_000)),
        Recount(choice="x", value=2, table=table(3), changed=frozenset({"objection"})),
        Recount(choice="x", value=3, table=table(4, contacts=60_000)),
    ]
    together = recounted(asked, counted, *recounts)
    assert together == tuple(recounted(asked, counted, one)[0] for one in recounts)
    assert len({row.term_months for row in together}) > 1


def test_contacts_in_months_that_the_history_has_none_of_get_curves_of_their_own() -> None:
    asked, counted = dossier([BENEFIT], resamples=200), table()
    frame = counted.frame[counted.frame["month"] < 10]
    short = replace(counted, frame=frame)
    row = recounted(asked, short, Recount(choice="x", value=1, table=counted))[0]
    whole = proposal_of(asked, counted).term_months
    assert row.term_months is not None
    assert whole is not None
    assert min(row.term_months, whole) > 10
    assert abs(row.term_months - whole) <= 1, "the covariance is carried over from ten months"


def test_criteria_on_counts_that_stay_the_same_keep_their_result() -> None:
    asked, counted = dossier([BENEFIT, BURDEN], resamples=200), table()
    nothing = MonthTable(frame=counted.frame.iloc[:0], available=frozenset())
    changed = frozenset({"objection"})
    recount = Recount(choice="x", value=1, table=table(2, contacts=90_000), changed=changed)
    alone = dossier([BENEFIT], resamples=200)
    term = proposal_of(alone, counted).term_months
    assert recounted(asked, counted, recount)[0].term_months <= term
    untouched = Recount(choice="x", value=1, table=nothing, changed=changed)
    assert recounted(alone, counted, untouched) == ()


def test_a_criterion_that_weighs_outcomes_together_follows_any_of_them() -> None:
    asked, counted = dossier([WEIGHED], resamples=200), table()
    counted = replace(counted, available=counted.available | {"complaint"})
    joint = frozenset({"objection", "joint_conversion", "joint_objection", "joint_complaint"})
    recount = Recount(choice="x", value=1, table=counted, changed=joint)
    assert recounted(asked, counted, recount)[0].status == proposal_of(asked, counted).status


def test_an_outcome_that_a_recount_leaves_without_contacts_is_untested() -> None:
    asked, counted = dossier([BENEFIT, BURDEN], resamples=200), table()
    empty = replace(counted, frame=counted.frame.assign(objection_exposure=0, objection_events=0))
    row = recounted(asked, counted, Recount(choice="x", value=1, table=empty))[0]
    assert row.status == "undetermined"


@pytest.mark.parametrize(("contacts", "rows"), [(90, 0), (110, 1)])
def test_a_year_needs_a_hundred_contacts(contacts: int, rows: int) -> None:
    asked, counted = dossier([BENEFIT], resamples=200), table()
    recount = Recount(choice="year", value="2024", table=table(3, contacts=contacts))
    assert len(recounted(asked, counted, recount)) == rows


# ---------------------------------------------------------------- which choices a history has


def test_windows_are_halved_and_doubled_where_there_is_a_table(tmp_path: Path) -> None:
    world = crowded_world(seed=3, with_complaints=False, objection_days=31, customers=10)
    found = choices(tmp_path, world)
    assert found[:3] == [
        ("denominator", "call"),
        ("objection_window_days", 16),
        ("objection_window_days", 62),
    ]
    assert not any(choice == "complaint_window_days" for choice, _ in found)


def test_a_window_is_never_doubled_beyond_a_year_or_repeated(tmp_path: Path) -> None:
    world = crowded_world(seed=3, objection_days=365, complaint_days=0, customers=10)
    found = [found for found in choices(tmp_path, world) if "window" in found[0]]
    assert found == [("objection_window_days", 182)]


def test_a_dossier_that_counts_calls_is_also_counted_by_net_contacts(tmp_path: Path) -> None:
    world = crowded_world(seed=3, count_calls=True, customers=10)
    assert choices(tmp_path, world)[0] == ("denominator", "net_contact")


def test_choices_that_would_change_nothing_are_not_there(tmp_path: Path) -> None:
    moment = dt.datetime(2024, 3, 1, 10)
    events = [Event("a", dt.date(2024, 1, 1), "donation"), Event("b", moment.date(), "volunteer")]
    assert choices(tmp_path, World(calls=[Call("a", moment)], events=events)) == [
        ("denominator", "call")
    ]


def test_the_other_reference_event_is_the_last_that_was_bought(tmp_path: Path) -> None:
    moment = dt.datetime(2024, 3, 1, 10)
    events = [
        Event("a", dt.date(2023, 1, 1), "donation"),
        Event("a", dt.date(2024, 1, 1), "volunteer"),
    ]
    exposure = build_exposure(
        write_world(tmp_path, World(calls=[Call("a", moment)], events=events)), SECRET
    )
    recount = next(recount for recount in exposure.recounts if recount.choice == "reference_event")
    assert (recount.value, recount.table.months) == ("donation", 15)
    assert exposure.month_table.months == 3


def test_ready_made_counts_are_not_counted_otherwise(tmp_path: Path) -> None:
    rows = [[month, 400, 30] for month in range(6)]
    header = ["months_since_purchase", "contacts", "conversions"]
    write_csv(tmp_path / "counts.csv", header, rows)
    analysis = analyse(write_dossier(tmp_path, tables("counts"), settings="resamples = 200"))
    result = analysis.to_dict()
    assert {row["choice"] for row in result["sensitivity"]} == {"family"}
    assert result["incidence_since_contact"] == {}
