"""What only the whole document knows: heading order, anchors, numbers, table of contents."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from balanstest_analysis.errors import BlockError

_HEADING = re.compile(r'<h([1-4]) id="([^"]*)">(.*?)</h\1>', re.DOTALL)
_NUMBER = re.compile(r'<span class="number" data-series="(\w+)">\w+</span>')

_REFERENCE = re.compile(r'<a class="reference" href="#([^"]+)"( data-number)?>(.*?)</a>', re.DOTALL)
_NUMBERED = re.compile(
    r'<(?:div|figure)[^>]* id="([^"]+)"[^>]*>(?:(?!</table>|</figure>).)*?'
    r'<span class="number">(\w+ \d+)</span>',
    re.DOTALL,
)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A heading of the document; the text is HTML."""

    level: int
    anchor: str
    text: str


def entries(body: str) -> list[Entry]:
    """Return the headings of an HTML body in reading order."""
    return [
        Entry(level=int(level), anchor=anchor, text=re.sub(r"<[^>]+>", "", text).strip())
        for level, anchor, text in _HEADING.findall(body)
    ]


def lacks_title(body: str) -> bool:
    """Return whether the body does not begin with a heading of level 1."""
    found = entries(body)
    return not found or found[0].level != 1


def checked_order(body: str) -> str:
    """Return the body when no heading skips a level.

    Raises:
        BlockError: A heading lies more than one level below the one before it.
    """
    level = 1 if lacks_title(body) else 0
    for entry in entries(body):
        if entry.level > level + 1:
            raise BlockError(
                f"Heading '{entry.text}' has level {entry.level} below level {level}. "
                f"Give it level {level + 1}."
            )
        level = entry.level
    return body


def with_unique_anchors(body: str) -> str:
    """Return the body in which every heading has an anchor of its own.

    Examples:
        >>> with_unique_anchors('<h2 id="a">A</h2><h2 id="a">A</h2>')
        '<h2 id="a">A</h2><h2 id="a-2">A</h2>'
    """
    seen: Counter[str] = Counter()

    def renamed(match: re.Match[str]) -> str:
        level, anchor, text = match.groups()
        seen[anchor] += 1
        unique = anchor if seen[anchor] == 1 else f"{anchor}-{seen[anchor]}"
        return f'<h{level} id="{unique}">{text}</h{level}>'

    return _HEADING.sub(renamed, body)


def with_numbers(body: str) -> str:
    """Return the body with figures and tables numbered, each in its own series.

    Examples:
        >>> with_numbers('<span class="number" data-series="Tabel">Tabel</span>')
        '<span class="number">Tabel 1</span>'
    """
    counts: Counter[str] = Counter()

    def numbered(match: re.Match[str]) -> str:
        counts[match[1]] += 1
        return f'<span class="number">{match[1]} {counts[match[1]]}</span>'

    return _NUMBER.sub(numbered, body)


def with_references(body: str) -> str:
    """Return the body in which each reference leads to a place; the others become their words.

    Examples:
        >>> with_references('<a class="reference" href="#x">bijlage X</a>')
        'bijlage X'
    """
    places = set(re.findall(r' id="([^"]+)"', body))
    numbers = {anchor: number.lower() for anchor, number in _NUMBERED.findall(body)}

    def resolved(match: re.Match[str]) -> str:
        anchor, numbered, words = match.groups()
        if anchor not in places:
            return words
        shown = numbers.get(anchor, words) if numbered else words
        return f'<a class="reference" href="#{anchor}">{shown}</a>'

    return _REFERENCE.sub(resolved, body)


def navigation(body: str) -> str:
    """Return the sections of level 2 as a list of links within the page."""
    items = "".join(
        f'<li><a href="#{entry.anchor}">{entry.text}</a></li>\n'
        for entry in entries(body)
        if entry.level == 2
    )
    return f"<ol>\n{items}</ol>" if items else ""
