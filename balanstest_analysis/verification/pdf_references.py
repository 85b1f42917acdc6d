"""What a PDF says about its own pages: its table of contents, and where a reader is sent to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from balanstest_analysis.verification.claims.phrase import both
from balanstest_analysis.verification.pdf_page import caption_of, heading_levels, plain
from balanstest_analysis.verification.pdf_tree import Element

_ENTRY: Final = re.compile(r"(?P<title>.*?)\s*(?P<page>\d+)")
_SENT: Final = re.compile(
    r"(?i)\b(?P<what>bijlage [A-Z]|vraag \d[a-z]|tabel \d+|figuur \d+) \(bladzijde (?P<page>\d+)\)"
)
_ANY: Final = re.compile(r"\(bladzijde (\d+)\)")


class Reference(NamedTuple):
    """A place that is sent to, with the page that is told and the page on which it is."""

    what: str
    told: int
    due: int | None


def references(document: Element, pages: int) -> Iterator[Reference]:
    """Yield every reference that does not lead to where its place is.

    Args:
        document: the outermost element.
        pages: how many there are.
    """
    titles = dict(_headings(document))
    yield from _contents(document, titles)
    places = dict(_places(document))
    text = _all(document)
    for sent in _SENT.finditer(text):
        due, told = places.get(sent["what"].casefold()), int(sent["page"])
        if due != told:
            yield Reference(sent["what"], told, due)
    for link in _links(document):
        for page in _pages(plain(link.text, keep_pages=True)):
            if link.leads_to and page != link.leads_to:
                yield Reference(plain(link.text), page, link.leads_to)
    targets = {*places.values(), *titles.values()}
    for page in _pages(text):
        if not 0 < page <= pages or page not in targets:
            yield Reference(
                both("a heading, table or figure", "een kop, tabel of figuur"), page, None
            )


def _contents(document: Element, titles: Mapping[str, int]) -> Iterator[Reference]:
    for entry in document.below("TOCI"):
        found = _ENTRY.fullmatch(plain(entry.text))
        title = plain(entry.text) if found is None else found["title"]
        told = 0 if found is None else int(found[2])
        if titles.get(title) != told:
            yield Reference(title, told, titles.get(title))


def _pages(text: str) -> Iterator[int]:
    return map(int, _ANY.findall(text))


def _links(element: Element) -> Iterator[Element]:
    for one in element.elements:
        if one.tag == "Link":
            yield one
        yield from _links(one)


def _all(document: Element) -> str:
    return " ".join(plain(one.text, keep_pages=True) for one in document.elements)


def _headings(document: Element) -> Iterator[tuple[str, int]]:
    for heading in document.below(*heading_levels()):
        yield plain(heading.text), heading.page


def _places(document: Element) -> Iterator[tuple[str, int]]:
    for title, page in _headings(document):
        letter = re.match(r"(?i)(bijlage [A-Z])\b", title)
        number = re.match(r"(\d[a-z])\b", title)
        if letter is not None:
            yield letter[1].casefold(), page
        if number is not None:
            yield f"vraag {number[1]}", page
    for caption in document.below("Caption"):
        found = re.match(r"(?i)((?:tabel|figuur) \d+)\b", caption_of(caption))
        if found is not None:
            yield found[1].casefold(), caption.page
