"""Numbers, months and dates as they are written in Dutch."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal

MISSING = "."
MINUS = "−"
_MONTH_NAMES = (
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
_ORDINALS = ("eerste", "tweede", "derde", "vierde")


def number(value: float, digits: int = 0) -> str:
    """Return a number with a decimal comma and points between thousands.

    Args:
        value: any finite number.
        digits: decimals to print.

    Examples:
        >>> number(1234.5, 1), number(-0.04, 1), number(4.05, 1)
        ('1.234,5', '0,0', '4,1')
    """
    # halves go up as in a spreadsheet, and not to the nearest even digit or float
    rounded = Decimal(str(abs(value))).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    text = f"{rounded:,f}".translate(str.maketrans(",.", ".,"))
    negative = value < 0 and any(character in "123456789" for character in text)
    return f"{MINUS}{text}" if negative else text


def count(value: int | None) -> str:
    """Return a count, or a point where it is not published.

    Examples:
        >>> count(12345), count(None)
        ('12.345', '.')
    """
    return MISSING if value is None else number(value)


def counted(value: int, singular: str, plural: str) -> str:
    """Return a count with its noun.

    Examples:
        >>> counted(1, "contact", "contacten"), counted(1200, "contact", "contacten")
        ('1 contact', '1.200 contacten')
    """
    return f"{count(value)} {singular if value == 1 else plural}"


def fewer_than(minimum: int) -> str:
    """Return the words for a count below the publication minimum.

    Examples:
        >>> fewer_than(10)
        'minder dan 10'
    """
    return f"minder dan {count(minimum)}"


def percentage_digits(rates: Iterable[float | None]) -> int:
    """Return how many decimals show the smallest positive rate with two digits, at least one.

    Args:
        rates: rates between 0 and 1; None and zero are passed over.

    Examples:
        >>> percentage_digits([0.12, 0.031]), percentage_digits([0.0021, None])
        (1, 2)
    """
    positive = [rate for rate in rates if rate is not None and rate > 0]
    if not positive:
        return 1
    return min(4, max(1, 1 - math.floor(math.log10(min(positive) * 100))))


def percentage(rate: float | None, digits: int | None = None) -> str:
    """Return a rate as a percentage, or a point where it is not published.

    Args:
        rate: between 0 and 1.
        digits: decimals; by default enough to show two digits.

    Examples:
        >>> percentage(0.1234), percentage(0.00214), percentage(0.0), percentage(None)
        ('12,3%', '0,21%', '0%', '.')
    """
    if rate is None:
        return MISSING
    if rate in {0, 1}:
        digits = 0
    elif digits is None:
        digits = percentage_digits([rate])
    return f"{number(float(Decimal(str(rate)) * 100), digits)}%"


def percentage_points(difference: float, digits: int = 1) -> str:
    """Return the size of a difference between two rates.

    Examples:
        >>> percentage_points(-0.0123), percentage_points(0.0002)
        ('1,2 procentpunt', 'minder dan 0,1 procentpunt')
    """
    size, least = abs(difference) * 100, 10.0**-digits
    shown = number(size, digits) if size >= least / 2 else f"minder dan {number(least, digits)}"
    return f"{shown} procentpunt"


def threshold(rate: float) -> str:
    """Return a stated rate as a percentage without trailing zeros.

    Examples:
        >>> threshold(0.03), threshold(0.075), threshold(0.0025)
        ('3%', '7,5%', '0,25%')
    """
    return f"{_trimmed(rate * 100, 6)}%"


def level(confidence_level: float) -> str:
    """Return a confidence level as a percentage.

    Examples:
        >>> level(0.95), level(0.975)
        ('95%', '97,5%')
    """
    return threshold(confidence_level)


def band_level(confidence_level: float) -> str:
    """Return the confidence of a band between two one-sided limits, as a percentage.

    Args:
        confidence_level: of either limit.

    Examples:
        >>> band_level(0.95), band_level(0.975)
        ('90%', '95%')
    """
    return threshold(2 * confidence_level - 1)


def whole_percentages(shares: Sequence[float]) -> list[str]:
    """Return shares of one whole in whole percentages that add up to 100 (largest remainder).

    Args:
        shares: that add up to 1, but for rounding.

    Examples:
        >>> whole_percentages([1 / 3, 1 / 3, 1 / 3]), whole_percentages([0.716, 0.284])
        (['34%', '33%', '33%'], ['72%', '28%'])
    """
    whole = sum(shares)
    exact = [100 * share / whole if whole else 0.0 for share in shares]
    printed = [math.floor(value) for value in exact]
    order = sorted(range(len(exact)), key=lambda place: printed[place] - exact[place])
    for place in order[: 100 - sum(printed) if whole else 0]:
        printed[place] += 1
    return [f"{value}%" for value in printed]


def _trimmed(value: float, digits: int) -> str:
    text = number(value, digits)
    return text.rstrip("0").rstrip(",") if "," in text else text


def significant(value: float | None, digits: int = 4) -> str:
    """Return a number with so many significant digits, or a point where it is absent.

    Examples:
        >>> significant(-0.0564607), significant(123.456), significant(None)
        ('−0,05646', '123,5', '.')
    """
    if value is None or not math.isfinite(value):
        return MISSING
    if value == 0:
        return "0"
    magnitude = math.floor(math.log10(abs(value)))
    if magnitude < -6:
        return f"{number(value / 10.0**magnitude, digits - 1)} × 10^{magnitude}".replace("-", MINUS)
    return number(value, max(0, digits - 1 - magnitude))


def amount(euro: float) -> str:
    """Return an amount of money.

    Examples:
        >>> amount(60), amount(4.5)
        ('€ 60', '€ 4,50')
    """
    return f"€ {number(euro, 0 if float(euro).is_integer() else 2)}"


def two_digits(value: float) -> int:
    """Return a number that is known roughly, in two digits.

    Examples:
        >>> two_digits(1043.2), two_digits(61.4)
        (1000, 61)
    """
    return int(float(f"{value:.2g}"))


def months(value: int) -> str:
    """Return a number of months with its noun.

    Examples:
        >>> months(1), months(36)
        ('1 maand', '36 maanden')
    """
    return counted(value, "maand", "maanden")


def month_range(first: int, last: int) -> str:
    """Return the months of a table row, both ends included.

    Examples:
        >>> month_range(0, 2), month_range(5, 5)
        ('0 t/m 2', '5')
    """
    return str(first) if first == last else f"{first} t/m {last}"


def in_months(first: int, last: int) -> str:
    """Return the months of a row for use in a sentence, both ends included.

    Examples:
        >>> in_months(0, 2), in_months(5, 5)
        ('in maand 0 tot en met 2', 'in maand 5')
    """
    return f"in maand {first}" if first == last else f"in maand {first} tot en met {last}"


def date(day: dt.date | str) -> str:
    """Return a date in words.

    Args:
        day: a date, or its ISO notation.

    Examples:
        >>> date("2026-09-30")
        '30 september 2026'
    """
    if isinstance(day, str):
        day = dt.date.fromisoformat(day)
    return f"{day.day} {_MONTH_NAMES[day.month - 1]} {day.year}"


def quarter(period: str) -> str:
    """Return a quarter in words; anything that is no quarter is returned as it is.

    Examples:
        >>> quarter("2026-Q3")
        'derde kwartaal van 2026'
    """
    year, _, index = period.partition("-Q")
    return f"{_ORDINALS[int(index) - 1]} kwartaal van {year}" if index in set("1234") else period


def enumerated(items: Sequence[str]) -> str:
    """Return a list in a sentence.

    Examples:
        >>> enumerated(["conversie", "verzet", "klachten"])
        'conversie, verzet en klachten'
    """
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} en {items[-1]}"


def capital(sentence: str) -> str:
    """Return a sentence that begins with a capital.

    Examples:
        >>> capital("minder dan 10 gesprekken")
        'Minder dan 10 gesprekken'
    """
    return sentence[:1].upper() + sentence[1:]
