"""What lies around the files of a table and is not read: it is named, so that nothing is silent."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from balanstest_analysis.document.opening import real_path
from balanstest_analysis.dossier.data import TableSource
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.errors import DossierError
from balanstest_analysis.history.columns.requests import rows_asked
from balanstest_analysis.history.files.folders import Found
from balanstest_analysis.history.files.input_files import found_files
from balanstest_analysis.history.files.spill import spill_place
from balanstest_analysis.history.sources.alike import opened
from balanstest_analysis.history.sources.same_files import copies_of


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What lies around the files of a table.

    Attributes:
        used: the files that hold the table, as they lie there.
        others: files that are not read, with their names as seen from the dossier.
        packed: names of what else is in compressed files.
        litter: number of files left there by a program, such as locks.
        copies: names of files that are a copy of another one, and are not read.
    """

    used: frozenset[Path] = frozenset()
    others: Mapping[Path, str] = field(default_factory=dict)
    packed: tuple[str, ...] = ()
    litter: int = 0
    copies: tuple[str, ...] = ()


NOTHING_AROUND = Surroundings()


def surroundings_of(dossier: Dossier, table: str) -> Surroundings:
    """Return what lies around the files of a table; nothing around a table in a database.

    Args:
        dossier: paths are relative to its folder.
        table: its name.

    Raises:
        DossierError: two sources read the same rows of a file.
    """
    sources = [source for source in dossier.data.tables()[table] if source.path is not None]
    found = [found_files(dossier, table, source) for source in sources]
    _refuse_read_twice(dossier, table, sources, found)
    folder, place = dossier.path.parent, spill_place(dossier)
    others = {real_path(file): file for one in found for file in one.others}
    return Surroundings(
        used=frozenset(real_path(file) for one in found for file in one.files),
        others={file: os.path.relpath(named, folder) for file, named in others.items()},
        packed=tuple(name for one in found for name in opened(one.files, place)[1]),
        copies=tuple(
            f"{copy.name} of {first.name}"
            for one in found
            for copy, first in copies_of(opened(one.files, place)[0])
        ),
        litter=len({file for one in found for file in one.litter}),
    )


def _refuse_read_twice(
    dossier: Dossier, table: str, sources: Sequence[TableSource], found: Sequence[Found]
) -> None:
    seen = set[tuple[Path, str]]()
    for source, one in zip(sources, found, strict=True):
        read = {(real_path(file), rows_asked(source)) for file in one.files}
        if twice := sorted(file.name for file, _ in read & seen):
            raise DossierError(
                f"`{dossier.path.name}`: two sources of `data.{table}` read `{twice[0]}`, so that "
                "its rows would be there twice. Remove one, or tell their rows apart with `where`."
            )
        seen |= read
