"""The mapping that `balanstest init --from` proposes: a table of the dossier with its reasons."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Final

from balanstest_analysis.cli.chosen_exports import FLAGS, HISTORY, alike, chosen, lacking
from balanstest_analysis.cli.code_mapping import (
    dialler_lines,
    from_calls_lines,
    names,
    objections_in,
    quoted,
    where_lines,
    word_lines,
)
from balanstest_analysis.cli.proposal import Proposal
from balanstest_analysis.cli.source_remarks import kind_lines, zeros_lines
from balanstest_analysis.document.opening import real_path
from balanstest_analysis.document.personal import screened, screened_names
from balanstest_analysis.errors import DataError, UsageError
from balanstest_analysis.history.files.litter import is_litter
from balanstest_analysis.history.recognition.clock_columns import Clock
from balanstest_analysis.history.recognition.column_matches import Match
from balanstest_analysis.history.recognition.lost_zeros import LostZeros, lost_zeros
from balanstest_analysis.history.recognition.recognition import (
    Roles,
    Sketch,
    sketches_of,
)

_FILES_AT_MOST: Final = 100
_NOTHING: Final[Mapping[str, Sequence[str]]] = {}


def proposed_tables(exports: Sequence[Path], folder: Path, roles: Roles | None = None) -> Proposal:
    """Return what a dossier can take from exports.

    Args:
        exports: files of the organisation, and folders of which every file counts.
        folder: where the dossier will be; paths are relative to it.
        roles: the tables that were stated, by resolved path and sheet.

    Raises:
        DataError: none of them can be read.
        UsageError: none of them is recognised.
    """
    sketches, unread = _sketches(exports, roles or {})
    _refuse_absent(roles or {}, sketches)
    used, left = chosen(sketches)
    if not used:
        _refuse(sketches, unread)
    return Proposal(
        tables=_tables(used, [sketch for sketch, _ in left], folder),
        used=tuple(used),
        left=tuple(left),
        unread=tuple(unread),
    )


def _sketches(exports: Sequence[Path], roles: Roles) -> tuple[list[Sketch], list[tuple[Path, str]]]:
    sketches: list[Sketch] = []
    unread: list[tuple[Path, str]] = []
    files = {real_path(file): file for export in exports for file in _files(export)}
    for file in files.values():
        try:
            sketches += sketches_of(file, roles)
        except DataError as error:
            unread.append((file, str(error)))
    return sketches, unread


def _refuse_absent(roles: Roles, sketches: Sequence[Sketch]) -> None:
    """Refuse a sheet that was stated and is not there.

    Raises:
        UsageError: with the sheets of the workbook.
    """
    there: dict[Path, list[str]] = {}
    for sketch in sketches:
        there.setdefault(sketch.path.resolve(), []).append(sketch.sheet)
    for path, sheet in roles:
        if sheet and path in there and sheet not in there[path]:
            raise UsageError(
                f"--as names the sheet {sheet!r} of `{path.name}`; its sheets are "
                f"{', '.join(map(repr, there[path]))}. Correct it."
            )


def _files(export: Path) -> list[Path]:
    """Return an export, or what lies in a folder of them and in its subfolders.

    Raises:
        DataError: the folder holds no file.
        UsageError: it holds too many to be exports.
    """
    if not export.is_dir():
        return [export]
    inside = (file for file in export.rglob("*") if not file.is_dir() and not is_litter(file.name))
    files = sorted(islice(inside, _FILES_AT_MOST + 1))
    if not files:
        raise DataError(f"`{export}` is an empty folder. Give the folder that holds the exports.")
    if len(files) > _FILES_AT_MOST:
        raise UsageError(
            f"`{export}` holds more than {_FILES_AT_MOST} files. Give the exports themselves, or a "
            "folder with them alone."
        )
    return files


def _refuse(sketches: Sequence[Sketch], unread: Sequence[tuple[Path, str]]) -> None:
    """Refuse exports of which nothing can be used.

    Raises:
        DataError: some could not be read.
        UsageError: none was recognised.
    """
    lines = [reason for _, reason in unread]
    lines += dict.fromkeys(map(_unused, sketches))
    raise (UsageError if sketches else DataError)("\n".join(lines))


def _unused(sketch: Sketch) -> str:
    if sketch.table:
        return f"`{sketch.place}` looks like {sketch.table}, and has no rows. Export it again."
    place = sketch.place.replace(", sheet ", "#")
    return (
        f"`{sketch.place}` does not look like calls, events, objections, complaints or counts. Say "
        f'what it is with --as "calls={place}", or map it in the dossier yourself.'
    )


def _tables(used: Sequence[Sketch], left: Sequence[Sketch], folder: Path) -> dict[str, str]:
    objections = objections_in(used)
    lost = lost_zeros([(sketch.place, sketch.key_digits) for sketch in used])
    tables: dict[str, str] = {}
    for table in dict.fromkeys(sketch.table for sketch in used):
        ours = [sketch for sketch in used if sketch.table == table]
        others = [sketch for sketch in left if sketch.table == table in HISTORY and sketch.rows]
        several = len(ours) > 1 or any(alike(sketch, ours) is None for sketch in others)
        head = f"[[data.{table}]]" if several else f"[data.{table}]"
        blocks = [
            _lines(sketch, folder, head, {} if number else objections, lost.get(sketch.place))
            for number, sketch in enumerate(ours)
        ]
        if len(ours) > 1 and table != "events":
            blocks[0] = chain(_SEVERAL, blocks[0])
        blocks += [_left_lines(sketch, alike(sketch, ours), folder) for sketch in others]
        tables[table] = "\n".join("\n".join(block) + "\n" for block in blocks)
    if objections and "objections" not in tables:
        lines = ["[data.objections]", *from_calls_lines(objections)]
        tables["objections"] = "\n".join(lines) + "\n"
    return tables


_SEVERAL: Final = (
    "# Elk bestand met eigen kolommen of codes is hieronder een eigen bron. Staat dezelfde rij in",
    "# twee bestanden, laat haar dan in een ervan weg; anders kan zij dubbel tellen.",
)


def _left_lines(sketch: Sketch, same: Sketch | None, folder: Path) -> Iterator[str]:
    """Yield comments about a file that is not read: what to do, or its own mapping."""
    name = screened(sketch.place, "een bestand met een persoonlijke naam")
    yield f"# Niet gelezen: {name}. Het lijkt ook bij deze tabel te horen."
    if same is not None:
        yield "# De kolommen zijn gelijk. Zet zulke bestanden samen in één map, zonder andere, en"
        yield '# schrijf bij path de naam van die map, of een patroon zoals "map/*.csv".'
        return
    yield f"# De kolommen zijn anders, en niet zeker is: {', '.join(lacking(sketch))}."
    yield "# Haal de eerste # van elke regel hieronder weg en vul aan wat ontbreekt."
    for line in _lines(sketch, folder, f"[[data.{sketch.table}]]"):
        yield f"# {line}"


def _lines(
    sketch: Sketch,
    folder: Path,
    head: str,
    objections: Mapping[str, Sequence[str]] = _NOTHING,
    lost: LostZeros | None = None,
) -> Iterator[str]:
    place = Path(os.path.relpath(sketch.path.resolve(), folder.resolve())).as_posix()
    yield head
    yield f"path = {quoted(place)}"
    if sketch.sheet:
        yield f"sheet = {quoted(sketch.sheet)}"
    yield from _notation(sketch)
    if sketch.table == "objections":
        yield from from_calls_lines(objections)
    yield from kind_lines(sketch)
    yield from zeros_lines(lost)
    if sketch.ignored:
        left = screened_names(dict.fromkeys(sketch.ignored), "kolom").values()
        yield f"# Niet gelezen, want herleidbaar tot personen: {names(tuple(left))}."
    yield from _columns(sketch)
    yield from word_lines(sketch)
    yield from where_lines(sketch)
    yield from dialler_lines(sketch)


def _notation(sketch: Sketch) -> Iterator[str]:
    """Yield what must be stated about the notation, where cells allow two readings."""
    choices = {"dates": ("day-first", "month-first"), "decimal": (",", ".")}
    unclear = {m.state: m for m in sketch.matches if m.state in choices and m.certain}
    for name, match in unclear.items():
        first, other = map(quoted, choices[name])
        yield f"# Elke cel van {quoted(match.theirs)} kan op twee manieren worden gelezen."
        yield f"# Verplicht: haal de # weg, en schrijf {other} als dat klopt."
        yield f"# {name} = {first}"
    if not unclear:
        yield '# Zo nodig komt hier, boven de kolommen, bijvoorbeeld dates = "day-first" te staan.'


def _columns(sketch: Sketch) -> Iterator[str]:
    yield f"[data.{sketch.table}.columns]"
    yield "# Onze naam = uw naam. Een regel met # ervoor is onzeker; haal het # weg als hij klopt."
    for match in sketch.matches:
        yield _column(match)
    others = _shown_others(sketch)
    choice = others or "geen; deze kolom ontbreekt"
    for ours in sketch.missing:
        flag = ours in FLAGS
        codes = "; of verdeel codes onder [data.calls.values]" if flag else ""
        yield f'# {ours} = "..."  # verplicht, maar niet herkend; kies uit: {choice}{codes}'
    for clock in sketch.clocks:
        yield from _clock(clock)
    if sketch.others and sketch.optional:
        yield f"# Niet herkend en niet gelezen: {others}."
        yield f"# Als er een bij is, kan ook nog: {', '.join(sketch.optional)}."


def _shown_others(sketch: Sketch) -> str:
    """Return the columns that are left, unless the row of their names may hold a person."""
    if sketch.others and sketch.names_may_be_people:
        return "de kolommen van het bestand, waarvan geen naam bekend is"
    return names(sketch.others)


def _clock(clock: Clock) -> Iterator[str]:
    """Yield what is told of a column that may have the time of a call, and is not read."""
    pair = f"called_at = {_names_of(clock.day, clock.theirs)}"
    if clock.fits:
        why = "een van de kolommen met tijden"
        if clock.may_be_duration:
            why = "de meeste tijden liggen vóór 7 uur, alsof zij zeggen hoelang is gebeld"
        yield f"# {pair}  # onzeker: {why}"
        return
    rows = "1 rij" if clock.wrong == 1 else f"{clock.wrong} rijen"
    why = f"in {rows} staat geen tijd" if clock.filled else "zij is leeg"
    yield f"# De kolom {quoted(clock.theirs)} heet naar de tijd, maar {why}. Daarom wordt zij niet"
    yield "# gelezen, en lijkt elke belpoging om middernacht gedaan. Verbeter haar, en schrijf dan:"
    yield f"# {pair}"


def _names_of(day: str, time: str) -> str:
    return f"[{quoted(day)}, {quoted(time)}]" if time else quoted(day)


def _column(match: Match) -> str:
    line = f"{match.ours} = {_names_of(match.theirs, match.time)}"
    return f"{line}  # {match.why}" if match.certain else f"# {line}  # onzeker: {match.why}"
