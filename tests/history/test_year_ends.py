"""Ends of relations on one day of the year: found, and not made up of whole months."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import pytest

from balanstest_analysis.history.compliance.year_ends import year_ends

Days = Mapping[tuple[int, int], int]
ANY_DAY: Days = {(month, day): 1 for month in range(1, 13) for day in range(1, 29)}
WHOLE_MONTHS: Days = {(month, 28): 20 for month in range(1, 13)}
YEAR_END = (12, 31)


def found_in(days: Days) -> int:
    rows = [(month, day, number) for (month, day), number in days.items()]
    found = year_ends(pd.DataFrame(rows, columns=["month", "day", "rows"]))
    return 0 if found is None else found.count


@pytest.mark.parametrize(
    ("days", "found"),
    [
        (ANY_DAY | {YEAR_END: 112}, 112),
        (ANY_DAY | {YEAR_END: 111}, 0),
        (WHOLE_MONTHS | {YEAR_END: 80}, 80),
        (WHOLE_MONTHS | {YEAR_END: 79}, 0),
        (WHOLE_MONTHS | {(1, 1): 100, YEAR_END: 100}, 0),
        ({YEAR_END: 100}, 100),
        ({YEAR_END: 99}, 0),
        ({}, 0),
    ],
    ids=[
        *("a quarter", "less than a quarter", "whole months", "a full month", "two days"),
        *("all on one day", "few", "none"),
    ],
)
def test_ends_on_one_day_of_the_year_are_told_where_no_other_day_has_as_many(
    days: Days, found: int
) -> None:
    assert found_in(days) == found
