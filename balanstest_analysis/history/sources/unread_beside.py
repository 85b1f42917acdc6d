"""Data files that lie beside those of a dossier and that none of its tables reads, by name."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from balanstest_analysis.document.opening import content_of, real_path
from balanstest_analysis.document.personal import screened_names
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.history.files.folders import Found
from balanstest_analysis.history.files.input_files import found_files
from balanstest_analysis.history.files.kinds import named_kind
from balanstest_analysis.history.files.litter import is_litter

_NAMES_SHOWN: Final = 12
_ENTRIES_AT_MOST: Final = 20_000
_BARE_BYTES: Final = 2_000


def unread_beside(dossier: Dossier) -> str:
    """Return which data files lie in the folders of those that are read; empty where there is none.

    What lies in a folder that a `path` names, or beside a pattern, is not told here: that is the
    finding `files_not_read`. Nor are text files with column names alone, as `init` makes them.

    Args:
        dossier: paths are relative to its folder.

    Raises:
        DataError: a table of it has no files.

    Examples:
        >>> from balanstest_analysis.dossier.loading import load_dossier
        >>> unread_beside(load_dossier(Path("data/sample/balanstest.toml")))
        ''
    """
    found = list(_found(dossier))
    known = {real_path(file) for one in found for file in (*one.files, *one.others)}
    folders = dict.fromkeys(real_path(file.parent) for one in found for file in one.files)
    beside = {file.name: None for folder in folders for file in _data_in(folder, known)}
    names = [*screened_names(sorted(beside), "file").values()]
    if not names:
        return ""
    more = len(names) - _NAMES_SHOWN
    shown = ", ".join(names[:_NAMES_SHOWN]) + (f" and {more:,} more" if more > 0 else "")
    return f"Beside the files that are read, and read by no table of the dossier: {shown}."


def _found(dossier: Dossier) -> Iterator[Found]:
    for table, sources in dossier.data.tables().items():
        for source in sources:
            if source.path is not None:
                yield found_files(dossier, table, source)


def _data_in(folder: Path, known: Collection[Path]) -> Iterator[Path]:
    try:
        with os.scandir(folder) as entries:
            files = [Path(entry.path) for entry in islice(entries, _ENTRIES_AT_MOST)]
    except OSError:  # files can be read in a folder that may not be looked into
        return
    for file in files:
        is_data = named_kind(file) and not is_litter(file.name) and not file.name.startswith(".")
        if is_data and file.is_file() and real_path(file) not in known and not _is_bare(file):
            yield file


def _is_bare(file: Path) -> bool:
    """Return whether a text file has one line at most, so that no row is in it."""
    try:
        return named_kind(file) == "csv" and len(content_of(file, _BARE_BYTES).splitlines()) < 2
    except OSError:  # what is larger, or may not be read, is named
        return False
