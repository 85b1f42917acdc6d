"""A solver finds no small count in what is published, and none in two or three reports together."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from balanstest_analysis.disclosure.followed_periods import LAST_MONTHS
from studies import disclosure, usefulness
from studies.calibration import marked
from tests.disclosure_histories import PASSING, History, internal
from tests.disclosure_solver import attack_on, series_of
from tests.exact_results import published

Found = list[tuple[str, int, int]]


def quarters(seed: int, number: int, *passings: str) -> list[History]:
    """Return a history and how it went on, in ways drawn by chance if none are given."""
    rng = np.random.default_rng(seed)
    return series_of(seed, passings or [str(rng.choice(PASSING)) for _ in range(number - 1)])


def proven(histories: list[History], *, as_series: bool = True) -> Found:
    """Return what a solver proves from the reports, published one after the other."""
    return attack_on(histories, as_series=as_series).run()


@pytest.mark.parametrize("seed", range(14))
def test_one_report_proves_no_small_count(seed: int) -> None:
    assert proven(quarters(seed, 1)) == []


@pytest.mark.parametrize("passing", PASSING)
@pytest.mark.parametrize("seed", [22, 64])
def test_two_reports_together_prove_no_small_count(seed: int, passing: str) -> None:
    assert proven(quarters(seed, 2, passing)) == []


@pytest.mark.parametrize("seed", [101, 132])
def test_three_reports_together_prove_no_small_count(seed: int) -> None:
    assert proven(quarters(seed, 3)) == []


def test_the_solver_proves_small_counts_where_they_are_published() -> None:
    histories = quarters(24, 1)
    histories[0].minimum = 1
    assert len(proven(histories)) > 5


def test_the_solver_proves_small_changes_where_reports_do_not_mind_each_other() -> None:
    found = [name for name, _, _ in proven(quarters(64, 2, "quiet"), as_series=False)]
    assert any(name.startswith("change of") for name in found)


def test_a_rule_does_not_call_few_what_was_few_in_an_earlier_report() -> None:
    histories = quarters(5000, 3, "corrected", "busy")
    reports: list[dict[str, Any]] = []
    for history in histories:
        reports.append(published(internal(history), reports))
    [finding] = [f for f in reports[-1]["findings"] if f["code"] == "after_objection"]
    [rule] = [r for r in reports[-1]["compliance"]["rules"] if r["code"] == "after_objection"]
    assert histories[-1].findings["after_objection"] == 17
    assert (finding["count"], finding["kept_from"]) == (None, "2024-Q2")
    assert rule["hidden"] == {"count": "tells_another"}


def test_the_committed_study_is_large_enough_and_proves_nothing() -> None:
    table = pd.read_csv(disclosure.TABLE, keep_default_na=False)
    assert table["histories"].sum() >= 200
    assert {1, 2, 3} == {*table["reports"]}
    assert table["proven"].sum() == 0


@pytest.mark.parametrize(("name", "study"), [("attacked", disclosure), ("usefulness", usefulness)])
def test_the_page_has_the_table_of_the_study(name: str, study: Any) -> None:
    text = study.PAGE.read_text("utf-8")
    assert marked(text, {name: study.documented()}) == text


@pytest.mark.parametrize("name", ["sample", "sample, third quiet quarter"])
def test_readers_of_the_sample_keep_the_rows_that_they_had(name: str) -> None:
    table = pd.read_csv(usefulness.TABLE)
    own = table[(table["histories"] == name) & (table["rule"] == "about equal contacts")]
    rows = own.set_index("outcome")
    assert rows["rows"]["conversion"] == 12
    assert rows["rows"]["objection"] >= 8
    assert rows["rows_of_people"]["objection"] == len(LAST_MONTHS)  # every period there is


def test_elsewhere_limits_stay_as_narrow_and_at_most_a_quarter_of_the_rows_is_given_up() -> None:
    """Twelve rows are the most there are; joined from the left there were more of them."""
    table = pd.read_csv(usefulness.TABLE)
    asks_more = table["histories"].str.endswith(usefulness.REQUESTS)
    before, now = _before_and_now(table[~table["histories"].str.startswith("sample") & ~asks_more])
    assert (now["share_with_rows"] >= before["share_with_rows"]).all()
    assert (now["rows"] >= 0.75 * before["rows"]).all()
    assert (now["mean_width"] <= 1.07 * before["mean_width"]).all()


def test_requests_pay_for_rows_of_the_months_asked_for_but_never_with_all_of_an_outcome() -> None:
    """Their rows begin at the cap and at the term asked for; the page says what that costs."""
    table = pd.read_csv(usefulness.TABLE)
    before, now = _before_and_now(table[table["histories"].str.endswith(usefulness.REQUESTS)])
    assert len(now) == 2 * len(usefulness.OUTCOMES)
    assert (now["share_with_rows"] >= before["share_with_rows"]).all()
    assert (now["rows"] >= 0.5 * before["rows"]).all()
    assert (now["mean_width"] <= 1.4 * before["mean_width"]).all()


def _before_and_now(table: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    found = table.set_index(["rule", "histories", "outcome"])
    return found.loc["from the left"], found.loc["about equal contacts"]
