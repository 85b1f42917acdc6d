"""The schema of the dossier as an editor applies it: by a validator that knows nothing of us."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

from jsonschema import Draft7Validator

from balanstest_analysis.dossier.json_schema import dossier_schema


@cache
def validator() -> Draft7Validator:
    """Return the validator, which looks at the form of dates too."""
    schema = dossier_schema()
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema, format_checker=Draft7Validator.FORMAT_CHECKER)


def refused_by_schema(dossier: dict[str, Any]) -> list[str]:
    """Return where the schema refuses a dossier, as TOML gives it."""
    found = validator().iter_errors(as_json(dossier))
    return [f"{error.json_path}: {error.message}" for error in found]


def as_json(value: Any) -> Any:
    """Return a value of TOML as editors hand it to a schema: a date is its text."""
    match value:
        case dict():
            return {key: as_json(part) for key, part in value.items()}
        case list():
            return [as_json(part) for part in value]
        case dt.date() | dt.time():
            return value.isoformat()
        case _:
            return value
