"""The dossier of a report is found near it, by its organisation and category."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from balanstest_analysis.report.bundle.dossier_of_run import dossiers_of
from tests.counted_dossier import SMALLEST

RUN = {"organisation": "Stichting Één & Twee", "category": "periodieke donaties"}


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder."""
    (tmp_path / "hier").mkdir()
    monkeypatch.chdir(tmp_path / "hier")
    return tmp_path / "hier"


def put(folder: Path, text: str = SMALLEST, name: str = "balanstest.toml") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, "utf-8")
    return folder / name


def report_in(folder: Path) -> Path:
    place = folder / "werk" / "reports" / "stichting" / "donaties" / "2026-Q3"
    place.mkdir(parents=True)
    return place


def found(place: Path) -> list[Path]:
    return [dossier.path for dossier in dossiers_of(RUN, place)]


def test_it_is_found_beside_the_reports_and_where_one_works(tmp_path, elsewhere) -> None:
    place = report_in(tmp_path)
    beside = put(tmp_path / "werk" / "dossiers" / "donaties")
    here = put(elsewhere)

    assert found(place) == sorted([beside.resolve(), here.resolve()])


def test_another_category_another_file_and_a_hidden_folder_are_passed_over(tmp_path) -> None:
    place = report_in(tmp_path)
    put(tmp_path / "werk" / "a", SMALLEST.replace("periodieke donaties", "loterij"))
    put(tmp_path / "werk" / "b", "niets = [")
    put(tmp_path / "werk" / ".c")
    put(tmp_path / "werk" / "d" / "e" / "f" / "g")
    os.mkfifo(tmp_path / "werk" / "pijp.toml")

    assert found(place) == []


def test_a_dossier_that_is_not_acceptable_is_passed_over(tmp_path) -> None:
    place = report_in(tmp_path)
    put(tmp_path / "werk", SMALLEST.replace('kind = "minimum_rate"', 'kind = "zomaar"'))

    assert found(place) == []
