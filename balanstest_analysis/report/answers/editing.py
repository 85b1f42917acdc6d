"""A dossier's file with other values in it: comments, order and all else as they were."""

from __future__ import annotations

import re
import textwrap
import tomllib
from collections.abc import Iterable
from typing import Any, Final

import tomlkit
from tomlkit import TOMLDocument
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, String

from balanstest_analysis.errors import RunError
from balanstest_analysis.report.answers import setting_aside
from balanstest_analysis.report.answers.changes import Change

_WIDTH: Final = 100
_OWN_TEXTS: Final = ("dpo_opinion", "people_asked", "dpia_reference", "necessity")
_ESCAPES: Final = {"\\": "\\\\", "\b": "\\b", "\f": "\\f", "\r": "\\r"}


def edited(text: str, changes: Iterable[Change]) -> str:
    """Return a dossier's text after changes.

    Args:
        text: of the file, with its own line ends.
        changes: of its values.

    Raises:
        RunError: the file cannot be changed without changing something else.
    """
    changes = tuple(changes)
    ends = "\r\n" if "\r\n" in text else "\n"
    try:
        document = tomlkit.parse(text)
        for change in changes:
            _set(document, change, ends)
        after = tomlkit.dumps(document)
        unchanged = _without(tomllib.loads(after), changes) == _without(
            tomllib.loads(text), changes
        )
    except (TOMLKitError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError):
        unchanged = False
    if not unchanged:
        raise RunError(
            "The dossier is written in a way that cannot be changed here without changing more. "
            "Write the texts in it by hand."
        )
    return after


def _set(document: TOMLDocument, change: Change, ends: str) -> None:
    *tables, key = change.field.path
    if tables[0] == setting_aside.KEY:
        reason = None if change.value in (None, "") else _item(change.value, None, ends)
        setting_aside.set_reason(document, str(tables[1]), reason)
        return
    place = _table(document, tables, create=change.value is not None)
    if place is None:
        return
    if change.value is None:
        if key in place:
            _remove(document, tables, place, str(key), change)
        return
    place[key] = _item(change.value, place.get(key), ends)


def _remove(
    document: TOMLDocument, tables: list[str | int], place: Any, key: str, change: Change
) -> None:
    """Take a key out, and a condition or decision of which nothing is left."""
    if change.field.kind in {"prose", "words", "line"} and key in {*_OWN_TEXTS, *_OTHER_TEXTS}:
        place[key] = ""
        return
    del place[key]
    if not place and tables[0] in {"conditions", "decision"}:
        *outer, last = tables
        around = _table(document, outer, create=False)
        if around is not None:
            del around[last]


_OTHER_TEXTS: Final = (
    "dpo_followed_reason", "reason_for_longer_term", "measure", "owner", "basis", "purpose",
    "recipients", "retention", "objectors",
)  # fmt: skip


def _table(document: TOMLDocument, tables: list[str | int], *, create: bool) -> Any:
    """Return a table, made where it is not there."""
    if tables[:1] == ["measures"] and isinstance(tables[1], str):
        return _measure(document, tables[1], create=create)
    place: Any = document
    for number, part in enumerate(tables):
        if isinstance(part, str) and part not in place:
            if not create:
                return None
            leads_on = number < len(tables) - 1
            place[part] = tomlkit.table(is_super_table=leads_on)
        place = place[part]
    return place


def _measure(document: TOMLDocument, code: str, *, create: bool) -> Any:
    """Return the last measure about a breach, made where there is none."""
    if "measures" not in document:
        if not create:
            return None
        document["measures"] = tomlkit.aot()
    stated = document["measures"]
    known = [one for one in stated if one["finding"] == code]
    if not known and create:
        made = tomlkit.table() if isinstance(stated, AoT) else tomlkit.inline_table()
        made["finding"] = code
        stated.append(made)
        known = [stated[-1]]
    return known[-1] if known else None


def _item(value: object, before: Any, ends: str) -> Any:
    if not isinstance(value, str):
        return value
    in_lines = isinstance(before, String) and before.as_string().startswith(('"""', "'''"))
    if in_lines or "\n" in value or len(value) > 5 * _WIDTH:
        return text_in_lines(_folded(value), ends)
    return tomlkit.string(value)


def _folded(text: str) -> str:
    """Return text in lines that fit a screen; lines that are folded already stay so."""
    if any(len(line) <= _WIDTH for line in text.splitlines()) or "\n" in text:
        return text
    return textwrap.fill(text, _WIDTH, break_long_words=False, break_on_hyphens=False)


def text_in_lines(text: str, ends: str) -> String:
    r"""Return a text as TOML that has lines of its own.

    Args:
        text: any.
        ends: the line ends of the file.

    Examples:
        >>> text_in_lines("een\ntwee", "\n").unwrap()
        'een\ntwee'
    """
    escaped = re.sub(r"[\\\b\f\r]", lambda found: _ESCAPES[found[0]], text)
    escaped = re.sub('"(?="")', '\\"', escaped)
    escaped = re.sub('"$', '\\"', escaped).replace("\n", ends)
    made: Any = tomlkit.parse(f'text = """{ends}{escaped}"""{ends}')["text"]
    made.trivia.trail = ends
    return made  # type: ignore[no-any-return]


def _without(raw: Any, changes: tuple[Change, ...]) -> Any:
    """Return what a dossier says beside the values that change, empty tables left out."""
    for change in changes:
        place = raw
        *tables, key = change.field.path
        if tables[0] == setting_aside.KEY:
            setting_aside.without_statement(raw, str(tables[1]))
            continue
        if tables[0] == "measures" and isinstance(tables[1], str):
            raw["measures"] = [
                one for one in raw.get("measures", []) if one["finding"] != tables[1]
            ]
            continue
        try:
            for part in tables:
                place = place[part]
            place.pop(key, None)
        except (KeyError, IndexError):
            continue
    return _pruned(raw)


def _pruned(raw: Any) -> Any:
    if isinstance(raw, dict):
        kept = {key: _pruned(value) for key, value in raw.items()}
        return {key: value for key, value in kept.items() if value not in ({}, [])}
    return [_pruned(one) for one in raw] if isinstance(raw, list) else raw
