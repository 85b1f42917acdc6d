"""The inline marks of our own sentences, read once for every rendering."""

from __future__ import annotations

import re
from collections.abc import Iterator

_MARKS = re.compile(
    r"\\(?P<escaped>[*`\\\[])"
    r"|\[\[#(?P<reference>(?:\\.|[^\]\\])+)\]\]"
    r"|\*\*(?P<bold>(?:\\.|[^*\\])+)\*\*"
    r"|\*(?P<emphasis>(?:\\.|[^*\\])+)\*"
    r"|`(?P<code>[^`]+)`"
)
_ESCAPED = re.compile(r"\\([*`\\\[])")
_AS_THEY_ARE = {"code", "reference"}


def literal(text: str) -> str:
    r"""Return text, such as a name from a dossier, in which no character is a mark.

    Examples:
        >>> literal("Stichting 2*3")
        'Stichting 2\\*3'
    """
    return re.sub(r"([*`\\]|\[(?=\[#))", r"\\\1", text)


def inline_runs(text: str) -> Iterator[tuple[str, str]]:
    """Yield `(kind, text)` runs; kind is `text`, `bold`, `emphasis`, `code` or `reference`.

    Examples:
        >>> list(inline_runs("hooguit **36 maanden**"))
        [('text', 'hooguit '), ('bold', '36 maanden')]
    """
    position = 0
    for match in _MARKS.finditer(text):
        if match.start() > position:
            yield "text", text[position : match.start()]
        yield _run(match)
        position = match.end()
    if position < len(text):
        yield "text", text[position:]


def _run(match: re.Match[str]) -> tuple[str, str]:
    kind = match.lastgroup or "text"
    words = match[kind]
    if kind == "escaped":
        return "text", words
    return kind, words if kind in _AS_THEY_ARE else _ESCAPED.sub(r"\1", words)


def anchor_of(text: str) -> str:
    """Return a heading's text as an anchor: lower case letters, digits and hyphens.

    Examples:
        >>> anchor_of("3b. Conversie na de laatste aankoop")
        '3b-conversie-na-de-laatste-aankoop'
    """
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "kop"
