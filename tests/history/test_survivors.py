"""Histories of which only those are left who bought or gave again."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest

from balanstest_analysis.history.compliance.survivors import survivors


def months(contacts: Sequence[int], back: Sequence[int]) -> pd.DataFrame:
    return pd.DataFrame(
        {"called_in": range(24300, 24300 + len(contacts)), "contacts": contacts, "back": back}
    )


@pytest.mark.parametrize(
    ("found", "count"),
    [
        (months([50] * 8, [50] * 3 + [10] * 5), 150),
        (months([50] * 8, [45] * 3 + [10] * 5), 150),
        (months([50] * 8, [44] * 3 + [10] * 5), None),
        (months([50] * 8, [50] * 2 + [10] * 6), None),
        (months([33] * 8, [33] * 3 + [5] * 5), None),
        (months([50] * 8, [10] * 5 + [50] * 3), None),
        (months([50] * 8, [50] * 8), 400),
        (months([], []), None),
    ],
    ids=["all", "nearly", "many", "two months", "few", "at the end", "everybody", "no contacts"],
)
def test_first_months_in_which_nearly_all_came_back_are_told(
    found: pd.DataFrame, count: int | None
) -> None:
    told = survivors(found)
    assert (told and told.count) == count


def test_the_order_of_the_months_makes_no_difference() -> None:
    found = months([50] * 8, [50] * 3 + [10] * 5)
    told = survivors(found.sample(frac=1, random_state=3))
    assert told == survivors(found)
    assert told is not None
    assert told.detail.startswith("In 2025-01 through 2025-03: 150 of 150")


@pytest.mark.parametrize("seed", range(20))
def test_people_who_often_come_back_are_not_taken_for_survivors(seed: int) -> None:
    rng = np.random.default_rng(seed)
    left = np.arange(36)[::-1] / 36
    share = 0.75 * left * rng.uniform(0.9, 1.1, 36)
    assert survivors(months([200] * 36, rng.binomial(200, share).tolist())) is None
