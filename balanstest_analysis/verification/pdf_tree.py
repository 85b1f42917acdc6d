"""The structure of a tagged PDF: elements in reading order, each with its text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from balanstest_analysis.errors import DataError
from balanstest_analysis.verification.claims.phrase import both
from balanstest_analysis.verification.pdf_content import Painted, Point

_DEEPEST: Final = 60
_MOST_ELEMENTS: Final = 100_000
_SOFT_HYPHEN: Final = "\u00ad"
_BREAK_HERE: Final = "\u200b"  # where a long word may go on upon the next line
_LINE: Final = 3.0
_BROKEN_AFTER: Final = ("-", "–", "/", _SOFT_HYPHEN, _BREAK_HERE)
_SAID: Final = re.compile(r"pagina (\d{1,4})$")
# between two pieces on lines of their own, of which the first was not broken off
BREAK: Final = "\x1e"


@dataclass(frozen=True, kw_only=True)
class Element:
    """An element of the structure.

    Attributes:
        tag: such as ``P`` or ``TD``.
        alt: words in place of a picture.
        children: elements and pieces of text, in reading order.
        points: ends of the lines that its own pieces draw.
        page: on which it begins, from 1; 0 where it paints nothing.
        leads_to: of a link, the page that it opens; 0 where it opens none.
    """

    tag: str
    alt: str = ""
    children: tuple[Element | str, ...] = ()
    points: Counter[Point] = field(default_factory=Counter)
    page: int = 0
    leads_to: int = 0

    @property
    def text(self) -> str:
        """Everything that can be read in it."""
        return "".join(one if isinstance(one, str) else one.text for one in self.children)

    @property
    def elements(self) -> tuple[Element, ...]:
        """The elements right below it."""
        return tuple(one for one in self.children if isinstance(one, Element))

    def below(self, *tags: str) -> Iterator[Element]:
        """Yield the nearest elements below it that have one of some tags."""
        for one in self.elements:
            if one.tag in tags:
                yield one
            else:
                yield from one.below(*tags)


class Tree:
    """Reads the structure of one document, and remembers which pieces it has named."""

    def __init__(self, pages: Mapping[int, Painted]) -> None:
        """Take what each page paints, by the number of the page's object."""
        self._pages = pages
        self._left = _MOST_ELEMENTS
        self._last, self._height = "", 0.0
        self._numbers = {page: number for number, page in enumerate(pages, start=1)}
        self._seen: list[int] = []
        self.named: set[tuple[int, int]] = set()

    def element(self, node: Any, page: int | None = None, depth: int = 0) -> Element:
        """Return an element with all below it.

        Args:
            node: of the structure, in pypdf.
            page: number of the object of the page that it stands on, where known.
            depth: below the root.

        Raises:
            DataError: it is nested deeper, or is larger, than the structure of any report.
        """
        self._left -= 1
        if depth > _DEEPEST or self._left < 0:
            raise DataError(
                both(
                    "the structure of the PDF is larger than that of any report",
                    "de structuur is groter dan die van een rapport",
                )
            )
        here = _page_of(node, page)
        before = len(self._seen)
        parts = [*self._parts(node.get("/K"), here, depth)]
        began = self._seen[before] if len(self._seen) > before else 0
        return Element(
            tag=str(node.get("/S", "")).removeprefix("/"),
            alt=str(node.get("/Alt", "")),
            children=tuple(one for one in parts if isinstance(one, str | Element)),
            page=began,
            leads_to=next((one for one in parts if isinstance(one, int)), 0),
            points=sum((one for one in parts if isinstance(one, Counter)), Counter()),
        )

    def _parts(
        self, kids: Any, page: int | None, depth: int
    ) -> Iterator[Element | str | int | Counter[Point]]:
        for kid in kids if isinstance(kids, list) else [kids]:
            node = kid.get_object() if hasattr(kid, "get_object") else kid
            if isinstance(node, int):
                yield from self._piece(page, node)
            elif isinstance(node, Mapping) and node.get("/Type") == "/MCR":
                yield from self._piece(_page_of(node, page), int(node.get("/MCID", -1)))
            elif isinstance(node, Mapping) and node.get("/Type") == "/OBJR":
                yield self._opens(node.get("/Obj"))
            elif isinstance(node, Mapping) and "/S" in node:
                yield self.element(node, page, depth + 1)

    def _opens(self, link: Any) -> int:
        """Return the page that a link opens, by its target or else by what it says of it."""
        note = link.get_object() if hasattr(link, "get_object") else link
        target = note.get("/Dest") if isinstance(note, Mapping) else None
        if isinstance(target, list) and target and hasattr(target[0], "idnum"):
            return self._numbers.get(int(target[0].idnum), 0)
        said = _SAID.search(str(note.get("/Contents", ""))) if isinstance(note, Mapping) else None
        return int(said[1]) if said is not None else 0

    def _piece(self, page: int | None, mark: int) -> Iterator[str | Counter[Point]]:
        if page is None or page not in self._pages:
            return
        if (page, mark) in self.named:
            raise DataError(
                both(
                    "the structure of the PDF names one piece of text twice",
                    "de structuur noemt een stuk tekst twee keer",
                )
            )
        self.named.add((page, mark))
        self._seen.append(self._numbers[page])
        there = self._pages[page]
        text, height = there.marked.get(mark, ""), there.heights.get(mark, 0.0)
        if text:
            ended = self._last and not self._last.endswith((" ", *_BROKEN_AFTER))
            if ended and abs(height - self._height) > _LINE:
                yield BREAK
            self._last, self._height = text, height
        yield text.replace(_SOFT_HYPHEN, "").replace(_BREAK_HERE, "")
        yield there.points.get(mark, Counter())


def _page_of(node: Any, page: int | None) -> int | None:
    if "/Pg" not in node:
        return page
    return int(getattr(node.raw_get("/Pg"), "idnum", -1))
