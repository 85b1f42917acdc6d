"""Numbers of persons inside a text: telephone, citizen and account numbers, and days of birth."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# A bank account, and a number of a citizen or telephone in any spelling, has at least so many.
_FEWEST_DIGITS: Final = 7
_LOOSE_DIGITS: Final = 3
_RUN: Final = re.compile(r"\d(?:[\s.\-–—−‑/()_·•+]{0,3}\d)*")
_YEAR: Final = r"20[1-3]\d"
_MONTH: Final = r"(?:0?[1-9]|1[0-2])"
_DAY: Final = r"(?:0?[1-9]|[12]\d|3[01])"
_IN_TWO: Final = r"(?:0[1-9]|1[0-2])"
_DAY_IN_TWO: Final = r"(?:0[1-9]|[12]\d|3[01])"
_SEPARATOR: Final = r"[-/. ]"
_PERIOD: Final = re.compile(
    rf"(?<!\d)(?:{_YEAR}{_SEPARATOR}\d\d?{_SEPARATOR}\d\d?"
    rf"|\d\d?{_SEPARATOR}\d\d?{_SEPARATOR}{_YEAR}"
    rf"|{_DAY}{_SEPARATOR}{_MONTH}{_SEPARATOR}[1-3]\d"
    rf"|{_YEAR}{_IN_TWO}{_DAY_IN_TWO}|{_DAY_IN_TWO}{_IN_TWO}{_YEAR}"
    rf"|{_YEAR}{_SEPARATOR}?{_IN_TWO}|{_MONTH}{_SEPARATOR}{_YEAR}"
    rf"|{_YEAR})(?!\d)"
)
# A day of this age with one digit of its year mistyped, or its first two in the wrong order.
_SLIPPED_YEAR: Final = r"(?:\d0[0-3]\d|2\d[0-3]\d|20\d\d|02[0-3]\d)"
_SLIPPED_DAY: Final = re.compile(
    rf"{_DAY}(?P<mark>[-/.]){_MONTH}(?P=mark){_SLIPPED_YEAR}(?: [0-2]?\d)?"
    rf"|{_SLIPPED_YEAR}-{_IN_TWO}-{_DAY_IN_TWO}(?: [0-2]?\d)?"
)
# Round amounts, and parts of a second.
_NO_RUN: Final = re.compile(r"\d{1,3}(?:\.000)+(?!\d)|(?<=:\d\d)[.,]\d{1,9}(?!\d)")
_MONTHS: Final = (
    r"(?:jan|feb|maa?r|mrt|apr|mei|may|jun|jul|aug|sep|sept|okt|oct|nov|dec|januari|februari|maart"
    r"|april|juni|juli|augustus|september|oktober|november|december|january|february|march|june"
    r"|july|august|october|december)\.?"
)
_BORN: Final = r"(?:1[89]\d\d|200\d)"
_BIRTH: Final = re.compile(
    rf"(?<!\d)(?:{_DAY}{_SEPARATOR}{{1,2}}{_MONTH}{_SEPARATOR}{{1,2}}{_BORN}"
    rf"|{_BORN}{_SEPARATOR}{_MONTH}{_SEPARATOR}{_DAY}"
    rf"|{_DAY}[-/.]{_MONTH}[-/.][04-9]\d"
    rf"|{_DAY}[\s-]?{_MONTHS}[\s-]?(?:{_BORN}|['’]?[04-9]\d))(?!\d)"
    rf"|(?:^|(?<=\W)){_MONTHS}\s+\d{{1,2}},?\s+{_BORN}(?!\d)"
    r"|\b(?:geb|geboren|geboortedatum|geboortejaar|born|dob)\b\W{0,3}(?:op|in|on)?\s?['’]?\d",
    re.IGNORECASE,
)
# What systems write for no day at all.
_NO_DAY: Final = re.compile(
    r"(?<!\d)(?:(?:19[07]0|1753|1901|0001)-0?1-0?1|0?1-0?1-(?:19[07]0|1753|1901|0001)|1899-12-3[01]"
    r"|3[01]-12-1899)(?!\d)"
)
_MAIL: Final = re.compile(r"[^\s@]\s?@\s?[^\s@]|\w\s?[\[({]\s?(?:at|apenstaartje)\s?[\])}]\s?\w")


def plain_digits(text: str) -> str:
    """Return a text in which digits of other scripts are those of ours.

    Examples:
        >>> plain_digits("٠٦-١٢٣")
        '06-123'
    """
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


def has_number(text: str) -> bool:
    """Return whether a text holds so many digits together that they may be a person's number.

    A citizen number may lack its leading zero and a telephone number that of its area, so neither
    the eleven test nor a plan of numbers is asked: periods, days of this age and round amounts are
    let through, also where a digit of the year is mistyped; all else is held back.

    Examples:
        >>> [has_number(text) for text in ("BSN 123.456.782", "bel 020-7946 0958", "+32 470 1234")]
        [True, True, True]
        >>> [has_number(text) for text in ("TM-2024-Q3", "15-03-2024", "2023-2024", "202403")]
        [False, False, False, False]
        >>> [
        ...     has_number(text)
        ...     for text in ("15-03-1024", "0224-03-15", "06-12-1024-99", "15-03-9876")
        ... ]
        [False, False, True, True]
    """
    return any(map(_is_number, _RUN.findall(_NO_RUN.sub(" x ", _NO_DAY.sub(" x ", text)))))


def _is_number(run: str) -> bool:
    if len(_digits(run)) < _FEWEST_DIGITS or _SLIPPED_DAY.fullmatch(run):
        return False
    return len(_digits(_PERIOD.sub("", run))) > _LOOSE_DIGITS


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def has_birth(text: str) -> bool:
    """Return whether a text holds a day so long ago that it may be one of birth.

    Examples:
        >>> [has_birth(text) for text in ("12-03-1961", "3 mei '58", "geb. 1961", "12-03-2024")]
        [True, True, True, False]
    """
    return _BIRTH.search(_NO_DAY.sub("", text)) is not None


def has_mail(text: str) -> bool:
    """Return whether a text holds a mail address."""
    return _MAIL.search(text) is not None
