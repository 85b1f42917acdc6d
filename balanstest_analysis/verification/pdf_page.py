"""The text of a report as its PDF has it: the same passages and tables that its web page has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from balanstest_analysis.verification.claims.page import (
    DOSSIER_ONLY,
    Page,
    Passage,
    Sheet,
    single_spaced,
)
from balanstest_analysis.verification.claims.whole_page import VOICES
from balanstest_analysis.verification.pdf_tree import BREAK, Element

_HEADING: Final = re.compile(r"H[1-6]")
_PAGE_NUMBER: Final = re.compile(r"\s*\(bladzijde \d+\)")
_CONTENTS: Final = "Inhoud"
_SIGNATURES: Final = "Ondertekening"
_VOICE: Final = "organisatie"
_DEMAND: Final = "Eis"
_JOINER: Final = "\u2060"


def page_of_tree(document: Element) -> Page:
    """Return the passages and tables of a report, from the structure of its PDF.

    Args:
        document: its outermost element.
    """
    builder = _Builder()
    builder.take(document.elements)
    return builder.page


def words_of(element: Element | str) -> str:
    """Return the words of an element with single spaces, without the numbers of pages in links."""
    return plain(_raw(element))


def _raw(element: Element | str) -> str:
    return element if isinstance(element, str) else element.text


def plain(text: str, *, keep_pages: bool = False) -> str:
    """Return text without what only paper needs: joiners and the numbers of pages.

    Examples:
        >>> plain("zie bijlage C (bladzijde  15) en"), plain("(bladzijde 3)", keep_pages=True)
        ('zie bijlage C en', '(bladzijde 3)')
    """
    whole = single_spaced(text.replace(_JOINER, ""))
    return whole if keep_pages else _PAGE_NUMBER.sub("", whole)


def heading_levels() -> tuple[str, ...]:
    """Return the tags of headings."""
    return tuple(f"H{level}" for level in range(1, 7))


def caption_of(element: Element | None) -> str:
    """Return a caption, whose word, number and text are pieces of their own."""
    if element is None:
        return ""
    pieces = [one for one in _pieces(element) if one != BREAK]
    if len(pieces) > 1 and pieces[1].strip().isdigit():
        pieces.insert(2, " ")
    return plain("".join(pieces))


def _pieces(element: Element) -> Iterator[str]:
    for one in element.children:
        if isinstance(one, str):
            yield one
        else:
            yield from _pieces(one)


class _Builder:
    """Takes the elements in reading order, and knows under which heading it is."""

    def __init__(self) -> None:
        self.page = Page()
        self._section = self._part = self._voice = ""
        self._signs = False

    def take(self, elements: tuple[Element, ...]) -> None:
        for place, element in enumerate(elements):
            following = elements[place + 1] if place + 1 < len(elements) else None
            self._one(element, following)

    def _one(self, element: Element, following: Element | None) -> None:
        tag = element.tag
        if _HEADING.fullmatch(tag):
            self._heading(element)
        elif tag == "Table":
            self._table(element, element)
        elif tag == "L":
            self._list(element)
        elif tag in {"TOC", "Reference"} or self._is_signature(element, following):
            return
        elif any(True for _ in element.below("Table", "Figure")):
            self._captioned(element)
        elif tag == "Span":
            self._span(element, following)
        elif tag == "P":
            self._paragraph(element)
        else:
            self.take(element.elements)

    def _is_signature(self, element: Element, following: Element | None) -> bool:
        """Return whether an element is a line to sign on, or the name above it."""
        is_above = following is not None and following.tag == "Div"
        return self._section == _SIGNATURES and (element.tag == "Div" or is_above)

    def _heading(self, element: Element) -> None:
        text = words_of(element)
        self._section, self._voice = text, ""
        if element.tag in {"H1", "H2"}:
            self._part = text
        if text != _CONTENTS:
            self._add("heading", text)

    def _span(self, element: Element, following: Element | None) -> None:
        text = words_of(element)
        if text in VOICES:
            self._voice, self._signs = text, True
        else:
            is_card = following is not None and _begins_with_demand(following)
            self._voice = ""
            for line in element.text.split(BREAK):
                self._add("card" if is_card else "title", plain(line))

    def _paragraph(self, element: Element) -> None:
        said: list[str] = []
        own: list[str] = []
        for part in element.children:
            target = own if own or (said and _ends_own(said[-1])) else said
            target.append(_raw(part))
        self._add("paragraph", plain("".join(said)))
        self._add("paragraph", plain("".join(own)), own=True)

    def _list(self, element: Element) -> None:
        for item in element.below("LI"):
            label, body = (next(item.below(tag), None) for tag in ("Lbl", "LBody"))
            if label is not None and any(True for _ in label.below("Strong")):
                self._add("term", words_of(label))
                self._add("definition", _own_text(body), term=words_of(label))
            else:
                self._add("item", _own_text(body))
            for inner in body.below("L") if body is not None else ():
                self._list(inner)

    def _captioned(self, element: Element) -> None:
        caption = next(element.below("Caption"), None)
        for figure in element.below("Figure"):
            self._add("alt", single_spaced(figure.alt))
            self._add("caption", caption_of(caption))
        for table in element.below("Table"):
            self._table(table, element)
        if any(True for _ in element.below("Table")):
            note = plain("".join(map(_raw, _after_the_table(element))))
            if note:
                self._note(note)

    def _table(self, table: Element, around: Element) -> None:
        caption = next(table.below("Caption"), None) or next(around.below("Caption"), None)
        head = next(table.below("THead"), None)
        body = next(table.below("TBody"), None)
        rows = tuple(map(_cells, body.below("TR"))) if body is not None else ()
        text = caption_of(caption).removeprefix("Tabel").strip()
        self.page.sheets.append(
            Sheet(
                section=self._section,
                part=self._part,
                caption=text,
                columns=next(map(_cells, head.below("TR")), ()) if head is not None else (),
                rows=rows,
            )
        )
        self._voice = ""
        self._add("sheet", text)

    def _note(self, text: str) -> None:
        last = self.page.sheets[-1]
        self.page.sheets[-1] = Sheet(**{**vars(last), "note": text})
        self._add("note", text)

    def _add(self, kind: str, text: str, *, own: bool = False, term: str = "") -> None:
        if not text:
            return
        takes_sign = kind in {"paragraph", "item"}
        is_signed = takes_sign and self._signs
        self._signs = self._signs and not takes_sign
        self.page.passages.append(
            Passage(
                kind=kind,
                section=self._section,
                part=self._part,
                text=text,
                of_organisation=own or (self._voice == _VOICE and takes_sign),
                voice=self._voice if is_signed else "",
                term=term,
            )
        )


def _begins_with_demand(element: Element) -> bool:
    label = next(element.below("Lbl"), None) if element.tag == "L" else None
    return label is not None and words_of(label) == _DEMAND


def _cells(row: Element) -> tuple[str, ...]:
    return tuple(words_of(cell) for cell in row.below("TH", "TD"))


def _own_text(body: Element | None) -> str:
    if body is None:
        return ""
    parts = [one for one in body.children if isinstance(one, str) or one.tag != "L"]
    return plain("".join(map(_raw, parts)))


def _ends_own(text: str) -> bool:
    return single_spaced(text).endswith(DOSSIER_ONLY)


def _after_the_table(element: Element) -> Iterator[Element]:
    """Yield the notes that stand beside a table within the element that holds both."""
    seen = False
    for one in element.elements:
        if seen and one.tag in {"Span", "Link"}:
            yield one
        holds = one.tag == "Table" or any(True for _ in one.below("Table"))
        if holds and one.tag != "Table":
            yield from _after_the_table(one)
        seen = seen or holds
