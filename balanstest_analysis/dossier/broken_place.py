"""Where a dossier is no TOML: the statement there, and what stands before it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import Final

from pydantic import BaseModel

from balanstest_analysis.dossier.allowed_values import every_key
from balanstest_analysis.dossier.toml_statements import Statement, statements_through

_PLACE: Final = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_ANSWER: Final = re.compile(r"[1-9][a-z]?")


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenPlace:
    """A dossier up to the first place at which it is no TOML.

    Attributes:
        text: of the dossier.
        place: in it, in characters from 0.
        words: what tomllib says.
        before: the statements before it.
        statement: in which it lies.
        model: of the whole dossier.
    """

    text: str
    place: int
    words: str
    before: tuple[Statement, ...]
    statement: Statement
    model: type[BaseModel]

    @property
    def line(self) -> int:
        """The line to look at: that of the statement, and within brackets that of the trouble."""
        within = self.text.count("\n", self.statement.start, self.place)
        return self.statement.line + (within if self.is_bracketed else 0)

    @property
    def is_bracketed(self) -> bool:
        """Whether the value is a list or a table in braces."""
        return self.statement.written.startswith(("[", "{"))

    @property
    def keys(self) -> tuple[str, ...]:
        """The key of the statement, with those of its table before it."""
        headings = [one.heading for one in self.before if one.heading]
        keys = ".".join([*headings[-1:], self.statement.key])
        return tuple(keys.split("."))

    def is_known(self, key: str) -> bool:
        """Return whether a dossier can have a key."""
        return key in every_key(self.model) or bool(_ANSWER.fullmatch(key))


def broken_place(
    text: str, error: tomllib.TOMLDecodeError, model: type[BaseModel]
) -> BrokenPlace | None:
    """Return the place that an error of tomllib is about, or None where nothing is stated.

    Args:
        text: of the dossier; its lines end in a line feed.
        error: what tomllib found.
        model: of the whole dossier.
    """
    place = _place(text, str(error))
    found = statements_through(text, place)
    if not found:
        return None
    return BrokenPlace(
        text=text,
        place=place,
        words=_PLACE.sub("", str(error)),
        before=tuple(found[:-1]),
        statement=found[-1],
        model=model,
    )


def _place(text: str, message: str) -> int:
    match = _PLACE.search(message)
    if match is None or match[1] is None:
        return len(text)
    start = 0
    for _ in range(int(match[1]) - 1):
        start = text.index("\n", start) + 1
    return start + int(match[2]) - 1
