"""Removes from an executed notebook what belongs to this machine and not to the report."""

from __future__ import annotations

import re
from pathlib import Path

from nbformat import NotebookNode

from balanstest_analysis.document.blocks.fragment import DOCUMENT_METADATA
from balanstest_analysis.errors import RunError
from balanstest_analysis.report.completion import DocumentFacts

_OWN_METADATA = {"kernelspec", "language_info", DOCUMENT_METADATA}
_INJECTED = "injected-parameters"
_TEXTS = {".html", ".ipynb", ".json", ".csv"}


def scrubbed(notebook: NotebookNode, document: DocumentFacts, dossier_name: str) -> NotebookNode:
    """Return the notebook as it is delivered: no paths, timings or raw streams.

    Args:
        notebook: The executed notebook; it is changed.
        document: Metadata of the document, for the exporters.
        dossier_name: File name of the dossier, shown in place of its path.
    """
    notebook.metadata = NotebookNode(
        {key: value for key, value in notebook.metadata.items() if key in _OWN_METADATA}
    )
    notebook.metadata["kernelspec"] = {
        "name": "python3",
        "display_name": "Python 3",
        "language": "python",
    }
    notebook.metadata[DOCUMENT_METADATA] = document
    for number, cell in enumerate(notebook.cells):
        _scrub_cell(cell, number, dossier_name)
    return notebook


def _scrub_cell(cell: NotebookNode, number: int, dossier_name: str) -> None:
    tags = cell.metadata.get("tags", [])
    cell.metadata = NotebookNode({"tags": tags} if tags else {})
    cell["id"] = f"cel-{number}"
    if cell.cell_type == "code":
        cell.outputs = [output for output in cell.outputs if output.output_type != "stream"]
    if _INJECTED in tags:
        cell.source = re.sub(
            r"^dossier = .*$",
            lambda _: f"dossier = {dossier_name!r}",
            cell.source,
            flags=re.MULTILINE,
        )


def refuse_traces(delivery: Path, folders: list[Path]) -> None:
    """Check that no delivered text names a folder of this machine.

    Raises:
        RunError: A file does.
    """
    traces = [str(folder) for folder in folders if len(folder.parts) > 2]
    for file in sorted(delivery.rglob("*")):
        if file.suffix in _TEXTS and file.is_file():
            text = file.read_text("utf-8")
            if any(trace in text for trace in traces):
                raise RunError(
                    f"`{file.name}` names a folder of this machine. Report this as a defect."
                )
