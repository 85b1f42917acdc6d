"""Pydantic's findings about a dossier, told in plain sentences with what is allowed."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from balanstest_analysis.dossier.allowed_values import (
    allowed_at,
    keys_at,
    kinds_at,
    listed_words,
    node_at,
    section_of,
)
from balanstest_analysis.dossier.locations import Place, is_name_of_type, place_of
from balanstest_analysis.dossier.nearest import did_you_mean, in_marks, nearest
from balanstest_analysis.dossier.remedies import ONE_OF_THESE, remedy_for
from balanstest_analysis.dossier.shown_values import named_key, shown
from balanstest_analysis.errors import DossierError

_CRITERIA = "criteria"


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
    # Of a value that may be of two types, each type has a finding; one says that it is the other.
    findings = [one for one in error.errors() if not any(map(is_name_of_type, one["loc"][-1:]))]
    sentences = [
        f"`{file_name}`: {_sentence(details, model, given)}"
        for details in findings or error.errors()
    ]
    return DossierError("\n".join(dict.fromkeys(sentences)))


def _sentence(
    details: ErrorDetails, model: type[BaseModel], given: Mapping[str, object] | None
) -> str:
    place, value = place_of(details["loc"], given), details["input"]
    if details["type"] == "value_error":
        return _refused(str(details["ctx"]["error"]), place, value)
    if details["type"] == "extra_forbidden":
        return _unknown(details, place, model)
    node = node_at(details["loc"], model)
    if details["loc"] == (_CRITERIA,) and details["type"] in {"missing", "too_short"}:
        return _no_criteria(kinds_at(node["items"]))
    if details["type"].startswith("union_tag"):
        kind = value.get("kind") if isinstance(value, dict) else None
        return _kind(place.named(value), kind, kinds_at(node))
    allowed = allowed_at(node, place.heading)
    if details["type"] == "missing":
        return f"{place.named(None)} is missing; allowed is {allowed}. Add it."
    return (
        f"{place.named(value)} is {shown(value)}; allowed is {allowed}. "
        f"{remedy_for(value, node, place)}"
    )


def _refused(sentence: str, place: Place, value: object) -> str:
    where = f"in {place.named(value)}, " if place.groups else ""
    return f"{where}{sentence}{'' if sentence.endswith('?') else '.'}"


def _no_criteria(kinds: list[str]) -> str:
    return (
        f"`{_CRITERIA}` is missing; a dossier has at least one. Add a table `[[{_CRITERIA}]]` with "
        f"a `name`, a `kind` ({listed_words(kinds)}), what that kind asks, such as `outcome` and "
        "`threshold`, and a `reason`. The comments of a new dossier, which `balanstest init` "
        "makes, explain each kind with an example."
    )


def _kind(where: str, kind: object, kinds: list[str]) -> str:
    allowed = f"allowed is {listed_words(kinds)}."
    if kind is None:
        return f"{where}: `kind` is missing; {allowed} Add it."
    remedy = did_you_mean(kind, kinds) or ONE_OF_THESE
    return f"{where}: `kind` is {shown(kind)}; {allowed} {remedy}"


def _unknown(details: ErrorDetails, place: Place, model: type[BaseModel]) -> str:
    """Tell an unknown key with the one that it is most like, or with the section that has it."""
    key, allowed = place.key, keys_at(details["loc"][:-1], model)
    *tables, (unknown, _) = place.groups
    where = "".join(f"`{table}` {number}: " for table, number in tables)
    near, section = nearest(key, allowed), section_of(key, model)
    hint = f"; did you mean {in_marks(near)}?" if near else "."
    if not near and section is not None:
        above = "above the first heading in brackets" if not section else f"below `[{section}]`"
        hint = f", which belongs {above}."
    named = named_key(unknown).removeprefix("a key") or f"of {len(unknown)} characters"
    return (
        f"{where}unknown key {named}{hint} Allowed are {', '.join(allowed)}. Correct or remove it."
    )
