"""The statements of a text in TOML that cannot be read as a whole: where each begins."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

# Each part ends where it must: a text that is not closed at the end of its line, or of the file.
_PARTS: Final = re.compile(
    r"""
      "{3}(?:[^"\\]++|\\.|"(?!""))*+(?:"{3,5}|\Z)
    | '{3}(?:[^']++|'(?!''))*+(?:'{3,5}|\Z)
    | "(?:[^"\\\n]++|\\[^\n])*+"?
    | '[^'\n]*+'?
    | \#[^\n]*+
    | \n
    | [\[{]
    | [\]}]
    | [^"'\#\n\[\]{}]++
    """,
    re.VERBOSE | re.DOTALL,
)
_NAME: Final = r"""(?:[\w-]+|"[^"\n]*"|'[^'\n]*')"""
_KEY: Final = rf"{_NAME}(?:[ \t]*\.[ \t]*{_NAME})*"
_ASSIGNED: Final = re.compile(rf"[ \t]*({_KEY})[ \t]*=(.*)")
_HEADING: Final = re.compile(rf"[ \t]*(\[\[?)[ \t]*({_KEY})[ \t]*\]\]?[ \t]*(?:\#.*)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One statement of TOML, whether or not it is a right one.

    Attributes:
        line: on which it begins, from 1.
        start: where it begins in the text, from 0.
        text: all of it, over one line or several.
    """

    line: int
    start: int
    text: str

    @property
    def first_line(self) -> str:
        """What stands on its first line."""
        return self.text.split("\n", 1)[0]

    @property
    def key(self) -> str:
        """The key before its =, without quotes; empty where it has none."""
        match = _ASSIGNED.match(self.first_line)
        return _unquoted(match[1]) if match else ""

    @property
    def written(self) -> str:
        """What stands behind its = on the first line, without a remark."""
        match = _ASSIGNED.match(self.first_line)
        return without_remark(match[2]).strip() if match else ""

    @property
    def heading(self) -> str:
        """The table that it begins, without brackets; empty where it is no heading."""
        match = _HEADING.fullmatch(self.first_line)
        return _unquoted(match[2]) if match else ""

    @property
    def is_one_of_several(self) -> bool:
        """Whether it is a heading in double brackets."""
        return self.first_line.lstrip().startswith("[[")


def statements_through(text: str, end: int) -> list[Statement]:
    r"""Return the statements of a text up to and with the one in which a place lies.

    Args:
        text: in TOML that is right up to that place; its lines end in a line feed.
        end: the place, in characters from 0.

    Examples:
        >>> [(one.line, one.key) for one in statements_through("a = [\n1,\n2]\nb = 3 = 4\n", 15)]
        [(1, 'a'), (4, 'b')]
    """
    found: list[Statement] = []
    start = depth = 0
    line = 1
    for part in _PARTS.finditer(text):
        depth += (part[0] in "[{") - (part[0] in "]}")
        if part[0] != "\n" or depth > 0:
            continue
        found += _statement(text[start : part.start()], start, line)
        line += text.count("\n", start, part.end())
        start, depth = part.end(), 0
        if start > end:
            return found
    return found + _statement(text[start:], start, line)


def _statement(text: str, start: int, line: int) -> list[Statement]:
    is_empty = not text.strip() or text.lstrip().startswith("#")
    return [] if is_empty else [Statement(line=line, start=start, text=text)]


def without_remark(written: str) -> str:
    """Return what stands on a line before its remark; a # within a text begins none.

    Examples:
        >>> without_remark('"no. #1" # a remark')
        '"no. #1" '
    """
    for part in _PARTS.finditer(written):
        if part[0].startswith("#"):
            return written[: part.start()]
    return written


def _unquoted(key: str) -> str:
    return re.sub(r"[\"'\s]", "", key)
