"""A dossier that is no TOML: the line, its key, and what to write there."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable
from typing import Final

from pydantic import BaseModel

from balanstest_analysis.document.personal import screened
from balanstest_analysis.dossier.allowed_values import (
    allowed_of,
    every_word,
    is_for_text,
    options_of,
)
from balanstest_analysis.dossier.broken_lines import (
    told_heading,
    told_sign,
    told_twice,
    told_unclosed,
    told_words,
)
from balanstest_analysis.dossier.broken_place import BrokenPlace, broken_place
from balanstest_analysis.dossier.shown_values import named_key
from balanstest_analysis.dossier.written import Written, part_at
from balanstest_analysis.dossier.written_values import told_value
from balanstest_analysis.errors import DossierError

_LONG_TEXT: Final = re.compile(r"\"{3}|'{3}")


def broken_toml(
    file_name: str, text: str, error: tomllib.TOMLDecodeError, model: type[BaseModel]
) -> DossierError:
    """Return one sentence about the first place at which a dossier is no TOML.

    Args:
        file_name: name of the dossier, without its folder.
        text: of the dossier.
        error: what tomllib found.
        model: of the whole dossier.
    """
    broken = broken_place(text.replace("\r\n", "\n"), error, model)
    if broken is None:
        return DossierError(f"`{file_name}` is not valid TOML: {error}. Correct it.")
    told = next(filter(None, (kind(broken) for kind in _KINDS)), "") or _in_other_words(broken)
    told = told if told.startswith(" ") else f": {told}"
    return DossierError(f"`{file_name}` line {broken.line}{told}.")


def _in_other_words(broken: BrokenPlace) -> str:
    """Tell what tomllib says, where no kind of mistake is known."""
    key = broken.statement.key
    words = screened(broken.words[:200], "it cannot be read")
    return f"{named_key(key) if key else ''} is not valid TOML: {words}. Correct it"


def _unseen_space(broken: BrokenPlace) -> str:
    character = broken.text[broken.place : broken.place + 1]
    if not character or character == " " or unicodedata.category(character) not in {"Zs", "Cf"}:
        return ""
    name = unicodedata.name(character, "without a name").lower()
    return f" has a sign that looks like a space or like nothing ({name}); type the line anew"


def _long_text(broken: BrokenPlace) -> str:
    statement = broken.statement
    if not _LONG_TEXT.match(statement.written):
        return ""
    mark = statement.written[:3]
    begin = statement.text.find(mark) + len(mark)
    end = statement.text.find(mark, begin)
    if end < 0:
        return told_unclosed(statement)
    line = statement.line + statement.text.count("\n", 0, end)
    return (
        f"the text of {named_key(statement.key)} ends at the {mark} on line {line}, and more "
        f"stands behind it: write {mark} only where a text begins and where it ends"
    )


def _value(broken: BrokenPlace) -> str:
    statement, value = broken.statement, broken.statement.written
    if not statement.key:
        return ""
    if broken.is_bracketed:
        value = part_at(statement.text, broken.place - statement.start)
    options = options_of(broken.keys, broken.model)
    for_text = [is_for_text(option) for option in options]
    no_text = options and not broken.is_bracketed and not any(for_text)
    return told_value(
        Written(
            key=statement.key,
            value=value,
            is_part=broken.is_bracketed,
            is_for_text=bool(options) and all(for_text),
            allowed=allowed_of(options, f"`[{statement.key}]`") if no_text else "",
            ours=every_word(broken.model),
        )
    )


def _brackets(broken: BrokenPlace) -> str:
    if not broken.is_bracketed:
        return ""
    statement = broken.statement
    begins = "" if statement.line == broken.line else f", which begins on line {statement.line},"
    if statement.written.startswith("["):
        return (
            f"the list of {named_key(statement.key)}{begins} lacks a comma or its ]: write a comma "
            "between its parts, and ] at its end"
        )
    return (
        f"the table of {named_key(statement.key)}{begins} lacks a comma or its }}, or has a comma "
        "too many: write it on one line, with commas between its parts only and } at its end"
    )


_KINDS: Final[tuple[Callable[[BrokenPlace], str], ...]] = (
    told_twice,
    _unseen_space,
    told_heading,
    told_sign,
    told_words,
    _long_text,
    _value,
    _brackets,
)
