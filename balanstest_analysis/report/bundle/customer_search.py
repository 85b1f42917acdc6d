"""Looks for customers of the dossier: their keys, as whole words of an attachment."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Set
from typing import Final

from balanstest_analysis.errors import DataError
from balanstest_analysis.history.sources.named_customers import Named

MOST_TOKENS: Final = 1_000_000
_SHORTEST, _LONGEST = 5, 64
_BREAK: Final = re.compile(r"[\s,;|\"'<>()\[\]{}=&!?*+~^`]+")
_INNER: Final = (re.compile(r"[:/.@#\\]+"), re.compile(r"[^0-9a-z]+"))
_ZEROS: Final = re.compile(r"(?<=\d)\.0+$")
_DATE: Final = re.compile(
    r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])|(?:[0-2]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d\d"
)
_TELLING: Final = 6
_FEWEST_WORDS: Final = 3
_BY_CHANCE: Final = 1e-4


def tokens_of(text: str) -> Iterator[str]:
    """Yield the words of a text that can be keys, in small letters, whole and in their pieces.

    Examples:
        >>> sorted(tokens_of("klant:K-12345, 12345.0"))
        ['12345', '12345', 'k-12345', 'klant', 'klant:k-12345']
    """
    for line in (text, text.replace("-\n", "-")) if "-\n" in text else (text,):
        for word in _BREAK.split(line.casefold()):
            whole = _ZEROS.sub("", word.strip(".:-_/\\#"))
            for piece in {whole, *(p for split in _INNER for p in split.split(whole))}:
                if _SHORTEST <= len(piece) <= _LONGEST:
                    yield piece


def refuse_too_many(name: str, tokens: Set[str]) -> None:
    """Refuse an attachment with more words than any document has.

    Raises:
        DataError: it has.
    """
    if len(tokens) > MOST_TOKENS:
        raise DataError(
            f"`{name}` has more different words and numbers than a document does. Attach the "
            "document without its data."
        )


def customers_in(tokens: Set[str], named: Named) -> int:
    """Return how many customers an attachment names; 0 where that can be chance.

    A key with letters and digits names its customer. A number can be anything: it counts where so
    many of the numbers of its length are customers that it is no chance.

    Args:
        tokens: of the attachment.
        named: what is known of all attachments together.
    """
    hits = tokens & named.keys
    words = {key for key in hits if key.isalpha()}
    numbers = {key for key in hits if key.isdigit() and not _DATE.fullmatch(key)}
    others = {
        key for key in hits if not key.isalpha() and not key.isdigit() and _letters(key) >= _TELLING
    }
    if others:
        return len(hits)
    if len(words) >= _FEWEST_WORDS or _is_no_chance(numbers, tokens, named.of_length):
        return len(words | numbers)
    return 0


def _letters(key: str) -> int:
    return sum(character.isalnum() for character in key)


def _is_no_chance(hits: Set[str], tokens: Set[str], keys_of_length: Mapping[int, int]) -> bool:
    there = Counter(len(t) for t in tokens if t.isdigit() and not _DATE.fullmatch(t))
    found = Counter(map(len, hits))
    return any(
        _tail(count, there[length] * keys_of_length.get(length, 0) / 10**length) < _BY_CHANCE
        for length, count in found.items()
    )


def _tail(count: int, mean: float) -> float:
    """Return how likely a Poisson number of this mean is at least a count."""
    if count > mean > 0:  # summed from above, where little is left over
        first = math.exp(count * math.log(mean) - mean - math.lgamma(count + 1))
        return min(1.0, first / (1 - mean / (count + 1)))
    return 1.0 if count else 0.0
