"""The JSON schema of the dossier, by which an editor completes and checks `balanstest.toml`.

It is made from the models, the questions and the explanations of keys, so that it says what
`load_dossier` does. What no schema can say stays with `balanstest check`: rules over several keys,
the colours that can be read, and that a date in TOML has no quotes.
"""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Final

from pydantic.json_schema import JsonSchemaValue

from balanstest_analysis.document.files import write_atomically
from balanstest_analysis.document.opening import read_json
from balanstest_analysis.document.wording import CONDITION_TEXTS, COUNTERPOINT_NAMES
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.dossier.questionnaire import questionnaire
from balanstest_analysis.dossier.regimes import all_regimes
from balanstest_analysis.dossier.statements import CONDITIONS
from balanstest_analysis.errors import UsageError
from balanstest_analysis.published.names import COUNTERPOINTS

SCHEMA_FILE: Final = "balanstest.schema.json"
FIRST_LINE: Final = f"#:schema ./{SCHEMA_FILE}"  # as editors for TOML read it
TITLE: Final = "Dossier of a balanstest klanttermijn"
TEMPLATES: Final = ("opt-in", "bel-me-niet")
_DRAFT: Final = "http://json-schema.org/draft-07/schema#"  # which every editor understands
_SOMETHING: Final = r"\S"


@cache
def key_explanations() -> dict[str, dict[str, str]]:
    """Return what each key of a dossier means, by model and key."""
    place = resources.files("balanstest_analysis.dossier").joinpath("rules/keys.toml")
    return tomllib.loads(place.read_text("utf-8"))


def schema_text() -> str:
    """Return the schema as the text of a file.

    Examples:
        >>> schema_text().startswith("{")
        True
    """
    return json.dumps(dossier_schema(), ensure_ascii=False, indent=2) + "\n"


def write_schema(path: Path) -> None:
    """Write the schema; only an older version of it is replaced.

    Args:
        path: of the file.

    Raises:
        UsageError: something else is there.
        RunError: the file cannot be written.
    """
    if os.path.lexists(path) and not _is_ours(path):
        raise UsageError(
            f"`{path}` is there and is no schema of a dossier. Choose another name, such as "
            f"`{SCHEMA_FILE}`."
        )
    write_atomically(path, schema_text())


def _is_ours(path: Path) -> bool:
    try:
        found = read_json(path)
    except (OSError, ValueError):
        return False
    return isinstance(found, dict) and found.get("title") == TITLE


def dossier_schema() -> JsonSchemaValue:
    """Return the schema of the dossier, with the meaning of every key.

    Examples:
        >>> dossier_schema()["properties"]["template"]["enum"]
        ['opt-in', 'bel-me-niet']
    """
    whole = Dossier.model_json_schema(by_alias=True, ref_template="#/definitions/{model}")
    models: dict[str, JsonSchemaValue] = {"Dossier": whole, **whole.pop("$defs")}
    for name, model in models.items():
        model["description"] = str(model["description"]).split("\n\n", maxsplit=1)[0]
        _explain(model, key_explanations()[name])
    tidied = {name: _tidied(model) for name, model in models.items()}
    _name_what_is_known(tidied)
    dossier = tidied.pop("Dossier")
    return {"$schema": _DRAFT, **dossier, "title": TITLE, "definitions": tidied}


def _explain(model: JsonSchemaValue, told: Mapping[str, str]) -> None:
    for key, entry in model["properties"].items():
        if key in told:
            entry["description"] = told[key]


def _tidied(schema: JsonSchemaValue) -> JsonSchemaValue:
    """Return a schema without what TOML does not have, such as null, or an editor cannot use."""
    left = {key: part for key, part in schema.items() if key != "discriminator"}
    if isinstance(left.get("title"), str):
        del left["title"]
    if left.get("default") is None or isinstance(left["default"], dict):
        left.pop("default", None)  # of a whole table its keys tell
    if "anyOf" in left:
        left |= _without_null(left.pop("anyOf"))
    tidied = {key: _tidied_part(part) for key, part in left.items()}
    if tidied.get("type") == "string" and tidied.get("minLength") == 1:
        tidied.setdefault("pattern", _SOMETHING)
    if "$ref" in tidied and len(tidied) > 1:
        # Beside a reference this draft reads nothing.
        tidied["allOf"] = [{"$ref": tidied.pop("$ref")}]
    return tidied


def _tidied_part(part: object) -> object:
    match part:
        case dict():
            return _tidied(part)
        case list():
            return [_tidied_part(one) for one in part]
        case _:
            return part


def _without_null(options: list[JsonSchemaValue]) -> JsonSchemaValue:
    kept = [option for option in options if option.get("type") != "null"]
    return kept[0] if len(kept) == 1 else {"anyOf": kept}


def _name_what_is_known(models: dict[str, JsonSchemaValue]) -> None:
    """Name the keys and values that the models check by a rule of their own."""
    dossier, review = models["Dossier"], models["Review"]["properties"]
    condition = dossier["properties"]["conditions"].pop("additionalProperties")
    dossier["properties"]["conditions"] |= _only(
        {name: {"description": CONDITION_TEXTS[name], "allOf": [condition]} for name in CONDITIONS}
    )
    review["replies"] |= _only(
        {
            code: {"type": "string", "description": COUNTERPOINT_NAMES[code]}
            for code in COUNTERPOINTS
        }
    )
    models["Scope"]["properties"]["regime"]["enum"] = [regime.id for regime in all_regimes()]
    del dossier["properties"]["answers"]["additionalProperties"]
    dossier["allOf"] = [_with_answers(template) for template in TEMPLATES]


def _only(properties: dict[str, JsonSchemaValue]) -> JsonSchemaValue:
    return {"properties": properties, "additionalProperties": False}


def _with_answers(template: str) -> JsonSchemaValue:
    """Return what answers a template asks for."""
    answers = {
        question.number: {"type": "string", "description": f"{question.title}. {question.help}"}
        for question in questionnaire(template).questions
    }
    return {
        "if": {"properties": {"template": {"const": template}}, "required": ["template"]},
        "then": {"properties": {"answers": _only(answers)}},
    }
