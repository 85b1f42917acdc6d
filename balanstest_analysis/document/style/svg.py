"""An SVG of which only shapes and colours are left: nothing that runs, and nothing from outside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from balanstest_analysis.document.style.refusal import LogoError

_SVG: Final = "http://www.w3.org/2000/svg"
_XLINK: Final = "http://www.w3.org/1999/xlink"
_SHAPES: Final = frozenset(
    {"svg", "g", "defs", "symbol", "use", "style"}
    | {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
    | {"clipPath", "mask", "linearGradient", "radialGradient", "stop"}
)
_NOT_DRAWN: Final = frozenset({"metadata", "title", "desc"})
_FORBIDDEN: Final = {"script": "a script", "foreignObject": "a part that is no drawing"}
_GRADIENTS: Final = frozenset({"linearGradient", "radialGradient"})
_INSIDE: Final = re.compile(r"(?i)url\(\s*(['\"]?)#([\w.:-]+)\1\s*\)")
_OUTSIDE: Final = re.compile(r"(?i)\b(?:url|src|image|image-set|expression)\s*\(|@|\\")
_NUMBER: Final = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
_VIEW: Final = re.compile(rf"\s*{_NUMBER}[\s,]+{_NUMBER}[\s,]+({_NUMBER})[\s,]+({_NUMBER})\s*")
_LENGTH: Final = re.compile(rf"\s*({_NUMBER})(?:px|pt|pc|mm|cm|in)?\s*")
_ADDRESS: Final = re.compile(r"\s*#([\w.:-]+)\s*")
_DEEPEST, _MOST_PARTS, _MOST_DRAWN = 100, 20_000, 100_000
_AGAIN: Final = "export it again as plain shapes, or as PNG"


@dataclass(eq=False, slots=True, kw_only=True)
class _Element:
    name: str
    attributes: dict[str, str]
    inner: list[_Element] = field(default_factory=list)
    text: str = ""


def plain_svg(content: bytes) -> bytes:
    """Return an SVG with nothing in it but shapes and colours.

    Comments, titles, metadata and what a drawing program notes for itself are left out.

    Args:
        content: of the file.

    Raises:
        LogoError: it is broken or too large a drawing, or has a script, an event handler, letters,
            a picture, an entity or an address outside itself.

    Examples:
        >>> plain_svg(b"<svg viewBox='0 0 9 9' onload='x()'/>")
        Traceback (most recent call last):
            ...
        balanstest_analysis.document.style.refusal.LogoError: The logo has an event handler \
(`onload`); allowed are shapes and colours only, so export it again as plain shapes, or as PNG.
    """
    root = _Reader().read(content)
    _refuse_without_size(root)
    _refuse_repetition(root)
    return _written(root, f' xmlns="{_SVG}"' + _linking(root)).encode()


class _Reader:
    """Reads the elements of a drawing, and refuses what a drawing does not need."""

    def __init__(self) -> None:
        self._open: list[_Element] = []
        self._root: _Element | None = None
        self._left_out = 0
        self._count = 0

    def read(self, content: bytes) -> _Element:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        parser.ProcessingInstructionHandler = self._refuse_instruction
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        try:
            parser.Parse(content, True)
        except expat.ExpatError as error:
            raise LogoError(f"is no SVG that can be read (line {error.lineno}); {_AGAIN}") from None
        if self._root is None:
            raise LogoError(f"is XML but no SVG; {_AGAIN}")
        return self._root

    def _refuse_doctype(self, *_: object) -> None:
        raise _refused("a DOCTYPE, in which entities can stand")

    def _refuse_instruction(self, *_: object) -> None:
        raise _refused("an instruction to whoever reads it")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        if local in _FORBIDDEN:
            raise _refused(f"{_FORBIDDEN[local]} (`<{local}>`)")
        self._count += 1
        if self._count > _MOST_PARTS or len(self._open) + self._left_out > _DEEPEST:
            raise LogoError(f"has more parts than a logo needs; {_AGAIN}")
        if self._left_out or (self._open and _is_note(space, local)):
            self._left_out += 1
            return
        if local not in _SHAPES or (self._root is None) != (local == "svg"):
            raise _refused(f"`<{local}>`")
        element = _Element(name=local, attributes=_attributes(attributes))
        if self._open:
            self._open[-1].inner.append(element)
        self._root = self._root or element
        self._open.append(element)

    def _end(self, _name: str) -> None:
        if self._left_out:
            self._left_out -= 1
            return
        element = self._open.pop()
        if element.name == "style":
            _refuse_outside("style", element.text)

    def _text(self, text: str) -> None:
        if not self._left_out and self._open[-1].name == "style":
            self._open[-1].text += text


def _is_note(space: str, local: str) -> bool:
    return space not in {"", _SVG} or local in _NOT_DRAWN


def _refused(what: str) -> LogoError:
    return LogoError(f"has {what}; allowed are shapes and colours only, so {_AGAIN}")


def _attributes(given: dict[str, str]) -> dict[str, str]:
    """Return the attributes that are drawn, when each of them is without danger."""
    kept = {}
    for name, value in given.items():
        space, _, local = name.rpartition(" ")
        if space not in {"", _XLINK} or local.startswith("data-"):
            continue
        if local.lower().startswith("on"):
            raise _refused(f"an event handler (`{local}`)")
        if local.lower() in {"href", "src"} and not _ADDRESS.fullmatch(value):
            raise _refused(f"an address outside itself (`{local}`)")
        _refuse_outside(local, value)
        if not space or local == "href":
            kept[f"xlink:{local}" if space else local] = value
    return kept


def _refuse_outside(name: str, value: str) -> None:
    if _OUTSIDE.search(_INSIDE.sub("", value)):
        raise _refused(f"an address outside itself, or a rule that can have one (`{name}`)")


def _refuse_without_size(root: _Element) -> None:
    """Refuse a drawing of which nobody knows how wide it is for its height."""
    given = root.attributes
    view = _VIEW.fullmatch(given.get("viewBox", ""))
    sides = view.groups() if view else ()
    if view:
        given.pop("width", None)
        given.pop("height", None)
    else:
        found = [_LENGTH.fullmatch(given.get(name, "")) for name in ("width", "height")]
        sides = tuple(side[1] for side in found if side)
    if len(sides) != 2 or not all(0 < float(side) < 1e6 for side in sides):
        raise LogoError(f"does not say its size (`viewBox`); {_AGAIN}")


def _refuse_repetition(root: _Element) -> None:
    """Refuse what draws itself, or so much by reference that drawing it never ends."""
    elements = list(_all(root))
    names = [element.attributes["id"] for element in elements if "id" in element.attributes]
    if len(set(names)) < len(names):
        raise _refused("two parts with one `id`")
    named = {one.attributes["id"]: one for one in elements if "id" in one.attributes}
    for name in (name for element in elements for name in _named_in(element.text)):
        if name in named and named[name].name not in _GRADIENTS:
            raise _refused("a style sheet that names a part which is no gradient")
    try:
        drawn = _cost(root, named, {})
    except RecursionError:
        drawn = _MOST_DRAWN + 1
    if drawn > _MOST_DRAWN:
        raise LogoError(f"has more parts than a logo needs; {_AGAIN}")


def _cost(element: _Element, named: dict[str, _Element], costs: dict[_Element, int | None]) -> int:
    """Return how many elements are drawn for one; a cost of None is still being counted."""
    if element not in costs:
        costs[element] = None
        targets = [named[name] for name in _targets(element) if name in named]
        costs[element] = 1 + sum(_cost(one, named, costs) for one in [*element.inner, *targets])
    cost = costs[element]
    if cost is None:
        raise _refused("a part that draws itself")
    return cost


def _all(element: _Element) -> Iterator[_Element]:
    yield element
    for inner in element.inner:
        yield from _all(inner)


def _targets(element: _Element) -> Iterator[str]:
    for name, value in element.attributes.items():
        if name in {"href", "xlink:href"}:
            yield value.strip().removeprefix("#")
        else:
            yield from _named_in(value)


def _named_in(value: str) -> list[str]:
    return [name for _, name in _INSIDE.findall(value)]


def _linking(root: _Element) -> str:
    linked = any("xlink:href" in element.attributes for element in _all(root))
    return f' xmlns:xlink="{_XLINK}"' if linked else ""


def _written(element: _Element, spaces: str = "") -> str:
    given = "".join(f" {name}={quoteattr(value)}" for name, value in element.attributes.items())
    inner = escape(element.text) + "".join(map(_written, element.inner))
    end = f">{inner}</{element.name}>" if inner else "/>"
    return f"<{element.name}{spaces}{given}{end}"
