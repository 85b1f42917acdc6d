"""The file that keeps a dossier's secret: made for its owner alone, and read only if it is so."""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path
from typing import Final

from balanstest_analysis.document.operating_system import (
    AS_IT_IS,
    NOT_FOLLOWED,
    NOT_WAITED_FOR,
    is_of_another,
    is_open_to_others,
    own_user,
)
from balanstest_analysis.errors import DossierError, RunError

SECRET_VARIABLE: Final = "BALANSTEST_SECRET"
KEY_FILE: Final = ".balanstest-key"
LONGEST_KEY: Final = 4096
_PLAINLY: Final = NOT_FOLLOWED | NOT_WAITED_FOR | AS_IT_IS


def read_key_file(path: Path) -> tuple[str, os.stat_result]:
    """Return the text of a key file and what the system says of it; no link is followed.

    Args:
        path: of the file.

    Raises:
        DossierError: it is no file of its own, is empty or too long, or cannot be read.
    """
    _refuse_other_kinds(path)
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | _PLAINLY), "rb") as file:
            about = os.fstat(file.fileno())
            content = file.read(LONGEST_KEY + 1) if stat.S_ISREG(about.st_mode) else b""
        text = content.decode("utf-8").strip()
    except OSError as error:
        raise DossierError(f"`{path.name}` cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise DossierError(f"`{path.name}` is no text. Put the secret back as it was.") from None
    if not text:
        raise DossierError(f"`{path.name}` is empty. Put the secret back, or remove the file.")
    if len(content) > LONGEST_KEY:
        raise DossierError(f"`{path.name}` is no secret: it is longer than {LONGEST_KEY} bytes.")
    return text, about


def _refuse_other_kinds(path: Path) -> None:
    if path.is_symlink():
        raise DossierError(
            f"`{path.name}` is a link to another file. Put the file itself there, or state the "
            f"secret in {SECRET_VARIABLE}."
        )
    if path.exists() and not path.is_file():
        raise DossierError(
            f"`{path.name}` is no file. Remove it: the next run makes one with a new secret."
        )


def refuse_exposed(path: Path, about: os.stat_result, *, owners: frozenset[int]) -> None:
    """Refuse a key file that others can read, replace or own; Windows has no such modes.

    Args:
        path: of the file, to be named.
        about: it, as it was read.
        owners: users it may be of.

    Raises:
        DossierError: with the command that mends it.
    """
    if is_of_another(about, owners):
        raise DossierError(
            f"`{path.name}` belongs to another user, who knows the secret. Make it yours with "
            f"`chown $USER {KEY_FILE}`, or remove it: the next run makes another."
        )
    if is_open_to_others(about):
        raise DossierError(
            f"`{path.name}` can be read or changed by others (mode "
            f"{stat.S_IMODE(about.st_mode):04o}). Mend it with `chmod 600 {KEY_FILE}` in its "
            f"folder; where a file system keeps no modes, state the secret in {SECRET_VARIABLE}."
        )


def owners_beside(dossier_path: Path) -> frozenset[int]:
    """Return who a key file may be of: who runs this, the system, and who owns the dossier.

    Args:
        dossier_path: of the dossier.
    """
    return frozenset({own_user(), 0, dossier_path.stat().st_uid})


def make_key_file(path: Path) -> None:
    """Make the file whole or not at all: a run beside this one never reads half a secret.

    Args:
        path: of the file.

    Raises:
        RunError: it cannot be made, or not for its owner alone.
    """
    draft = path.with_name(f"{path.name}-{secrets.token_hex(8)}")
    try:
        _write_private(draft, secrets.token_hex(32))
        _refuse_without_modes(draft, path.name)
        _publish(draft, path)
    except OSError as error:
        raise RunError(
            f"`{path.name}` cannot be made beside the dossier: {error.strerror}. "
            f"Make the folder writable, or set {SECRET_VARIABLE}."
        ) from None
    finally:
        draft.unlink(missing_ok=True)


def _refuse_without_modes(draft: Path, name: str) -> None:
    if is_open_to_others(draft.stat()):
        raise RunError(
            f"`{name}` cannot be kept from others beside the dossier: its file system keeps no "
            f"modes. Set {SECRET_VARIABLE}."
        )


def _publish(draft: Path, path: Path) -> None:
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        return
    except OSError:  # a file system without hard links
        draft.rename(path)


def _write_private(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text + "\n")
