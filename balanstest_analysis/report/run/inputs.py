"""Digests of everything that goes into a report: dossier, logo, data, code."""

from __future__ import annotations

import hashlib
import json
from importlib.resources import files
from pathlib import Path

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.history.files.input_files import found_files
from balanstest_analysis.history.secret import keyed_fingerprint, load_secret
from balanstest_analysis.report.run.notebook import Script

_CODE = {".py", ".toml", ".typ", ".css", ".html"}


def input_fingerprint(dossier: Dossier) -> str:
    """Return one keyed fingerprint of the dossier, its logo and the files of its tables.

    It tells whether a report has to be made again, except of tables in a database: they have no
    files, and `has_tables_elsewhere` tells that nothing is known of them beforehand.

    Args:
        dossier: as loaded.

    Raises:
        DataError: a table has no file, or one that cannot be read.
        RunError: the logo, which was there before, cannot be read any more.

    Examples:
        >>> from balanstest_analysis.dossier.loading import load_dossier
        >>> dossier = load_dossier("data/sample/balanstest.toml")
        >>> input_fingerprint(dossier) == input_fingerprint(dossier)
        True
    """
    secret = load_secret(dossier.path, fictitious=dossier.organisation.fictitious)
    prints = [keyed_fingerprint(secret, dossier.path)]
    for name, source in dossier.data.sources():
        if source.path is None:
            prints += [name, "table"]
            continue
        for file in found_files(dossier, name, source).files:
            prints += [name, file.name, keyed_fingerprint(secret, file)]
    if dossier.style.logo is not None and dossier.logo is not None:
        file = dossier.path.parent / dossier.style.logo
        prints += ["logo", keyed_fingerprint(secret, file)]
        prints += [keyed_fingerprint(secret, dossier.logo.content)]  # as it will be printed
    return keyed_fingerprint(secret, json.dumps(prints).encode())


def has_tables_elsewhere(dossier: Dossier) -> bool:
    """Return whether a table is in a database, where it can have changed since the last report."""
    return any(source.table is not None for _, source in dossier.data.sources())


def code_digest(script: Script) -> str:
    """Return a digest of the notebook's cells and of this package's own files."""
    digest = hashlib.sha256()
    for cell in script.cells:
        digest.update(cell.source.encode())
    package = Path(str(files("balanstest_analysis")))
    for file in sorted(package.rglob("*")):
        if file.is_file() and file.suffix in _CODE:
            digest.update(file.relative_to(package).as_posix().encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()
