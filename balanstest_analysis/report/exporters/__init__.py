"""The nbconvert exporters: an executed report notebook as one HTML file or one tagged PDF."""

from balanstest_analysis.report.exporters.annexes import Annex, annexes
from balanstest_analysis.report.exporters.html import BalanstestHTMLExporter, html_page
from balanstest_analysis.report.exporters.pdf import (
    BalanstestPDFExporter,
    LabPDFExporter,
    pdf_document,
)

__all__ = [
    "Annex",
    "BalanstestHTMLExporter",
    "BalanstestPDFExporter",
    "LabPDFExporter",
    "annexes",
    "html_page",
    "pdf_document",
]
