"""What is kept of a run that failed."""

from __future__ import annotations

import contextlib
import shutil
from itertools import count
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from balanstest_analysis.report.notebook import NAME
from balanstest_analysis.report.places import Places

_FOLDER = "mislukt"


def keep_failure(places: Places, notebook: NotebookNode | None, reason: str) -> Path | None:
    """Keep the notebook as far as it came and the reason; return where.

    A full disk is no reason to hide the first failure, so nothing is raised here; nor is half of
    it kept.
    """
    with contextlib.suppress(OSError):
        folder = _new_folder(places)
        try:
            (folder / "reason.txt").write_text(reason + "\n", "utf-8")
            if notebook is not None:
                nbformat.write(notebook, folder / NAME)
        except OSError:
            shutil.rmtree(folder, ignore_errors=True)
            return None
        return folder
    return None


def _new_folder(places: Places) -> Path:
    failures = places.output / _FOLDER
    failures.mkdir(parents=True, exist_ok=True)
    stem = places.name.replace("/", "_")
    for number in count(1):
        folder = failures / f"{stem}_{number}"
        with contextlib.suppress(FileExistsError):
            folder.mkdir()
            return folder
    raise AssertionError("unreachable")
