"""What of HTML are blocks, what are words between them, and whose words they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from balanstest_analysis.report.word.markup import Element


def with_sign_inside(one: Element) -> list[Element | str]:
    """Return what is in an element, the sign of whose words they are before its first words.

    Examples:
        >>> sign = Element(tag="span", attributes={"class": "voice"}, children=["regel"])
        >>> around = Element(tag="div", children=[sign, Element(tag="p", children=["Woorden."])])
        >>> with_sign_inside(around)[0].text()
        'regelWoorden.'
    """
    sign = next((child for child in one.elements if "voice" in child.classes), None)
    first = next((e for e in one.walk() if e.tag in _WORDED), None)
    if sign is None or first is None:
        return one.children
    first.children.insert(0, sign)
    return [child for child in one.children if child is not sign]


_WORDED: Final = frozenset({"p", "li", "td", "th"})


def grouped(children: Iterable[Element | str]) -> Iterator[Element | list[Element | str]]:
    """Yield blocks as they are, and the words between them together.

    Examples:
        >>> list(grouped(["een ", Element(tag="em", children=["woord"]), Element(tag="p")]))[1].tag
        'p'
    """
    words: list[Element | str] = []
    for child in children:
        if isinstance(child, str) or child.tag in _INLINE:
            words.append(child)
            continue
        if _are_words(words):
            yield words
        words = [] if _are_words(words) else words[:0]
        yield child
    if _are_words(words):
        yield words


_INLINE: Final = frozenset({"strong", "em", "code", "a", "br", "span"})


def _are_words(words: Iterable[Element | str]) -> bool:
    return any(isinstance(w, Element) or w.strip() for w in words)
