"""What `balanstest analyse` says beside the criteria of what makes them doubtful."""

from __future__ import annotations

import pytest

from balanstest_analysis.cli.outcome import doubt_lines
from balanstest_analysis.history.findings import Finding


def test_doubtful_findings_are_named_with_where_they_are_told() -> None:
    codes = ("months_without_objections", "few_customer_match_events", "outside_hours")
    [line] = doubt_lines([Finding(code=code, count=12) for code in codes], 0)
    assert line == (
        "Doubtful by what was found in the history: few customer match events, months without "
        "objections; see `balanstest check`."
    )


@pytest.mark.parametrize("code", ["outside_hours", "months_without_calls"])
def test_where_nothing_is_doubtful_nothing_is_added(code: str) -> None:
    assert list(doubt_lines([Finding(code=code, count=12)], 0)) == []


def test_codes_that_stand_elsewhere_than_their_words_say_are_counted() -> None:
    [one], [two] = doubt_lines([], 1), doubt_lines([], 2)
    assert one.startswith("Look again: 1 result code stands elsewhere than its words say;")
    assert two.startswith("Look again: 2 result codes stand elsewhere than their words say;")
