"""What Python users get from counts of their own: a table, or one sentence."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

import balanstest_analysis
from balanstest_analysis import fit_curve, rate_table
from balanstest_analysis.errors import FitError
from balanstest_analysis.statistics import rates

COUNTS = pd.DataFrame(
    {
        "months_since_purchase": [0, 1, 1, 3],
        "contacts": [200, 100, 50, 40],
        "conversions": [20, 8, 4, 0],
        "objections": [3, 2, 1, 1],
    }
)


def test_a_frame_gives_what_its_columns_give_with_the_rows_of_a_month_added_up() -> None:
    by_frame = rate_table(COUNTS, "objections", design_effect=1.2)
    by_hand = rates.rate_table([200, 150, 40], [3, 3, 1], months=[0, 1, 3], design_effect=1.2)
    pd.testing.assert_frame_equal(by_frame, by_hand)
    assert by_frame.dtypes[["month_from", "n", "k"]].eq("int64").all()


def test_the_only_column_of_events_need_not_be_named() -> None:
    alone = COUNTS.drop(columns="conversions")
    pd.testing.assert_frame_equal(rate_table(alone), rate_table(COUNTS, "objections"))
    table = rate_table(alone)
    again = rate_table(table, confidence_level=0.9)
    pd.testing.assert_frame_equal(again[["month_from", "n", "k"]], table[["month_from", "n", "k"]])


@pytest.mark.parametrize(
    ("frame", "events", "words"),
    [
        (COUNTS, None, "several columns of events: conversions, objections"),
        (COUNTS, "sales", "no column `sales`; it has months_since_purchase, contacts"),
        (COUNTS, [1, 2], "give the name of the column"),
        (COUNTS.drop(columns="contacts"), "objections", "no column of contacts"),
        (COUNTS[["contacts"]], None, "no column of events; it has contacts. Name it conversions."),
    ],
)
def test_a_frame_without_its_columns_is_told_which(
    frame: pd.DataFrame, events: Any, words: str
) -> None:
    with pytest.raises(FitError) as refused:
        rate_table(frame, events)
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)


NO_COUNTS: dict[str, tuple[Any, Any, str]] = {
    "more events than contacts": ([20, 10], [1, 11], "Row 2 has more events than contacts."),
    "negative contacts": ([-1], [0], "Row 1 has fewer than 0 contacts or events."),
    "negative events": ([3, 4], [1, -1], "Row 2 has fewer than 0"),
    "nan": ([10, np.nan], [1, 1], "Row 2 has contacts or events that are empty"),
    "infinite": ([np.inf], [1], "Row 1 has contacts or events that are empty or no number."),
    "none": ([10, None], [1, 1], "Row 2 has contacts or events that are empty"),
    "missing": ([10, pd.NA], [1, 1], "`exposure` holds an empty value"),
    "unequal lengths": ([10, 10], [1], "There are 2 months, 2 values of `exposure` and 1 of"),
    "text": (["10", "20"], [1, 1], "`exposure` holds text or dates."),
    "words": ([10, 20], ["one", 2], "`events` holds text or dates."),
    "dates": (pd.to_datetime(["2026-01-01"]), [1], "`exposure` holds text or dates."),
    "a square": ([[10, 20]], [[1, 1]], "`exposure` is no row of numbers."),
    "a number": (10, 1, "`exposure` is no row of numbers."),
}


@pytest.mark.parametrize(("exposure", "events", "words"), NO_COUNTS.values(), ids=NO_COUNTS)
def test_what_is_no_count_gets_one_sentence_of_table_and_fit_alike(
    exposure: Any, events: Any, words: str
) -> None:
    months = range(len(exposure)) if hasattr(exposure, "__len__") else 0
    told = []
    for ask in (lambda: rate_table(exposure, events), lambda: fit_curve(months, exposure, events)):
        with pytest.raises(FitError) as refused:
            ask()
        told.append(str(refused.value))
    assert told[0].startswith(words)
    assert told[0] == told[1] or "`months`" in told[1]
    assert "\n" not in told[0]


def test_events_that_are_left_out_and_a_level_in_percent_are_refused() -> None:
    with pytest.raises(FitError, match="`events` is missing"):
        rate_table([10, 20])
    with pytest.raises(FitError, match="`confidence_level` is 95; allowed is between 0 and 1"):
        rate_table([10], [1], confidence_level=95)


def test_the_package_tells_its_version_and_names_all_that_it_exports() -> None:
    assert balanstest_analysis.__version__.count(".") == 2
    assert {"judge", "rate_table", "__version__"} <= set(dir(balanstest_analysis))
    assert all(getattr(balanstest_analysis, name) for name in balanstest_analysis.__all__)


def test_what_is_shown_without_html_is_one_short_line() -> None:
    dossier = balanstest_analysis.load_dossier("data/sample/balanstest.toml")
    fit = fit_curve([0, 1, 2, 3, 4], [30] * 5, [2, 8, 15, 23, 27])
    found = [balanstest_analysis.judge(one, None) for one in dossier.criteria]
    term = balanstest_analysis.propose_term(found, cap_months=36, confidence_level=0.95)
    assert repr(fit) == "ShownFit(logistic, ok, months 0 to 4)"
    assert repr(found[0]) == (
        "CriterionResult('Kostendekkende conversie', no_outcome_data, term_months=None)"
    )
    assert repr(term) == "ShownTerm(undetermined, term_months=None)"
    assert repr(dossier) == (
        "Dossier('Stichting De Fictieve Vuurtoren, Donateurschap vuurtorenbehoud (fictief), "
        "2026-Q3', 4 criteria)"
    )
