"""What is kept of a run that failed, and the error that tells of it."""

from __future__ import annotations

import contextlib
import os
import shutil
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from balanstest_analysis.document.files import no_temporary_place, temporary_folder
from balanstest_analysis.errors import BalanstestError, RunError
from balanstest_analysis.report.run.notebook import NAME
from balanstest_analysis.report.run.run_directory import Places, is_full, unwritable

if TYPE_CHECKING:
    from nbformat import NotebookNode

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
                # Imported here, for a run that is skipped need not wait for it.
                import nbformat  # noqa: PLC0415

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


def failure_of(error: Exception, places: Places) -> BalanstestError:
    """Return the error that tells why a run failed, a full disk among the reasons."""
    if isinstance(error, BalanstestError):
        failed = error.exit_code == RunError.exit_code
        return RunError(f"{error}{_full_disk(places)}") if failed else error
    if isinstance(error, OSError):
        return RunError(no_temporary_place()) if _is_temporary(error) else unwritable(places, error)
    return RunError(f"The run failed with {type(error).__name__}. Report this as a defect.")


def _full_disk(places: Places) -> str:
    """A kernel without room to write dies of many causes; this one can be told."""
    if is_full(places.staging):
        return " There is no space left where reports are kept. Make room."
    folder = temporary_folder()
    return f" {no_temporary_place()}" if folder is None or is_full(folder) else ""


def _is_temporary(error: OSError) -> bool:
    """Return whether it was a temporary file that could not be written."""
    folder = temporary_folder()
    if folder is None or not error.filename:
        return folder is None
    return Path(os.fsdecode(error.filename)).is_relative_to(folder)
