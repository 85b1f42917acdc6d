"""Characters of a dossier that the report could not print: refused by name, before a run."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from balanstest_analysis.document.blocks.glyphs import unprintable
from balanstest_analysis.errors import DossierError

_NAMED = 8
_NOT_PRINTED = ("data", "style")


def refuse_unprintable(file_name: str, raw: dict[str, object]) -> None:
    """Refuse a dossier with words that would not all stand in the PDF.

    Args:
        file_name: name of the dossier, without its folder.
        raw: what it says; names of files and columns are not printed.

    Raises:
        DossierError: a text has characters that the fonts of the report lack.
    """
    printed = {name: part for name, part in raw.items() if name not in _NOT_PRINTED}
    sentences = [
        f"`{file_name}`: `{key}` has characters that the fonts of the report lack: "
        f"{_listed(missing)}. Write them in other letters."
        for key, text in _texts(printed, "")
        if (missing := unprintable(text))
    ]
    if sentences:
        raise DossierError("\n".join(sentences))


def _listed(characters: tuple[str, ...]) -> str:
    named = ", ".join(_named(one) for one in characters[:_NAMED])
    more = len(characters) - _NAMED
    return f"{named} and {more} more" if more > 0 else named


def _named(character: str) -> str:
    name = unicodedata.name(character, "without a name").capitalize()
    return f"{character} (U+{ord(character):04X}, {name})"


def _texts(value: object, key: str) -> Iterator[tuple[str, str]]:
    match value:
        case str():
            yield key, value
        case dict():
            for name, inner in value.items():
                yield from _texts(inner, f"{key}.{name}".removeprefix("."))
                yield from _texts(str(name), f"{key}.{name}".removeprefix("."))
        case list():
            for number, inner in enumerate(value, start=1):
                yield from _texts(inner, f"{key}[{number}]")
