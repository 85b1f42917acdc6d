"""Words of the check itself in two languages: English for a terminal, Dutch for a committee."""

from __future__ import annotations


class Phrase(str):
    """A text in English that knows its Dutch; what a report itself says is a plain text.

    Attributes:
        nl: the same in Dutch.
    """

    nl: str
    __slots__ = ("nl",)

    def __new__(cls, en: str, nl: str) -> Phrase:
        """Return the English, with the Dutch beside it."""
        made = super().__new__(cls, en)
        made.nl = nl
        return made


def both(en: str, nl: str, *values: object) -> Phrase:
    """Return a phrase with the same values in both languages.

    Args:
        en: in English, with ``{}`` for each value.
        nl: in Dutch, likewise.
        values: numbers, phrases, or texts as a report has them.

    Examples:
        >>> place = both("page {}", "bladzijde {}", 3)
        >>> dutch(both("{} of {}", "{} van {}", place, 0.25))
        'bladzijde 3 van 0,25'
        >>> print(both("{} of {}", "{} van {}", place, 0.25))
        page 3 of 0.25
    """
    return Phrase(en.format(*map(_in_english, values)), nl.format(*map(dutch, values)))


def value(told: object) -> Phrase:
    """Return a value of a result as both languages write it.

    Examples:
        >>> value(0.25), value(0.25).nl, value(None).nl
        ('0.25', '0,25', 'niets')
    """
    return both("{}", "{}", told)


def dutch(told: object) -> str:
    """Return a value as a Dutch sentence has it: a phrase in Dutch, a number with its comma.

    Examples:
        >>> dutch(1.5), dutch("as it stands"), dutch((0, 23))
        ('1,5', 'as it stands', '0, 23')
    """
    if told is None:
        return "niets"
    if isinstance(told, Phrase):
        return told.nl
    if isinstance(told, list | tuple):
        return ", ".join(map(dutch, told))
    return _in_english(told).replace(".", ",") if isinstance(told, float) else _in_english(told)


def _in_english(told: object) -> str:
    if told is None:
        return "nothing"
    if isinstance(told, bool):
        return str(told).lower()
    return f"{told:.10g}" if isinstance(told, float) else str(told)


def reason_of(error: Exception) -> str:
    """Return the words of an error, with their Dutch where they have one."""
    first = error.args[0] if error.args else ""
    return first if isinstance(first, str) else str(first)
