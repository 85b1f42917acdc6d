"""Looks for the secret in any usual spelling: capitals, groups, hexadecimal, base64."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Sequence
from typing import Final

from balanstest_analysis.history.secret_strength import PUBLISHED

_NO_LETTER: Final = re.compile(r"[\W_]+")
_HEX: Final = re.compile(r"(?:[0-9a-fA-F]{2}){16,}")
_ASSIGNED: Final = re.compile(r"(?i)BALANSTEST_SECRET[\"']?\s*[=:]\s*[\"']?[^\s\"'$<>{}`.]{16,}")
_ONLY_A_KEY: Final = re.compile(
    r"(?i)\s*(?:[\w.-]{0,30}\s*[:=]\s*|published-)?[\"']?(?:[0-9a-f]{2}[\s:-]?){32}[\"']?\s*"
)
_SHORTEST: Final = 12
_LONGEST_KEY: Final = 400


class SecretSearch:
    """Knows every spelling of some secrets."""

    def __init__(self, secrets: Sequence[str]) -> None:
        """Take the secrets, as they were stated and as they were stretched."""
        found = {squeezed(spelling) for secret in secrets for spelling in _spellings(secret)}
        self._spellings = tuple(text for text in found if len(text) >= _SHORTEST)

    def finds(self, text: str) -> bool:
        """Return whether a text holds a secret.

        Args:
            text: in one of its forms.
        """
        if _ASSIGNED.search(text):
            return True
        letters = squeezed(text)
        return any(spelling in letters for spelling in self._spellings)


def is_only_a_key(text: str) -> bool:
    """Return whether a whole file is what a file with a secret is: 64 hexadecimal digits.

    Examples:
        >>> is_only_a_key("0F" * 32), is_only_a_key("Het kenmerk is " + "0F" * 32)
        (True, False)
    """
    return _ONLY_A_KEY.fullmatch(text[:_LONGEST_KEY]) is not None


def squeezed(text: str) -> str:
    """Return the letters and digits of a text alone, all of them small.

    Examples:
        >>> squeezed("0F-1e 2D")
        '0f1e2d'
    """
    return _NO_LETTER.sub("", text).casefold()


def _spellings(secret: str) -> Iterator[str]:
    bare = secret.removeprefix(PUBLISHED)
    yield bare
    for text in dict.fromkeys((bare, bare.lower(), bare.upper())):
        yield text.encode().hex()
        yield from _in_base64(text.encode())
        yield base64.b32encode(text.encode()).decode().rstrip("=")
    if _HEX.fullmatch(bare):
        yield from _in_base64(bytes.fromhex(bare))
        yield base64.b32encode(bytes.fromhex(bare)).decode().rstrip("=")


def _in_base64(content: bytes) -> Iterator[str]:
    """Yield how bytes look in base64, wherever in it they begin: what depends on others is cut."""
    for before in range(3):
        padded = base64.b64encode(b"\0" * before + content + b"\0" * 3).decode()
        first = (before * 8 + 5) // 6
        last = (before + len(content)) * 8 // 6
        yield padded[first:last]
