"""The PDF exporter: notebook to Typst to a tagged, bookmarked PDF."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from importlib.resources import as_file
from pathlib import Path
from tempfile import TemporaryDirectory

import typst
from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from traitlets import default

from balanstest_analysis.document.blocks.fragment import TYPST
from balanstest_analysis.document.blocks.markdown import cell_tokens
from balanstest_analysis.document.blocks.markdown_typst import tokens_typst
from balanstest_analysis.document.blocks.typst import PAGE_TURN
from balanstest_analysis.document.blocks.typst_text import typst_string, words
from balanstest_analysis.document.files import no_temporary_place
from balanstest_analysis.document.wording import quarter
from balanstest_analysis.errors import BlockError, RunError
from balanstest_analysis.report.exporters.annexes import NO_DATE, Annex, annexes
from balanstest_analysis.report.exporters.assets import font_folder, template
from balanstest_analysis.report.exporters.contents import checked_order, lacks_title
from balanstest_analysis.report.exporters.html import html_body
from balanstest_analysis.report.exporters.notebook import (
    LOGO,
    DocumentMetadata,
    FragmentPiece,
    Piece,
    PlainPiece,
    WrittenPiece,
    document_metadata,
    pieces,
)

_MAIN, _LOOK = "main.typ", "rapport.typ"
_STANDARDS: list[typst.PDFStandard] = ["ua-1", "a-3a"]


class BalanstestPDFExporter(Exporter):
    """Exports an executed notebook as a PDF that meets PDF/UA-1 and PDF/A-3a.

    Its name, `balanstest-pdf`, is for the command line. Jupyter Server finds no exporter with a
    hyphen in its name, so there it stays out of the menu, and `LabPDFExporter` takes its place.
    """

    export_from_notebook = "Balanstest (PDF)"
    output_mimetype = "application/pdf"

    @default("enabled")
    def _enabled_default(self) -> bool:
        return not _in_jupyter_server()

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".pdf"

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: object = None, **kw: object
    ) -> tuple[bytes, dict[str, object]]:
        """Return the PDF and nbconvert's resources.

        Raises:
            BlockError: The notebook holds an error or something no page can show.
        """
        notebook, found = super().from_notebook_node(nb, resources, **kw)
        return pdf_document(notebook), found


class LabPDFExporter(BalanstestPDFExporter):
    """The same under the name `balanstest_pdf`, which Jupyter Server can find."""

    @default("enabled")
    def _enabled_default(self) -> bool:
        return True


def _in_jupyter_server() -> bool:
    server = sys.modules.get("jupyter_server.serverapp")
    return server is not None and bool(server.ServerApp.initialized())


def pdf_document(notebook: NotebookNode) -> bytes:
    """Return an executed notebook as a PDF; the same notebook gives the same bytes.

    What the notebook carries along, the result and the tables, is attached to it.

    Raises:
        BlockError: The notebook holds an error or something no page can show.
    """
    metadata = document_metadata(notebook)
    attached = annexes(notebook)
    source, chapters = typst_files(notebook, metadata, attached)
    return compiled(source, metadata, attached, chapters)


def typst_source(notebook: NotebookNode, metadata: DocumentMetadata) -> str:
    """Return the whole document as Typst, preamble included."""
    return "\n\n".join((preamble(metadata), *_chapters(notebook, metadata), ""))


def typst_files(
    notebook: NotebookNode, metadata: DocumentMetadata, attached: Sequence[Annex] = ()
) -> tuple[str, dict[str, str]]:
    """Return the document as Typst in several files: the main one, and the others by name.

    Typst remembers by file what it laid out, so that a document that grows is soon set again.

    Args:
        notebook: executed, or as far as it is.
        metadata: of the document.
        attached: files that it reads.
    """
    look = f'#import "{_LOOK}": *'
    chapters = {
        f"deel-{number:03}.typ": f"{look}\n\n{chapter}\n"
        for number, chapter in enumerate(_chapters(notebook, metadata))
    }
    included = [f'#include "{name}"' for name in chapters]
    show = f"{look}\n{_shown(metadata)}"
    main = "\n\n".join((show, *map(_attachment, attached), *included, ""))
    return main, {_LOOK: template(_LOOK), **chapters}


def _chapters(notebook: NotebookNode, metadata: DocumentMetadata) -> list[str]:
    first, *others = [*map(_markup, pieces(notebook)), ""]
    chapters = [_first_sheet(first), *filter(None, others)]
    if lacks_title(checked_order(html_body(notebook))):
        return [f"#heading(level: 1)[{words(metadata.title)}]", *chapters]
    return chapters


def preamble(metadata: DocumentMetadata) -> str:
    """Return what stands before every document of ours in Typst: its look, and what is around it.

    Args:
        metadata: of the document.
    """
    return f"{template(_LOOK)}\n{_shown(metadata)}"


def _shown(metadata: DocumentMetadata) -> str:
    return f"#show: report.with({_arguments(metadata)})"


def _first_sheet(markup: str) -> str:
    """Return what stands before the first page break of a report, set as its first sheet."""
    sheet, turn, rest = markup.partition(f"\n\n{PAGE_TURN}")  # no text of a dossier has two lines
    return f"#first-sheet[\n{sheet}\n]{rest}" if turn else markup


def _attachment(annex: Annex) -> str:
    name, mime_type, description = map(
        typst_string, (annex.name, annex.mime_type, annex.description)
    )
    return (
        f'#pdf.attach({name}, read("/" + {name}, encoding: none), relationship: "data", '
        f"mime-type: {mime_type}, description: {description})"
    )


def _arguments(metadata: DocumentMetadata) -> str:
    texts = ("title", "organisation", "category", "status")
    named = [f"{name}: {typst_string(getattr(metadata, name))}" for name in texts]
    period = quarter(metadata.period) if metadata.period else ""
    named.append(f"period: {typst_string(period)}")
    date = metadata.date or NO_DATE
    named.append(f"date: datetime(year: {date.year}, month: {date.month}, day: {date.day})")
    named.append(f"fictitious: {json.dumps(metadata.fictitious)}")
    if metadata.logo:
        words_of_logo = typst_string(metadata.organisation or LOGO)
        named.append(f"logo: ({typst_string('/' + metadata.logo.name)}, {words_of_logo})")
    return ", ".join(named)


def _markup(piece: Piece) -> str:
    match piece:
        case WrittenPiece():
            return tokens_typst(cell_tokens(piece.markdown))
        case FragmentPiece():
            return piece.data[TYPST]
        case PlainPiece():
            return f"#raw(block: true, {typst_string(piece.text)})"


def compiled(
    source: str,
    metadata: DocumentMetadata,
    attached: Sequence[Annex] = (),
    included: Mapping[str, str] | None = None,
) -> bytes:
    """Return the PDF of a Typst source; the same source gives the same bytes.

    Args:
        source: in Typst; it may read the attached files by their names.
        metadata: of the document.
        attached: files in memory.
        included: other files in Typst, by name.

    Raises:
        BlockError: Typst refuses the source or warns about it.
        RunError: there is no room for temporary files.
    """
    logo = {metadata.logo.name: metadata.logo.content} if metadata.logo else {}
    parts = {name: text.encode() for name, text in (included or {}).items()}
    files = {annex.name: annex.content for annex in attached} | logo | parts
    midnight = dt.datetime.combine(metadata.date or NO_DATE, dt.time(), dt.UTC)
    with as_file(font_folder()) as fonts, _folder_of(source, files) as folder:
        faces = typst.Fonts(include_system_fonts=False, font_paths=[fonts])
        try:
            pdf, warnings = typst.compile_with_warnings(
                folder / _MAIN,
                root=folder,
                font_paths=faces,
                ignore_system_fonts=True,
                pdf_standards=_STANDARDS,
                timestamp=midnight,
                sys_inputs=asdict(metadata.accent) if metadata.accent else {},
            )
        except typst.TypstError as error:
            raise BlockError(f"The PDF cannot be made: {_said(error)}.") from None
    if warnings:
        raise BlockError(f"The PDF was made with a warning: {_said(warnings[0])}.")
    return bytes(pdf)


@contextmanager
def _folder_of(source: str, files: Mapping[str, bytes]) -> Iterator[Path]:
    """Yield a folder from which Typst reads the source, the logo and what is to be attached."""
    with ExitStack() as stack:
        try:
            folder = Path(stack.enter_context(TemporaryDirectory(prefix="balanstest-")))
            for name, content in files.items():
                (folder / name).write_bytes(content)
            (folder / _MAIN).write_text(source, "utf-8")
        except OSError:
            raise RunError(no_temporary_place()) from None
        yield folder


def _said(diagnostic: typst.TypstError | typst.TypstWarning) -> str:
    return "; ".join([diagnostic.message, *diagnostic.hints])
