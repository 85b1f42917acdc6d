"""Numbers, months and dates as they stand in Dutch text, read and never written."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
ORDINALS = {"eerste": 1, "tweede": 2, "derde": 3, "vierde": 4}
_TO_TEN = ("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien")
_TO_TWENTY = ("elf", "twaalf", "dertien", "veertien", "vijftien", "zestien", "zeventien")
CARDINALS = {
    word: number
    for number, word in enumerate((*_TO_TEN, *_TO_TWENTY, "achttien", "negentien", "twintig"))
} | {"één": 1, "geen": 0}
MINUS = "−"
ROOM = 1e-9


@dataclass(frozen=True)
class Printed:
    """A number as printed: rounded to its last decimal.

    Attributes:
        value: as it reads.
        digits: decimals.
    """

    value: float
    digits: int

    def shows(self, exact: float | None) -> bool:
        """Return whether an exact number is printed so.

        Examples:
            >>> Printed(16.1, 1).shows(16.122), Printed(16.1, 1).shows(16.2)
            (True, False)
        """
        if exact is None:
            return False
        return abs(self.value - exact) <= 0.5 * 10.0**-self.digits + ROOM * max(1.0, abs(exact))


def printed(text: str) -> Printed:
    """Return a number from its Dutch notation: a decimal comma, points between thousands.

    Args:
        text: of the number; a percentage sign behind it is passed over.

    Raises:
        ValueError: the text is no such number.

    Examples:
        >>> printed("1.234,5"), printed("−0,05%"), printed("36")
        (Printed(value=1234.5, digits=1), Printed(value=-0.05, digits=2), Printed(value=36.0, \
digits=0))
    """
    bare = text.removesuffix("%").replace(MINUS, "-")
    if not re.fullmatch(r"-?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?", bare):
        raise ValueError(f"{text!r} is no number")
    whole, _, decimals = bare.partition(",")
    return Printed(float(f"{whole.replace('.', '')}.{decimals or 0}"), len(decimals))


def whole(text: str) -> int:
    """Return a whole number, in digits or in words.

    Raises:
        ValueError: the text is no whole number.

    Examples:
        >>> whole("41.076"), whole("drie")
        (41076, 3)
    """
    if text.lower() in CARDINALS:
        return CARDINALS[text.lower()]
    found = printed(text)
    if found.digits:
        raise ValueError(f"{text!r} is no whole number")
    return int(found.value)


def month_range(text: str) -> tuple[int, int]:
    """Return the first and the last month of a stretch, both ends included.

    Raises:
        ValueError: the text is no stretch of months.

    Examples:
        >>> month_range("maand 0 tot en met 2"), month_range("3 t/m 5"), month_range("maand 7")
        ((0, 2), (3, 5), (7, 7))
    """
    found = re.fullmatch(r"(?:in )?(?:maand )?(\d+)(?: (?:tot en met|t/m) (\d+))?", text)
    if found is None:
        raise ValueError(f"{text!r} is no stretch of months")
    return int(found[1]), int(found[2] or found[1])


def day(text: str) -> dt.date:
    """Return a date in words.

    Raises:
        ValueError: the text is no date.

    Examples:
        >>> day("30 september 2026")
        datetime.date(2026, 9, 30)
    """
    number, name, year = text.split()
    if name not in MONTHS:
        raise ValueError(f"{text!r} is no date")
    return dt.date(int(year), MONTHS.index(name) + 1, int(number))


def quarter(text: str) -> str:
    """Return a quarter as the result names it.

    Raises:
        ValueError: the text is no quarter.

    Examples:
        >>> quarter("derde kwartaal van 2026")
        '2026-Q3'
    """
    ordinal, _, year = text.lower().partition(" kwartaal van ")
    if ordinal not in ORDINALS or not year.isdigit():
        raise ValueError(f"{text!r} is no quarter")
    return f"{year}-Q{ORDINALS[ordinal]}"


def listed(text: str) -> list[str]:
    """Return the parts of a list in a sentence.

    Examples:
        >>> listed("conversies, verzet en klachten")
        ['conversies', 'verzet', 'klachten']
    """
    *first, last = text.rsplit(" en ", 1)
    return [*(part for some in first for part in some.split(", ")), last]
