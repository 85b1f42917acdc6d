"""A criterion that could not be tested and is left out: one statement in the dossier for each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import tomlkit
from tomlkit import TOMLDocument
from tomlkit.items import AoT

KEY: Final = "set_aside"
_LIMITS: Final = ("threshold", "factor")


def place_of(number: int) -> str:
    """Return what stands for a criterion in a form, whatever its name is.

    Examples:
        >>> place_of(0), number_of(place_of(0))
        ('criterion_1', 0)
    """
    return f"criterion_{number + 1}"


def number_of(place: str) -> int:
    """Return which criterion a place in a form is about, counted from 0."""
    return int(place.rpartition("_")[2]) - 1


def reason_for(raw: Mapping[str, object], name: str) -> str | None:
    """Return why a criterion is left out, or None where it is not.

    Args:
        raw: the dossier as its file says it.
        name: of the criterion.

    Examples:
        >>> reason_for({"set_aside": [{"criterion": "x", "reason": "te kort"}]}, "x")
        'te kort'
    """
    stated: Any = raw.get(KEY, [])
    return next((one.get("reason") for one in reversed(stated) if one["criterion"] == name), None)


def set_reason(document: TOMLDocument, place: str, reason: object) -> None:
    """State in a dossier why a criterion is left out, with the limit that it has now.

    Args:
        document: the dossier, to be changed.
        place: of the criterion in the form.
        reason: as the dossier holds it; None takes the statement out.
    """
    criteria: Any = document["criteria"]
    criterion = criteria[number_of(place)]
    stated: Any = document.get(KEY, [])
    for number in reversed(range(len(stated))):
        if stated[number]["criterion"] == criterion["name"]:
            del stated[number]
    if reason is None:
        if KEY in document and not stated:
            del document[KEY]
        return
    if KEY not in document:
        document[KEY] = tomlkit.aot()
        stated = document[KEY]
    made = tomlkit.table() if isinstance(stated, AoT) else tomlkit.inline_table()
    made["criterion"] = str(criterion["name"])
    for limit in _LIMITS:
        if limit in criterion:
            made["threshold"] = criterion[limit].unwrap()
    made["reason"] = reason
    stated.append(made)


def without_statement(raw: dict[str, object], place: str) -> None:
    """Take the statement about a criterion out of what a dossier says."""
    criteria: Any = raw["criteria"]
    stated: Any = raw.get(KEY, [])
    name = criteria[number_of(place)]["name"]
    raw[KEY] = [one for one in stated if one["criterion"] != name]
