"""What the models of a dossier allow at a place, in words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Final

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaValue

from balanstest_analysis.dossier.intended_values import decimal_text
from balanstest_analysis.dossier.locations import Location, in_schema

_PLAIN_WORD: Final = re.compile(r"[\w-]+")
_LIMITS: Final = (
    ("minimum", "at least"),
    ("exclusiveMinimum", "above"),
    ("maximum", "at most"),
    ("exclusiveMaximum", "below"),
)
_PHRASES: Final = {
    "boolean": "true or false",
    "string": "text between quotes",
    "date": "a day as year-month-day, such as 2026-09-30",
}
_NOUNS: Final = {"integer": "whole numbers", "number": "numbers", "string": "texts"}


@cache
def _schema(model: type[BaseModel]) -> JsonSchemaValue:
    return model.model_json_schema(by_alias=True)


def node_at(location: Location, model: type[BaseModel]) -> JsonSchemaValue:
    """Return the part of a model's JSON schema for a place; empty where the model has none.

    Args:
        location: of the place, as pydantic names it.
        model: of the whole dossier.
    """
    return next(iter(_nodes_at(location, model)), {})


def _nodes_at(location: Location, model: type[BaseModel]) -> list[JsonSchemaValue]:
    nodes = [_schema(model)]
    for part in in_schema(location):
        inside = [inner for node in nodes for inner in _inside(node, part)]
        nodes = [option for inner in inside for option in _options(inner, _schema(model)["$defs"])]
    return nodes


def keys_at(location: Location, model: type[BaseModel]) -> list[str]:
    """Return the keys that a table may have, in the order of the alphabet."""
    return sorted(node_at(location, model).get("properties", ()))


def section_of(key: str, model: type[BaseModel]) -> str | None:
    """Return the section that a key belongs to, empty for the top; None where several have it."""
    if sum(key in table.get("properties", ()) for table in _tables(model)) != 1:
        return None
    top = keys_at((), model)
    return "" if key in top else next((one for one in top if key in keys_at((one,), model)), None)


@cache
def every_key(model: type[BaseModel]) -> frozenset[str]:
    """Return every key that a dossier can have, in whichever table."""
    return frozenset(key for table in _tables(model) for key in table.get("properties", ()))


@cache
def every_word(model: type[BaseModel]) -> frozenset[str]:
    """Return every word of which a key can ask one."""
    tables = _tables(model)
    nodes = [node for table in tables for node in table.get("properties", {}).values()]
    options = [option for node in nodes for option in _options(node, _schema(model)["$defs"])]
    parts = [option["items"] for option in options if "items" in option]
    return frozenset(word for node in (*options, *parts) for word in words_at(node))


def options_of(keys: tuple[str, ...], model: type[BaseModel]) -> list[JsonSchemaValue]:
    """Return what a key may be: at its place, or else wherever one of that name may stand."""
    return _nodes_at(keys, model) or [
        option
        for table in _tables(model)
        if keys[-1] in table.get("properties", ())
        for option in _options(table["properties"][keys[-1]], _schema(model)["$defs"])
    ]


def is_for_text(option: JsonSchemaValue) -> bool:
    """Return whether text stands in a place, be it one of some words."""
    return option.get("type") == "string" and "format" not in option


def _tables(model: type[BaseModel]) -> tuple[JsonSchemaValue, ...]:
    return (_schema(model), *_schema(model)["$defs"].values())


def takes_several(location: Location, model: type[BaseModel]) -> bool:
    """Return whether several tables may stand under one heading, in double brackets."""
    return any("items" in node for node in _nodes_at(location, model))


def _inside(node: JsonSchemaValue, part: int | str) -> Iterator[JsonSchemaValue]:
    """Yield what a node says of one of its values, or of the value of one of its keys."""
    if isinstance(part, int):
        inner = node.get("items")
    elif "discriminator" in node:
        inner = {"$ref": node["discriminator"]["mapping"].get(part, "")}
    else:
        inner = node.get("properties", {}).get(part) or node.get("additionalProperties")
    if inner:
        yield inner


def _options(node: JsonSchemaValue, definitions: JsonSchemaValue) -> list[JsonSchemaValue]:
    """Return what a node may be, with what it refers to, and without nothing."""
    options = [
        definitions.get(option["$ref"].rpartition("/")[2], {}) if "$ref" in option else option
        for option in node.get("anyOf", [node])
    ]
    return [option for option in options if option.get("type") != "null"]


def words_at(node: JsonSchemaValue) -> list[str]:
    """Return the words of which one may stand at a place; none where it takes other values."""
    return [*map(str, node.get("enum", [node["const"]] if "const" in node else []))]


def kinds_at(node: JsonSchemaValue) -> list[str]:
    """Return the kinds that a table may be of, in the order of the models."""
    kinds = {place: kind for kind, place in node["discriminator"]["mapping"].items()}
    return [kinds[option["$ref"]] for option in node["oneOf"]]


def listed_words(words: list[str]) -> str:
    """Return words as a list in a sentence, marks between quotes.

    Examples:
        >>> listed_words(["iso", "unix"]), listed_words(["1"]), listed_words([".", ","])
        ('one of iso, unix', '1', 'one of ".", ","')
    """
    shown = [word if _PLAIN_WORD.fullmatch(word) else json.dumps(word) for word in words]
    return shown[0] if len(shown) == 1 else f"one of {', '.join(shown)}"


def allowed_at(node: JsonSchemaValue, heading: str) -> str:
    """Return what a node allows, as in "allowed is one of charity, commercial".

    Args:
        node: of `node_at`.
        heading: of a table at the place.

    Examples:
        >>> allowed_at({"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1}, "")
        'a share between 0 and 1'
        >>> allowed_at({"type": "integer", "minimum": 1, "maximum": 600}, "")
        'a whole number, at least 1 and at most 600'
    """
    if words := words_at(node):
        return listed_words(words)
    if "properties" in node or "discriminator" in node:
        return f"a table: {heading} on a line of its own, and its keys below it"
    if node.get("type") in {"integer", "number"}:
        return _number(node)
    if node.get("type") == "array":
        return _list(node, heading)
    keys = f"keys with their values, below {heading} or between {{ and }}"
    return _PHRASES.get(str(node.get("format", node.get("type"))), keys)


def allowed_of(options: list[JsonSchemaValue], heading: str) -> str:
    """Return what a key allows that may stand in several tables, as far as these agree."""
    phrases = {allowed_at(option, heading) for option in options}
    if len(phrases) == 1:
        return phrases.pop()
    is_number = all(option.get("type") in {"integer", "number"} for option in options)
    return "a number" if is_number else "another value"


def is_share(node: JsonSchemaValue) -> bool:
    """Return whether a node takes numbers below 1 only."""
    return node.get("exclusiveMaximum") == 1


def _number(node: JsonSchemaValue) -> str:
    if is_share(node) and node.get("exclusiveMinimum") == 0:
        return "a share between 0 and 1"
    kind = "a whole number" if node["type"] == "integer" else "a number"
    limits = [f"{word} {decimal_text(node[name])}" for name, word in _LIMITS if name in node]
    kind = "a share" if is_share(node) else kind
    return f"{kind}, {' and '.join(limits)}" if limits else kind


def _list(node: JsonSchemaValue, heading: str) -> str:
    items = node.get("items", {})
    if words := words_at(items):
        return f"a list of one or more of {', '.join(words)}"
    if items.get("type") not in _NOUNS:
        return f"tables, with {heading.replace('[', '[[').replace(']', ']]')} above each"
    noun = "days" if "format" in items else _NOUNS[items["type"]]
    two = "two " if node.get("minItems") == 2 else ""
    return f"a list of {two}{noun} between [ and ]"


def fits(number: Decimal, node: JsonSchemaValue) -> bool:
    """Return whether a node takes a number.

    Examples:
        >>> fits(Decimal("5.5"), {"type": "number", "exclusiveMaximum": 1})
        False
    """
    limits = {name: Decimal(decimal_text(node[name])) for name, _ in _LIMITS if name in node}
    return (
        (number == number.to_integral_value() or node.get("type") != "integer")
        and limits.get("minimum", number) <= number <= limits.get("maximum", number)
        and limits.get("exclusiveMinimum", number - 1) < number
        and number < limits.get("exclusiveMaximum", number + 1)
    )
