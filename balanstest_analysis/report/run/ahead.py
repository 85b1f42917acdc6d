"""What is done of the delivery while the kernel still executes: a core has nothing else to do."""

from __future__ import annotations

from importlib import import_module
from threading import Thread
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from balanstest_analysis.dossier.dossier import Dossier
    from balanstest_analysis.report.exporters.pdf_ahead import PdfAhead

_DELIVERY: Final = "balanstest_analysis.report.run.delivery"


class Ahead:
    """Imports what delivers a report, and has the PDF set in type as the report grows.

    Args:
        dossier: whose report it is.
        final: whether the report is final.
    """

    def __init__(self, dossier: Dossier, *, final: bool) -> None:
        self._dossier, self._final = dossier, final
        self._importer: Thread | None = None
        self._pdf: PdfAhead | None = None

    def begin(self) -> None:
        """Import what delivers a report; not before a kernel is starting, which it would slow."""
        if self._importer is None:
            self._importer = Thread(target=import_module, args=(_DELIVERY,), name="import-delivery")
            self._importer.start()

    def tell(self, notebook: NotebookNode) -> None:
        """Set a notebook as far as it is executed, if all that it takes is there.

        Args:
            notebook: which goes on being executed.
        """
        if self._importer is None or self._importer.is_alive():
            return
        if self._pdf is None:
            self._pdf = self._of_dossier()
        self._pdf.tell(notebook)

    def _of_dossier(self) -> PdfAhead:
        from balanstest_analysis.report.exporters.pdf_ahead import PdfAhead  # noqa: PLC0415
        from balanstest_analysis.report.run.delivery import document_of  # noqa: PLC0415

        return PdfAhead(document_of(self._dossier, final=self._final, title=""))

    def imported(self) -> None:
        """Wait until all is imported."""
        if self._importer is not None:
            self._importer.join()

    def close(self) -> None:
        """Wait until nothing goes on."""
        self.imported()
        if self._pdf is not None:
            self._pdf.close()
