"""A report is held against an earlier one: kept rows, differences of few, and what it is told."""

from __future__ import annotations

from typing import Any

import pytest

from balanstest_analysis.verification.claims.page import Page, Sheet
from balanstest_analysis.verification.parcel import Parcel
from balanstest_analysis.verification.series import series_faults
from balanstest_analysis.verification.values import Value


def row(first: int, last: int, n: int, k: int, **more: Any) -> dict[str, Any]:
    return {"month_from": first, "month_to": last, "n": n, "k": k, **more}


def result(period: str, term: int, *rows: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "organisation": "Vereniging Proef",
        "category": "leden",
        "period": period,
        "settings": {"disclosure_minimum": 10},
        "proposal": {"status": "proposed", "term_months": term},
        "outcomes": {"conversion": {"rates": list(rows)}},
        **more,
    }


BEFORE = result("2026-Q2", 20, row(0, 5, 900, 90), row(6, 11, 800, 60))
NOW = result(
    "2026-Q3",
    21,
    row(0, 5, 900, 90, kept_from="2026-Q2"),
    row(6, 11, 860, 75),
    row(12, 14, 200, 12),
)


def page(term: str) -> Page:
    rows = (("Tweede kwartaal van 2026", term), ("Derde kwartaal van 2026", "21 maanden"))
    sheet = Sheet(
        section="",
        part="",
        caption="9 Het voorstel per kwartaal",
        columns=("Kwartaal", "Voorstel"),
        rows=rows,
    )
    return Page(sheets=[sheet])


def told(now: dict[str, Any], before: dict[str, Any], shown: str = "20 maanden") -> list[str]:
    parcel = Parcel(name="nu.pdf", kind="pdf", digest="", files={})
    earlier = [("eerder.pdf", Value(content=before))]
    faults = series_faults(Value(content=now), page(shown), parcel, earlier)
    return [f"{one.place}: {one.found}" for one in faults]


def test_reports_that_agree_have_no_fault() -> None:
    assert told(NOW, BEFORE) == []


def test_a_name_written_in_another_way_is_the_same_series() -> None:
    assert told(NOW, {**BEFORE, "organisation": "VERENIGING  proef"}) == []


def rows_of(*rows: dict[str, Any]) -> dict[str, Any]:
    return {"outcomes": {"conversion": {"rates": list(rows)}}}


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        ({"category": "andere"}, "organisation and category"),
        ({"period": "2026-Q4"}, "period"),
        (rows_of(row(0, 5, 900, 91)), "outcomes.conversion.rates[0].k"),
        (rows_of(row(0, 5, 900, 90), row(6, 11, 855, 60)), "outcomes.conversion.rates[1].n"),
        (rows_of(row(0, 5, 900, 90), row(6, 12, 855, 60)), "outcomes.conversion.rates[1]"),
        ({"proposal": {"term_months": 25}}, "table “Het voorstel per kwartaal”"),
    ],
)
def test_what_does_not_agree_is_told_by_its_place(changed: dict[str, Any], place: str) -> None:
    assert any(one.startswith(place) for one in told(NOW, {**BEFORE, **changed}))
