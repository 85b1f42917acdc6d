"""The working copy of a report: a Word file to edit, made from the report that is published."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import nbformat
from docx.text.paragraph import Paragraph

from balanstest_analysis.document.files import write_atomically
from balanstest_analysis.document.opening import parsed_json
from balanstest_analysis.document.wording import quarter
from balanstest_analysis.errors import DataError, UsageError
from balanstest_analysis.report.bundle.directory import verified_files
from balanstest_analysis.report.exporters.html import html_body, numbered_body
from balanstest_analysis.report.exporters.notebook import DocumentMetadata, document_metadata
from balanstest_analysis.report.run.notebook import NAME
from balanstest_analysis.report.word.markup import Element, tree_of
from balanstest_analysis.report.word.saving import saved
from balanstest_analysis.report.word.styles import BOX_TITLE, blank_document, set_running_lines
from balanstest_analysis.report.word.writer import Writer

STEM: Final = "onderbouwing-werkversie"
MARK: Final = "WERKVERSIE"
_HEAD: Final = 60


def document_report(
    directory: str | Path, *, output: str | Path | None = None, force: bool = False
) -> Path:
    """Return the Word file that was made of a report, beside its run directory.

    It is made of what the notebook in the directory shows, which is what HTML and PDF are made of,
    so that nothing is in it that is not published. It is not written into the directory, where
    every file is listed in the manifest.

    Args:
        directory: made by `balanstest report`.
        output: where to write; None for beside the directory.
        force: replace a file that is there, and with it what was edited in it.

    Raises:
        UsageError: there is no report, or the file is there already.
        DataError: the report was changed after it was made.
        BlockError: the report holds something of which no Word file can be made.
        RunError: the file cannot be written.
    """
    place = Path(directory).resolve()
    _, files = verified_files(place)
    target = Path(output) if output else place.parent / f"{STEM}_{place.name}.docx"
    _refuse_inside(target, place)
    if target.exists() and not force:
        raise UsageError(
            f"`{target}` is there already, and may have been edited. Move it, or replace it with "
            "`--force`."
        )
    write_atomically(target, working_copy(_notebook(files[NAME])))
    return target


def _refuse_inside(target: Path, place: Path) -> None:
    if place in target.resolve().parents:
        raise UsageError(
            f"`{target.name}` would stand in the run directory, which holds what the manifest "
            "lists and nothing else. Give another place with `--output`."
        )


def _notebook(content: bytes) -> nbformat.NotebookNode:
    try:
        parsed_json(content)
        notebook: nbformat.NotebookNode = nbformat.reads(content.decode("utf-8"), as_version=4)
    except (ValueError, nbformat.ValidationError):
        raise DataError(f"`{NAME}` cannot be read. Make the report again.") from None
    return notebook


def working_copy(notebook: nbformat.NotebookNode) -> bytes:
    """Return an executed notebook as a Word file; the same notebook gives the same bytes.

    Raises:
        BlockError: the notebook holds an error, or something no Word file can show.
    """
    metadata = document_metadata(notebook)
    body = tree_of(numbered_body(html_body(notebook), metadata))
    document = blank_document()
    fictitious = "fictieve gegevens · " if metadata.fictitious else ""
    set_running_lines(
        document,
        left=metadata.organisation[:_HEAD],
        mark=f"{fictitious}{MARK}",
        foot=" · ".join(_foot(metadata)),
    )
    _say_what_it_is(document.add_paragraph(style=BOX_TITLE))
    Writer(document, _places(body)).write(body)
    title = f"{metadata.title} ({MARK.lower()})"
    return saved(document, title=title, author=metadata.organisation, day=metadata.date)


def _foot(metadata: DocumentMetadata) -> tuple[str, ...]:
    return (metadata.title, *([quarter(metadata.period)] if metadata.period else []))


def _say_what_it_is(paragraph: Paragraph) -> None:
    paragraph.add_run(
        f"{MARK}. Dit is een kopie om in te werken. Wat hier wordt gewijzigd, komt niet in het "
        "rapport: dat wordt gemaakt uit het dossier en de gegevens."
    )


def _places(body: Element) -> dict[str, str]:
    """Return the name of a bookmark for each section, and each anchor that a reference leads to."""
    links = [one.attributes.get("href", "").removeprefix("#") for one in body.walk()]
    sections = [one.attributes["id"] for one in body.walk() if one.tag == "h2"]
    anchors = dict.fromkeys(filter(None, (*sections, *links)))
    return {anchor: f"plaats_{number}" for number, anchor in enumerate(anchors, start=1)}
