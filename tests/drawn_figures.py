"""Reads a figure back from its paths: what stands at which month, and how high."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias
from xml.etree import ElementTree as ET

_NUMBER = r"-?\d+(?:\.\d+)?(?:e-?\d+)?"
_POINT = re.compile(rf"[MLC]?\s*({_NUMBER})[ ,]+({_NUMBER})")
_LABEL = re.compile(r"−?\d{1,3}(?:\.\d{3})*(?:,\d+)?%?|−?\d+(?:,\d+)?%?")
_HREF = "{http://www.w3.org/1999/xlink}href"
_NO_MARKS = ("text", "matplotlib.axis", "legend")
DOTS = "PathCollection"
LARGEST_MARK = 6.0  # in points; what is larger is an area
Pixel: TypeAlias = tuple[float, float]
Shapes: TypeAlias = Mapping[str, tuple[Pixel, ...]]


@dataclass(frozen=True, kw_only=True)
class Scale:
    """How places on one axis and numbers belong together; `pixels` for one unit."""

    zero: float
    pixels: float

    def value(self, place: float) -> float:
        """Return the number at a place."""
        return (place - self.zero) / self.pixels


@dataclass(frozen=True, kw_only=True)
class Mark:
    """One path or dot.

    Attributes:
        kind: how matplotlib calls its group.
        points: corners of the path, or the middle of a dot.
        radius: of a dot, in points; None for a path.
    """

    kind: str
    points: tuple[Pixel, ...]
    radius: float | None = None


@dataclass(frozen=True, kw_only=True)
class Panel:
    """One pair of axes.

    Attributes:
        marks: all that is drawn in it but words, ticks and grid.
        across: of the months, or None where the axis has no numbers.
        upward: of what is shown against them, likewise.
        percent: whether the numbers at the side are percentages.
        frame: left, right, top and bottom.
    """

    marks: tuple[Mark, ...]
    across: Scale | None
    upward: Scale | None
    percent: bool
    frame: tuple[float, float, float, float]

    def on_frame(self, place: float, *, upward: bool, near: float) -> bool:
        """Return whether a place is where the panel ends."""
        ends = self.frame[2:] if upward else self.frame[:2]
        return any(abs(place - end) < near for end in ends)


def number_of(label: str) -> float | None:
    """Return the number that a tick is labelled with, or None.

    Examples:
        >>> number_of("0,25%"), number_of("1.200"), number_of("−3"), number_of("Verzet")
        (0.0025, 1200.0, -3.0, None)
    """
    if not _LABEL.fullmatch(label):
        return None
    plain = label.removesuffix("%").replace(".", "").replace(",", ".").replace("−", "-")
    return float(plain) / (100 if label.endswith("%") else 1)


def panels_of(svg: str) -> list[Panel]:
    """Return every panel of a figure that matplotlib drew.

    Args:
        svg: the drawing, with its comments: they are the words that are drawn as paths.
    """
    parser = ET.XMLParser(target=ET.TreeBuilder(insert_comments=True))
    root = ET.fromstring(svg, parser=parser)
    axes = [g for g in _groups(root) if (g.get("id") or "").startswith("axes_")]
    scales = [_scale(panel, "xtick") for panel in axes]
    shared = next((scale for scale, _ in scales if scale is not None), None)
    shapes = {f"#{path.get('id')}": _points(path) for path in _defined(root)}
    return [
        _panel(panel, across or shared, shapes)
        for panel, (across, _) in zip(axes, scales, strict=True)
    ]


def _panel(axes: ET.Element, across: Scale | None, shapes: Shapes) -> Panel:
    upward, percent = _scale(axes, "ytick")
    inside = [child for child in axes if isinstance(child.tag, str)]
    frame = _points(next(_paths(inside[0])))
    xs, ys = zip(*frame, strict=True)
    drawn = [g for g in inside[1:] if not (g.get("id") or "").startswith(_NO_MARKS)]
    return Panel(
        marks=tuple(mark for group in drawn for mark in _marks(group, shapes)),
        across=across,
        upward=upward,
        percent=percent,
        frame=(min(xs), max(xs), min(ys), max(ys)),
    )


def _groups(element: ET.Element) -> Iterator[ET.Element]:
    return (child for child in element.iter() if isinstance(child.tag, str) and _is(child, "g"))


def _is(element: ET.Element, name: str) -> bool:
    return str(element.tag).rpartition("}")[2] == name


def _scale(axes: ET.Element, kind: str) -> tuple[Scale | None, bool]:
    """Return the scale that two labelled ticks give, and whether they are percentages."""
    found: list[tuple[float, float]] = []
    percent = False
    for tick in (g for g in _groups(axes) if (g.get("id") or "").startswith(kind)):
        label = next((str(c.text).strip() for c in tick.iter() if c.tag is ET.Comment), "")
        mark = next((c for c in tick.iter() if isinstance(c.tag, str) and _is(c, "use")), None)
        value = number_of(label)
        if value is not None and mark is not None:
            found.append((value, float(mark.get("x" if kind == "xtick" else "y", "nan"))))
            percent = percent or label.endswith("%")
    if len({value for value, _ in found}) < 2:
        return None, percent
    (low, first), (high, last) = min(found), max(found)
    pixels = (last - first) / (high - low)
    return Scale(zero=first - low * pixels, pixels=pixels), percent


def _marks(group: ET.Element, shapes: Shapes) -> Iterator[Mark]:
    """Yield the paths of a group, and its shapes where they are put: a dot, or a whole area."""
    kind = (group.get("id") or "").rpartition("_")[0]
    for path in _paths(group):
        yield Mark(kind=kind, points=_points(path))
    for use in (c for c in group.iter() if isinstance(c.tag, str) and _is(c, "use")):
        shape = shapes[str(use.get(_HREF))]
        x, y = float(use.get("x", "0")), float(use.get("y", "0"))
        reach = max(abs(along) for point in shape for along in point)
        if reach < LARGEST_MARK:
            yield Mark(kind=kind, points=((x, y),), radius=reach if kind == DOTS else None)
        else:
            yield Mark(kind=kind, points=tuple((x + right, y + down) for right, down in shape))


def _defined(group: ET.Element) -> Iterator[ET.Element]:
    for defs in (c for c in group.iter() if isinstance(c.tag, str) and _is(c, "defs")):
        yield from (p for p in defs.iter() if isinstance(p.tag, str) and _is(p, "path"))


def _paths(group: ET.Element) -> Iterator[ET.Element]:
    defined = {id(path) for path in _defined(group)}
    for path in group.iter():
        if isinstance(path.tag, str) and _is(path, "path") and id(path) not in defined:
            yield path


def _points(path: ET.Element) -> tuple[Pixel, ...]:
    return tuple((float(x), float(y)) for x, y in _POINT.findall(path.get("d", "")))
