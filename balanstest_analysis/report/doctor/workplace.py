"""Whether there is a place to write, and a key that is fit to be one."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Final

from balanstest_analysis.document.files import no_temporary_place, temporary_folder
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.errors import BalanstestError, DossierError
from balanstest_analysis.history.key_file import KEY_FILE, SECRET_VARIABLE
from balanstest_analysis.history.secret import load_secret, refuse_stated_secret
from balanstest_analysis.report.doctor.sign import Sign, good, note, wrong

_ROOM: Final = 2**30


def temporary_sign() -> Sign:
    """Return whether temporary files can be written."""
    folder = temporary_folder()
    if folder is None:
        return wrong("temporary files", no_temporary_place())
    return folder_sign("temporary files", folder)


def folder_sign(subject: str, folder: Path) -> Sign:
    """Return whether a folder can be written, or made, and has room.

    Args:
        subject: what it is for.
        folder: that need not be there yet.
    """
    there = next(
        (place for place in (folder, *folder.absolute().parents) if place.exists()), folder
    )
    if not there.is_dir():
        return wrong(subject, f"`{there}` is no folder. Give another, or move that file.")
    if not os.access(there, os.W_OK | os.X_OK):
        return wrong(subject, f"`{there}` cannot be written. Give another, or make it yours.")
    free = shutil.disk_usage(there).free
    if free < _ROOM:
        return note(subject, f"`{folder}` has {free / 2**20:.0f} MB left. Make room there.")
    made = "can be written" if there == folder else "will be made"
    return good(subject, f"`{folder}` {made}; {free / _ROOM:.0f} GB free")


def stated_key() -> Sign:
    """Return whether the secret in the environment is fit to be one."""
    if not os.environ.get(SECRET_VARIABLE, "").strip():
        return good("key", f"{SECRET_VARIABLE} is not set: each dossier keeps its own `{KEY_FILE}`")
    try:
        refuse_stated_secret()
    except DossierError as error:
        return wrong("key", str(error))
    return good("key", f"{SECRET_VARIABLE} is set")


def key_of_dossier(dossier: Dossier) -> Sign:
    """Return whether the key of a dossier can be used, or made.

    Args:
        dossier: as read.
    """
    subject = "key of the dossier"
    try:
        load_secret(dossier.path, fictitious=dossier.organisation.fictitious, create=False)
    except BalanstestError as error:
        return wrong(subject, str(error))
    if os.environ.get(SECRET_VARIABLE, "").strip():
        return good(subject, f"that of {SECRET_VARIABLE}")
    folder = dossier.path.parent
    if (folder / KEY_FILE).exists():
        return good(subject, f"`{KEY_FILE}` beside it; keep it, results repeat only with it")
    if not os.access(folder, os.W_OK):
        return wrong(
            subject,
            f"`{KEY_FILE}` cannot be made beside it. Make the folder writable, or set "
            f"{SECRET_VARIABLE}.",
        )
    return good(subject, f"the first analysis makes `{KEY_FILE}` beside it")
