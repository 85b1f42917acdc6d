"""Words with their marks as runs of a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from balanstest_analysis.document.visible import visible_text
from balanstest_analysis.report.word.markup import Element
from balanstest_analysis.report.word.styles import MONO, MUTED, SANS
from balanstest_analysis.report.word.xml import element

_SPACES: Final = re.compile(r"[ \n\r]+")


@dataclass(frozen=True, kw_only=True)
class Marks:
    """How words are marked."""

    bold: bool = False
    italic: bool = False
    code: bool = False
    voice: bool = False


def add_words(
    paragraph: Paragraph, children: Iterable[Element | str], places: Mapping[str, str]
) -> None:
    """Add words to a paragraph, references as links within the document.

    Args:
        paragraph: to add to.
        children: texts and elements within a line.
        places: names of bookmarks by the anchor of a reference.
    """
    _add(paragraph, paragraph._p, children, places, Marks())
    _trim(paragraph)


def _add(
    paragraph: Paragraph,
    parent: BaseOxmlElement,
    children: Iterable[Element | str],
    places: Mapping[str, str],
    marks: Marks,
) -> None:
    for child in children:
        if isinstance(child, str):
            _run(paragraph, parent, _SPACES.sub(" ", child), marks)
        elif child.tag == "br":
            _run(paragraph, parent, "\n", marks)
        elif child.tag == "a":
            _add(paragraph, _link(parent, child, places), child.children, places, marks)
        else:
            _add(paragraph, parent, child.children, places, _marked(child, marks))
            if "voice" in child.classes:
                _run(paragraph, parent, " · ", replace(marks, voice=True))


def _marked(child: Element, marks: Marks) -> Marks:
    return replace(
        marks,
        bold=marks.bold or child.tag == "strong" or "number" in child.classes,
        italic=marks.italic or child.tag == "em",
        code=marks.code or child.tag == "code",
        voice=marks.voice or "voice" in child.classes,
    )


def _link(parent: BaseOxmlElement, child: Element, places: Mapping[str, str]) -> BaseOxmlElement:
    """Return the element that holds the words of a link within the document."""
    name = places.get(child.attributes.get("href", "").removeprefix("#"))
    if name is None:
        return parent
    link = element("hyperlink", anchor=name, history=1)
    parent.append(link)
    return link


def _run(paragraph: Paragraph, parent: BaseOxmlElement, text: str, marks: Marks) -> None:
    if not text:
        return
    run = Run(element("r"), paragraph)
    parent.append(run._r)
    run.text = visible_text(text)
    run.bold, run.italic = marks.bold or None, marks.italic or None
    if marks.code:
        run.font.name, run.font.size = MONO, Pt(8.5)
    if marks.voice:
        run.font.name, run.font.size = SANS, Pt(7.5)
        run.font.color.rgb = RGBColor.from_string(MUTED)


def _trim(paragraph: Paragraph) -> None:
    """Take the space before the first word away, which HTML does not show."""
    runs = paragraph.runs
    while runs and not runs[0].text.strip(" "):
        runs[0]._r.getparent().remove(runs[0]._r)
        runs = paragraph.runs
    if runs and not paragraph.text.startswith("\t"):
        first = runs[0]
        if first.text != first.text.lstrip(" "):
            first.text = first.text.lstrip(" ")
