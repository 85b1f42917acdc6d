"""HTML of a report written as a Word document: real headings, lists, tables and captions."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from balanstest_analysis.errors import BlockError
from balanstest_analysis.report.word.grouping import grouped, with_sign_inside
from balanstest_analysis.report.word.markup import Element
from balanstest_analysis.report.word.numbering import Lists
from balanstest_analysis.report.word.pictures import png_of, svg_in
from balanstest_analysis.report.word.runs import add_words
from balanstest_analysis.report.word.styles import (
    ACCENT,
    BOX_TITLE,
    CODE,
    MEASURE,
    NOTE,
    ORGANISATION,
    TERM,
    add_border,
)
from balanstest_analysis.report.word.tables import add_table, keep_together
from balanstest_analysis.report.word.xml import add_bookmark, add_field, add_field_part

_FILLS: Final = {
    "proposal": (ACCENT, "EDF3F8"),
    "warning": ("8A4B00", "FDF5E8"),
    "gap": ("9B1C1C", "FCF0F0"),
    "info": ("4A5665", "F3F5F7"),
    "fictitious": ("5B3A8C", "F5F1FA"),
    "card": (ACCENT, "F8F9FB"),
}
_WHOLE: Final = frozenset({"card", "gap"})  # short enough for one page
_BELOW_BOX: Final = Mm(6)
_SHORT_TERM: Final = 23
_UNSIGNED: Final = (
    "In dit werkexemplaar staan geen regels om te tekenen: getekend wordt het rapport zelf "
    "(onderbouwing.pdf). Daarin tekenen: "
)


@dataclass(frozen=True, kw_only=True)
class Inside:
    """Where in the document something is written.

    Attributes:
        style: of its paragraphs.
        box: kind of the notice around it, or empty.
        level: of the list around it; 0 outside any.
        listed: number of that list.
    """

    style: str = "Normal"
    box: str = ""
    level: int = 0
    listed: int = 0


class Writer:
    """Writes a body of HTML at the end of a document.

    Args:
        document: to write in.
        places: names of bookmarks, by the anchor that a reference leads to.
    """

    def __init__(self, document: Document, places: Mapping[str, str]) -> None:
        self._document = document
        self._places = places
        self._marked: set[str] = set()
        self._lists = Lists(document)
        self._body = Element(tag="body")

    def write(self, body: Element) -> None:
        """Write a body.

        Raises:
            BlockError: it holds something of which no Word file can be made.
        """
        self._body = body
        self._all(body.children, Inside())

    def _all(self, children: Iterable[Element | str], inside: Inside) -> None:
        for group in grouped(children):
            if isinstance(group, Element):
                self._element(group, inside)
            else:
                self._words(group, inside)

    def _element(self, one: Element, inside: Inside) -> None:
        if one.tag == "div":
            return self._division(one, inside)
        if re.fullmatch("h[1-4]", one.tag):
            return self._heading(one)
        writers: dict[str, Callable[[Element, Inside], None]] = {
            "p": self._paragraph,
            "ul": self._list,
            "ol": self._list,
            "dl": self._definitions,
            "figure": self._figure,
            "blockquote": lambda e, i: self._all(e.children, replace(i, style=ORGANISATION)),
            "pre": self._code,
            "hr": lambda _e, _i: None,
        }
        if one.tag not in writers:
            raise BlockError(f"A Word file has no form for `{one.tag}`. Report this as a defect.")
        return writers[one.tag](one, inside)

    def _division(self, one: Element, inside: Inside) -> None:
        kind, *others = one.classes or ("",)
        match kind:
            case "prose":
                self._all(with_sign_inside(one), replace(inside, style=ORGANISATION))
            case "voiced":
                self._all(with_sign_inside(one), inside)
            case "table":
                self._table(one, wide="wide" in others, inside=inside)
            case "notice":
                self._notice(one, others[0])
            case "page-break":  # a figure may stand alone before it; Word cannot know
                pass
            case "contents":
                self._contents()
            case _:
                raise BlockError(f"A Word file has no form for `{kind}`. Report this as a defect.")

    # ------------------------------------------------------------ paragraphs

    def _new(self, style: str) -> Paragraph:
        return self._document.add_paragraph(style=style)

    def _paragraph_in(self, inside: Inside) -> Paragraph:
        paragraph = self._new(inside.style)
        if inside.level:
            self._lists.put(paragraph, inside.listed, inside.level - 1)
        if inside.box:
            colour, fill = _FILLS[inside.box]
            add_border(paragraph._p.get_or_add_pPr(), colour, 12, fill)
        return paragraph

    def _words(self, children: Iterable[Element | str], inside: Inside) -> Paragraph:
        paragraph = self._paragraph_in(inside)
        add_words(paragraph, children, self._places)
        return paragraph

    def _paragraph(self, one: Element, inside: Inside) -> None:
        style = BOX_TITLE if "notice-title" in one.classes else inside.style
        self._words(one.children, replace(inside, style=style))

    def _code(self, one: Element, inside: Inside) -> None:
        self._words([one.text()], replace(inside, style=CODE))

    def _heading(self, one: Element) -> None:
        paragraph = self._new(f"Heading {one.tag[1]}")
        add_words(paragraph, one.children, self._places)
        self._mark(paragraph, one)

    def _mark(self, paragraph: Paragraph, one: Element) -> None:
        """Put a bookmark where a reference may lead, once for each."""
        name = self._places.get(one.attributes.get("id", ""))
        if name and name not in self._marked:
            self._marked.add(name)
            add_bookmark(paragraph, name, len(self._marked))

    def _list(self, one: Element, inside: Inside) -> None:
        if "signatures" in one.classes:
            roles = "; ".join(line.elements[0].text() for line in one.elements)
            self._words([f"{_UNSIGNED}{roles}."], inside)
            return
        listed = self._lists.begin(ordered=one.tag == "ol")
        within = replace(inside, level=inside.level + 1, listed=listed)
        for item in one.elements:
            self._all(item.children, within)

    def _definitions(self, one: Element, inside: Inside) -> None:
        for pair in one.elements:
            term, meaning = pair.elements
            strong = Element(tag="strong", children=[*term.children])
            between = "\t" if len(term.text()) <= _SHORT_TERM else Element(tag="br")
            self._words([strong, between, *meaning.children], replace(inside, style=TERM))

    def _notice(self, one: Element, kind: str) -> None:
        before = len(self._document.paragraphs)
        self._all(one.children, Inside(box=kind))
        *others, last = self._document.paragraphs[before:]
        if kind in _WHOLE:
            for paragraph in others:
                paragraph.paragraph_format.keep_with_next = True
        if kind == "card":  # Word makes one box of two alike with nothing between them
            self._document.add_paragraph().paragraph_format.space_after = Mm(0)
        else:
            last.paragraph_format.space_after = _BELOW_BOX

    # ------------------------------------------------------------ tables and figures

    def _caption(self, one: Element) -> Paragraph:
        """Write a caption whose number Word counts on."""
        number, *words = (child for child in one.children if child != "")
        series, _, shown = (
            number.text().partition(" ") if isinstance(number, Element) else ("",) * 3
        )
        paragraph = self._new("Caption")
        paragraph.add_run(f"{series} ").bold = True
        add_field(paragraph, f"SEQ {series} \\* ARABIC", shown)
        add_words(paragraph, words, self._places)
        return paragraph

    def _table(self, one: Element, *, wide: bool, inside: Inside) -> None:
        table = one.first("table")
        if table is None:
            raise BlockError("The report has a table without rows. Report this as a defect.")
        wide = wide and not inside.box
        if wide:
            self._turn(sideways=True)
        caption = table.first("caption")
        if caption is not None:
            paragraph = self._caption(caption)
            paragraph.paragraph_format.keep_with_next = True
            self._mark(paragraph, one)
        width = Mm(247) if wide else MEASURE
        words = "" if caption is None else caption.text()
        made = add_table(self._document, table, width=width, about=words, places=self._places)
        keep_together(made, is_noted=self._below(one))
        if wide:
            self._turn(sideways=False)

    def _below(self, one: Element) -> bool:
        """Write what stands below a table, and return whether that is a note."""
        note = next((child for child in one.elements if "note" in child.classes), None)
        children: list[Element | str] = [] if note is None else note.children
        add_words(self._document.add_paragraph(style=NOTE), children, self._places)
        return note is not None

    def _turn(self, *, sideways: bool) -> None:
        section = self._document.add_section(WD_SECTION.NEW_PAGE)
        section.orientation = WD_ORIENT.LANDSCAPE if sideways else WD_ORIENT.PORTRAIT
        short, long = Mm(210), Mm(297)
        section.page_width, section.page_height = (long, short) if sideways else (short, long)

    def _figure(self, one: Element, inside: Inside) -> None:
        image, caption = one.first("img"), one.first("figcaption")
        if image is None or caption is None:
            raise BlockError("The report has a figure without words. Report this as a defect.")
        paragraph = self._paragraph_in(Inside())
        paragraph.paragraph_format.keep_with_next = True
        share = re.search(r"width:(\d+)%", image.attributes.get("style", ""))
        width = int(MEASURE * (int(share[1]) if share else 100) / 100)
        drawing = io.BytesIO(png_of(svg_in(image.attributes["src"])))
        shape = paragraph.add_run().add_picture(drawing, width=width)
        about: Any = shape._inline.docPr
        about.set("descr", image.attributes["alt"])
        about.set("name", caption.elements[0].text())
        self._mark(self._caption(caption), one)

    # ------------------------------------------------------------ contents

    def _contents(self) -> None:
        """Write the sections as a table of contents; Word adds the pages when it is updated."""
        entries = [one for one in self._body.walk() if one.tag == "h2"]
        if not entries:
            return
        self._paragraph_in(Inside(style=BOX_TITLE)).add_run("Inhoud")
        lines = [self._new("Normal") for _ in entries]
        for kind, content in (("begin", None), ("", 'TOC \\o "2-2" \\h \\z'), ("separate", None)):
            add_field_part(lines[0], kind, content or "")
        for line, one in zip(lines, entries, strict=True):
            line.paragraph_format.space_after = Mm(0)
            target = Element(tag="a", attributes={"href": f"#{one.attributes['id']}"})
            target.children = [one.text()]
            add_words(line, [target], self._places)
        add_field_part(lines[-1], "end")
        lines[-1].paragraph_format.space_after = Mm(4)
