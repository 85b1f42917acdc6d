"""Copies of the notebooks to work in, which know where the dossier and the reports are."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any, Final

from balanstest_analysis.document.brought_along import brought_along
from balanstest_analysis.document.new_files import write_new_files
from balanstest_analysis.document.opening import NOTEBOOK_BYTES, content_of

NOTEBOOKS: Final = (
    "verkenning.ipynb",
    "onderbouwing.ipynb",
    "kwartalen.ipynb",
    "validatie.ipynb",
)


def copy_notebooks(folder: Path, *, dossier: Path, reports: Path) -> tuple[Path, ...]:
    """Return copies of all notebooks, with their parameters set to what they will open.

    Args:
        folder: where to write; made if need be.
        dossier: that `verkenning` and `onderbouwing` open; it need not be there yet.
        reports: folder of reports that `kwartalen` opens, likewise.

    Raises:
        UsageError: a notebook is there already, or the folder cannot be written.
        RunError: the installation has no notebooks.
    """
    places = {"dossier": _from(folder, dossier), "reports": _from(folder, reports)}
    contents = {name: _with_parameters(name, places) for name in NOTEBOOKS}
    write_new_files(folder, contents)
    return tuple(folder / name for name in NOTEBOOKS)


def _from(folder: Path, path: Path) -> str:
    """Return a path as seen from a folder; between two drives of Windows there is none."""
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:
        return path.resolve().as_posix()


def _with_parameters(name: str, places: dict[str, str]) -> bytes:
    path = brought_along("notebooks", name)
    notebook: dict[str, Any] = json.loads(content_of(path, NOTEBOOK_BYTES))
    for cell in notebook["cells"]:
        if "parameters" in cell["metadata"].get("tags", ()):
            cell["source"] = [_set(line, places) for line in cell["source"]]
    return (json.dumps(notebook, ensure_ascii=False, indent=1) + "\n").encode()


def _set(line: str, places: dict[str, str]) -> str:
    """Return a line of parameters, with the place of what it names in place of its own.

    Examples:
        >>> _set('reports: str = "../reports"', {"reports": "rapporten"})
        'reports: str = "rapporten"'
    """
    declared = re.match(r"(\w+): str = ", line)
    if declared is None or declared[1] not in places:
        return line
    end = "\n" if line.endswith("\n") else ""
    return declared[0] + json.dumps(places[declared[1]], ensure_ascii=False) + end
