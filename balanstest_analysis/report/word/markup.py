"""The HTML of a report read as a tree, for a document of another form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

_VOID: Final = frozenset({"br", "hr", "img"})


@dataclass(kw_only=True)
class Element:
    """An element of HTML.

    Attributes:
        tag: its name.
        attributes: by name; one without a value has the empty text.
        children: elements and texts, in order.
    """

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes of the element."""
        return tuple(self.attributes.get("class", "").split())

    @property
    def elements(self) -> list[Element]:
        """The children that are elements."""
        return [child for child in self.children if isinstance(child, Element)]

    def text(self) -> str:
        """Return all words in it."""
        return "".join(c if isinstance(c, str) else c.text() for c in self.children)

    def walk(self) -> Iterator[Element]:
        """Yield the element and all in it, in reading order."""
        yield self
        for child in self.elements:
            yield from child.walk()

    def first(self, tag: str) -> Element | None:
        """Return the first element of a name in it, itself included, or None."""
        return next((one for one in self.walk() if one.tag == tag), None)


def tree_of(html: str) -> Element:
    """Return HTML of ours as one element with everything in it.

    Args:
        html: well nested, as our own is.

    Examples:
        >>> tree_of("<p>een <em>woord</em></p>").elements[0].text()
        'een woord'
    """
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.root


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element(tag="body")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag=tag, attributes={name: value or "" for name, value in attrs})
        self._open[-1].children.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if any(element.tag == tag for element in self._open[1:]):
            while self._open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)
