"""Lists of a Word file: points and numbers, each list of numbers beginning at its own 1."""

from __future__ import annotations

from typing import Any, Final

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph

from balanstest_analysis.report.word.xml import element

DEEPEST: Final = 8
_STEP: Final = 340
_POINTS, _NUMBERS = 901, 902


class Lists:
    """The lists of one document.

    Args:
        document: whose paragraphs become points of lists.
    """

    def __init__(self, document: Document) -> None:
        self._numbering: Any = document.part.numbering_part.element
        first = next(iter(self._numbering.findall(qn("w:num"))), None)
        for number, form in ((_POINTS, "bullet"), (_NUMBERS, "decimal")):
            made = _abstract(number, form)
            self._numbering.append(made) if first is None else first.addprevious(made)
        self._points = self._new(_POINTS)

    def begin(self, *, ordered: bool) -> int:
        """Return the number by which a new list is known."""
        return self._new(_NUMBERS) if ordered else self._points

    def _new(self, abstract: int) -> int:
        num = self._numbering.add_num(abstract)
        if abstract == _NUMBERS:
            for level in range(DEEPEST + 1):
                start = element("startOverride", val=1)
                num.append(element("lvlOverride", start, ilvl=level))
        return int(num.numId)

    def put(self, paragraph: Paragraph, number: int, level: int) -> None:
        """Make a paragraph a point of a list.

        Args:
            paragraph: to change.
            number: of the list, from `begin`.
            level: how deep; deeper than Word knows stays at the deepest.
        """
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = min(level, DEEPEST)
        properties.get_or_add_numId().val = number


def _abstract(number: int, form: str) -> BaseOxmlElement:
    levels = [_level(level, form) for level in range(DEEPEST + 1)]
    kind = element("multiLevelType", val="hybridMultilevel")
    return element("abstractNum", kind, *levels, abstractNumId=number)


def _level(level: int, form: str) -> BaseOxmlElement:
    text = "–" if form == "bullet" else f"%{level + 1}."
    indent = element("ind", left=_STEP * (level + 1), hanging=_STEP)
    return element(
        "lvl",
        element("start", val=1),
        element("numFmt", val=form),
        element("lvlText", val=text),
        element("lvlJc", val="left"),
        element("pPr", indent),
        ilvl=level,
    )
