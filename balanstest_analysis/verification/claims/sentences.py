"""Running text taken apart into sentences, the words of the organisation kept whole."""

from __future__ import annotations

import re
from collections.abc import Sequence

_END = re.compile(r"(?<!\bca)(?<!\bnr)[.?!”](?P<gap>\s+)(?=[A-ZÀ-Ý‘“\d−])")
_QUOTED = (re.compile(r"“[^”]*”"), re.compile(r"‘[^’]*’"))


def sentences_of(text: str, own_words: Sequence[str] = ()) -> list[str]:
    """Return the sentences of a text.

    Args:
        text: with single spaces.
        own_words: what the organisation wrote, which is never taken apart.

    Examples:
        >>> sentences_of(
        ...     "Ten hoogste 21 maanden. Dat is korter. Haar reden: “Dat is zo. Echt.” En?"
        ... )
        ['Ten hoogste 21 maanden.', 'Dat is korter.', 'Haar reden: “Dat is zo. Echt.”', 'En?']
    """
    covered = _covered(text, own_words)
    found, start = [], 0
    for end in _END.finditer(covered):
        found.append(text[start : end.start("gap")])
        start = end.end("gap")
    return [sentence for sentence in [*found, text[start:]] if sentence]


def _covered(text: str, own_words: Sequence[str]) -> str:
    """Return the text with letters in place of everything that is never taken apart."""
    for words in own_words:
        body = words.rstrip(".?!")
        if len(body) > 3:
            text = text.replace(body, body[0] + "x" * (len(body) - 1))
    for pattern in _QUOTED:
        text = pattern.sub(
            lambda found: f"{found[0][0]}{'x' * (len(found[0]) - 2)}{found[0][-1]}", text
        )
    return text
