"""Which characters the fonts of the report have: the PDF can print these and no others."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from functools import cache
from importlib.resources import files

from balanstest_analysis.document.visible import visible_text

_BLANKS = frozenset("\n\r\t")


def unprintable(text: str) -> tuple[str, ...]:
    """Return the characters of a text that no font has, each once, in their order.

    Examples:
        >>> unprintable("Één € voor 日本"), unprintable("naïef")
        (('日', '本'), ())
    """
    composed = unicodedata.normalize("NFC", visible_text(text))
    missing = (one for one in composed if one not in _BLANKS and not has_glyph(ord(one)))
    return tuple(dict.fromkeys(missing))


def has_glyph(code_point: int) -> bool:
    """Return whether every font of the report has a character."""
    firsts, lasts = _coverage()
    position = bisect_right(firsts, code_point) - 1
    return position >= 0 and code_point <= lasts[position]


@cache
def _coverage() -> tuple[list[int], list[int]]:
    """First and last code points of the ranges that every font of the report has."""
    source = files("balanstest_analysis.document") / "templates" / "fonts" / "coverage.txt"
    ranges = [line.split("-") for line in source.read_text("ascii").splitlines()]
    return [int(first, 16) for first, _ in ranges], [int(last, 16) for _, last in ranges]
