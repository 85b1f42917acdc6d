"""JupyterLab in a browser, as an analyst uses it: run all, move a slider, export the report."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from balanstest_analysis import analyse, load_dossier
from balanstest_analysis.analysis.explorer import Choices, Exploration, with_value
from balanstest_analysis.document.wording.changes import AFTER_SEEING
from tests.jupyter_server import Lab, running_lab
from tests.notebook_page import NEEDS_A_BROWSER, PATIENCE, Notebook, running_browser

pytestmark = NEEDS_A_BROWSER


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    with running_lab(tmp_path_factory.mktemp("lab")) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with running_browser() as started:
        yield started


def sentences_for(lab: Lab, threshold: float) -> str:
    """Return the headline that the library gives for another threshold of objections."""
    analysis = analyse(load_dossier(lab.folder / "data" / "sample" / "balanstest.toml"))
    criteria = tuple(
        with_value(c, "threshold", threshold) if c.name == "Verzet" else c
        for c in analysis.dossier.criteria
    )
    term = Exploration(analysis).see(Choices(criteria=criteria)).proposal.term_months
    return f"Voorstel: een klanttermijn van ten hoogste {term} maanden."


def test_a_moved_slider_gives_the_proposal_of_the_library_and_fills_the_dossier(
    lab: Lab, browser: Any, tmp_path: Path
) -> None:
    notebook = Notebook(browser, lab, "verkenning.ipynb")
    notebook.run_all()
    page = notebook.page
    slider = page.get_by_role("slider", name="Verzet: drempelwaarde")
    slider.scroll_into_view_if_needed()
    told = page.get_by_role("status").filter(has_text="ten hoogste 21 maanden")
    assert slider.get_attribute("aria-valuetext") == "6,6%"
    told.wait_for()
    told = page.get_by_role("status").filter(has_text="klanttermijn")
    slider.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    told.get_by_text("6,6% naar 7,1%").wait_for()
    assert slider.get_attribute("aria-valuetext") == "7,1%"
    assert sentences_for(lab, 0.071) in told.inner_text()
    notebook.seen(tmp_path, "verkenning")

    page.get_by_label("Nieuwe reden: Verzet", exact=True).fill("Wij vergeleken met de branche.")
    page.get_by_role("button", name="Neem over in dossier").click()
    page.get_by_role("status").filter(has_text="Overgenomen").wait_for()
    notebook.seen(tmp_path, "overgenomen")
    dossier = load_dossier(lab.folder / "data" / "sample" / "balanstest.toml")
    [note] = dossier.criteria_changes
    assert (note.note, note.new_hash) == (AFTER_SEEING, dossier.criteria_hash())
    assert [c.threshold for c in dossier.criteria if c.name == "Verzet"] == [0.071]
    assert notebook.errors == []


EXPORTS = {
    "Balanstest-rapport (HTML)": b"<!doctype html>",
    "Balanstest-rapport (PDF)": b"%pdf-",
}


@pytest.mark.parametrize("kind", EXPORTS)
def test_the_export_menu_offers_the_report(report: Notebook, kind: str, tmp_path: Path) -> None:
    report.menu("File", "Save and Export Notebook As")
    report.page.locator(".lm-Menu").nth(1).get_by_text(kind, exact=True).wait_for()
    report.seen(tmp_path, "menu")
    known = len(report.downloads)
    report.page.locator(".lm-Menu").nth(1).get_by_text(kind, exact=True).click()
    for _ in range(PATIENCE // 500):
        if len(report.downloads) > known:
            break
        report.page.wait_for_timeout(500)
    path = tmp_path / "rapport"
    report.downloads[-1].save_as(path)
    assert path.read_bytes()[:20].lower().startswith(EXPORTS[kind])
    assert report.errors == []


@pytest.fixture(scope="module")
def report(lab: Lab, browser: Any) -> Notebook:
    notebook = Notebook(browser, lab, "onderbouwing.ipynb")
    notebook.run_all()
    notebook.page.keyboard.press("Control+s")
    notebook.page.get_by_role("heading", name="Onderbouwing van de klanttermijn").first.wait_for()
    return notebook
