"""The mapping that `balanstest init --from` proposes: a table of the dossier with its reasons."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from balanstest_analysis.errors import UsageError
from balanstest_analysis.history.recognition.column_matches import Match
from balanstest_analysis.history.recognition.recognition import Sketch, sketch_of

FLAGS = ("net_contact", "converted")
_SUCCESS = re.compile(
    r"^(?!geen|niet|no|nee)(.*(donat|donor|machtig|verkoop|verkocht|sale|conver|geworven|opgewaardeerd"
    r"|upgrade|gift|lid geworden|bestel|toegezegd).*)"
)
_REACHED = re.compile(
    r"interes|\bwil\b|behoefte|informatie|nu niet|weiger|gesproken|niet meer|te duur|geen tijd"
    r"|no ?sale|afgewezen|afwijz|verzet|klacht|opgehangen|bestaand|\bnee\b|denkt|bedenk|refus"
)
_NO_CONTACT = re.compile(
    r"geen gehoor|voicemail|antwoord|in gesprek|bezet|busy|no answer|onjuist|fout|nummer|bereik"
    r"|verhuisd|overleden|machine|later|terugbel"
)


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What a starter dossier takes from exports.

    Attributes:
        tables: for every recognised table its part of the dossier, as TOML with Dutch comments.
        last_day: the last day on which something happened in any of them.
    """

    tables: Mapping[str, str] = field(default_factory=dict)
    last_day: dt.date | None = None


def proposed_tables(exports: Sequence[Path], folder: Path) -> Proposal:
    """Return what a dossier can take from exports.

    Args:
        exports: files of the organisation.
        folder: where the dossier will be; paths are relative to it.

    Raises:
        DataError: an export cannot be read.
        UsageError: it is not clear what an export is, or two are the same table.
    """
    tables: dict[str, str] = {}
    days: list[dt.date] = []
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
        days += [sketch.last_day] if sketch.last_day else []
    return Proposal(tables=tables, last_day=max(days, default=None))


def _lines(sketch: Sketch, folder: Path) -> Iterator[str]:
    place = Path(os.path.relpath(sketch.path.resolve(), folder.resolve())).as_posix()
    yield f"[data.{sketch.table}]"
    yield f"path = {_quoted(place)}"
    if sketch.sheet:
        yield f"sheet = {_quoted(sketch.sheet)}"
    yield '# Zo nodig komt hier, boven de kolommen, bijvoorbeeld dates = "day-first" te staan.'
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
    choice = _names(sketch.others) or "geen; deze kolom ontbreekt"
    for ours in sketch.missing:
        flag = ours in FLAGS
        codes = "; of verdeel codes onder [data.calls.values]" if flag else ""
        yield f'# {ours} = "..."  # verplicht, maar niet herkend; kies uit: {choice}{codes}'
    if sketch.others and sketch.optional:
        yield f"# Niet herkend en niet gelezen: {_names(sketch.others)}."
        yield f"# Als er een bij is, kan ook nog: {', '.join(sketch.optional)}."


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
    yield "# Een eerste verdeling op grond van de woorden. Verbeter haar en haal de # weg. Een code"
    yield "# mag onder converted en net_contact staan; bij no_contact is niemand bereikt:"
    yield f"# [data.calls.values.{_quoted(sketch.dialler)}]"
    divided = _divided(list(sketch.codes))
    for flag, codes in divided.items():
        yield f"# {flag} = [{_names(codes)}]"
    placed = {code for codes in divided.values() for code in codes}
    if open_codes := [code for code in sketch.codes if code not in placed]:
        yield f"# Nog door u te verdelen: {_names(open_codes)}."


def _divided(codes: Sequence[str]) -> dict[str, list[str]]:
    converted = [code for code in codes if _SUCCESS.search(code.lower())]
    nobody = [c for c in codes if c not in converted and _NO_CONTACT.search(c.lower())]
    others = [code for code in codes if code not in nobody]
    reached = [code for code in others if code in converted or _REACHED.search(code.lower())]
    return {"converted": converted, "net_contact": reached, "no_contact": nobody}


def _names(names: Sequence[str]) -> str:
    return ", ".join(_quoted(name) for name in names)


def _quoted(text: str) -> str:
    """Return a text as TOML and JSON both write it."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
