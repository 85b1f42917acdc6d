"""What is said of late months follows from these data, and is silent where they are well filled."""

from __future__ import annotations

from typing import Any

from balanstest_analysis.presentation import conclusions
from tests.example_results import counts_only, no_term, proposed, published, row


def limits_of(result: dict[str, Any]) -> str:
    return " ".join(conclusions.limitations(published(result)))


def with_rows(*rows: dict[str, Any]) -> dict[str, Any]:
    result = proposed()
    for name in ("conversion", "objection", "complaint"):
        result["outcomes"][name]["rates"] = [dict(item) for item in rows]
    return result


def test_few_contacts_within_the_term_are_told_with_their_number() -> None:
    dense = [row(0, 5, 9000, 500), row(6, 11, 8400, 460)]
    text = limits_of(with_rows(*dense, row(12, 17, 660, 40), row(18, 23, 600, 40)))
    assert "Vanaf maand 12 zijn er nog hooguit ongeveer 110 netto contacten per maand." in text


def test_months_that_are_well_filled_have_no_thin_tail() -> None:
    even = [row(0, 11, 1800, 100), row(12, 23, 1500, 90)]
    assert "per maand. Daar is" not in limits_of(with_rows(*even))  # few, but not fewer than before
    assert "per maand. Daar is" not in limits_of(proposed())


def test_few_contacts_beyond_the_term_are_no_limitation_of_it() -> None:
    dense = [row(0, 11, 18_000, 900), row(12, 23, 16_000, 900)]
    assert "per maand. Daar is" not in limits_of(with_rows(*dense, row(24, 35, 700, 40)))
    without = {**no_term(), "outcomes": with_rows(*dense, row(12, 23, 700, 40))["outcomes"]}
    assert "per maand. Daar is" not in limits_of(without)


def test_other_people_late_are_told_only_where_reach_or_campaigns_moved() -> None:
    assert "is bereikt) van 42% naar 61%" in limits_of(proposed())
    assert "andere mensen" not in limits_of(counts_only())
    steady = proposed()
    steady["composition"] = [
        {**item, "reached_share": 0.42, "largest_campaign_share": 0.18}
        for item in steady["composition"]
    ]
    assert "andere mensen" not in limits_of(steady)


def test_no_organisation_is_said_to_choose_with_a_model() -> None:
    assert "model" not in limits_of(proposed())
