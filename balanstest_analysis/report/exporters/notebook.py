"""An executed notebook read as a document: its metadata and its pieces in reading order."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from html import unescape
from typing import TYPE_CHECKING, Any, TypeAlias

from nbformat import NotebookNode

from balanstest_analysis.document.blocks import BlockError, Picture, Table
from balanstest_analysis.document.blocks.fragment import (
    DOCUMENT_METADATA,
    SENTINEL,
    TABLES,
    TYPST,
    Fragment,
)
from balanstest_analysis.document.blocks.markdown import cell_tokens
from balanstest_analysis.document.blocks.markdown_html import tokens_html
from balanstest_analysis.document.blocks.table_payload import unpacked
from balanstest_analysis.document.style.accent import Accent, accent_of
from balanstest_analysis.document.style.logo import Logo, logo_in
from balanstest_analysis.report.exporters.contents import entries

if TYPE_CHECKING:
    from balanstest_analysis.report.completion import Sentinel

_SVG = "image/svg+xml"
_LEFT_OUT = "remove_cell"
LOGO = "Logo"  # the words for one of nobody


@dataclass(frozen=True, kw_only=True)
class DocumentMetadata:
    """What stands around the text: in the title, the header, the footer and the properties."""

    title: str = ""
    organisation: str = ""
    category: str = ""
    period: str = ""
    status: str = "concept"
    report_date: str = ""
    fictitious: bool = False
    accent: Accent | None = None
    logo: Logo | None = None

    @property
    def date(self) -> dt.date | None:
        """The date of the document, or None where the notebook names none."""
        return dt.date.fromisoformat(self.report_date) if self.report_date else None


@dataclass(frozen=True, kw_only=True)
class WrittenPiece:
    """One markdown cell."""

    markdown: str


@dataclass(frozen=True, kw_only=True)
class FragmentPiece:
    """What one cell shows, by the form it is shown in."""

    data: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class PlainPiece:
    """One result that has no other form than text."""

    text: str


Piece: TypeAlias = WrittenPiece | FragmentPiece | PlainPiece


def document_metadata(notebook: NotebookNode) -> DocumentMetadata:
    """Return the metadata of a notebook, with the first heading as title of last resort.

    Raises:
        BlockError: Its colour or logo is none that a report shows.
    """
    own: Mapping[str, Any] = notebook.metadata.get(DOCUMENT_METADATA, {})
    given: Mapping[str, Any] = {**sentinel(notebook).get("document", {}), **own}
    known = {field.name for field in fields(DocumentMetadata)}
    metadata = {key: value for key, value in given.items() if key in known and value is not None}
    metadata["title"] = metadata.get("title") or _first_heading(notebook) or "Onderbouwing"
    if "accent" in metadata:
        metadata["accent"] = accent_of(str(metadata["accent"]))
    if "logo" in metadata:
        metadata["logo"] = logo_in(str(metadata["logo"]))
    return DocumentMetadata(**metadata)


def sentinel(notebook: NotebookNode) -> Sentinel:
    """Return what the notebook says of itself as a whole, empty when it says nothing."""
    for output in _outputs(notebook):
        found: Sentinel = json.loads(output.get("data", {}).get(SENTINEL, "{}"))
        if found:
            return found
    return {}


def carried_tables(notebook: NotebookNode) -> tuple[Table, ...]:
    """Return the numbered tables of the document in reading order."""
    fragments = [piece.data for piece in pieces(notebook) if isinstance(piece, FragmentPiece)]
    return tuple(table for data in fragments for table in unpacked(data.get(TABLES, "[]")))


def _outputs(notebook: NotebookNode) -> Iterator[NotebookNode]:
    for cell in notebook.cells:
        yield from cell.get("outputs", [])


def _first_heading(notebook: NotebookNode) -> str:
    for cell in notebook.cells:
        if _LEFT_OUT in cell.metadata.get("tags", []):
            found = []
        elif cell.cell_type == "markdown":
            found = entries(tokens_html(cell_tokens(cell.source)))
        else:
            shown = [output.get("data", {}).get("text/html", "") for output in cell.outputs]
            found = entries("".join(shown))
        if found:
            return unescape(found[0].text)
    return ""


def pieces(notebook: NotebookNode) -> Iterator[Piece]:
    """Yield what the document shows; code, streams and prompts are no part of it.

    Raises:
        BlockError: An output is an error, or a picture without words, or there is no output.
    """
    _refuse_unexecuted(notebook)
    for cell in notebook.cells:
        if _LEFT_OUT in cell.metadata.get("tags", []):
            continue
        if cell.cell_type == "markdown":
            yield WrittenPiece(markdown=cell.source)
        elif cell.cell_type == "code":
            yield from filter(None, map(_piece, cell.outputs))


def _refuse_unexecuted(notebook: NotebookNode) -> None:
    """Refuse a notebook of which no cell was executed: a report of it would be empty."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    if code and not any(cell.outputs or cell.execution_count for cell in code):
        raise BlockError(
            "Dit notebook is nog niet uitgevoerd, dus er is niets te exporteren. Kies in het menu "
            "Run, Run All Cells, en exporteer het daarna opnieuw."
        )


def _piece(output: NotebookNode) -> Piece | None:
    if output.output_type == "error":
        raise BlockError(
            f"The notebook holds an error ({output.ename}). Run it again until it ends without one."
        )
    data = output.get("data", {})
    if output.output_type == "stream" or SENTINEL in data:
        return None
    if TYPST in data and "text/html" in data:
        return FragmentPiece(data=data)
    return _foreign_piece(data, output.get("metadata", {}))


def _foreign_piece(
    data: Mapping[str, str], metadata: Mapping[str, Mapping[str, str]]
) -> Piece | None:
    if _SVG in data:
        return FragmentPiece(data=_picture(data, metadata.get(_SVG, {})))
    if "image/png" in data or "image/jpeg" in data:
        raise BlockError(
            "The notebook shows a picture without words. Display an SVG with an alt text."
        )
    text = data.get("text/plain", "")
    return PlainPiece(text=text) if text else None


def _picture(data: Mapping[str, str], words: Mapping[str, str]) -> dict[str, str]:
    alt = str(words.get("alt", ""))
    picture = Picture(svg=data[_SVG], alt=alt, caption=str(words.get("caption", alt)))
    return Fragment(blocks=(picture,))._repr_mimebundle_()
