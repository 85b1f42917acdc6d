"""English words in what should be Dutch: of the check itself, and not of what it quotes."""

from __future__ import annotations

import re

_QUOTED = re.compile(r"“[^”]*”|‘[^’]*’|\S*[._/\[]\S*")
# none of these is a Dutch word too
_ENGLISH = frozenset(
    [
        "and",
        "any",
        "attachment",
        "by",
        "bytes",
        "caption",
        "column",
        "columns",
        "drawing",
        "due",
        "each",
        "every",
        "file",
        "files",
        "found",
        "from",
        "has",
        "have",
        "head",
        "heading",
        "heads",
        "holds",
        "it",
        "its",
        "like",
        "line",
        "lines",
        "months",
        "more",
        "most",
        "name",
        "no",
        "none",
        "not",
        "nothing",
        "number",
        "numbers",
        "other",
        "others",
        "page",
        "pages",
        "paragraph",
        "points",
        "report",
        "reports",
        "result",
        "row",
        "rows",
        "says",
        "sentence",
        "sentences",
        "share",
        "sheet",
        "some",
        "stands",
        "such",
        "table",
        "text",
        "than",
        "that",
        "the",
        "their",
        "there",
        "these",
        "they",
        "this",
        "those",
        "title",
        "to",
        "under",
        "unread",
        "up",
        "value",
        "weights",
        "where",
        "which",
        "with",
        "words",
        "yes",
    ]
)


def english_in(text: str) -> list[str]:
    """Return the English words of a sentence, without names of files and what is quoted.

    Args:
        text: that should be Dutch.
    """
    words = re.findall(r"[a-z]+", _QUOTED.sub(" ", text).lower())
    return [word for word in words if word in _ENGLISH]
