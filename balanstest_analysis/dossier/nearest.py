"""The known word that is most like one that is not known."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Final

from balanstest_analysis.document.personal import is_personal

_LONGEST: Final = 60


def nearest(given: object, allowed: Iterable[str]) -> str | None:
    """Return the allowed word that is most like a given one, or None where none is.

    Examples:
        >>> nearest("Minimum rate", ["maximum_rate", "minimum_rate"])
        'minimum_rate'
        >>> nearest("vast bedrag", ["maximum_rate", "minimum_rate"]) is None
        True
    """
    if not isinstance(given, str) or len(given) > _LONGEST:
        return None
    plain = {_plain(word): word for word in allowed}
    close = difflib.get_close_matches(_plain(given), plain, n=1)
    return plain[close[0]] if close else None


def did_you_mean(given: object, allowed: Iterable[str]) -> str:
    """Return a question that names the nearest allowed word, or nothing where none is near.

    Examples:
        >>> did_you_mean("minimumrate", ["minimum_rate", "horizon"])
        'Did you mean `minimum_rate`?'
    """
    near = nearest(given, allowed)
    return f"Did you mean {in_marks(near)}?" if near else ""


def with_nearest(sentence: str, given: object, allowed: Iterable[str]) -> str:
    """Return a sentence without its end, with a question behind it where a word is near.

    Examples:
        >>> with_nearest("the kind is 'horison'; allowed is horizon", "horison", ["horizon"])
        "the kind is 'horison'; allowed is horizon. Did you mean `horizon`?"
    """
    question = did_you_mean(given, allowed)
    return f"{sentence}. {question}" if question else sentence


def in_marks(word: str) -> str:
    """Return a word of ours in marks, which `told_message` may not take for a person's name.

    Examples:
        >>> in_marks("horizon"), in_marks("charity")
        ('`horizon`', 'charity')
    """
    return word if is_personal(word) else f"`{word}`"


def _plain(word: str) -> str:
    return word.strip().lower().replace(" ", "_").replace("-", "_")
