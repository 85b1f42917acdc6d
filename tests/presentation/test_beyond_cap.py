"""Counts show how many contacts lie beyond the cap; a history is tested call by call."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from balanstest_analysis.presentation.conclusions.beyond_cap import (
    advice_unknown,
    contacts_beyond_cap,
)
from tests.example_results import counts_only, proposed, published, row


def counts(*rows: dict[str, Any], total: int | None) -> dict[str, Any]:
    """Return a report on counts with these rows of conversions."""
    result = counts_only()
    result["fingerprints"] = {"counts": "1" * 16}
    every = {**row(0, 47, 9000, 90), "n": total}
    result["outcomes"]["conversion"].update(rates=list(rows), total=every)
    return result


def test_contacts_in_rows_beyond_the_cap_are_told_with_the_month_they_begin_with() -> None:
    rows = (row(0, 35, 6000, 60), row(36, 41, 2000, 20), row(42, 47, 1000, 10))
    result = published(counts(*rows, total=9000))
    assert contacts_beyond_cap(result) == (
        "Van de 9.000 netto contacten vallen er 3.000 in maand 36 of later, buiten de grens van 36 "
        "maanden (Code); of daarvoor een positief advies van het Compliance Comité was, is niet "
        "bekend."
    )
    assert "om in maand 36 of later te bellen, is niet bekend" in advice_unknown(result)


def test_a_row_across_the_cap_counts_for_nothing_and_a_hidden_sum_is_left_out() -> None:
    rows = (row(0, 32, 6000, 60), row(33, 38, 2000, 20), row(39, 47, 1000, 10))
    told = contacts_beyond_cap(published(counts(*rows, total=None)))
    assert told.startswith("Er vallen 1.000 netto contacten in maand 39 of later, buiten")


def test_nothing_is_told_without_rows_beyond_the_cap_a_cap_or_counts() -> None:
    within = published(counts(row(0, 35, 6000, 60), total=6000))
    beyond = published(counts(row(0, 35, 6000, 60), row(36, 47, 3000, 30), total=9000))
    uncapped = replace(beyond, regime=replace(beyond.regime, cap_months=None))
    for result in (within, uncapped, published(proposed())):
        assert contacts_beyond_cap(result) == ""
        assert advice_unknown(result) == ""


def test_a_count_that_is_hidden_beyond_the_cap_tells_no_sum() -> None:
    hidden = {**row(36, 47, 3000, 30), "n": None, "k": None, "rate": None, "rate_lower": None}
    result = published(counts(row(0, 35, 6000, 60), hidden, total=9000))
    assert contacts_beyond_cap(result) == ""
