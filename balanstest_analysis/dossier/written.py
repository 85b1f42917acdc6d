"""A value as it stands on a line of a dossier, and how it may be told."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import Final

from balanstest_analysis.document.personal import is_personal
from balanstest_analysis.dossier.shown_values import named_key
from balanstest_analysis.dossier.toml_statements import without_remark

_LONGEST: Final = 60
_QUOTES: Final = "\"'“”„‟‘’‚‛«»‹›`´"
_END_OF_PART: Final = re.compile(r"[],}\n]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A value as it stands on a line, or one part of a list.

    Attributes:
        key: that it is the value of.
        value: without a remark.
        is_part: whether it is one of several between brackets or braces.
        is_for_text: whether text alone may stand there.
        allowed: what may stand there, where that is no text; empty where it may be text.
        ours: words that a dossier knows, and that are no person's therefore.
    """

    key: str
    value: str
    is_part: bool = False
    is_for_text: bool = False
    allowed: str = ""
    ours: frozenset[str] = frozenset()

    @property
    def subject(self) -> str:
        """What the sentence about it begins with."""
        return f"a part of {named_key(self.key)}" if self.is_part else named_key(self.key)

    @property
    def shown(self) -> str:
        """The value, or its length where it is long or may be about a person."""
        text = self.value.strip(_QUOTES)
        if len(text) > _LONGEST or (is_personal(text) and text not in self.ours):
            return f"a text of {len(self.value)} characters"
        return self.value

    def to_write(self, text: str) -> str:
        """Return what to write for a text, or how to where it may not be repeated."""
        mark = "'" if '"' in text or "\\" in text else '"'
        whole = f"{mark}{text}{mark}" if self.is_part else f"{self.key} = {mark}{text}{mark}"
        may_be_told = text in self.ours or not is_personal(text[: _LONGEST + 1])
        if mark in text or len(text) > _LONGEST or not may_be_told or is_personal(whole):
            return f"write it between {mark} and {mark}"
        return f"write `{whole}`"


def is_toml(value: str) -> bool:
    """Return whether TOML can read a value.

    Examples:
        >>> is_toml("0.055"), is_toml("0,055")
        (True, False)
    """
    try:
        tomllib.loads(f"value = {value}")
    except (ValueError, RecursionError):
        return False
    return True


def part_at(text: str, place: int) -> str:
    """Return the part of a list, or of a table in braces, in which a place lies.

    Args:
        text: of the whole statement.
        place: in it, in characters from 0.

    Examples:
        >>> part_at("weekday_hours = [09:00, 22:00]", 18)
        '09:00'
    """
    before = max(text.rfind(mark, 0, place) for mark in "[,{=\n")
    behind = _END_OF_PART.search(text, max(place, before + 1))
    return without_remark(text[before + 1 : behind.start() if behind else len(text)]).strip()
