"""The documentation built as a site, and what axe-core finds on its pages."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.report_checks import reading

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
MADE = ("_build", "reference")  # by the build itself


def built_site(folder: Path) -> Path:
    """Return the site, built from a copy of the documentation with warnings as errors.

    Args:
        folder: empty; the copy and the site are put there.
    """
    pages = shutil.copytree(DOCS, folder / "docs", ignore=shutil.ignore_patterns(*MADE))
    build = [sys.executable, "-m", "sphinx", "--fail-on-warning", "--keep-going", "--quiet"]
    done = subprocess.run(
        [*build, pages, folder / "site"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return folder / "site"


def pages_of(site: Path) -> list[str]:
    """Return the pages of a site, by their places in it."""
    return sorted(page.relative_to(site).as_posix() for page in site.rglob("*.html"))


def faults_on(site: Path, pages: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield each page with what axe-core finds on it.

    Args:
        site: from `built_site`.
        pages: of it.
    """
    with reading() as reader:
        for page in pages:
            yield page, list(reader.faults_of((site / page).as_uri()))
