"""Digests of everything that goes into a report: dossier, data, code."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from nbformat import NotebookNode

from balanstest_analysis.dossier import Dossier
from balanstest_analysis.keys import keyed_fingerprint, load_secret

_CODE = {".py", ".toml", ".typ", ".css", ".html"}


def input_fingerprint(dossier: Dossier) -> str:
    """Return one keyed fingerprint of the dossier and of the files of its tables.

    It tells whether a report has to be made again. A table in a database has no files; it
    counts as changed every time.

    Examples:
        >>> from balanstest_analysis.dossier import load_dossier
        >>> dossier = load_dossier("data/sample/balanstest.toml")
        >>> input_fingerprint(dossier) == input_fingerprint(dossier)
        True
    """
    secret = load_secret(dossier.path)
    prints = [keyed_fingerprint(secret, dossier.path)]
    for name, source in dossier.data.tables().items():
        if source.path is None:
            prints.append(secrets.token_hex(32))
            continue
        for file in _files(dossier.path.parent, source.path):
            prints += [name, file.name, keyed_fingerprint(secret, file)]
    return keyed_fingerprint(secret, json.dumps(prints).encode())


def _files(folder: Path, path: str) -> Iterator[Path]:
    """What does not exist is refused where the data are read, with a better sentence."""
    place = folder / path
    if place.is_file():
        yield place
    elif place.is_dir():
        yield from sorted(file for file in place.rglob("*") if file.is_file())
    else:
        root = Path(place.anchor)
        pattern = place.relative_to(root).as_posix()
        yield from sorted(file for file in root.glob(pattern) if file.is_file())


def code_digest(notebook: NotebookNode) -> str:
    """Return a digest of the notebook's cells and of this package's own files."""
    digest = hashlib.sha256()
    for cell in notebook.cells:
        digest.update(cell.source.encode())
    package = Path(str(files("balanstest_analysis")))
    for file in sorted(package.rglob("*")):
        if file.is_file() and file.suffix in _CODE:
            digest.update(file.relative_to(package).as_posix().encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()
