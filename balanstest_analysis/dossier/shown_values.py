"""Values of a dossier as messages show them: short, and none of a person."""

from __future__ import annotations

from typing import Final

from balanstest_analysis.document.personal import is_personal
from balanstest_analysis.dossier.intended_values import decimal_text

_LONGEST: Final = 60
_FEW: Final = 12


def shown(value: object) -> str:
    """Return a value in a message: short, as TOML writes it, and never one of a person.

    Examples:
        >>> shown("minimumrate"), shown(True), shown(0.055000000000000004), shown({"a": 1})
        ("'minimumrate'", 'true', '0.055', 'a table')
    """
    match value:
        case dict():
            return "a table"
        case list():
            return _list_shown(value)
        case str():
            return _text_shown(value)
    return _plain_shown(value)


def named_key(key: str) -> str:
    """Return a key in marks, or that it is one where it is long or may name a person.

    Examples:
        >>> named_key("threshold"), named_key("Jan de Vries")
        ('`threshold`', 'a key')
    """
    return "a key" if not key or len(key) > _LONGEST or is_personal(key) else f"`{key}`"


def _plain_shown(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case int() if abs(value) >= 10**_LONGEST:
            return "a number of more digits than any dossier has"
        case int() | float():
            return decimal_text(value)
    return str(value)


def _text_shown(text: str) -> str:
    if not text.strip():
        return "empty"
    if len(text) > _LONGEST or is_personal(text):
        return f"a text of {len(text)} characters"
    return repr(text)


def _list_shown(values: list[object]) -> str:
    if not values:
        return "an empty list"
    text = f"[{', '.join(map(shown, values[:_FEW]))}]"
    return text if len(values) <= _FEW and len(text) <= _LONGEST else f"a list of {len(values)}"
