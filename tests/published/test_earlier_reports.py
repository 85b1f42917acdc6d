"""Earlier reports of a series are found, minded and remembered."""

from __future__ import annotations

import json
import os
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from balanstest_analysis.document.series_name import series_name
from balanstest_analysis.errors import RunError
from balanstest_analysis.presentation import chapters
from balanstest_analysis.presentation.conclusions import limitations
from balanstest_analysis.published.earlier_reports import (
    carried_text,
    counts_of,
    digest_of_counts,
    earlier_reports,
    knows_all,
    others,
    reports_directory,
)
from tests.disclosure_histories import draw, internal, later
from tests.exact_results import published as published_json
from tests.example_results import dossier, proposed, without_reasons
from tests.example_results import published as read

SCOPE = {
    "organisation": "Stichting Voorbeeld",
    "category": "oud-donateurs met een periodieke gift",
}
SERIES = series_name(**SCOPE)


def published(period: str, k: int = 40, **changes: Any) -> dict[str, Any]:
    outcome = {"exposure": 900, "design_effect": 1.0, "rates": [row(k)]}
    day = {"Q1": "03-31", "Q2": "06-30", "Q3": "09-30", "Q4": "12-31"}[period[-2:]]
    known = {**SCOPE, "period": period, "data_through": f"{period[:4]}-{day}"}
    return {**known, "outcomes": {"conversion": outcome}, **changes}


def row(k: int) -> dict[str, Any]:
    return {"month_from": 0, "month_to": 2, "n": 900, "k": k}


def put(folder: Path, result: dict[str, Any], earlier: Any = (), name: str | None = None) -> Path:
    place = folder / "organisatie" / "categorie" / (name or result["period"])
    place.mkdir(parents=True, exist_ok=True)
    (place / "resultaat.json").write_text(json.dumps(result), "utf-8")
    if earlier:
        (place / "eerder.json").write_text(carried_text(earlier), "utf-8")
    return place


def periods(folder: Path, through: str = "2026-09-30") -> list[str]:
    found = earlier_reports(folder, SERIES, data_through=through)
    return [report["period"] for report in found]


def test_the_last_report_before_this_one_comes_last_and_later_ones_first(tmp_path: Path) -> None:
    for period in ("2026-Q4", "2026-Q1", "2026-Q2"):
        put(tmp_path, published(period))
    assert periods(tmp_path) == ["2026-Q4", "2026-Q1", "2026-Q2"]


def test_reports_of_others_are_no_part_of_the_series(tmp_path: Path) -> None:
    put(tmp_path, published("2026-Q1", organisation="Een ander"))
    assert periods(tmp_path) == []
    assert periods(tmp_path / "nergens") == []


def test_a_report_that_was_replaced_or_thrown_away_is_remembered(tmp_path: Path) -> None:
    replaced, thrown = published("2026-Q2", k=31), published("2026-Q1")
    put(tmp_path, published("2026-Q2"), earlier=[counts_of(thrown), counts_of(replaced)])
    found = earlier_reports(tmp_path, SERIES, data_through="2026-09-30")
    told = [report["outcomes"]["conversion"]["rates"][0]["k"] for report in found]
    assert [report["period"] for report in found] == ["2026-Q1", "2026-Q2", "2026-Q2"]
    assert told == [40, 31, 40]


def nested(path: Path) -> None:
    path.write_text('{"reports": ' + "[" * 10_000 + "]" * 10_000 + "}", "utf-8")


def pipe(path: Path) -> None:
    path.unlink(missing_ok=True)
    os.mkfifo(path)


def endless(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.symlink_to("/dev/zero")


SPOILT: dict[str, Callable[[Path], object]] = {
    "half": lambda path: path.write_text("{", "utf-8"),
    "of another form": lambda path: path.write_text(
        json.dumps({**published("2026-Q1"), "outcomes": [1]}), "utf-8"
    ),
    "nested": nested,
    "a pipe": pipe,
    "endless": endless,
}


@pytest.mark.parametrize("how", SPOILT)
@pytest.mark.parametrize("name", ["resultaat.json", "eerder.json"])
def test_a_report_of_the_series_that_cannot_be_read_stops_the_run(
    tmp_path: Path, name: str, how: str
) -> None:
    folder = tmp_path / "uit" / SERIES.folder
    folder.mkdir(parents=True)
    place = put(tmp_path, published("2026-Q1")).rename(folder / "2026-Q1")
    SPOILT[how](place / name)
    if (name, how) == ("eerder.json", "of another form"):
        (place / name).write_text('{"reports": [1]}', "utf-8")

    with pytest.raises(RunError, match=f"`.*{name}` cannot be read"):
        periods(tmp_path / "uit")
    with pytest.raises(RunError, match=f"`.*{name}` cannot be read"):
        knows_all(tmp_path / "uit", place, SERIES)


@pytest.mark.parametrize("how", sorted({*SPOILT} - {"of another form"}))
def test_a_report_of_another_series_that_cannot_be_read_stops_no_other(
    tmp_path: Path, how: str
) -> None:
    other = put(tmp_path, published("2026-Q1", organisation="Een ander"), name="2025-Q4")
    SPOILT[how](other / "resultaat.json")
    put(tmp_path, published("2026-Q2"))
    assert periods(tmp_path) == ["2026-Q2"]


def test_a_manifest_tells_whose_a_report_in_another_folder_is(tmp_path: Path) -> None:
    place = put(tmp_path, published("2026-Q1"))
    pipe(place / "resultaat.json")
    (place / "manifest.json").write_text(json.dumps(SCOPE), "utf-8")
    with pytest.raises(RunError, match="cannot be read"):
        periods(tmp_path)


def test_a_notebook_run_by_hand_finds_the_reports(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BALANSTEST_REPORTS_DIRECTORY", raising=False)
    (tmp_path / "reports").mkdir()
    (tmp_path / "notebooks").mkdir()
    for folder in (tmp_path, tmp_path / "notebooks"):
        monkeypatch.chdir(folder)
        assert reports_directory() == tmp_path / "reports"
    dossiers = tmp_path / "dossiers" / "giften"
    beside = dossiers.parent / "reports"
    put(beside, published("2026-Q1"))
    assert reports_directory() == tmp_path / "reports"
    assert reports_directory(dossiers / "balanstest.toml") == beside
    put(tmp_path / "reports", published("2026-Q1"))
    assert reports_directory(dossiers / "balanstest.toml") == tmp_path / "reports"
    monkeypatch.setenv("BALANSTEST_REPORTS_DIRECTORY", str(tmp_path / "elders"))
    assert reports_directory(dossiers / "balanstest.toml") == tmp_path / "elders"
    assert reports_directory() == tmp_path / "elders"


def test_a_report_made_without_knowing_another_is_not_current(tmp_path: Path) -> None:
    first, second = published("2026-Q1"), published("2026-Q2")
    made = put(tmp_path, second)
    assert knows_all(tmp_path, made, SERIES)
    put(tmp_path, first)
    assert not knows_all(tmp_path, made, SERIES)
    put(tmp_path, second, earlier=[counts_of(first)])
    assert knows_all(tmp_path, made, SERIES)


def test_a_later_report_that_knows_this_one_leaves_it_current(tmp_path: Path) -> None:
    first = published("2026-Q1")
    made = put(tmp_path, first)
    put(tmp_path, published("2026-Q2"), earlier=[counts_of(first)])
    assert knows_all(tmp_path, made, SERIES)


def told_why(report: dict[str, Any]) -> dict[str, Any]:
    """Return a report with hidden counts, and the reasons beside them."""
    outcome = report["outcomes"]["conversion"]
    rows = [{**row(0), "k": None, "hidden": {"k": "few"}}]
    outcomes = {
        "conversion": {**outcome, "events": None, "rates": rows, "hidden": {"events": "few"}}
    }
    finding = {"code": "unknown_kind", "text": "", "count": None, "hidden": {"count": "few"}}
    rule = {"rule": "monthly", "count": None, "hidden": {"count": "tells_another"}}
    return {**report, "outcomes": outcomes, "findings": [finding], "compliance": {"rules": [rule]}}


def test_a_report_from_before_reasons_and_the_same_one_made_again_are_one(tmp_path: Path) -> None:
    now = told_why(published("2026-Q1"))
    before = without_reasons(now)
    assert before != now
    assert digest_of_counts(counts_of(before)) == digest_of_counts(counts_of(now))
    assert digest_of_counts(counts_of(before)) != digest_of_counts(counts_of(published("2026-Q1")))
    assert others([counts_of(before)], now) == ()
    put(tmp_path, now, earlier=[counts_of(before)])
    assert periods(tmp_path) == ["2026-Q1"]
    made = put(tmp_path, published("2026-Q2"), earlier=[counts_of(before)])
    assert knows_all(tmp_path, made, SERIES)


def test_the_reasons_go_along_with_what_is_carried(tmp_path: Path) -> None:
    put(tmp_path, published("2026-Q2"), earlier=[counts_of(told_why(published("2026-Q1")))])
    report = earlier_reports(tmp_path, SERIES, data_through="2026-09-30")[0]
    outcome = report["outcomes"]["conversion"]
    assert outcome["hidden"] == {"events": "few"}
    assert outcome["rates"][0]["hidden"] == {"k": "few"}
    assert report["findings"][0]["hidden"] == {"count": "few"}
    assert report["compliance"]["rules"][0]["hidden"] == {"count": "tells_another"}


TYPED = (
    {"organisation": "stichting VOORBEELD"},
    {"organisation": "Stichting\u00a0 Voorbeeld\u200b"},
    {"category": unicodedata.normalize("NFD", "oud-donateurs mét een periodieke gift")},
)


@pytest.mark.parametrize("typed", TYPED)
def test_a_report_of_the_series_is_found_however_its_names_were_typed(
    tmp_path: Path, typed: dict[str, str]
) -> None:
    series = series_name(**SCOPE | {"category": SCOPE["category"].replace("met", "mét")})
    named = {**SCOPE, "category": SCOPE["category"].replace("met", "mét"), **typed}
    first = published("2026-Q1", **named)
    put(tmp_path, first)
    [found] = earlier_reports(tmp_path, series, data_through="2026-09-30")
    assert found == counts_of(first)
    made = put(tmp_path, published("2026-Q2", **SCOPE | {"category": named["category"]}))
    assert not knows_all(tmp_path, made, series)


@pytest.mark.parametrize("typed", TYPED[:2])
def test_a_report_made_again_under_a_name_typed_otherwise_is_itself(
    tmp_path: Path, typed: dict[str, str]
) -> None:
    now = published("2026-Q1")
    before = counts_of(published("2026-Q1", **typed))
    assert others([before], now) == ()
    put(tmp_path, now, earlier=[before])
    assert periods(tmp_path) == ["2026-Q1"]


@pytest.mark.parametrize("seed", range(6))
def test_publishing_again_beside_itself_changes_nothing(seed: int) -> None:
    rng = np.random.default_rng(seed)
    history = draw(rng)
    before = published_json(internal(history))
    exact = internal(later(rng, history, "quiet"))
    now = published_json(exact, [counts_of(before)])
    again = published_json(exact, [counts_of(before), counts_of(now)])
    assert again == now
    assert others([counts_of(before), counts_of(now)], again) == (counts_of(before),)


def test_the_limitations_tell_where_counts_of_an_earlier_report_stand() -> None:
    result = {**proposed(), "series": {"kept": ["objection", "bridge"], "reports": 2}}
    sentences = limitations(read(result))
    told = [text for text in sentences if "eerder rapport van deze reeks" in text]
    assert told[0].startswith("De overzichten van het verzet en de stappen van aangeleverde")
    alone = limitations(read(proposed()))
    assert not [text for text in alone if "deze reeks" in text]


def test_an_outcome_whose_counts_are_hidden_is_still_shown() -> None:
    result = proposed()
    hidden = {**dict.fromkeys(("n", "k", "rate", "rate_lower")), "rate_upper": 1.0}
    rows = [{"month_from": 0, "month_to": 35, **hidden}]
    unknown = {"curve": [], "events": None, "exposure": None, "design_effect": None}
    result["outcomes"]["complaint"].update(rates=rows, **unknown)
    assert chapters.overview("complaint", read(result), dossier())
    assert chapters.weighing(read(result), dossier())
