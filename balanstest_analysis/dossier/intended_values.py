"""Which number, day or yes is meant by a text that a dossier cannot take as one."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from decimal import Decimal
from typing import Final

_LONGEST: Final = 40
_DIGITS: Final = re.compile(r"[0-9]+")
_GROUPED: Final = re.compile(r"[1-9][0-9]{0,2}(?:([., _'\u00a0\u202f])[0-9]{3})(?:\1[0-9]{3})*")
_FORMS: Final = (
    re.compile(r"[0-9]*(?:[.,][0-9]*)?"),
    re.compile(rf"{_GROUPED.pattern}(?:[.,][0-9]+)?"),
)
_PER: Final = {"%": 2, "procent": 2, "percent": 2, "‰": 3, "promille": 3}
_MONEY: Final = ("€", "euro", "eur")
_UNITS: Final = {
    **dict.fromkeys(("maand", "maanden", "month", "months"), "month"),
    **dict.fromkeys(("dag", "dagen", "day", "days"), "day"),
}
_PARTS: Final = re.compile(r"([€]|eur(?:o)?\b)?\s*([+-]?)\s*([0-9.,](?:.*[0-9.,])?)\s*([^0-9.,]*)")
_YEAR_FIRST: Final = re.compile(r"([0-9]{4})([-/. ]?)([0-9]{1,2})\2([0-9]{1,2})(?:[T ][0-9:]+)?")
_YEAR_LAST: Final = re.compile(r"([0-9]{1,2})([-/. ])([0-9]{1,2})\2([0-9]{4})(?:[T ][0-9:]+)?")
_IN_WORDS: Final = re.compile(r"([0-9]{1,2})[ -]([a-z]{3,9})\.?[ -]([0-9]{4})", re.IGNORECASE)
_MONTHS: Final = {
    name: number
    for names in ("jan feb mrt apr mei jun jul aug sep okt nov dec", "jan feb mar apr may jun jul")
    for number, name in enumerate(names.split(), start=1)
} | {"maa": 3, "oct": 10}
_TRUTHS: Final = {
    **dict.fromkeys(("true", "ja", "yes", "waar", "j", "y", "1"), True),
    **dict.fromkeys(("false", "nee", "no", "onwaar", "n", "0"), False),
}


def decimal_text(number: Decimal | float) -> str:
    """Return a number as TOML writes it, in no more digits than it was meant in.

    Examples:
        >>> decimal_text(0.055000000000000004), decimal_text(Decimal("1E+3"))
        ('0.055', '1000')
    """
    if isinstance(number, int):
        return str(number)
    if isinstance(number, float) and not 1e-9 < abs(number) < 1e15:
        return f"{number:.12g}"
    exact = number if isinstance(number, Decimal) else Decimal(f"{number:.12g}")
    return f"{exact.normalize():f}"


def intended_numbers(text: str, key: str = "") -> tuple[Decimal, ...]:
    """Return the numbers that a text may mean: none, one, or two where it can be read in two ways.

    Args:
        text: as written, with a comma, a mark of thousands, %, € or the unit of its key.
        key: that it is the value of.

    Examples:
        >>> [decimal_text(one) for one in intended_numbers("5,5 %")]
        ['0.055']
        >>> [decimal_text(one) for one in intended_numbers("24 maanden", "term_months")]
        ['24']
        >>> [decimal_text(one) for one in intended_numbers("4,000")]
        ['4000', '4']
    """
    parts = _PARTS.fullmatch(text.strip().lower()) if len(text) <= _LONGEST else None
    if parts is None:
        return ()
    money, sign, digits, unit = parts[1], parts[2], parts[3], parts[4].strip()
    if not _is_unit(unit, key) or (money and unit in _PER):
        return ()
    shift = Decimal(10) ** -_PER.get(unit, 0)
    return tuple(Decimal(f"{sign}{one}") * shift for one in _readings(digits))


def _is_unit(unit: str, key: str) -> bool:
    return unit in ("", *_PER, *_MONEY) or _UNITS.get(unit, " ") in key


def _readings(digits: str) -> list[str]:
    """Return a number in digits in each way in which it can be read."""
    plain, grouped = (form.fullmatch(digits) for form in _FORMS)
    found = []
    if grouped and grouped[1]:
        whole, _, decimals = digits.partition("," if grouped[1] != "," else ".")
        found.append("".join(_DIGITS.findall(whole)) + (f".{decimals}" if decimals else ""))
    if plain and _DIGITS.search(digits):
        found.append(digits.replace(",", ".").strip(".").rjust(1, "0"))
        if digits[0] in ".,":
            found[-1] = f"0.{found[-1]}"
    return found


def intended_day(text: str) -> dt.date | None:
    """Return the day that a text means, or None where it means none that there is.

    Of two numbers that may both be the month, the first is the day, as in Dutch.

    Examples:
        >>> str(intended_day("31-12-2025")), str(intended_day("1 mei 2026"))
        ('2025-12-31', '2026-05-01')
        >>> intended_day("2025-13-31") is None
        True
    """
    for year, month, day in _days_in(text):
        try:
            return dt.date(year, month, day)
        except ValueError:
            continue
    return None


def is_like_day(text: str) -> bool:
    """Return whether a text has the form of a day, whether or not there is such a day."""
    return bool(_days_in(text))


def why_no_day(text: str) -> str:
    """Return why a text in the form of a day is none.

    Examples:
        >>> why_no_day("2025-13-31"), why_no_day("30-02-2026")
        ('a year has 12 months', 'February 2026 has 28 days')
    """
    year, month, _ = _days_in(text)[0]
    if not 1 <= month <= 12:
        return "a year has 12 months"
    if not 1 <= year <= 9999:
        return "years begin at 1"
    return f"{calendar.month_name[month]} {year} has {calendar.monthrange(year, month)[1]} days"


def _days_in(text: str) -> list[tuple[int, int, int]]:
    """Return year, month and day as a text may be read, the likeliest first."""
    text = text[: _LONGEST + 1].strip()
    if match := _YEAR_FIRST.fullmatch(text):
        is_whole = match[2] or len(match[1] + match[3] + match[4]) == 8
        return [(int(match[1]), int(match[3]), int(match[4]))] if is_whole else []
    if match := _YEAR_LAST.fullmatch(text):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        return [(year, second, first), (year, first, second)]
    match = _IN_WORDS.fullmatch(text)
    month = _MONTHS.get(match[2].lower()[:3]) if match else None
    return [(int(match[3]), month, int(match[1]))] if match and month else []


def intended_truth(text: str) -> bool | None:
    """Return which of true and false a text means, or None where it means neither.

    Examples:
        >>> intended_truth("Ja"), intended_truth("nee"), intended_truth("soms")
        (True, False, None)
    """
    return _TRUTHS.get(text.strip().lower())
