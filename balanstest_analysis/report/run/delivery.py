"""Writes the files of a report from the executed notebook."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbformat import NotebookNode

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.report.completion import DocumentFacts, style_facts
from balanstest_analysis.report.exporters import annexes, html_page, pdf_document
from balanstest_analysis.report.run.notebook import NAME
from balanstest_analysis.report.run.progress import StepTimer
from balanstest_analysis.report.run.run_directory import Places
from balanstest_analysis.report.run.scrub import refuse_traces, scrubbed

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
        **style_facts(dossier),
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
