"""The explorer in JupyterLab: any theme and width, a kernel that stops, and a second notebook."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from balanstest_analysis import load_dossier
from balanstest_analysis.analysis.explorer.words import ASLEEP, changed_meanwhile, take_care
from tests.jupyter_server import Lab, running_lab
from tests.notebook_page import NEEDS_A_BROWSER, Notebook, running_browser
from tests.report_checks import WCAG

THEMES = ("JupyterLab Dark", "JupyterLab Light")
WIDTHS = (1400, 1200, 700)
SLIDER = "Verzet: drempelwaarde"

pytestmark = NEEDS_A_BROWSER

# what sticks out of the explorer sideways, is wider than its own box, or lies over something else
FAULTS_OF_PLACE = """() => {
  const box = document.querySelector(".balanstest-explorer");
  const parts = "input, select, textarea, button, label, output, p, figcaption";
  const shown = [...box.querySelectorAll(parts)].filter((e) => e.getClientRects().length);
  const edge = box.closest(".jp-OutputArea-output").getBoundingClientRect();
  const named = (e) => `${e.tagName} ${e.textContent.slice(0, 30) || e.type}`;
  const out = shown.filter((e) => {
    const at = e.getBoundingClientRect();
    return at.left < edge.left - 1 || at.right > edge.right + 1;
  }).map((e) => `sticks out: ${named(e)}`);
  const cut = shown.filter((e) => e.scrollWidth > e.clientWidth + 1 && e.clientWidth)
    .map((e) => `is cut off: ${named(e)}`);
  const over = [];
  shown.forEach((one, place) => shown.slice(place + 1).forEach((other) => {
    if (one.contains(other) || other.contains(one)) return;
    const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()];
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (wide > 1 && high > 1) over.push(`overlap: ${named(one)} and ${named(other)}`);
  }));
  return {count: shown.length, faults: [...out, ...cut, ...over]};
}"""


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    with running_lab(tmp_path_factory.mktemp("lab")) as running:
        yield running


@pytest.fixture(scope="module")
def notebook(lab: Lab) -> Iterator[Notebook]:
    """Give the exploration, executed, beside a copy of it that was not."""
    notebooks = lab.folder / "notebooks"
    shutil.copyfile(notebooks / "verkenning.ipynb", notebooks / "tweede.ipynb")
    with running_browser() as browser:
        opened = Notebook(browser, lab, "verkenning.ipynb")
        opened.run_all()
        opened.page.get_by_role("slider", name=SLIDER).wait_for()
        yield opened


def told(notebook: Notebook, words: str) -> Any:
    """Return the live sentences that hold some words, once they are shown."""
    found = notebook.page.get_by_role("status").filter(has_text=words)
    found.wait_for()
    return found


def move(notebook: Notebook, steps: int) -> None:
    """Move the slider of the objections with the keyboard, and wait for what follows from it."""
    slider = notebook.page.get_by_role("slider", name=SLIDER)
    slider.scroll_into_view_if_needed()
    slider.focus()
    for _ in range(steps):
        notebook.page.keyboard.press("ArrowRight")
    told(notebook, f"naar {slider.get_attribute('aria-valuetext')}")
    notebook.page.get_by_text("| Idle").wait_for()


def violations(notebook: Notebook) -> list[str]:
    """Return what axe-core finds in the explorer, with the first place of each."""
    notebook.page.evaluate(AXE_SCRIPT)
    options = {"runOnly": WCAG, "resultTypes": ["violations"]}
    found = notebook.page.evaluate(
        "options => axe.run({include: [['.balanstest-explorer']]}, options)", options
    )
    assert found["passes"], "axe-core has read nothing"
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found["violations"]]


@pytest.mark.parametrize("theme", THEMES)
def test_in_every_theme_and_width_nothing_is_cut_off_or_hard_to_read(
    notebook: Notebook, theme: str, tmp_path: Path
) -> None:
    page = notebook.page
    page.set_viewport_size({"width": 1400, "height": 1800})
    notebook.menu("Settings", "Theme", theme)
    light = str(theme.endswith("Light")).lower()
    page.locator(f"body[data-jp-theme-light={light}]").wait_for(state="attached")
    move(notebook, 1)  # so that the field for the reason is there too
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 1800})
        page.get_by_role("button", name="Neem over in dossier").scroll_into_view_if_needed()
        page.wait_for_timeout(500)  # the width reaches the notebook some frames later
        notebook.seen(tmp_path, f"{theme}-{width}")
        placed = page.evaluate(FAULTS_OF_PLACE)
        assert placed["faults"] == [], width
        assert placed["count"] > 20, width
        assert violations(notebook) == [], width


def test_what_an_other_notebook_took_over_is_told_on_coming_back(
    notebook: Notebook, lab: Lab, tmp_path: Path
) -> None:
    page = notebook.page
    page.set_viewport_size({"width": 1400, "height": 1000})
    page.locator(".jp-DirListing-item").filter(has_text="tweede.ipynb").dblclick()
    page.get_by_role("tab", name="tweede.ipynb", selected=True).wait_for()
    page.get_by_role("button", name="Neem over in dossier").wait_for(state="hidden")
    page.get_by_text("| Idle").wait_for()
    notebook.run_all()
    move(notebook, 2)
    page.get_by_role("textbox", name="Nieuwe reden: Verzet").fill("Wij vergeleken met de branche.")
    page.get_by_role("button", name="Neem over in dossier").click()
    told(notebook, "Overgenomen")
    dossier = lab.folder / "data" / "sample" / "balanstest.toml"
    assert len(load_dossier(dossier).criteria_changes) == 1

    page.get_by_role("tab", name="verkenning.ipynb").click()
    page.get_by_role("slider", name=SLIDER).scroll_into_view_if_needed()
    told(notebook, take_care(changed_meanwhile(dossier.name)))
    notebook.seen(tmp_path, "terug")
    move(notebook, 1)
    page.get_by_role("textbox", name="Nieuwe reden: Verzet").fill("Een andere reden.")
    page.get_by_role("button", name="Neem over in dossier").click()
    told(notebook, changed_meanwhile(dossier.name))
    assert len(load_dossier(dossier).criteria_changes) == 1


@pytest.mark.parametrize("way", ["Restart Kernel…", "Shut Down Kernel"])
def test_without_its_kernel_the_explorer_says_that_it_sleeps_until_it_is_run_again(
    notebook: Notebook, way: str, tmp_path: Path
) -> None:
    page = notebook.page
    page.get_by_role("tab", name="verkenning.ipynb").click()
    notebook.menu("Kernel", way)
    if way.startswith("Restart"):
        page.get_by_role("button", name="Confirm Kernel Restart").click()
    asleep = told(notebook, "slaapt")
    asleep.scroll_into_view_if_needed()
    assert asleep.text_content() == ASLEEP
    notebook.seen(tmp_path, way)
    controls = page.locator(".balanstest-explorer:visible :is(input, select, textarea, button)")
    assert [one.is_disabled() for one in controls.all()] == [True] * controls.count()
    assert controls.count() > 10
    if way.startswith("Restart"):
        page.get_by_text("| Idle").wait_for()
        notebook.run_all()
        told(notebook, "klanttermijn")
        assert page.get_by_role("slider", name=SLIDER).is_enabled()
        assert page.get_by_text("slaapt").count() == 0
