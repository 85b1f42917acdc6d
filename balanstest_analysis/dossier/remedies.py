"""What to write in place of a value that a dossier does not take."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Final

from pydantic.json_schema import JsonSchemaValue

from balanstest_analysis.dossier.allowed_values import fits, is_share, words_at
from balanstest_analysis.dossier.intended_values import (
    decimal_text,
    intended_day,
    intended_numbers,
    intended_truth,
)
from balanstest_analysis.dossier.locations import Place
from balanstest_analysis.dossier.nearest import did_you_mean

ONE_OF_THESE: Final = "Write one of these."
_CORRECT: Final = "Correct it."
_BETWEEN_QUOTES: Final = "Write it between quotes."


def remedy_for(value: object, node: JsonSchemaValue, place: Place) -> str:
    """Return a sentence that says what to write.

    Args:
        value: that is not allowed.
        node: what is, of `node_at`.
        place: where it stands.
    """
    if words := words_at(node):
        only = f"Write {words[0]}." if len(words) == 1 else ONE_OF_THESE
        return did_you_mean(value, words) or only
    match node.get("format", node.get("type")):
        case "integer" | "number":
            return _number(value, node, place.key)
        case "array":
            return _list(value, place)
        case "boolean" | "date" | "string" as kind:
            return {"boolean": _truth, "date": _day, "string": _text}[kind](value)
    single = f"Write {place.heading}, in single brackets, and only once."
    return single if isinstance(value, list) else _CORRECT


def _number(value: object, node: JsonSchemaValue, key: str) -> str:
    unquoted = ", without quotes" if isinstance(value, str) else ""
    meant = _numbers_in(value, key)
    fitting = [decimal_text(number) for number in meant if fits(number, node)]
    if fitting:
        return f"Write {' or '.join(fitting)}{unquoted or ', without a point'}."
    for number in meant if is_share(node) else ():
        if fits(number / 100, node):
            share = decimal_text(number / 100)
            return f"{decimal_text(number)} % is {share}: write {share}{unquoted}."
    return _CORRECT


def _numbers_in(value: object, key: str) -> tuple[Decimal, ...]:
    match value:
        case str():
            return intended_numbers(value, key)
        case float() | int() if not isinstance(value, bool) and abs(value) < 1e12:
            return (Decimal(decimal_text(value)),)
    return ()


def _truth(value: object) -> str:
    meant = intended_truth(str(value)) if isinstance(value, str | int) else None
    unquoted = ", without quotes" if isinstance(value, str) else ""
    return _CORRECT if meant is None else f"Write {str(meant).lower()}{unquoted}."


def _day(value: object) -> str:
    if isinstance(value, dt.datetime):
        return f"Write {value.date()}, without a time."
    meant = intended_day(str(value)) if isinstance(value, str | int) else None
    unquoted = ", without quotes" if isinstance(value, str) else ""
    return _CORRECT if meant is None else f"Write {meant}{unquoted}."


def _text(value: object) -> str:
    if isinstance(value, str):
        return "Fill it in."
    return _CORRECT if isinstance(value, list | dict) else _BETWEEN_QUOTES


def _list(value: object, place: Place) -> str:
    if isinstance(value, dict):
        return f"Write it as `[{place.heading.strip('`')}]`, in double brackets."
    return _CORRECT if isinstance(value, list) else "Write it between [ and ]."
