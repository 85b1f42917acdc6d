"""The mapping that `balanstest init --from` proposes: a table of the dossier with its reasons."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from balanstest_analysis.errors import UsageError
from balanstest_analysis.sources import Match, Sketch, sketch_of

_SUCCESS = re.compile(r"donat|machtig|verkoop|verkocht|sale|conver|geworven|opgewaardeerd|upgrade")
_NO_CONTACT = re.compile(
    r"geen gehoor|voicemail|antwoord|in gesprek|bezet|busy|no answer|onjuist|fout|nummer|bereik"
    r"|verhuisd|overleden|machine|later|terugbel"
)


def proposed_tables(exports: Sequence[Path], folder: Path) -> dict[str, str]:
    """Return for every recognised table its part of the dossier, as TOML with Dutch comments.

    Args:
        exports: files of the organisation.
        folder: where the dossier will be; paths are relative to it.

    Raises:
        DataError: an export cannot be read.
        UsageError: it is not clear what an export is, or two are the same table.
    """
    tables: dict[str, str] = {}
    for export in exports:
        sketch = sketch_of(export)
        if not sketch.table:
            raise UsageError(
                f"`{export.name}` does not look like calls, events, objections, complaints or "
                "counts. Leave it out of `--from`, and map it in the dossier yourself."
            )
        if sketch.table in tables:
            raise UsageError(
                f"`{export.name}` is a second export that looks like {sketch.table}. Give one, and "
                "point `path` at a folder or a pattern afterwards."
            )
        tables[sketch.table] = "\n".join(_lines(sketch, folder)) + "\n"
    return tables


def _lines(sketch: Sketch, folder: Path) -> Iterator[str]:
    place = Path(os.path.relpath(sketch.path.resolve(), folder.resolve())).as_posix()
    yield f"[data.{sketch.table}]"
    yield f"path = {_quoted(place)}"
    if sketch.sheet:
        yield f"sheet = {_quoted(sketch.sheet)}"
    if sketch.ignored:
        yield f"# Niet gelezen, want herleidbaar tot personen: {_names(sketch.ignored)}."
    yield from _columns(sketch)
    if sketch.dialler:
        yield from _dialler(sketch)


def _columns(sketch: Sketch) -> Iterator[str]:
    yield f"[data.{sketch.table}.columns]"
    yield "# Onze naam = uw naam. Een regel met # ervoor is onzeker; haal het # weg als hij klopt."
    for match in sketch.matches:
        yield _column(match)


def _column(match: Match) -> str:
    line = f"{match.ours} = {_quoted(match.theirs)}"
    return f"{line}  # {match.why}" if match.certain else f"# {line}  # onzeker: {match.why}"


def _dialler(sketch: Sketch) -> Iterator[str]:
    flags = {match.ours for match in sketch.matches if match.certain}
    if {"net_contact", "converted"} <= flags:
        return
    yield f"# De kolom {_quoted(sketch.dialler)} bevat resultaatcodes van de beltool."
    if not sketch.codes:
        yield "# Het zijn er te veel om te tonen, of er kunnen gegevens van personen tussen staan."
        return
    yield "# Gevonden codes, met hun aantal:"
    for code, number in sketch.codes.items():
        yield f"#   {_quoted(code)}: {number}"
    yield "# Een eerste verdeling op grond van de woorden. Verbeter haar en haal de # weg:"
    yield "# [data.calls.values]"
    yield f"# {_quoted(sketch.dialler)} = {_divided(list(sketch.codes))}"


def _divided(codes: Sequence[str]) -> str:
    converted = [code for code in codes if _SUCCESS.search(code.lower())]
    reached = [c for c in codes if c in converted or not _NO_CONTACT.search(c.lower())]
    nobody = [code for code in codes if code not in reached]
    flags = {"converted": converted, "net_contact": reached, "no_contact": nobody}
    return f"{{ {', '.join(f'{flag} = [{_names(texts)}]' for flag, texts in flags.items())} }}"


def _names(names: Sequence[str]) -> str:
    return ", ".join(_quoted(name) for name in names)


def _quoted(text: str) -> str:
    """Return a text as TOML and JSON both write it."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
