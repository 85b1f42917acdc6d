"""How a count that may be hidden is said: each reason in its own words.

A count that is few and a count of which the rest is few are both hidden; only the first is
"minder dan 10". The words here are the only ones, so that a sentence cannot take one for the other.
"""

from __future__ import annotations

from collections.abc import Iterable

from balanstest_analysis.document import wording
from balanstest_analysis.published.counts import (
    Count,
    Exact,
    Few,
    FewOthers,
    Kept,
    NotDelivered,
    Withheld,
)

NOT_PUBLISHED = "niet gepubliceerd"
NOT_DELIVERED = "niet aangeleverd"


def count_cell(count: Count) -> str:
    """Return a count as it stands in a cell: a number, or a point that the note explains.

    Examples:
        >>> count_cell(Exact(12345)), count_cell(Few()), count_cell(FewOthers())
        ('12.345', '.', '.')
    """
    match count:
        case Exact(value) | Kept(value):
            return wording.count(value)
        case Few() | FewOthers() | Withheld() | NotDelivered():
            return wording.MISSING


def count_words(count: Count, minimum: int) -> str:
    """Return a count in words of its own, for a cell or a clause without a note.

    Args:
        count: as published.
        minimum: least publishable count.

    Examples:
        >>> count_words(Few(), 10), count_words(FewOthers(), 10), count_words(Exact(41), 10)
        ('minder dan 10', 'niet gepubliceerd', '41')
    """
    match count:
        case Exact(value) | Kept(value):
            return wording.count(value)
        case Few():
            return wording.fewer_than(minimum)
        case FewOthers() | Withheld():
            return NOT_PUBLISHED
        case NotDelivered():
            return NOT_DELIVERED


def hidden_note(counts: Iterable[Count], minimum: int) -> str:
    """Return what a point stands for among these counts; empty where none is hidden.

    Args:
        counts: of a column.
        minimum: least publishable count.

    Examples:
        >>> hidden_note([Exact(12), Few()], 10)
        'Een punt staat voor minder dan 10'
        >>> hidden_note([FewOthers()], 10)
        'Een punt staat voor een aantal waaruit een aantal van minder dan 10 zou volgen'
    """
    hidden = [count for count in counts if not isinstance(count, Exact | Kept | NotDelivered)]
    few = wording.fewer_than(minimum)
    if not hidden:
        return ""
    if all(isinstance(count, Few) for count in hidden):
        return f"Een punt staat voor {few}"
    if not any(isinstance(count, Few) for count in hidden):
        return f"Een punt staat voor een aantal waaruit een aantal van {few} zou volgen"
    return f"Een punt staat voor {few}, of voor een aantal waaruit zo’n klein aantal zou volgen"
