"""Writes the files of a report from the executed notebook."""

from __future__ import annotations

import contextlib
import shutil
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
from nbformat import NotebookNode

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.errors import BalanstestError, RunError
from balanstest_analysis.report.completion import DocumentFacts
from balanstest_analysis.report.run.notebook import (
    NAME,
)
from balanstest_analysis.report.run.progress import StepTimer
from balanstest_analysis.report.run.run_directory import (
    Places,
    is_full,
    unwritable,
)
from balanstest_analysis.report.run.scrub import refuse_traces, scrubbed

if TYPE_CHECKING:
    from nbformat import NotebookNode


_STEM = Path(NAME).stem


def document_of(dossier: Dossier, *, final: bool, title: str) -> DocumentFacts:
    """Return what stands in the header, the footer and the properties of the document."""
    return {
        "title": title,
        "organisation": dossier.organisation.name,
        "category": dossier.scope.category,
        "period": dossier.period,
        "status": "definitief" if final else "concept",
        "report_date": dossier.report_date.isoformat(),
        "fictitious": dossier.organisation.fictitious,
    }


def deliver(
    notebook: NotebookNode,
    document: DocumentFacts,
    *,
    places: Places,
    dossier_path: Path,
    timer: StepTimer,
) -> None:
    """Write notebook, tables, HTML and PDF into the delivery.

    Raises:
        BlockError: The notebook shows something that cannot be published.
        RunError: A file names a folder of this machine.
    """
    # Imported here, and while the kernel runs, because it takes most of a second.
    from balanstest_analysis.report.exporters import annexes, html_page, pdf_document  # noqa: PLC0415

    delivered = scrubbed(notebook, document, dossier_path.name)
    nbformat.write(delivered, places.delivery / NAME)
    timer.begin("writing the tables", measured_as="tables")
    for annex in annexes(delivered):
        file = places.delivery / annex.path
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(annex.content)
    timer.begin("writing the HTML", measured_as="html")
    (places.delivery / f"{_STEM}.html").write_text(html_page(delivered), "utf-8")
    timer.begin("writing the PDF", measured_as="pdf")
    (places.delivery / f"{_STEM}.pdf").write_bytes(pdf_document(delivered))
    refuse_traces(places.delivery, [places.output, dossier_path.parent, Path.home()])


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


def failure_of(error: Exception, places: Places) -> BalanstestError:
    """Return the error that tells why a run failed, a full disk among the reasons."""
    if isinstance(error, BalanstestError):
        failed = error.exit_code == RunError.exit_code
        return RunError(f"{error}{_full_disk(places)}") if failed else error
    if isinstance(error, OSError):
        return unwritable(places, error)
    return RunError(f"The run failed with {type(error).__name__}. Report this as a defect.")


def _full_disk(places: Places) -> str:
    """A kernel without room to write dies of many causes; this one can be told."""
    return " There is no space left where reports are kept. Make room." if is_full(places) else ""
