"""Values that TOML cannot read, told with what is meant by them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from balanstest_analysis.document.personal import is_personal
from balanstest_analysis.dossier.intended_values import (
    decimal_text,
    intended_day,
    intended_numbers,
    intended_truth,
    is_like_day,
    why_no_day,
)
from balanstest_analysis.dossier.written import Written, is_toml
from balanstest_analysis.dossier.written_texts import (
    backslash_within,
    mark_behind,
    nothing_written,
    one_quote,
    quote_within,
    remark_behind,
    smart_quotes,
    without_quotes,
)

_TIME: Final = re.compile(r"[0-9]{1,2}:[0-9]{2}")
_PART: Final = re.compile(r"[\w€%][^\"'\[\]{}=;]*|[“”„‘’«][^\"\[\]{}=;]*")
_LONGEST: Final = 20_000  # of an answer on one line; patterns take time by the square of it
_NONE: Final = ("null", "none", "nil", "nan")


def told_value(written: Written) -> str:
    """Return what is wrong with a value and what to write, or nothing where no kind is known.

    Examples:
        >>> told_value(Written(key="threshold", value="0,055"))
        '`threshold` is 0,055; numbers have a point in a dossier: write 0.055'
        >>> told_value(Written(key="report_date", value="31-12-2025"))
        '`report_date` is 31-12-2025; a day is year-month-day in a dossier: write 2025-12-31'
        >>> told_value(Written(key="met", value="ja"))
        '`met` is ja; allowed is true or false: write true'
        >>> told_value(Written(key="name", value="Stichting X"))
        '`name` is Stichting X; a text stands between quotes: write `name = "Stichting X"`'
    """
    value = written.value
    if len(value) > _LONGEST or value.startswith("=") or is_toml(value):
        return ""
    if written.is_part and not _PART.fullmatch(value):
        return ""
    kinds = _OF_TEXTS if written.is_for_text else (*_OF_TEXTS, *_OF_OTHERS)
    if not value:
        kinds = (nothing_written,)
    told = next(filter(None, (kind(written) for kind in (*kinds, without_quotes))), "")
    return f"{written.subject} {told}" if told else ""


def _number(written: Written) -> str:
    value = written.value
    numbers = [decimal_text(one) for one in intended_numbers(value, written.key)]
    if not numbers or is_personal(value):
        return ""
    return f"is {value}; {_why_no_number(value, len(numbers))}: write {' or '.join(numbers)}"


def _why_no_number(value: str, readings: int) -> str:
    if any(mark in value.lower() for mark in ("%", "procent", "percent")):
        return "a share is a number between 0 and 1 in a dossier"
    if readings > 1:
        return "numbers have a point and no mark of thousands in a dossier"
    if re.fullmatch(r"[+-]?[0-9]+,[0-9]+", value):
        return "numbers have a point in a dossier"
    if re.fullmatch(r"[+-]?[0-9]*\.[0-9]*", value):
        return "a point has a digit on both sides"
    if re.fullmatch(r"[+-]?0[0-9]+", value):
        return "a number does not begin with a zero"
    return "a number has digits only in a dossier, and a point for decimals"


def _day(written: Written) -> str:
    value = written.value
    if not is_like_day(value):
        return ""
    day = intended_day(value)
    if day is None:
        return (
            f"is {value}, which is no day ({why_no_day(value)}): write one that there is, as "
            "year-month-day, such as 2026-09-30"
        )
    return f"is {value}; a day is year-month-day in a dossier: write {day}"


def _time(written: Written) -> str:
    if not _TIME.fullmatch(written.value):
        return ""
    hour, minute = written.value.split(":")
    return f'is {written.value}; a time stands between quotes: write "{hour:>02}:{minute}"'


def _truth(written: Written) -> str:
    meant = intended_truth(written.value)
    if meant is None:
        return ""
    return f"is {written.value}; allowed is true or false: write {str(meant).lower()}"


def _none(written: Written) -> str:
    if written.value.lower() not in _NONE:
        return ""
    return f"is {written.value}, which a dossier does not know; take the line out"


_OF_TEXTS: Final[tuple[Callable[[Written], str], ...]] = (
    mark_behind,
    smart_quotes,
    backslash_within,
    one_quote,
    quote_within,
)
_OF_OTHERS: Final[tuple[Callable[[Written], str], ...]] = (
    _day,
    _number,
    _time,
    _truth,
    _none,
    remark_behind,
)
