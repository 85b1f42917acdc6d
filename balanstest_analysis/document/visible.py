"""Texts without what cannot be seen: marks of direction, zero-width signs and control codes.

A text from a dossier or from data may not turn round what stands beside it, hide a part of itself,
or drive a terminal. Every output passes its texts through here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

# Controls, marks of direction and width, fillers, tags and halves of characters. A soft hyphen is
# kept, for it only says where a word may be broken; so are signs of Arabic that can be seen.
_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb"
    "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f"
    "\ud800-\udfff]+"
)
_LINES: Final = re.compile("[\u2028\u2029]")


def visible_text(text: str) -> str:
    r"""Return a text without characters that cannot be seen.

    Examples:
        >>> visible_text("Actie\u202e 12\u2066")
        'Actie 12'
    """
    return unseen_as("", text)


def unseen_as(between: str, text: str) -> str:
    """Return a text with another in place of what cannot be seen."""
    if text.isascii() and text.isprintable():
        return text
    return _UNSEEN.sub(between, _LINES.sub(" ", text))


def escaped_unseen(text: str) -> str:
    r"""Return a text in quotes in which what cannot be seen is written as TOML and JSON write it.

    Examples:
        >>> escaped_unseen('"Actie\u202e"')
        '"Actie\\u202e"'
    """
    return _UNSEEN.sub(lambda match: "".join(map(_code, match[0])), text)


def _code(character: str) -> str:
    return f"\\u{ord(character):04x}" if ord(character) < 0x10000 else f"\\U{ord(character):08x}"


def visible_values(value: object) -> object:
    """Return an object of texts, lists and mappings in which every text is visible.

    Examples:
        >>> visible_values({"reason": ["a\u202eb", 1]})
        {'reason': ['ab', 1]}
    """
    match value:
        case str():
            return visible_text(value)
        case Mapping():
            return {key: visible_values(inner) for key, inner in value.items()}
        case list() | tuple():
            return [visible_values(inner) for inner in value]
    return value
