"""The HTML exporter: one file that works offline, without script or outside address."""

from __future__ import annotations

from dataclasses import asdict
from html import escape
from string import Template

from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from traitlets import default

from balanstest_analysis.document.blocks.html import CONTENTS_PLACE
from balanstest_analysis.document.blocks.inline import anchor_of
from balanstest_analysis.document.blocks.markdown import cell_tokens
from balanstest_analysis.document.blocks.markdown_html import tokens_html
from balanstest_analysis.document.visible import visible_text
from balanstest_analysis.document.wording import date, quarter
from balanstest_analysis.report.exporters.assets import stylesheet, template
from balanstest_analysis.report.exporters.contents import (
    checked_order,
    lacks_title,
    navigation,
    with_numbers,
    with_references,
    with_unique_anchors,
)
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


class BalanstestHTMLExporter(Exporter):
    """Exports an executed notebook as one accessible HTML file in Dutch."""

    export_from_notebook = "Balanstest (HTML)"
    output_mimetype = "text/html"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: object = None, **kw: object
    ) -> tuple[str, dict[str, object]]:
        """Return the page and nbconvert's resources.

        Raises:
            BlockError: The notebook holds an error or something no page can show.
        """
        notebook, found = super().from_notebook_node(nb, resources, **kw)
        return html_page(notebook), found


def html_page(notebook: NotebookNode) -> str:
    """Return an executed notebook as one HTML page.

    Raises:
        BlockError: The notebook holds an error or something no page can show.
    """
    return page(html_body(notebook), document_metadata(notebook))


def html_body(notebook: NotebookNode) -> str:
    """Return the document's pieces as HTML, as they are shown in the notebook itself."""
    return "\n".join(_markup(piece) for piece in pieces(notebook))


def _markup(piece: Piece) -> str:
    match piece:
        case WrittenPiece():
            return tokens_html(cell_tokens(piece.markdown))
        case FragmentPiece():
            return piece.data["text/html"]
        case PlainPiece():
            return f"<pre>{escape(piece.text)}</pre>"


def page(body: str, metadata: DocumentMetadata) -> str:
    """Return the whole page around a body."""
    body = numbered_body(body, metadata)
    links = navigation(body)
    whole = Template(template("rapport.html")).substitute(
        title=escape(metadata.title),
        style=stylesheet() + _own_style(metadata),
        masthead=_masthead(metadata),
        beside=" beside" if CONTENTS_PLACE in body else "",
        navigation=links,
        body=body.replace(CONTENTS_PLACE, _contents(links)),
        colophon=_colophon(metadata),
    )
    return visible_text(whole)


def numbered_body(body: str, metadata: DocumentMetadata) -> str:
    """Return a body with a title, numbers, anchors and references that lead to a place.

    Args:
        body: from `html_body`.
        metadata: of the document.

    Raises:
        BlockError: a heading skips a level.
    """
    if lacks_title(body):
        body = f'<h1 id="{anchor_of(metadata.title)}">{escape(metadata.title)}</h1>\n{body}'
    return with_references(with_numbers(with_unique_anchors(checked_order(body))))


def _contents(links: str) -> str:
    """The contents within the page, for a screen too narrow to have them beside it."""
    return (
        '<nav class="contents" aria-label="Inhoudsopgave">\n<p class="nav-title">Inhoud</p>\n'
        f"{links}\n</nav>"
    )


def _masthead(metadata: DocumentMetadata) -> str:
    organisation = f"<strong>{escape(metadata.organisation)}</strong>"
    category = f"<span>{escape(metadata.category)}</span>" if metadata.category else ""
    fictitious = "<span>fictieve gegevens</span>" if metadata.fictitious else ""
    kind = "final" if metadata.status == "definitief" else "draft"
    status = f'<span class="status {kind}">{escape(metadata.status)}</span>'
    facts = f"<p>{organisation}{category}</p>\n<p>{fictitious}{status}</p>"
    return f"{facts}\n{_logo(metadata)}" if metadata.logo else facts


def _logo(metadata: DocumentMetadata) -> str:
    address = metadata.logo.uri if metadata.logo else ""
    return f'<img class="logo" src="{address}" alt="{escape(metadata.organisation or LOGO)}">'


def _own_style(metadata: DocumentMetadata) -> str:
    """The rules by which a page takes the colours and the logo of the organisation."""
    rules = ""
    if metadata.accent:
        rules += "\n" + Template(template("accent.css")).substitute(asdict(metadata.accent))
    return rules + ("\n" + template("logo.css") if metadata.logo else "")


def _colophon(metadata: DocumentMetadata) -> str:
    period = quarter(metadata.period) if metadata.period else ""
    day = date(metadata.date) if metadata.date else ""
    return " · ".join(escape(text) for text in (metadata.title, period, day) if text)
