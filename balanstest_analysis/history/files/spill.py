"""A directory for what is written to disk on the way: private, and gone when it is let go.

What a run that broke off left behind is removed by the next one that uses the same place.
"""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.errors import DataError, RunError

PREFIX: Final = "balanstest-spill-"
_STARTING: Final = "balanstest-starting-"
NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
_LOCK: Final = "in-use"


@dataclass(frozen=True, kw_only=True)
class Spill:
    """A directory that this process uses alone.

    Attributes:
        folder: readable and writable for its owner only (mode 0700).
    """

    folder: Path
    _lock: FileLock = field(repr=False)

    def remove(self) -> None:
        """Remove the directory and everything in it."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self._lock.release()


def spill_place(dossier: Dossier) -> Path | None:
    """Return the folder in which a dossier lets things be written; None for the usual place."""
    stated = dossier.data.spill_directory
    return None if stated is None else dossier.path.parent / stated


def make_spill(place: Path | None) -> Spill | None:
    """Return a new directory, after those that broken runs left in the same place are removed.

    Args:
        place: a folder that exists; None for the usual place of temporary files.

    Returns:
        None where no place was stated and the usual one cannot be written.

    Raises:
        DataError: the stated place cannot be written.
        RunError: it has no room.
    """
    try:
        parent = Path(tempfile.gettempdir()) if place is None else place
        _remove_left_behind(parent)
        return _made(parent)
    except OSError as error:
        if place is None:
            return None
        refused = RunError if error.errno in NO_ROOM else DataError
        raise refused(
            f"`spill_directory`: in `{place.name}` no file can be written "
            f"({error.strerror or 'unknown reason'}). State a folder that exists and that only "
            "you can read."
        ) from None


def _made(parent: Path) -> Spill:
    """Take the lock before the directory has its name: another run would remove it if unlocked."""
    starting = Path(tempfile.mkdtemp(prefix=_STARTING, dir=parent))
    lock = FileLock(starting / _LOCK)
    lock.acquire(timeout=0)
    folder = starting.with_name(starting.name.replace(_STARTING, PREFIX))
    starting.rename(folder)
    return Spill(folder=folder, _lock=lock)


def _remove_left_behind(parent: Path) -> None:
    for folder in parent.glob(f"{PREFIX}*"):
        with suppress(OSError, Timeout):
            if folder.stat().st_uid == os.getuid():
                with FileLock(folder / _LOCK).acquire(timeout=0):
                    shutil.rmtree(folder, ignore_errors=True)
