"""Every breach that is found stands in a table with what is done about it, or with a gap."""

from __future__ import annotations

from typing import Any

from balanstest_analysis.document.blocks import Paragraph
from balanstest_analysis.presentation import chapters
from balanstest_analysis.presentation.tables import measures_table
from tests.example_results import counts_only, dossier, dossier_of_counts, proposed, published


def measure(finding: str = "after_objection", **changes: Any) -> dict[str, Any]:
    stated = {"measure": "Dagelijks vergelijken.", "owner": "Databeheerder"}
    return {"finding": finding, **stated, "by": None, "done_on": None, **changes}


def rows(*measures: dict[str, Any], count: int | None = 41) -> list[tuple[str, ...]]:
    result = proposed()
    result["measures"] = list(measures)
    result["findings"][0]["count"] = count
    if count is None:
        result["findings"][0]["hidden"] = {"count": "few"}
    table = measures_table(published(result))
    return [] if table is None else list(table.rows)


def test_a_breach_stands_with_its_number_measure_owner_and_day() -> None:
    assert rows(measure(by="2026-12-01")) == [
        (
            "Gebeld nadat verzet was aangetekend",
            "41",
            "Dagelijks vergelijken.",
            "Databeheerder",
            "uiterlijk 1-12-2026",
        )
    ]
    assert rows(measure(done_on="2026-10-01"))[0][-1] == "gedaan 1-10-2026"


def test_a_measure_whose_day_has_passed_is_called_late() -> None:
    assert rows(measure(by="2026-10-14"))[0][-1] == "te laat, 14-10-2026"
    assert rows(measure(by="2026-10-15"))[0][-1] == "uiterlijk 15-10-2026"


def test_a_breach_without_a_measure_is_a_visible_gap() -> None:
    assert rows()[0][2:] == ("NOG IN TE VULLEN",) * 3
    assert rows(measure(owner=""))[0][3:] == ("NOG IN TE VULLEN",) * 2


def test_a_hidden_number_stays_hidden() -> None:
    assert rows(measure(), count=None)[0][1] == "minder dan 10"


def test_a_second_measure_does_not_repeat_the_number() -> None:
    assert [row[1] for row in rows(measure(), measure(owner="Directeur"))] == ["41", ""]


def texts(result: dict[str, Any], **options: Any) -> str:
    asked = dossier_of_counts() if options else dossier()
    blocks = chapters.findings(published(result), asked)
    return " ".join(block.text for block in blocks if isinstance(block, Paragraph))


def test_a_measure_about_what_was_not_found_is_named_as_that() -> None:
    result = proposed()
    result["measures"].append(measure("outside_hours"))
    assert (
        "noemt ook een maatregel bij ‘gebeld buiten de toegestane uren’. Dat is in deze gegevens "
        "niet gevonden, of kon daarin niet worden getoetst"
    ) in texts(result)
    assert "Het dossier noemt ook" not in texts(proposed())


def test_counts_as_delivered_have_no_table_of_measures() -> None:
    assert measures_table(published(counts_only())) is None
    assert "noemt ook een maatregel" in texts(counts_only(), counted=True)
