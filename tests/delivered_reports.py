"""Run directories of every kind of report, written without a kernel: for who checks them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import nbformat

from balanstest_analysis.report.exporters import annexes, html_page, pdf_document
from balanstest_analysis.report.onderbouwing import Onderbouwing
from balanstest_analysis.report.run.manifest import Identity, write_manifest
from balanstest_analysis.report.run.scrub import scrubbed
from balanstest_analysis.verification import verify
from tests.report_cases import notebook_of


def delivered(report: Onderbouwing, folder: Path) -> Path:
    """Return the run directory of a report: the files that a run delivers, and their manifest.

    Args:
        report: as the notebook holds it.
        folder: that is made.
    """
    folder.mkdir(parents=True)
    notebook = scrubbed(notebook_of(report), report._document(), "balanstest.toml")
    nbformat.write(notebook, folder / "onderbouwing.ipynb")
    for annex in annexes(notebook):
        (folder / annex.path).parent.mkdir(exist_ok=True)
        (folder / annex.path).write_bytes(annex.content)
    (folder / "onderbouwing.html").write_text(html_page(notebook), "utf-8")
    (folder / "onderbouwing.pdf").write_bytes(pdf_document(notebook))
    write_manifest(folder, _identity(report), {})
    return folder


def received_faults(report: Onderbouwing, folder: Path) -> list[str]:
    """Return what a receiver's check finds in a report, as its directory and as its PDF alone.

    Args:
        report: as the notebook holds it.
        folder: in which its directory is made.
    """
    place = delivered(report, Path(tempfile.mkdtemp(dir=folder)) / "report")
    found = (*verify(place).findings, *verify(place / "onderbouwing.pdf").findings)
    return [f"verify: {one.sentence()}" for one in dict.fromkeys(found)]


def _identity(report: Onderbouwing) -> Identity:
    return Identity(
        organisation=report.result.organisation,
        category=report.result.category,
        period=report.result.period,
        fingerprint="0" * 64,
        parameters={"quarter": "", "final": report.final},
        version="0.1.0",
        code="0" * 64,
    )


def files_of(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield every file of a folder, by its place in it."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_bytes()
