"""The last cell carries along how the report is to look, where no run adds it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from balanstest_analysis.document.blocks.fragment import SENTINEL
from balanstest_analysis.document.style.logo import logo_of
from balanstest_analysis.dossier.loading import load_dossier
from balanstest_analysis.report.completion import style_facts
from balanstest_analysis.report.exporters.notebook import document_metadata
from balanstest_analysis.report.onderbouwing import RUN_DIRECTORY, Onderbouwing
from tests.dossier.test_dossier import BARE
from tests.example_results import EXAMPLES, dossier, published
from tests.logos import SVG_LOGO
from tests.report_cases import notebook_of


@pytest.fixture
def report(tmp_path: Path) -> Onderbouwing:
    (tmp_path / "logo.svg").write_bytes(SVG_LOGO)
    path = tmp_path / "balanstest.toml"
    path.write_text(f'{BARE}[style]\naccent = "#00695c"\nlogo = "logo.svg"\n', "utf-8")
    return Onderbouwing(dossier=load_dossier(path), result=published(EXAMPLES["proposed"]()))


def document_of(report: Onderbouwing) -> dict[str, str]:
    document: dict[str, str] = json.loads(report.complete()._repr_mimebundle_()[SENTINEL])[
        "document"
    ]
    return document


def test_a_dossier_without_style_adds_nothing() -> None:
    assert style_facts(dossier()) == {}


def test_a_notebook_without_a_run_carries_colour_and_logo(report: Onderbouwing) -> None:
    assert document_of(report)["accent"] == "#00695c"
    plain = Onderbouwing(dossier=dossier(), result=report.result)
    notebook = notebook_of(plain)
    notebook.cells[-1].outputs[0]["data"] = report.complete()._repr_mimebundle_()

    metadata = document_metadata(notebook)
    assert metadata.logo == logo_of(SVG_LOGO)
    assert metadata.accent is not None


def test_in_a_run_the_logo_is_that_of_the_run_and_stands_in_the_notebook_once(
    report: Onderbouwing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(RUN_DIRECTORY, str(tmp_path))
    assert not {"accent", "logo"} & set(document_of(report))
