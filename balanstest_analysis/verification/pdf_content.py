"""What the pages of a PDF show, taken apart by the mark under which each piece is painted.

A tagged PDF names every piece of its text with a number, and says elsewhere what the pieces are.
Here the pieces are read: a second reading of a page, which needs no layout to be guessed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from balanstest_analysis.errors import DataError
from balanstest_analysis.verification.claims.phrase import both

MOST_BYTES: Final = 60_000_000
_DEEPEST: Final = 8
_TOKEN: Final = re.compile(
    rb"(?P<string>\()"
    rb"|(?P<dict><<.*?>>)"
    rb"|(?P<hex><[0-9A-Fa-f\s]*>)"
    rb"|(?P<array>[\[\]])"
    rb"|(?P<name>/[^\s()<>\[\]{}/%]*)"
    rb"|(?P<word>[^\s()<>\[\]{}/%]+)",
    re.DOTALL,
)
_IN_STRING: Final = re.compile(rb"\\.|[()]", re.DOTALL)
_MARK: Final = re.compile(rb"/MCID\s+(\d+)")
_ACTUAL: Final = re.compile(rb"/ActualText\s*(\((?:[^\\()]|\\.)*\)|<[0-9A-Fa-f\s]*>)", re.DOTALL)
_ESCAPE: Final = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_LETTERS: Final = {
    b"n": b"\n",
    b"r": b"\r",
    b"t": b"\t",
    b"b": b"\b",
    b"f": b"\f",
    b"\n": b"",
    b"\r": b"",
    b"\r\n": b"",
}
_BLOCK: Final = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_ENTRY: Final = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")

Codes: TypeAlias = Mapping[int, str]
Point: TypeAlias = tuple[int, int]


@dataclass(kw_only=True)
class Painted:
    """What is painted on one page.

    Attributes:
        marked: text by the number of its mark.
        points: ends of lines that are drawn, by the number of the mark.
        heights: where on the page a piece begins, by the number of the mark.
        furniture: text that is marked as no part of the content, such as a header.
        unmarked: text that no mark names at all.
    """

    marked: dict[int, str] = field(default_factory=dict)
    points: dict[int, Counter[Point]] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    furniture: list[str] = field(default_factory=list)
    unmarked: list[str] = field(default_factory=list)


def painted(page: Any) -> Painted:
    """Return what a page of pypdf paints.

    Args:
        page: of a document that is open.

    Raises:
        DataError: the page paints more than any page of ours.
    """
    found = Painted()
    contents = page.get_contents()
    if contents is not None:
        painter = _Painter(found)
        painter.paint(contents.get_data(), page.get("/Resources"), 0)
    return found


def rounded(x: float, y: float) -> Point:
    """Return a point in hundredths, as pictures are compared.

    Examples:
        >>> rounded(197.230181, 24.51312)
        (19723, 2451)
    """
    return round(100 * x), round(100 * y)


def tokens(content: bytes) -> Iterator[tuple[str, bytes]]:
    r"""Yield what the operators of a page are written with, and of which kind each is.

    Examples:
        >>> [text for _, text in tokens(rb"/f0 8 Tf [(a(b)\))3] TJ")]
        [b'/f0', b'8', b'Tf', b'[', b'(a(b)\\))', b'3', b']', b'TJ']
    """
    at = 0
    while found := _TOKEN.search(content, at):
        kind, text = str(found.lastgroup), found[0]
        if kind == "string":
            text = content[found.start() : _end_of_string(content, found.start())]
        at = found.start() + len(text)
        yield kind, text


def _end_of_string(content: bytes, start: int) -> int:
    depth = 0
    for found in _IN_STRING.finditer(content, start):
        depth += {b"(": 1, b")": -1}.get(found[0], 0)
        if not depth:
            return found.end()
    return len(content)


class _Painter:
    """Walks through the operators of a page, and of the forms that it paints."""

    def __init__(self, found: Painted) -> None:
        self._found = found
        self._open: list[int | str | None] = []
        self._left = MOST_BYTES
        self._skipping: list[bool] = []
        self._height = 0.0

    def paint(self, content: bytes, resources: Any, depth: int) -> None:
        self._left -= len(content)
        if self._left < 0 or depth > _DEEPEST:
            raise DataError(both("a page that paints too much", "een te volle bladzijde"))
        named = _resolved(resources)
        fonts = {str(k): codes_of(v) for k, v in _items(named.get("/Font"))}
        font: Codes = {}
        operands: list[bytes] = []
        for kind, text in tokens(content):
            if kind != "word" or text[:1] in b"0123456789+-.":
                operands.append(text)
                continue
            if text == b"Tf":
                font = fonts.get(operands[-2].decode("latin-1"), {}) if len(operands) > 1 else {}
            elif text in {b"Tj", b"TJ", b"'", b'"'}:
                self._show("".join(decoded(one, font) for one in operands if one[:1] in b"(<"))
            elif text == b"cm" and operands:
                self._height = _number(operands[-1])
            elif text == b"Do" and operands:
                self._form(operands[-1].decode("latin-1"), named, depth)
            else:
                self._marks(text, operands)
            operands = []

    def _marks(self, operator: bytes, operands: list[bytes]) -> None:
        if operator in {b"l", b"m"} and len(operands) > 1:
            here = self._here()
            if isinstance(here, int):
                end = (_number(operands[-2]), _number(operands[-1]))
                self._found.points.setdefault(here, Counter())[rounded(*end)] += 1
        elif operator in {b"BDC", b"BMC"}:
            self._opened(operands)
        elif operator == b"EMC" and self._open:
            self._open.pop()
            self._skipping.pop()

    def _opened(self, operands: list[bytes]) -> None:
        properties = operands[-1] if operands else b""
        mark, actual = _MARK.search(properties), _ACTUAL.search(properties)
        here: int | str | None = None
        if mark is not None:
            here = int(mark[1])
        elif operands and operands[0] == b"/Artifact":
            here = "furniture"
        self._open.append(here)
        self._skipping.append(False)
        if actual is not None:
            self._show(_of_actual(actual[1]))
            self._skipping[-1] = True

    def _here(self) -> int | str | None:
        return next((one for one in reversed(self._open) if one is not None), None)

    def _show(self, text: str) -> None:
        if any(self._skipping) or not text:
            return
        here = self._here()
        if isinstance(here, int):
            self._found.heights.setdefault(here, self._height)
            self._found.marked[here] = self._found.marked.get(here, "") + text
        elif here is None:
            self._found.unmarked.append(text)
        else:
            self._found.furniture.append(text)

    def _form(self, name: str, named: Mapping[str, Any], depth: int) -> None:
        form = _resolved(_resolved(named.get("/XObject")).get(name))
        if form.get("/Subtype") == "/Form" and hasattr(form, "get_data"):
            self.paint(form.get_data(), form.get("/Resources") or named, depth + 1)
        elif form.get("/Subtype") == "/Image" and self._here() is None:
            self._found.unmarked.append(both("[a picture]", "[een afbeelding]"))


def _number(text: bytes) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _resolved(found: Any) -> Any:
    resolved = found.get_object() if hasattr(found, "get_object") else found
    return resolved if isinstance(resolved, Mapping) else {}


def _items(found: Any) -> Iterator[tuple[Any, Any]]:
    yield from _resolved(found).items()


def literal(text: bytes) -> bytes:
    r"""Return the bytes of a string as a PDF writes it.

    Examples:
        >>> literal(rb"(a\)b\101)"), literal(b"<0041>")
        (b'a)bA', b'\x00A')
    """
    if text[:1] == b"<":
        digits = re.sub(rb"\s", b"", text[1:-1]).decode("ascii")
        return bytes.fromhex(digits + "0" * (len(digits) % 2))
    return _ESCAPE.sub(_escaped, text[1:-1])


def _escaped(found: re.Match[bytes]) -> bytes:
    code = found[1]
    if code[:1].isdigit() and code[:1] not in b"89":
        return bytes([int(code, 8) % 256])
    return _LETTERS.get(code, code)


def _of_actual(text: bytes) -> str:
    content = literal(text)
    if content[:2] == b"\xfe\xff":
        return content[2:].decode("utf-16-be", "replace")
    return content.decode("latin-1")


def decoded(text: bytes, font: Codes) -> str:
    """Return the letters that a string of codes of two bytes stands for."""
    content = literal(text)
    codes = (int.from_bytes(content[at : at + 2], "big") for at in range(0, len(content), 2))
    return "".join(font.get(code, "\ufffd") for code in codes)


def codes_of(font: Any) -> Codes:
    """Return which letters the codes of a font stand for, as the font itself says."""
    stream = _resolved(font).get("/ToUnicode")
    stream = stream.get_object() if hasattr(stream, "get_object") else stream
    if stream is None or not hasattr(stream, "get_data"):
        return {}
    content = stream.get_data()
    if len(content) > MOST_BYTES:
        raise DataError(both("a font larger than any font", "een te groot lettertype"))
    found: dict[int, str] = {}
    for kind, body in _BLOCK.findall(content):
        if kind == b"bfchar":
            values = [one[0] for one in _ENTRY.findall(body)]
            found |= {
                int(a, 16): _letters(b) for a, b in zip(values[::2], values[1::2], strict=False)
            }
        else:
            found |= _ranges(body)
    return found


def _ranges(body: bytes) -> dict[int, str]:
    found: dict[int, str] = {}
    entries = iter(_ENTRY.findall(body))
    for first, _, _ in entries:
        last, (start, opens, _) = next(entries)[0], next(entries)
        if opens:
            code = int(first, 16)
            for letters, _, closes in entries:
                if closes:
                    break
                found[code], code = _letters(letters), code + 1
            continue
        base = _letters(start)
        for step in range(min(int(last, 16) - int(first, 16) + 1, 65536)):
            found[int(first, 16) + step] = base[:-1] + chr(ord(base[-1]) + step)
    return found


def _letters(digits: bytes) -> str:
    return bytes.fromhex(digits.decode("ascii")).decode("utf-16-be", "replace")
