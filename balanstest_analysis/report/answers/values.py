"""Values of a dossier as a person writes them, and read from what a person wrote."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from balanstest_analysis.document import wording
from balanstest_analysis.document.wording import DPO_STATUSES
from balanstest_analysis.errors import DataError
from balanstest_analysis.report.answers.fields import Field, Value
from balanstest_analysis.report.answers.rich_text import Line, RichText, Span, rich_text, tidied

_MONTHS: Final = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september",
    "oktober", "november", "december",
)  # fmt: skip
_DAY: Final = re.compile(r"(\d{1,2})[ -/]+([a-z]+|\d{1,2})[ -/]+(\d{4})")
_ISO: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_YES: Final = {"ja": True, "nee": False, "yes": True, "no": False}


def rich_value(field: Field) -> RichText:
    """Return what a place with lines of its own says, as a text to write in Word."""
    value = field.value
    if field.kind == "names":
        names = value if isinstance(value, list) else []
        return tidied(Line(spans=(Span(text=str(name)),)) for name in names)
    text = value if isinstance(value, str) else ""
    if field.kind == "prose":
        return rich_text(text)
    paragraphs = re.split(r"\n\s*\n", text.strip())
    return tidied(Line(spans=(Span(text=" ".join(p.split())),)) for p in paragraphs)


def line_value(field: Field) -> str:
    """Return what a place on one line says, as a person writes it."""
    match field.value:
        case bool():
            return "ja" if field.value else "nee"
        case dt.date():
            return wording.date(field.value)
        case None:
            return ""
        case str() if field.kind == "status":
            return dict[str, str](DPO_STATUSES).get(field.value, field.value)
        case _:
            return " ".join(str(field.value).split())


def read_value(field: Field, written: str) -> Value:
    """Return the value of a place on one line; nothing written is None.

    Args:
        field: the place.
        written: behind its name.

    Raises:
        DataError: it is no value of that kind.
    """
    text = " ".join(written.split())
    if not text:
        return None
    match field.kind:
        case "day":
            value: Value = _day(text)
        case "yes_no":
            value = _YES.get(text.lower().rstrip("."))
        case "number":
            found = re.fullmatch(r"(\d{1,3})(?: maand(?:en)?)?\.?", text)
            value = int(found[1]) if found else None
        case "status":
            named = {words: name for name, words in DPO_STATUSES.items()}
            value = named.get(text.lower().rstrip("."))
        case _:
            return text
    if value is None:
        raise DataError(
            f"The Word file has something else at `{field.key}` than {_ALLOWED[field.kind]}. "
            "Correct it there."
        )
    return value


_ALLOWED: Final = {
    "day": "a day, such as 8 oktober 2026",
    "yes_no": "ja or nee",
    "number": "a number of months, such as 21",
    "status": f"one of: {', '.join(DPO_STATUSES.values())}",
}


def _day(text: str) -> dt.date | None:
    iso, written = _ISO.fullmatch(text), _DAY.fullmatch(text.lower().rstrip("."))
    try:
        if iso:
            return dt.date(int(iso[1]), int(iso[2]), int(iso[3]))
        if written is None:
            return None
        named = written[2]
        month = int(named) if named.isdigit() else _MONTHS.index(named) + 1
        return dt.date(int(written[3]), month, int(written[1]))
    except ValueError:
        return None
