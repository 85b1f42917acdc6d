"""A notebook of JupyterLab in a browser, used as a person would: by menus, tabs and keys."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.jupyter_server import Lab
from tests.report_checks import browser_path

NEEDED = ("jupyterlab", "anywidget", "playwright")
MISSING = [name for name in NEEDED if importlib.util.find_spec(name) is None]
PATIENCE = 120_000  # milliseconds; a busy machine is slow
NEEDS_A_BROWSER = [
    pytest.mark.skipif(browser_path() is None, reason="needs chromium"),
    pytest.mark.skipif(bool(MISSING), reason=f"needs {', '.join(MISSING)}"),
]


@contextmanager
def running_browser() -> Iterator[Any]:
    """Give a browser without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=browser_path(), args=["--no-sandbox"])
        yield started
        started.close()


class Notebook:
    """A notebook in the browser, and the errors in its console."""

    def __init__(self, browser: Any, lab: Lab, name: str) -> None:
        self.page = browser.new_page(viewport={"width": 1400, "height": 1000})
        self.page.set_default_timeout(PATIENCE)
        self.errors: list[str] = []
        self.downloads: list[Any] = []
        self._keep_downloads(self.page)
        self.page.context.on("page", self._keep_downloads)
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        workspace = name.replace(".", "-")
        address = f"{lab.url}lab/workspaces/{workspace}/tree/notebooks/{name}?token={lab.token}"
        self.page.goto(address)
        self.page.get_by_text("| Idle").wait_for()

    def _keep_downloads(self, page: Any) -> None:
        page.on("download", self._downloaded)

    def _downloaded(self, download: Any) -> None:
        self.downloads.append(download)

    def _heard(self, message: Any) -> None:
        if message.type == "error":
            self.errors.append(message.text)

    def menu(self, *names: str) -> Any:
        """Open menus up to the last one named, and return it."""
        self.page.get_by_role("menuitem", name=names[0], exact=True).click()
        for name in names[1:]:
            words = self.page.get_by_text(name, exact=True)
            self.page.locator(".lm-Menu-item").filter(has=words).last.click()
        return self.page.locator(".lm-Menu").last

    def run_all(self) -> None:
        self.menu("Run", "Run All Cells")
        self.page.get_by_text("| Busy").wait_for()
        self.page.get_by_text("| Idle").wait_for()

    def seen(self, folder: Path, name: str) -> None:
        """Keep what the screen shows, for who wants to look at it."""
        self.page.screenshot(path=str(folder / f"{name}.png"))
