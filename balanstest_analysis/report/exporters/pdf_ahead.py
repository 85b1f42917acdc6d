"""The PDF set in type while the notebook is still being executed, so that it is soon done.

Laying out a report takes a second, and while the kernel writes the chapters a core has nothing to
do. What is made ahead is thrown away: Typst remembers the paragraphs that it laid out, and lays
out the whole document as if nothing had gone before.
"""

from __future__ import annotations

import contextlib
import copy
from threading import Thread

from nbformat import NotebookNode

from balanstest_analysis.document.blocks.fragment import DOCUMENT_METADATA
from balanstest_analysis.report.completion import DocumentFacts
from balanstest_analysis.report.exporters.notebook import document_metadata
from balanstest_analysis.report.exporters.pdf import compiled, typst_files


class PdfAhead:
    """Sets what there is of a report, on a thread of its own, each time that there is more.

    Args:
        document: what stands around the text, as it will be delivered; without its title, the
            first heading is taken for it.
    """

    def __init__(self, document: DocumentFacts) -> None:
        self._document = document
        self._setting: Thread | None = None

    def tell(self, notebook: NotebookNode) -> None:
        """Set a notebook as far as it is executed, unless that is still being done.

        Args:
            notebook: which goes on being executed.
        """
        if self._setting is not None and self._setting.is_alive():
            return
        now = _as_it_is(notebook)
        now.metadata[DOCUMENT_METADATA] = self._document
        self._setting = Thread(target=_set, args=(now,), name="pdf-ahead")
        self._setting.start()

    def close(self) -> None:
        """Wait until nothing is being set."""
        if self._setting is not None:
            self._setting.join()


def _as_it_is(notebook: NotebookNode) -> NotebookNode:
    """Return a notebook that does not grow when the other does."""
    now = copy.copy(notebook)
    now.metadata = copy.copy(notebook.metadata)
    now.cells = [copy.copy(cell) for cell in notebook.cells]
    for cell in now.cells:
        if "outputs" in cell:
            cell.outputs = list(cell.outputs)
    return now


def _set(notebook: NotebookNode) -> None:
    # what cannot be set is told when the whole is
    with contextlib.suppress(Exception):
        metadata = document_metadata(notebook)
        source, chapters = typst_files(notebook, metadata)
        if len(chapters) > 1:
            compiled(source, metadata, included=chapters)
