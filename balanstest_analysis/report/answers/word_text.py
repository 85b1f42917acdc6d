"""Text with lists and tables, written into a Word file and read back from one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from balanstest_analysis.document.visible import visible_text
from balanstest_analysis.report.answers.rich_text import Grid, Line, Part, RichText, Span, tidied
from balanstest_analysis.report.word.numbering import DEEPEST, Lists
from balanstest_analysis.report.word.styles import CODE, MONO
from balanstest_analysis.report.word.xml import element

_CODE_RUN: Final = "Code in tekst"
_QUOTE: Final = "Quote"
_CONTINUED: Final = "Vervolg van punt"


def add_styles(document: Document) -> None:
    """Give a document the styles by which a text is read back."""
    code = document.styles.add_style(_CODE_RUN, WD_STYLE_TYPE.CHARACTER)
    code.font.name, code.font.size = MONO, Pt(9)
    for level in range(1, DEEPEST + 2):
        style: Any = document.styles.add_style(f"{_CONTINUED} {level}", WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        style.paragraph_format.left_indent = Mm(6 * level)


def add_text(document: Document, lists: Lists, text: RichText) -> None:
    """Write a text at the end of a document.

    Args:
        document: with `add_styles`.
        lists: of the document.
        text: to write; an empty one is an empty paragraph, to write in.
    """
    open_lists: dict[int, int] = {}
    for part in text or (Line(spans=()),):
        if isinstance(part, Grid):
            _add_grid(document, part)
            continue
        paragraph = document.add_paragraph(style=_style_of(part))
        _add_spans(paragraph, part.spans)
        if part.level == 0:
            open_lists.clear()
        elif not part.continued:
            for deeper in [level for level in open_lists if level > part.level]:
                del open_lists[deeper]
            if part.level not in open_lists:
                open_lists[part.level] = lists.begin(ordered=part.ordered)
            lists.put(paragraph, open_lists[part.level], part.level - 1)


def _style_of(line: Line) -> str:
    if line.continued and line.level:
        return f"{_CONTINUED} {min(line.level, DEEPEST + 1)}"
    return _QUOTE if line.quoted and not line.level else "Normal"


def _add_spans(paragraph: Paragraph, spans: Iterable[Span]) -> None:
    for span in spans:
        run = paragraph.add_run(visible_text(span.text))
        run.bold, run.italic = span.bold or None, span.italic or None
        if span.code:
            run.style = _CODE_RUN


def _add_grid(document: Document, grid: Grid) -> None:
    width = max(map(len, grid.rows))
    table = document.add_table(rows=len(grid.rows), cols=width, style="Table Grid")
    for row, own in zip(table.rows, grid.rows, strict=True):
        for cell, spans in zip(row.cells, own, strict=False):
            _add_spans(cell.paragraphs[0], spans)
    head = table.rows[0]
    head._tr.get_or_add_trPr().append(element("tblHeader"))
    for cell in head.cells:
        for run in cell.paragraphs[0].runs:
            run.bold = True


# ------------------------------------------------------------ and back


class Reader:
    """Reads texts of one document.

    Args:
        document: of ours, or of whoever edited it.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._forms = _list_forms(document)
        self._styled = _listed_styles(document)

    def body(self) -> Iterator[Paragraph | Table]:
        """Yield the paragraphs and tables of the document, those in content controls too."""
        yield from self._inside(self._document.element.body)

    def _inside(self, parent: BaseOxmlElement) -> Iterator[Paragraph | Table]:
        for child in parent:
            if child.tag == qn("w:p"):
                yield Paragraph(child, self._document)
            elif child.tag == qn("w:tbl"):
                yield Table(child, self._document)
            elif child.tag in _AROUND:
                yield from self._inside(child)

    def text_of(self, parts: Iterable[Paragraph | Table]) -> RichText:
        """Return paragraphs and tables as one text."""
        return tidied(map(self.part, parts))

    def part(self, part: Paragraph | Table) -> Part:
        """Return one paragraph or table."""
        if isinstance(part, Table):
            return Grid(rows=tuple(_row(row) for row in part.rows))
        name = str(part.style.name) if part.style is not None else ""
        spans = tuple(spans_of(part))
        if name.startswith("Heading") or name == "Title":
            return Line(spans=tuple(Span(text=span.text, bold=True) for span in spans))
        level, ordered = self._list_of(part, name)
        if level:
            return Line(spans=spans, level=level, ordered=ordered)
        if name.startswith(_CONTINUED):
            return Line(spans=spans, level=int(name.rpartition(" ")[2]), continued=True)
        code = name == CODE
        return Line(
            spans=tuple(Span(text=s.text, code=True) for s in spans) if code else spans,
            quoted=name in {_QUOTE, "Intense Quote"},
        )

    def _list_of(self, paragraph: Paragraph, style: str) -> tuple[int, bool]:
        """Return how deep in a list a paragraph is, 0 outside any, and whether it is numbered."""
        properties: Any = paragraph._p.pPr
        own = None if properties is None else properties.numPr
        number = None if own is None or own.numId is None else own.numId.val
        level = 0 if own is None or own.ilvl is None else own.ilvl.val
        if number is None:
            number, level = self._styled.get(style, (0, 0))
        if not number:
            return 0, False
        ordered = self._forms.get((number, level), "bullet") != "bullet"
        deeper = _DEEPER_STYLE.fullmatch(style)
        return (int(deeper[1]) if deeper and level == 0 else level + 1), ordered


_DEEPER_STYLE: Final = re.compile(r"List (?:Bullet|Number) (\d)")
_AROUND: Final = {qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml"), qn("w:smartTag")}
_WITHIN: Final = {
    *_AROUND, qn("w:hyperlink"), qn("w:ins"), qn("w:fldSimple"), qn("w:dir"), qn("w:bdo")
}  # fmt: skip


def spans_of(paragraph: Paragraph) -> Iterator[Span]:
    """Yield the words of a paragraph with their marks."""
    for run in _runs(paragraph, paragraph._p):
        style = str(getattr(run.style, "name", ""))  # a file may have no style for it
        strong, slanted = style == "Strong", style == "Emphasis"
        yield Span(
            text=visible_text(_words(run)),
            bold=strong if run.bold is None else bool(run.bold),
            italic=slanted if run.italic is None else bool(run.italic),
            code=style == _CODE_RUN or run.font.name == MONO,
        )


def _runs(paragraph: Paragraph, parent: BaseOxmlElement) -> Iterator[Run]:
    for child in parent:
        if child.tag == qn("w:r"):
            yield Run(child, paragraph)
        elif child.tag in _WITHIN:
            yield from _runs(paragraph, child)


def _words(run: Run) -> str:
    return "".join(
        _SIGNS.get(c.tag) or (c.text or "" if c.tag == qn("w:t") else "") for c in run._r
    )


_SIGNS: Final = {
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:tab"): " ",
    qn("w:noBreakHyphen"): "\u2011",
}


def _row(row: _Row) -> tuple[tuple[Span, ...], ...]:
    cells = {id(cell._tc): cell for cell in row.cells}  # a merged cell stands there once
    return tuple(
        tuple(
            span for paragraph in cell.paragraphs for span in (*spans_of(paragraph), Span(text=" "))
        )
        for cell in cells.values()
    )


def _list_forms(document: Document) -> dict[tuple[int, int], str]:
    """Return by number of a list and level whether its points are ``bullet`` or numbered."""
    try:
        numbering: Any = document.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return {}
    abstract: dict[str, dict[int, str]] = {}
    for one in numbering.findall(qn("w:abstractNum")):
        levels = one.findall(qn("w:lvl"))
        abstract[one.get(qn("w:abstractNumId"))] = {
            int(level.get(qn("w:ilvl"))): level.find(qn("w:numFmt")).get(qn("w:val"))
            for level in levels
            if level.find(qn("w:numFmt")) is not None
        }
    return {
        (int(num.get(qn("w:numId"))), level): form
        for num in numbering.findall(qn("w:num"))
        for level, form in abstract.get(
            num.find(qn("w:abstractNumId")).get(qn("w:val")), {}
        ).items()
    }


def _listed_styles(document: Document) -> dict[str, tuple[int, int]]:
    """Return the list and level of each style that makes a paragraph a point of a list."""
    found: dict[str, tuple[int, int]] = {}
    for style in document.styles:
        properties = style.element.find(qn("w:pPr"))
        number = None if properties is None else properties.find(qn("w:numPr"))
        if number is not None and number.find(qn("w:numId")) is not None:
            level = number.find(qn("w:ilvl"))
            found[str(style.name)] = (
                int(number.find(qn("w:numId")).get(qn("w:val"))),
                0 if level is None else int(level.get(qn("w:val"))),
            )
    return found
