"""Cumulative incidence by life table since the first contact, and what of it may be published."""

from __future__ import annotations

from collections.abc import Sequence

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
from balanstest_analysis.history.exposure.lifetimes import followed_table
from balanstest_analysis.published.counts import Exact, Few
from balanstest_analysis.published.json_form import json_of
from balanstest_analysis.published.outcomes import PublishedOutcome
from balanstest_analysis.statistics.cumulative_incidence import (
    cumulative_incidence,
    product_limit,
)
from tests.exact_results import exact_result

MINIMUM = 10


def lives(seed: int, persons: int = 400, months: int = 30):
    """Return when each person left, and whether by an event."""
    rng = np.random.default_rng(seed)
    left = np.minimum(rng.geometric(0.08, persons) - 1, months - 1)
    return left, rng.random(persons) < 0.4


def life_table(left, event) -> pd.DataFrame:
    months = int(left.max()) + 1
    return followed_table(
        np.bincount(left[event], minlength=months), np.bincount(left[~event], minlength=months)
    )


@pytest.mark.parametrize("seed", range(3))
def test_it_is_the_product_limit(seed: int) -> None:
    left, event = lives(seed)
    ours = cumulative_incidence(life_table(left, event)).set_index("month_to")
    theirs = SurvfuncRight(left, event.astype(int))
    at = ours.loc[theirs.surv_times]
    assert at["at_risk"].tolist() == theirs.n_risk.tolist()
    assert (1 - at["incidence"]).tolist() == pytest.approx(theirs.surv_prob, abs=1e-12)


@pytest.mark.parametrize("seed", range(3))
def test_it_is_what_lifelines_gives(seed: int) -> None:
    left, event = lives(seed)
    ours = cumulative_incidence(life_table(left, event)).set_index("month_to")
    fitted = KaplanMeierFitter().fit(left, event)
    theirs = fitted.survival_function_at_times(ours.index)
    assert (1 - ours["incidence"]).tolist() == pytest.approx(theirs.tolist(), abs=1e-12)


def test_its_interval_is_greenwoods_on_the_log_log_scale() -> None:
    left, event = lives(5)
    ours = cumulative_incidence(life_table(left, event), 0.9).set_index("month_to")
    theirs = SurvfuncRight(left, event.astype(int))
    survival, error = theirs.surv_prob, theirs.surv_prob_se
    spread = norm.ppf(0.95) * error / (survival * -np.log(survival))
    at = ours.loc[theirs.surv_times]
    for name, sign in (("incidence_lower", -1), ("incidence_upper", 1)):
        expected = 1 - survival ** np.exp(sign * spread)
        assert at[name].tolist() == pytest.approx(expected, abs=1e-10)


def test_without_events_only_the_upper_limit_is_above_zero() -> None:
    found = cumulative_incidence(followed_table(np.array([0, 0]), np.array([20, 30])))
    assert found["incidence"].tolist() == found["incidence_lower"].tolist() == [0, 0]
    assert found["incidence_upper"].tolist() == pytest.approx(
        [1 - 0.025 ** (1 / 50), 1 - 0.025 ** (1 / 30)]
    )


def test_where_everybody_had_an_event_the_limits_stay_within_zero_and_one() -> None:
    found = cumulative_incidence(followed_table(np.array([8, 12]), np.array([0, 0])))
    assert found["incidence"].tolist() == pytest.approx([0.4, 1])
    assert found["incidence_upper"].iloc[1] == 1
    assert found["incidence_lower"].iloc[1] == found["incidence_lower"].iloc[0]


def test_those_at_risk_are_all_who_have_not_left() -> None:
    left, event = lives(1)
    table = life_table(left, event)
    expected = [int((month <= left).sum()) for month in table["month"]]
    assert table["at_risk"].tolist() == expected


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
    exact = exact_result({}, incidence_since_contact=found)
    rows = published_incidence(exact, dict.fromkeys(found, outcome), publishable)
    return {name: [json_of(row) for row in told] for name, told in rows.items()}


def steady(events: Sequence[int], *, people: int = 4000, exits: int = 40) -> pd.DataFrame:
    """Return a life table in which as many leave every month, and the rest in the last."""
    left = np.full(len(events), exits)
    left[-1] = people - sum(events) - left[:-1].sum()
    return followed_table(np.array(events), left)


def ends(rows: Sequence[dict]) -> list[int]:
    return [row["month_to"] for row in rows]


def test_rows_are_whole_periods_and_every_count_of_persons_is_large_enough() -> None:
    rows = published({"objection": steady([60, *[6] * 40])})["objection"]
    assert ends(rows) == [0, 2, 5, 11, 23, 35]
    assert [row["events"] for row in rows] == [60, 12, 18, 36, 72, 72]
    assert all(row["mean_at_risk"] >= MINIMUM for row in rows)


def test_the_first_month_stands_apart_and_later_months_are_joined_for_it() -> None:
    assert ends(published({"objection": steady([60, *[1] * 40])})["objection"]) == [0, 11, 35]
    assert ends(published({"objection": steady([60, *[0, 1] * 9])})["objection"]) == [0]
    assert ends(published({"objection": steady([4] * 41)})["objection"])[0] == 2


def test_people_are_told_of_as_long_as_enough_of_them_are_followed() -> None:
    few = steady([60, *[12] * 40], people=700, exits=10)
    assert ends(published({"objection": few})["objection"])[-1] == 23


def test_shares_and_limits_follow_from_the_printed_rows_alone() -> None:
    rows = published({"objection": steady([60, *[6] * 40])})["objection"]
    n, k = (np.array([row[name] for row in rows], float) for name in ("mean_at_risk", "events"))
    told = [[row["incidence"], row["incidence_lower"], row["incidence_upper"]] for row in rows]
    again = np.stack(product_limit(n, k), axis=1)
    assert told == [[float(f"{value:.3g}") for value in row] for row in again]


@pytest.mark.parametrize("exits", [0, 40, 80])
def test_the_printed_rows_give_about_the_share_of_the_months_behind_them(exits: int) -> None:
    table = steady([300, *[20] * 5, *[8] * 35], exits=exits)
    exact = cumulative_incidence(table).set_index("month_to")["incidence"]
    for row in published({"objection": table})["objection"]:
        assert row["incidence"] == pytest.approx(exact[row["month_to"]], rel=0.02)


def test_fewer_events_than_the_minimum_give_a_limit_that_does_not_tell_how_many() -> None:
    def rows(events: int):
        left = np.array([60 - events, *[40] * 40])
        table = followed_table(np.array([events, *[0] * 40]), left)
        return published({"objection": table})["objection"]

    assert rows(1) == rows(9)
    assert [row["events"] for row in rows(1)] == [None]
    assert rows(1)[0]["incidence"] is None
    assert 0 < rows(1)[0]["incidence_upper"] < 1


def test_a_row_is_told_only_where_enough_persons_left_in_it() -> None:
    assert ends(published({"objection": steady([60] * 41, exits=12)})["objection"])[:2] == [0, 2]
    assert ends(published({"objection": steady([60] * 41, exits=4)})["objection"])[0] == 2


def test_events_are_not_told_where_they_differ_a_little_from_the_published_objections() -> None:
    table = steady([60, *[6] * 40])
    rows = published({"objection": table}, objections=265)["objection"]
    assert {row["events"] for row in rows} == {None}
    assert all(
        row["incidence"] == round(row["incidence"], 2)
        for row in rows
        if row["incidence"] is not None
    )
    assert published({"objection": table}, objections=270)["objection"][0]["events"] == 60


def test_persons_and_contacts_never_differ_by_a_small_count() -> None:
    table = steady([60, *[6] * 40])  # 41 months of contacts
    assert published({"objection": table}, contacts=100)["objection"]
    assert published({"objection": steady([60] * 41, people=4097)}, contacts=100) == {
        "objection": []
    }


def test_the_persons_of_two_outcomes_never_differ_by_a_small_count() -> None:
    objections, complaints = steady([60, *[6] * 40]), steady([60, *[6] * 40], people=4003)
    assert published({"objection": objections, "complaint": complaints}) == {
        "objection": [],
        "complaint": [],
    }


def test_a_table_too_small_for_any_row_is_not_published() -> None:
    assert published({"objection": steady([1] * 6, people=9, exits=0)}) == {"objection": []}
