"""What the criteria leave free speaks against the proposal."""

from __future__ import annotations

from typing import Any

import pytest

from balanstest_analysis.presentation import conclusions
from tests.example_results import criterion, overall_rate, proposed, published, row


def points_of(result: dict[str, Any]) -> str:
    return " ".join(point.text for point in conclusions.counterpoints(published(result)))


def with_total(threshold: float, total: dict[str, Any], **changes: Any) -> dict[str, Any]:
    result = proposed()
    result["criteria"][2].update(threshold=threshold, **changes)
    result["outcomes"]["complaint"]["total"] = total
    return result


def test_an_outcome_that_no_criterion_speaks_of_is_named() -> None:
    result = proposed()
    assert "geen criterium over" not in points_of(result)
    del result["criteria"][2]
    text = points_of(result)
    assert "gegevens over klachten aangeleverd, maar er is geen criterium over klachten" in text
    assert "Er zijn gegevens over conversie" not in text


@pytest.mark.parametrize(("weight", "told"), [(5.0, False), (0.0, True)])
def test_a_criterion_that_weighs_complaints_speaks_of_them(weight: float, told: bool) -> None:
    result = proposed()
    result["criteria"][2] = criterion(
        "burden_per_conversion",
        None,
        name="Hinder per conversie",
        parameters={"complaint_weight": weight},
    )
    assert ("geen criterium over klachten" in points_of(result)) is told


def test_a_limit_many_times_the_observed_rate_is_told_with_how_many() -> None:
    text = points_of(with_total(0.008, row(0, 47, 40_000, 36)))
    assert "‘Klachten blijven zeldzaam’ (0,8%) is ongeveer 9 keer zo hoog als" in text
    assert "het waargenomen klachtpercentage over alle maanden samen (0,090%)" in text


@pytest.mark.parametrize(
    ("terms", "told"),
    [
        ({0.75: 20, 0.5: 12}, "Bij driekwart van die drempelwaarde is de termijn 20 maanden."),
        ({0.75: 22, 0.5: 12}, "Bij de helft van die drempelwaarde is de termijn 12 maanden."),
        ({0.75: 22, 0.5: None}, "Bij de helft van die drempelwaarde is er geen termijn."),
        ({0.75: 22, 0.5: 22}, "Ook bij de helft van die drempelwaarde is de termijn niet korter."),
    ],
)
def test_a_high_limit_is_told_with_what_follows_from_less(
    terms: dict[float, int | None], told: str
) -> None:
    result = with_total(0.008, row(0, 47, 40_000, 36))
    of_it = {"choice": "threshold", "criterion": result["criteria"][2]["name"]}
    result["sensitivity"] = [
        {**of_it, "value": part, "status": "proposed" if term else "no_term", "term_months": term}
        for part, term in terms.items()
    ]
    assert f"(0,090%). {told}" in points_of(result)
    result["sensitivity"] = []
    assert "van die drempelwaarde" not in points_of(result)


def test_a_limit_near_the_observed_rate_is_not_called_lenient() -> None:
    assert "keer zo hoog" not in points_of(with_total(0.002, row(0, 47, 40_000, 36)))


def test_a_hidden_rate_is_compared_by_its_upper_limit() -> None:
    result = with_total(0.008, row(0, 47, 40_000, 4), kind="maximum_overall_rate")
    assert "is ten minste 19 keer zo hoog" in points_of(result)
    assert "(ten hoogste 0,043%)" in points_of(result)


def test_an_overall_rate_is_compared_as_well() -> None:
    result = overall_rate()
    result["criteria"][1]["threshold"] = 0.02
    assert "‘Klachten blijven zeldzaam’ (2%)" in points_of(result)
