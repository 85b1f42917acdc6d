"""The trend over printed rows, against statsmodels, and the sentence that follows from it."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm

from balanstest_analysis.presentation import conclusions
from balanstest_analysis.presentation.conclusions.trend import Trend, trend_of
from balanstest_analysis.published.counts import Exact, Few
from balanstest_analysis.published.outcomes import AtMost, RateRow
from tests.example_results import proposed, published, row


def rows_of(counts: list[tuple[int, int]], effect: float | None = None) -> list[RateRow]:
    """Return rows of three months each."""
    return [
        RateRow(
            month_from=3 * place,
            month_to=3 * place + 2,
            contacts=Exact(contacts),
            events=Exact(events),
            rate=AtMost(upper=1.0),
            design_effect=effect,
        )
        for place, (contacts, events) in enumerate(counts)
    ]


@pytest.mark.parametrize(
    "counts",
    [
        [(1000, 40), (900, 52), (800, 66), (400, 20)],
        [(5000, 300), (5000, 310), (5000, 305)],
        [(200, 30), (150, 12)],
    ],
)
def test_the_trend_is_the_score_test_of_statsmodels(counts: list[tuple[int, int]]) -> None:
    contacts, events = (np.array(column, float) for column in zip(*counts, strict=True))
    months = 3 * np.arange(len(counts)) + 1.0
    both = np.column_stack([events, contacts - events])
    flat = sm.GLM(both, np.ones((len(counts), 1)), family=sm.families.Binomial()).fit()
    statistic, p_value, *_ = flat.score_test(exog_extra=months[:, None])
    trend = trend_of(rows_of(counts))
    assert trend is not None
    assert trend.z**2 == pytest.approx(float(np.squeeze(statistic)))
    assert trend.p_value == pytest.approx(float(np.squeeze(p_value)))


def test_counts_are_divided_by_the_printed_design_effect() -> None:
    counts = [(1000, 40), (1000, 52), (1000, 66)]
    plain, wide = trend_of(rows_of(counts)), trend_of(rows_of(counts, 2.0))
    assert plain is not None
    assert wide is not None
    assert wide.z == pytest.approx(plain.z / 2**0.5)


def test_a_hidden_count_one_row_or_no_event_gives_no_trend() -> None:
    [first, *_] = rows_of([(1000, 40)])
    hidden = RateRow(
        month_from=3, month_to=5, contacts=Exact(900), events=Few(), rate=AtMost(upper=0.01)
    )
    assert trend_of([first, hidden]) is None
    assert trend_of([first]) is None
    assert trend_of(rows_of([(1000, 0), (1000, 0)])) is None


def objections(*counts: int, contacts: int = 2000) -> str:
    """Return what is told of rows of three months with these objections."""
    result = proposed()
    entry = result["outcomes"]["objection"]
    entry["rates"] = [
        row(3 * place, 3 * place + 2, contacts, events) for place, events in enumerate(counts)
    ]
    return " ".join(conclusions.outcome_sentences(published(result), "objection"))


def test_a_rise_over_all_rows_is_told_where_first_and_last_alone_overlap() -> None:
    text = objections(100, 96, 104, 118, 124, 122)
    assert "overlappen elkaar, maar over alle tijdvakken samen stijgt het percentage" in text
    assert "p = 0,0" in text
    assert "niet af te leiden" not in text


def test_without_a_trend_none_is_claimed_nor_excluded() -> None:
    text = objections(100, 103, 98, 101)
    assert "samen is geen daling of stijging aangetoond" in text
    assert "Dat het percentage gelijk blijft, volgt daar niet uit." in text


def test_a_handful_of_complaints_that_rises_is_not_waved_away() -> None:
    result = proposed()
    entry = result["outcomes"]["complaint"]
    entry["rates"] = [row(0, 11, 20_000, 12), row(12, 23, 12_000, 14), row(24, 47, 8_000, 12)]
    entry["total"] = row(0, 47, 40_000, 38)
    text = " ".join(conclusions.outcome_sentences(published(result), "complaint"))
    assert "Toch is er een verloop te zien: over alle tijdvakken samen stijgt het perc" in text


def test_a_trend_is_shown_at_five_percent() -> None:
    assert Trend(z=2.0, p_value=0.0455).is_shown
    assert not Trend(z=1.9, p_value=0.0574).is_shown
