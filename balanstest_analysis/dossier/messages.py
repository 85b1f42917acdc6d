"""Pydantic's findings about a dossier, told in plain sentences with what is allowed."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from balanstest_analysis.errors import DossierError


def dossier_error(
    file_name: str,
    error: ValidationError,
    model: type[BaseModel],
    given: Mapping[str, object] | None = None,
) -> DossierError:
    """Return one error that names every place in the dossier that cannot be accepted.

    Args:
        file_name: name of the dossier, without its folder.
        error: what pydantic found.
        model: the model of the whole dossier.
        given: the dossier as it was written; a table that stands alone has no number.
    """
    sentences = [_sentence(file_name, details, model, given) for details in error.errors()]
    return DossierError("\n".join(dict.fromkeys(sentences)))


def _sentence(
    file_name: str,
    details: ErrorDetails,
    model: type[BaseModel],
    given: Mapping[str, object] | None,
) -> str:
    key = _dotted(details["loc"], given)
    if details["type"] == "extra_forbidden":
        return f"`{file_name}`: unknown key `{key}`; {_suggestion(details['loc'], model)}"
    if details["type"] == "missing":
        return f"`{file_name}`: `{key}` is missing. Add it."
    if details["type"] == "value_error":
        where = f"in `{key}`, " if key else ""
        return f"`{file_name}`: {where}{details['ctx']['error']}."
    return f"`{file_name}`: `{key}` is {_shown(details['input'])}. {_allowed(details['msg'])}"


def _dotted(location: tuple[int | str, ...], given: object) -> str:
    """Join a location; pydantic's own marker of a criterion's kind is left out."""
    parts: list[str] = []
    for index, part in enumerate(location):
        if isinstance(part, int):
            parts[-1] += "" if isinstance(given, dict) else f"[{part + 1}]"
            given = given[part] if isinstance(given, list) and part < len(given) else given
            continue
        given = given.get(part) if isinstance(given, dict) else None
        if index == 2 and location[0] == "criteria":
            continue
        parts.append(part)
    return ".".join(parts)


def _suggestion(location: tuple[int | str, ...], model: type[BaseModel]) -> str:
    allowed = sorted(_keys_at(location[:-1], model))
    close = difflib.get_close_matches(str(location[-1]), allowed, n=1)
    hint = f"did you mean `{close[0]}`? " if close else ""
    return f"{hint}Allowed are {', '.join(allowed)}. Correct or remove it."


def _keys_at(location: tuple[int | str, ...], model: type[BaseModel]) -> set[str]:
    schema = model.model_json_schema(by_alias=True)
    node: dict[str, Any] = schema
    for part in location:
        node = _step(node, part, schema["$defs"])
    return set(_resolved(node, schema["$defs"]).get("properties", ()))


def _step(node: dict[str, Any], part: int | str, definitions: dict[str, Any]) -> dict[str, Any]:
    node = _resolved(node, definitions)
    if isinstance(part, int):
        return dict(node["items"])
    if "discriminator" in node:
        return {"$ref": node["discriminator"]["mapping"][part]}
    properties = node.get("properties", {})
    return dict(properties.get(part) or node.get("additionalProperties") or {})


def _resolved(node: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    for option in node.get("anyOf", ()):
        if "$ref" in option or "items" in option:
            node = option
    if "$ref" in node:
        return dict(definitions[node["$ref"].rsplit("/", 1)[-1]])
    return node


def _shown(value: object) -> str:
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _allowed(message: str) -> str:
    return message.replace("Input should be", "Allowed is", 1) + "."
