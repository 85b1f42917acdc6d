"""Cumulative incidence by life table with late entry, and what of it may be published."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from lifelines import KaplanMeierFitter
from scipy.stats import norm
from statsmodels.duration.survfunc import SurvfuncRight

from balanstest_analysis.analysis.exact_outcomes import incidence_months
from balanstest_analysis.disclosure.binning import base_bins
from balanstest_analysis.disclosure.earlier_counts import EarlierCounts
from balanstest_analysis.disclosure.incidence import published_incidence
from balanstest_analysis.disclosure.outcomes import PublishableCounts
from balanstest_analysis.published.counts import Exact, Few
from balanstest_analysis.published.json_form import json_of
from balanstest_analysis.published.outcomes import PublishedOutcome
from balanstest_analysis.statistics.cumulative_incidence import (
    at_risk,
    cumulative_incidence,
    product_limit,
)
from tests.exact_results import exact_result

MINIMUM = 10


def lives(seed: int, persons: int = 400, months: int = 30):
    """Return entry, leaving and whether by an event, one person after the other."""
    rng = np.random.default_rng(seed)
    entry = rng.integers(0, months // 2, persons)
    left = np.minimum(entry + rng.geometric(0.08, persons) - 1, months - 1)
    return entry, left, rng.random(persons) < 0.4


def life_table(entry, left, event) -> pd.DataFrame:
    months = int(left.max()) + 1
    return pd.DataFrame(
        {
            "month": np.arange(months),
            "entries": np.bincount(entry, minlength=months),
            "events": np.bincount(left[event], minlength=months),
            "exits": np.bincount(left[~event], minlength=months),
        }
    )


@pytest.mark.parametrize("seed", range(3))
def test_it_is_the_product_limit_with_late_entry(seed: int) -> None:
    entry, left, event = lives(seed)
    ours = cumulative_incidence(life_table(entry, left, event)).set_index("month_to")
    # statsmodels puts who enters at a time in the risk set after it
    theirs = SurvfuncRight(left, event.astype(int), entry=entry - 0.5)
    at = ours.loc[theirs.surv_times]
    assert at["at_risk"].tolist() == theirs.n_risk.tolist()
    assert (1 - at["incidence"]).tolist() == pytest.approx(theirs.surv_prob, abs=1e-12)


@pytest.mark.parametrize("seed", range(3))
def test_it_is_what_lifelines_gives_with_late_entry(seed: int) -> None:
    entry, left, event = lives(seed)
    ours = cumulative_incidence(life_table(entry, left, event)).set_index("month_to")
    fitted = KaplanMeierFitter().fit(left, event, entry=entry - 0.5)
    theirs = fitted.survival_function_at_times(ours.index)
    assert (1 - ours["incidence"]).tolist() == pytest.approx(theirs.tolist(), abs=1e-12)


def test_its_interval_is_greenwoods_on_the_log_log_scale() -> None:
    entry, left, event = lives(5)
    ours = cumulative_incidence(life_table(entry, left, event), 0.9).set_index("month_to")
    theirs = SurvfuncRight(left, event.astype(int), entry=entry - 0.5)
    survival, error = theirs.surv_prob, theirs.surv_prob_se
    spread = norm.ppf(0.95) * error / (survival * -np.log(survival))
    at = ours.loc[theirs.surv_times]
    for name, sign in (("incidence_lower", -1), ("incidence_upper", 1)):
        expected = 1 - survival ** np.exp(sign * spread)
        assert at[name].tolist() == pytest.approx(expected, abs=1e-10)


def test_without_events_only_the_upper_limit_is_above_zero() -> None:
    table = pd.DataFrame({"month": [0, 1], "entries": [50, 0], "events": [0, 0], "exits": [20, 5]})
    found = cumulative_incidence(table)
    assert found["incidence"].tolist() == found["incidence_lower"].tolist() == [0, 0]
    assert found["incidence_upper"].tolist() == pytest.approx(
        [1 - 0.025 ** (1 / 50), 1 - 0.025 ** (1 / 30)]
    )


def test_where_everybody_had_an_event_the_limits_stay_within_zero_and_one() -> None:
    table = pd.DataFrame({"month": [0, 1], "entries": [20, 0], "events": [8, 12], "exits": [0, 0]})
    found = cumulative_incidence(table)
    assert found["incidence"].tolist() == pytest.approx([0.4, 1])
    assert found["incidence_upper"].iloc[1] == 1
    assert found["incidence_lower"].iloc[1] == found["incidence_lower"].iloc[0]


def test_it_begins_with_the_first_person_and_bridges_no_gap() -> None:
    counts = {"entries": [0, 9, 0, 0, 5], "events": [0, 1, 2, 0, 1], "exits": [0, 0, 6, 0, 4]}
    found = cumulative_incidence(pd.DataFrame({"month": range(5), **counts}))
    assert found["month_from"].tolist() == [1, 2]


def test_a_life_table_without_persons_gives_no_rows() -> None:
    table = pd.DataFrame({"month": [0], "entries": [0], "events": [0], "exits": [0]})
    assert cumulative_incidence(table).empty


def test_those_at_risk_have_entered_and_are_not_gone() -> None:
    entry, left, event = lives(1)
    table = life_table(entry, left, event)
    expected = [int(((entry <= month) & (month <= left)).sum()) for month in table["month"]]
    assert at_risk(table).tolist() == expected


# ---------------------------------------------------------------- publication


def published(
    tables: dict[str, pd.DataFrame], *, contacts: int = 500, objections: int | None = None
):
    found = {name: incidence_months(cumulative_incidence(table)) for name, table in tables.items()}
    months = len(next(iter(tables.values())))
    exposure = np.full(months, contacts)
    publishable = PublishableCounts(
        counts={"objection": (exposure, exposure)},
        base=base_bins([exposure], MINIMUM),
        recent=frozenset(),
        earlier=EarlierCounts(minimum=MINIMUM),
        level=0.95,
    )
    events = Few() if objections is None else Exact(objections)
    outcome = PublishedOutcome(
        available=True,
        contacts=Exact(contacts),
        events=events,
        design_effect=None,
        rows=(),
        fits=(),
        curve=(),
    )
    exact = exact_result({}, cumulative_incidence=found)
    rows = published_incidence(exact, dict.fromkeys(found, outcome), publishable)
    return {name: [json_of(row) for row in told] for name, told in rows.items()}


def steady(events: list[int], *, entries: int = 60, exits: int = 20) -> pd.DataFrame:
    columns = {"entries": entries, "events": events, "exits": exits}
    return pd.DataFrame({"month": np.arange(len(events)), **columns})


def test_rows_are_of_about_equal_contacts_and_every_count_of_persons_is_large_enough() -> None:
    rows = published({"objection": steady([2, 3, 6] * 8)})["objection"]
    assert sum(row["events"] for row in rows) == 88
    assert all(row["events"] >= MINIMUM and row["mean_at_risk"] >= MINIMUM for row in rows)
    assert [row["month_to"] for row in rows] == [3, 7, 11, 15, 19, 23]


def test_shares_and_limits_follow_from_the_printed_rows_alone() -> None:
    rows = published({"objection": steady([2, 3, 6] * 8)})["objection"]
    n, k = (np.array([row[name] for row in rows], float) for name in ("mean_at_risk", "events"))
    told = [[row["incidence"], row["incidence_lower"], row["incidence_upper"]] for row in rows]
    again = np.stack(product_limit(n, k), axis=1)
    assert told == [[float(f"{value:.3g}") for value in row] for row in again]


def test_the_printed_rows_give_about_the_share_of_the_months_behind_them() -> None:
    table = steady([2, 3, 6] * 8)
    exact = cumulative_incidence(table).set_index("month_to")["incidence"]
    for row in published({"objection": table})["objection"]:
        assert row["incidence"] == pytest.approx(exact[row["month_to"]], rel=0.05)


def test_fewer_events_than_the_minimum_give_a_limit_that_does_not_tell_how_many() -> None:
    found = [published({"objection": steady([0] * 23 + [k])})["objection"] for k in (1, 9)]
    assert found[0] == found[1]
    assert [row["events"] for row in found[0]] == [None]
    assert found[0][0]["incidence"] is None
    assert 0 < found[0][0]["incidence_upper"] < 1


def test_a_row_of_one_month_is_told_only_where_enough_persons_came_and_left() -> None:
    def months(**persons: int) -> set[int]:
        rows = published({"objection": steady([20] * 8, **persons)})["objection"]
        return {row["month_to"] - row["month_from"] + 1 for row in rows}

    assert months() == {1}
    assert months(exits=1) == {2}


def test_events_are_not_told_where_they_differ_a_little_from_the_published_objections() -> None:
    table = steady([2, 3, 6] * 8)
    rows = published({"objection": table}, objections=83)["objection"]
    assert {row["events"] for row in rows} == {None}
    shares = [row["incidence"] for row in rows]
    assert shares[:2] == [None, None]  # of few steps only the limit is told
    assert all(share == round(share, 1) for share in shares if share is not None)
    assert published({"objection": table}, objections=88)["objection"][0]["events"] == 13


def test_persons_and_contacts_never_differ_by_a_small_count() -> None:
    assert published({"objection": steady([20] * 24, entries=497)}, contacts=500)["objection"]
    for row in published({"objection": steady([20] * 24, entries=497, exits=0)})["objection"]:
        contacts = 500 * (row["month_to"] - row["month_from"] + 1)
        assert abs(row["mean_at_risk"] - contacts) >= MINIMUM


def test_a_table_too_small_for_any_row_is_not_published() -> None:
    assert published({"objection": steady([1] * 6, entries=2, exits=1)}) == {"objection": []}
