"""Objections and complaints that are in no rate speak against the proposal."""

from __future__ import annotations

from typing import Any

from balanstest_analysis.presentation.conclusions import counterpoints
from tests.example_results import proposed, published


def point_of(*findings: dict[str, Any]) -> str:
    result = proposed()
    result["findings"] += [{"text": "x", **finding} for finding in findings]
    points = {point.code: point.text for point in counterpoints(published(result))}
    return points.get("reports_left_out", "")


def test_reports_in_no_rate_are_told_with_their_number_and_why() -> None:
    text = point_of(
        {"code": "objection_after_unanswered_calls", "count": 55},
        {"code": "complaint_after_unanswered_calls", "count": 11},
        {"code": "objection_unattributed", "count": 24},
    )
    assert text == (
        "Niet meegeteld zijn 55 meldingen van verzet en 11 klachten na belpogingen zonder netto "
        "contact, en 24 meldingen van verzet die aan geen enkele belpoging waren toe te schrijven. "
        "Hoort zo’n melding toch bij een contact dat meetelt, dan kan het percentage hoger zijn "
        "dan hier staat."
    )


def test_a_number_that_is_few_is_not_told() -> None:
    text = point_of({"code": "objection_unattributed", "count": None, "hidden": {"count": "few"}})
    assert "minder dan 10 meldingen van verzet die aan geen enkele belpoging" in text


def test_where_every_report_counts_there_is_no_such_point() -> None:
    assert point_of() == ""
