"""`check` tells of breaches without a measure, before any report is made."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from balanstest_analysis.analysis.open_breaches import breach_lines, stated_measures
from balanstest_analysis.history.findings import Finding
from tests.example_results import dossier

FOUND = [Finding(code="after_objection", count=3), Finding(code="zero_amount_event", count=63)]
STATED = {
    "finding": "after_objection",
    "measure": "Dagelijks vergelijken.",
    "owner": "Databeheerder",
    "by": dt.date(2026, 12, 1),
}


def lines(**changes: Any) -> list[str]:
    return [*breach_lines(dossier(measures=[{**STATED, **changes}]), FOUND)]


def test_a_breach_with_measure_owner_and_day_is_not_spoken_of() -> None:
    assert lines() == []


@pytest.mark.parametrize(
    "changes",
    [
        {"by": dt.date(2026, 10, 14)},
        {"owner": ""},
        {"measure": "NOG IN TE VULLEN"},
        {"finding": "outside_hours"},
    ],
)
def test_an_open_breach_is_named_with_what_to_do(changes: dict[str, Any]) -> None:
    told, remedy = lines(**changes)
    assert told == (
        "Breaches without a measure, owner and day (1; `report --final` refuses them): "
        "after_objection."
    )
    assert "add `[[measures]]`" in remedy


def test_what_is_still_to_be_filled_in_is_published_as_nothing() -> None:
    words = {"measure": "NOG IN TE VULLEN", "owner": "NOG IN TE VULLEN"}
    [measure] = stated_measures(dossier(measures=[{**STATED, **words}]))
    assert (measure.measure, measure.owner, measure.by) == ("", "", "2026-12-01")
