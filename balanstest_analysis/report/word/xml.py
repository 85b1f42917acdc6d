"""Elements of WordprocessingML that python-docx has no words for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph


def element(name: str, /, *children: BaseOxmlElement, **attributes: str | int) -> BaseOxmlElement:
    """Return an element of the namespace `w`.

    Args:
        name: without the namespace.
        children: elements in it.
        attributes: without the namespace.

    Examples:
        >>> element("spacing", after=120).tag.rpartition("}")[2]
        'spacing'
    """
    made: BaseOxmlElement = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    made.extend(children)
    return made


def add_field(paragraph: Paragraph, instruction: str, shown: str = "") -> None:
    """Add a field, such as the number of the page, with what it shows until it is counted anew."""
    add_field_part(paragraph, "begin")
    add_field_part(paragraph, "", instruction)
    add_field_part(paragraph, "separate")
    paragraph.add_run(shown)
    add_field_part(paragraph, "end")


def add_field_part(paragraph: Paragraph, kind: str, instruction: str = "") -> None:
    """Add one part of a field: ``begin``, ``separate``, ``end``, or its instruction."""
    if kind:
        part = element("fldChar", fldCharType=kind)
    else:
        part = element("instrText")
        part.text = f" {instruction} "
    paragraph.add_run()._r.append(part)


def add_bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """Put a bookmark around what a paragraph holds."""
    start = element("bookmarkStart", id=number, name=name)
    place = 0 if paragraph._p.pPr is None else 1
    paragraph._p.insert(place, start)
    paragraph._p.append(element("bookmarkEnd", id=number))
