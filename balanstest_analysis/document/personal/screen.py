"""Whether a person may be in a text, and what stands in its place."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from balanstest_analysis.document.personal.addresses import has_address
from balanstest_analysis.document.personal.names import has_name
from balanstest_analysis.document.personal.numbers import (
    has_birth,
    has_mail,
    has_number,
    plain_digits,
)
from balanstest_analysis.document.visible import unseen_as, visible_text

_NUMBERS = (has_number, has_birth, has_mail, has_address)


def is_personal(text: str) -> bool:
    """Return whether a name, number, address or day of birth of a person may be in a text.

    It looks inside the text, and errs to the side of the person: what it holds back is named by an
    ordinal or a row.

    Examples:
        >>> [is_personal(text) for text in ("Terugbellen 06.12.34.56.78", "mw. El Amrani")]
        [True, True]
        >>> [is_personal(text) for text in ("Voorjaar 2024", "Kerstactie", "Geen gehoor")]
        [False, False, False]
    """
    return names_someone(text) or numbers_someone(text)


@lru_cache(maxsize=20_000)
def names_someone(text: str) -> bool:
    """Return whether the name of a person may be in a text."""
    return any(map(has_name, _spellings(text)))


@lru_cache(maxsize=20_000)
def numbers_someone(text: str) -> bool:
    """Return whether a number, an address or a day of birth of a person may be in a text."""
    return any(found(spelled) for spelled in _spellings(text) for found in _NUMBERS)


def _spellings(text: str) -> set[str]:
    """Return a text as it may be meant: what cannot be seen may hide in a word, or part two."""
    composed = unicodedata.normalize("NFKC", text.replace("\u00ad", ""))
    return {plain_digits(unseen_as(between, composed)) for between in ("", " ")}


def screened(text: str, instead: str) -> str:
    """Return a text without marks of direction, or what stands in its place.

    Args:
        text: from data.
        instead: names it by its place, such as "column 3".
    """
    return instead if is_personal(text) else visible_text(text)


def screened_names(names: Iterable[str], kind: str) -> dict[str, str]:
    """Return each name as it may be published: those of persons by an ordinal, in the given order.

    Two names are never made one.

    Args:
        names: different ones; the ordinal follows from their order.
        kind: what the names are of, as "campagne".

    Examples:
        >>> screened_names(["Kerstactie", "bel Piet Jansen", "mw. El Amrani"], "campagne")
        {'Kerstactie': 'Kerstactie', 'bel Piet Jansen': 'campagne 1', 'mw. El Amrani': 'campagne 2'}
    """
    every = list(names)
    free = {visible_text(name) for name in every}
    told: dict[str, str] = {}
    taken: set[str] = set()
    number = 0
    for name in every:
        shown = visible_text(name)
        if is_personal(name) or shown in taken:
            while (shown := f"{kind} {(number := number + 1)}") in free | taken:
                pass
        taken.add(shown)
        told[name] = shown
    return told
