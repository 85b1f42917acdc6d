"""The quarters beside each other: only what was published, and what asks for attention."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from balanstest_analysis.document.blocks import Fragment, Notice
from balanstest_analysis.document.blocks.plain import plain_of
from balanstest_analysis.document.series_name import series_name
from balanstest_analysis.errors import RunError, UsageError
from balanstest_analysis.presentation.chapters import earlier_quarters, front_page, warned
from balanstest_analysis.presentation.conclusions import counterpoints
from balanstest_analysis.presentation.conclusions.quarters import (
    changes,
    history_warnings,
    longer_than_before,
)
from balanstest_analysis.published.earlier_report import EarlierReport
from balanstest_analysis.published.fingerprints import NoRows
from balanstest_analysis.published.json_form import to_json
from balanstest_analysis.report.earlier_quarters import (
    all_series,
    digest_of_quarters,
    earlier_in_series,
    quarters_before,
)
from balanstest_analysis.report.quarters import open_quarters
from tests.example_results import dossier, proposed, published

SERIES = series_name(proposed()["organisation"], proposed()["category"])
OTHER = series_name(proposed()["organisation"], "x")


def quarter(period: str, **proposal: Any) -> EarlierReport:
    result = proposed() | {"period": period}
    result["proposal"] |= proposal
    return EarlierReport(period=period, result=published(result))


def keep(reports: Path, report: EarlierReport, **replaced: Any) -> Path:
    folder = reports / "stichting" / "giften" / report.period
    folder.mkdir(parents=True)
    (folder / "resultaat.json").write_text(json.dumps(to_json(report.result) | replaced), "utf-8")
    return folder.parent


def test_only_published_reports_of_earlier_quarters_are_read(tmp_path: Path) -> None:
    for period in ("2026-Q3", "2025-Q4", "2026-Q2"):
        series = keep(tmp_path, quarter(period))
    keep(tmp_path, quarter("2026-Q1"), audience="internal")
    (series / "2025-Q3").mkdir()
    (series / "2025-Q3" / "resultaat.json").write_text("half")
    (series / "2025-Q2").mkdir()
    (series / "2025-Q2" / "resultaat.json").write_text('{"schema": 1, "audience": "published"}')
    (series / ".2025-Q1.bezig-1").mkdir()

    found = quarters_before(tmp_path, SERIES, "2026-Q3")

    assert [report.period for report in found] == ["2025-Q4", "2026-Q2"]
    assert earlier_in_series(tmp_path, SERIES, period="2026-Q3") == found
    assert earlier_in_series(tmp_path, OTHER, period="2026-Q3") == ()


def test_one_series_stands_once_among_all_however_it_was_typed(tmp_path: Path) -> None:
    name = proposed()["organisation"]
    keep(tmp_path, quarter("2026-Q1"), organisation=name.upper())
    keep(tmp_path, quarter("2026-Q2"), organisation=name.replace(" ", "\u00a0 "))
    keep(tmp_path, quarter("2026-Q3"))
    keep(tmp_path, quarter("2026-Q4"), organisation="Een ander")

    found = {scope: [r.period for r in series] for scope, series in all_series(tmp_path).items()}

    category = proposed()["category"]
    assert found == {
        ("Een ander", category): ["2026-Q4"],
        (name, category): ["2026-Q1", "2026-Q2", "2026-Q3"],
    }
    assert [r.period for r in earlier_in_series(tmp_path, SERIES, period="2026-Q3")] == [
        "2026-Q1",
        "2026-Q2",
    ]


def test_a_published_report_that_cannot_be_read_is_not_left_out_of_its_series(
    tmp_path: Path,
) -> None:
    keep(tmp_path, quarter("2026-Q2"), seed="1")
    with pytest.raises(RunError, match=r"2026-Q2/resultaat\.json.*seed.*move it elsewhere"):
        earlier_in_series(tmp_path, SERIES, period="2026-Q3")
    assert earlier_in_series(tmp_path, OTHER, period="2026-Q3") == ()


def test_a_digest_changes_when_an_earlier_report_does_and_not_when_it_is_read(
    tmp_path: Path,
) -> None:
    report = quarter("2026-Q2", term_months=20)
    keep(tmp_path, report)

    digest = digest_of_quarters((report,))
    assert digest_of_quarters(quarters_before(tmp_path, SERIES, "2026-Q3")) == digest
    assert digest_of_quarters((quarter("2026-Q2", term_months=21),)) != digest


def test_a_move_beyond_the_uncertainty_is_told_and_one_within_it_is_not() -> None:
    before = quarter("2026-Q2", term_months=20, crossing=22.0, lower=20.0)
    within = quarter("2026-Q3", term_months=22, crossing=24.0, lower=22.0)
    beyond = quarter("2026-Q3", term_months=23, crossing=25.0, lower=23.0)

    assert history_warnings((within, before)) == ()
    [longer] = history_warnings((before, within))
    assert "toen 20 maanden, nu 22 maanden" in longer
    assert "groter dan de onzekerheid" not in longer
    [told] = history_warnings((before, beyond))
    assert "van 20 maanden naar 23 maanden" in told
    assert "groter dan de onzekerheid" in told


def test_a_longer_term_is_told_on_page_one_and_against_the_proposal_with_the_earlier_one() -> None:
    before = quarter("2026-Q2", term_months=20, crossing=22.0, lower=20.0)
    now = proposed()
    now["criteria_hash"] = "1a" * 32
    words = (
        "Het voorstel is langer dan in het rapport over het tweede kwartaal van 2026: toen 20 "
        "maanden, nu 22 maanden. Sindsdien gewijzigd: criteria. Voor een langere termijn is een "
        "nieuwe reden nodig."
    )
    assert longer_than_before(published(now), (before,)) == words
    page = front_page(published(now), dossier(), (before,))
    [careful] = [b for b in page if isinstance(b, Notice) and b.title == "Let op"]
    assert words in Fragment(blocks=careful.blocks)._repr_mimebundle_()["text/plain"]
    assert words in [point.text for point in counterpoints(published(now), (before,))]
    # It stands there once: what else the quarters ask for attention to follows below it.
    assert words not in plain_of(warned(published(now), dossier(), (before,)))


def test_a_term_that_did_not_become_longer_is_not_said_to() -> None:
    now = published(proposed())
    same, without = quarter("2026-Q2"), quarter("2026-Q2", term_months=None, status="no_term")
    assert longer_than_before(now, ()) == ""
    assert longer_than_before(now, (same,)) == ""
    assert longer_than_before(now, (without,)) == ""
    # A report without a term in between does not make the earlier one forgotten.
    shorter = quarter("2026-Q1", term_months=18)
    assert "toen 18 maanden" in longer_than_before(now, (shorter, without))


def test_a_term_that_comes_or_goes_is_told() -> None:
    without = quarter("2026-Q3", term_months=None, status="no_term", crossing=None, lower=None)
    [told] = history_warnings((quarter("2026-Q2", term_months=20), without))
    assert "van 20 maanden in ‘geen termijn’" in told


def test_criteria_changed_after_seeing_the_data_are_told() -> None:
    before = quarter("2026-Q2")
    versions = {**before.result.versions, "balanstest-analysis": "9.9"}
    now = replace(before.result, criteria_hash="f" * 64, versions=versions)

    assert changes(before.result, now) == ("criteria", "versie van de methode")
    [told] = history_warnings((before, EarlierReport(period="2026-Q3", result=now)))
    assert told.startswith("De criteria zijn gewijzigd tussen het tweede kwartaal van 2026")


def test_a_review_date_that_has_passed_on_the_report_date_is_told() -> None:
    stated = dossier()
    late = stated.model_copy(
        update={
            "review": stated.review.model_copy(
                update={"review_date": stated.report_date - dt.timedelta(days=1)}
            )
        }
    )
    title = "De herzieningsdatum is verstreken"
    assert title in plain_of(warned(published(proposed()), late, ()))
    assert warned(published(proposed()), stated, ()) == ()


def test_the_first_report_says_that_there_is_nothing_to_compare() -> None:
    told = plain_of(earlier_quarters(published(proposed()), ()))
    assert "geen rapport van een eerder kwartaal gevonden" in told


def test_the_section_shows_every_quarter_with_what_changed() -> None:
    former = quarter("2020-Q2", term_months=3, crossing=4.0, lower=3.0).result
    result = replace(former, fingerprints={**former.fingerprints, "calls": "0"})
    before = EarlierReport(period="2020-Q2", result=result)

    blocks = earlier_quarters(published(proposed()), (before,))

    told = plain_of(blocks)
    assert "3 maanden" in told
    assert "eerste rapport" in told
    assert "gegevens" in told
    assert "Let op bij de vergelijking" in told
    assert Fragment(blocks=blocks)._repr_mimebundle_()["text/x-typst"]


def test_fingerprints_of_another_form_tell_no_change_of_data_or_dossier() -> None:
    now = published(proposed())
    old = proposed() | {"fingerprints": {"dossier": "0" * 64, "calls": "1" * 64}}
    del old["fingerprint_form"]

    assert changes(published(old), now) == ("wijze van vingerafdrukken",)
    assert changes(published(old), published(old)) == ()
    later = replace(now, data_through="2030-12-31")
    assert changes(published(old), later) == ("gegevens", "wijze van vingerafdrukken")


def test_rows_that_came_into_an_empty_table_are_a_change_of_the_data() -> None:
    now = published(proposed())
    before = replace(now, fingerprints={**now.fingerprints, "calls": NoRows.NO_ROWS})

    assert changes(before, now) == ("gegevens",)


def test_the_notebook_over_the_quarters_shows_every_series(tmp_path: Path) -> None:
    keep(tmp_path, quarter("2026-Q2", term_months=20))
    keep(tmp_path, quarter("2026-Q3", term_months=21))

    opened = open_quarters(str(tmp_path))

    overview = plain_of(opened.overview().blocks)
    assert "21 maanden" in overview
    assert "20 maanden" in overview
    assert "Derde kwartaal van 2026" in plain_of(opened.courses().blocks)
    (tmp_path / "leeg").mkdir()
    assert "nog geen rapporten" in plain_of(open_quarters(str(tmp_path / "leeg")).overview().blocks)
    with pytest.raises(UsageError, match="Maak eerst een rapport"):
        open_quarters(str(tmp_path / "weg"))
