"""The dossier that a report is of: stated, or found near the report or where one works."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from balanstest_analysis.document.opening import real_path
from balanstest_analysis.document.series_name import series_name
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.dossier.loading import load_dossier, read_toml
from balanstest_analysis.errors import BalanstestError, DossierError
from balanstest_analysis.report.run.manifest import Manifest

_DEEPEST: Final = 3
_MOST_ENTRIES: Final = 5000


def dossiers_of(run: Manifest, directory: Path) -> tuple[Dossier, ...]:
    """Return the dossiers that can be that of a report, from near it and from where one works.

    Args:
        run: the manifest of the report.
        directory: of the report.
    """
    places = dict.fromkeys((Path.cwd(), *real_path(directory).parents[2:4]))
    files = {real_path(file) for place in places for file in _toml_files(place)}
    found = [file for file in sorted(files) if _is_of(run, _read(file))]
    return tuple(dossier for file in found if (dossier := _loaded(file)) is not None)


def _toml_files(place: Path) -> Iterator[Path]:
    left = _MOST_ENTRIES
    for folder, folders, names in os.walk(place):
        depth = len(Path(folder).relative_to(place).parts)
        folders[:] = sorted(n for n in folders if not n.startswith(".")) if depth < _DEEPEST else []
        left -= len(folders) + len(names)
        if left < 0:
            return
        yield from (Path(folder) / name for name in sorted(names) if name.endswith(".toml"))


def _read(file: Path) -> dict[str, Any]:
    try:
        return read_toml(file)
    except DossierError:
        return {}


def _is_of(run: Manifest, content: dict[str, Any]) -> bool:
    organisation, scope = content.get("organisation"), content.get("scope")
    if not isinstance(organisation, dict) or not isinstance(scope, dict):
        return False
    ours = series_name(run["organisation"], run["category"])
    return series_name(organisation.get("name"), scope.get("category")) == ours


def _loaded(file: Path) -> Dossier | None:
    try:
        return load_dossier(file)
    except BalanstestError:
        return None
