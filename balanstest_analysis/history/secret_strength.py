"""What is too weak to be a secret, as far as a text can show it, and what is known to everybody."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from balanstest_analysis.errors import DossierError

PUBLISHED: Final = "published-"
SHORTEST: Final = 32
_SHORTEST_OF_DIGITS: Final = 39  # 16 bytes, as 32 digits of base 16 are
_FEWEST_DIFFERENT: Final = 8
_PIECE: Final = 4
_FEWEST_NEW: Final = 0.75
_MOST_IN_ORDER: Final = 0.75
_HOW: Final = (
    "Make one with `python3 -c 'import secrets; print(secrets.token_hex(32))'`, and keep it."
)


def refuse_weak(secret: str, where: str) -> None:
    """Refuse a secret of less than 16 bytes, as far as can be seen.

    A random text of this length has them. Of words of your own nobody can tell; they are stretched.

    Args:
        secret: as it was stated.
        where: it was stated, to be named.

    Raises:
        DossierError: without the secret, and with how to make one.
    """
    least = _SHORTEST_OF_DIGITS if secret.isdigit() else SHORTEST
    if len(secret) < least:
        raise DossierError(
            f"The secret in {where} has {len(secret)} characters; {least} are the least. {_HOW}"
        )
    if len(set(secret)) < _FEWEST_DIFFERENT or _repeats(secret) or _is_in_order(secret):
        raise DossierError(f"The secret in {where} repeats itself and can be guessed. {_HOW}")


def is_published(secret: str) -> bool:
    """Return whether a secret says that everybody knows it, as that of the sample does.

    Examples:
        >>> is_published("published-0f1e"), is_published("0f1e")
        (True, False)
    """
    return secret.casefold().startswith(PUBLISHED)


def refuse_published(where: str) -> None:
    """Refuse a published secret in a dossier about real people.

    Raises:
        DossierError: always.
    """
    raise DossierError(
        f"The secret in {where} is a published one, of made-up data, and hides nothing. Remove it: "
        "the next run makes one of your own. Only a dossier with `fictitious = true` may have it."
    )


def _repeats(text: str) -> bool:
    """Return whether much of a text stands in it before, as in a word over and over."""
    pieces = [text[at : at + _PIECE] for at in range(len(text) - _PIECE + 1)]
    return len(set(pieces)) < _FEWEST_NEW * len(pieces)


def _is_in_order(text: str) -> bool:
    steps = [ord(after) - ord(before) for before, after in pairwise(text)]
    return sum(abs(step) <= 1 for step in steps) > _MOST_IN_ORDER * len(steps)
