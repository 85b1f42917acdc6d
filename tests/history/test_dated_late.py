"""Reports that stand on the day of processing are told; those that follow on calls never are."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray

from balanstest_analysis.history.compliance.dated_late import WINDOWS, dated_late

WINDOW = 30
Days = NDArray[np.float64]


def counted(days: Days) -> pd.DataFrame:
    """Return how many reports come after how many days, as far as is asked for."""
    whole = np.floor(days[(days >= 0) & (days <= WINDOWS * WINDOW)]).astype(int)
    numbers, reports = np.unique(whole, return_counts=True)
    return pd.DataFrame({"days": numbers, "reports": reports})


def with_background(days: Days, share: float, rng: np.random.Generator) -> Days:
    """Return days with a share of reports that have nothing to do with a call."""
    others = rng.uniform(0, WINDOWS * WINDOW, size=round(share * len(days)))
    return np.concatenate([days, others])


@pytest.mark.parametrize(
    ("mean_days", "background"),
    [*((days, share) for days in (0.5, 3, 7) for share in (0.0, 0.2, 0.5)), (10, 0.2)],
)
def test_what_follows_on_calls_is_never_told(mean_days: float, background: float) -> None:
    for seed in range(200):
        rng = np.random.default_rng([seed, round(10 * mean_days), round(10 * background)])
        size = int(rng.integers(20, 2_000))
        days = with_background(rng.exponential(mean_days, size), background, rng)
        assert dated_late(counted(days), "objection", WINDOW) is None


@pytest.mark.parametrize(("later", "spread"), [(28, 10), (35, 7), (40, 12), (28, 14)])
def test_a_day_of_processing_weeks_later_is_told(later: float, spread: float) -> None:
    for seed in range(200):
        rng = np.random.default_rng([seed, round(later), round(spread)])
        days = rng.exponential(3, 400) + np.maximum(rng.normal(later, spread, 400), 1)
        found = dated_late(counted(days), "objection", WINDOW)
        assert found is not None
        assert found.count == int((np.floor(days[days <= WINDOWS * WINDOW]) > WINDOW).sum())


def test_a_register_that_has_nothing_to_do_with_calls_is_told() -> None:
    days = np.random.default_rng(4).uniform(0, WINDOWS * WINDOW, 300)
    assert dated_late(counted(days), "complaint", WINDOW) is not None


@pytest.mark.parametrize("extra", [0.0, 1.0, 5.0, 40.0])
def test_weeks_within_the_window_lose_nothing_and_are_not_told(extra: float) -> None:
    few_lost = np.concatenate([np.full(300, 20.0), np.full(round(extra), 40.0)])
    assert dated_late(counted(few_lost), "objection", WINDOW) is None


def test_the_longer_it_took_the_sooner_it_is_told() -> None:
    rng = np.random.default_rng(9)
    days = rng.exponential(3, 600)
    told = [
        dated_late(counted(days + weeks * 7), "objection", WINDOW) is not None
        for weeks in range(14)
    ]
    assert told == sorted(told)
    assert told[0] is False
    assert told[-1] is True


def test_nothing_is_told_of_few_or_none() -> None:
    nothing = pd.DataFrame({"days": [], "reports": []})
    assert dated_late(nothing, "objection", WINDOW) is None
    assert dated_late(counted(np.full(19, 40.0)), "objection", WINDOW) is None
