"""Calls that look chosen as a whole, and calls as diallers make them."""

from __future__ import annotations

import pandas as pd
import pytest

from balanstest_analysis.history.compliance.call_patterns import call_patterns


def by_day(numbers: range, rows: int) -> pd.DataFrame:
    return pd.DataFrame({"number": [*numbers], "rows": rows})


MONDAYS = by_day(range(0, 70, 7), 50)


@pytest.mark.parametrize(
    ("days", "customers", "codes"),
    [
        (MONDAYS, 499, ["calls_on_one_weekday"]),
        (MONDAYS, 500, ["one_call_per_customer", "calls_on_one_weekday"]),
        (MONDAYS, None, ["calls_on_one_weekday"]),
        (by_day(range(0, 70, 7), 49), 490, []),
        (by_day(range(0, 49, 7), 100), 300, []),
        (by_day(range(100), 10), 700, []),
        (by_day(range(100), 10), 1000, ["one_call_per_customer"]),
    ],
    ids=["Mondays", "both", "customers unknown", "few calls", "few weeks", "any day", "one each"],
)
def test_what_is_odd_about_all_calls_is_told(
    days: pd.DataFrame, customers: int | None, codes: list[str]
) -> None:
    assert [code for code, _ in call_patterns(days, customers)] == codes


def test_a_few_calls_on_other_days_hide_nothing() -> None:
    strays = pd.DataFrame({"number": [1, 9], "rows": [10, 10]})
    assert [*call_patterns(pd.concat([MONDAYS, strays]), 300)] == [("calls_on_one_weekday", 500)]
    strays["rows"] = 20
    assert [*call_patterns(pd.concat([MONDAYS, strays]), 300)] == []
