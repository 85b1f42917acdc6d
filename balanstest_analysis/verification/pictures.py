"""Drawings of the web page, read as the points between which they draw: so does the PDF."""

from __future__ import annotations

import base64
import binascii
import re
from collections import Counter
from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree as Xml

from balanstest_analysis.verification.pdf_content import Point, rounded

_MOST_BYTES: Final = 20_000_000
_MOST_DEEP: Final = 50
_PICTURE: Final = re.compile(r'<img\b[^>]*?\bsrc="([^"]*)"')
_SVG: Final = "data:image/svg+xml;base64,"
_STEP: Final = re.compile(r"([A-Za-z])\s*(-?[\d.]+(?:e-?\d+)?)[\s,]+(-?[\d.]+(?:e-?\d+)?)")
_ELSEWHERE: Final = frozenset({"defs", "clipPath", "pattern"})


def sources_of(html: str) -> list[str]:
    """Return what the pictures of a page are made of, in order.

    Examples:
        >>> sources_of('<p><img alt="x" src="data:,a"></p>')
        ['data:,a']
    """
    return _PICTURE.findall(html)


def points_of(source: str) -> Counter[Point] | None:
    """Return the ends of the lines that a picture draws, or None of what is no drawing.

    Args:
        source: as it stands in the page.

    Examples:
        >>> svg = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M 0 1.5 L 2 3"/></svg>'
        >>> sorted(points_of(_SVG + base64.b64encode(svg.encode()).decode()))
        [(0, 150), (200, 300)]
    """
    if not source.startswith(_SVG) or len(source) > _MOST_BYTES:
        return None
    try:
        content = base64.b64decode(source.removeprefix(_SVG), validate=True)
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            return None
        return Counter(_points(Xml.fromstring(content), 0))
    except (binascii.Error, Xml.ParseError, ValueError):
        return None


def _points(element: Xml.Element, depth: int) -> Iterator[Point]:
    """Yield the points of what is drawn where it stands; the rest is letters and marks."""
    tag = element.tag.rpartition("}")[2]
    if tag in _ELSEWHERE or "transform" in element.attrib or depth > _MOST_DEEP:
        return
    if tag == "path":
        steps = _STEP.findall(element.get("d", ""))
        ends = [rounded(float(x), float(y)) for step, x, y in steps if step in {"M", "L"}]
        if len({*ends}) > 1:  # a line from a point to itself is drawn nowhere
            yield from ends
    for inner in element:
        yield from _points(inner, depth + 1)


def missing(due: Counter[Point], drawn: Counter[Point]) -> int:
    """Return how many points of one drawing another does not draw as often, there or right beside.

    Examples:
        >>> missing(Counter({(0, 0): 1, (100, 50): 1}), Counter({(1, 0): 1}))
        1
    """
    return sum(max(0, times - _around(point, drawn)) for point, times in due.items())


def _around(point: Point, drawn: Counter[Point]) -> int:
    x, y = point
    return sum(drawn[x + dx, y + dy] for dx in (-1, 0, 1) for dy in (-1, 0, 1))
