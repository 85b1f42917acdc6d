"""A directory for what is written to disk on the way: private, and gone when it is let go.

What a run that broke off left behind is removed by the next one that uses the same place.
"""

from __future__ import annotations

import errno
import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from balanstest_analysis.document.operating_system import (
    is_of_another,
    is_open_to_others,
    own_user,
)
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.errors import DataError, RunError

PREFIX: Final = "balanstest-spill-"
NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
_LOCK: Final = "in-use"
_ATTEMPTS: Final = 10


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
        shutil.rmtree(self.folder, ignore_errors=True)  # Windows keeps a lock until then


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
    """Make a directory and lock it; one that another run took for left behind is given up.

    Raises:
        OSError: none can be made.
    """
    for _ in range(_ATTEMPTS):
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
        lock = FileLock(folder / _LOCK)
        with suppress(FileNotFoundError, Timeout):
            lock.acquire(timeout=0)
            if (folder / _LOCK).exists() and not is_open_to_others(folder.stat()):
                return Spill(folder=folder, _lock=lock)
            lock.release()
        shutil.rmtree(folder, ignore_errors=True)
    raise OSError(errno.EBUSY, "other runs keep removing it")


def _remove_left_behind(parent: Path) -> None:
    for folder in parent.glob(f"{PREFIX}*"):
        with suppress(OSError, Timeout):
            if not is_of_another(folder.stat(), frozenset({own_user()})):
                _remove_locked(folder, FileLock(folder / _LOCK))


def _remove_locked(folder: Path, lock: FileLock) -> None:
    """Remove a directory while nobody else can take it; Windows keeps a lock until it is let go.

    Raises:
        OSError: it is gone, or is not ours to remove.
        Timeout: somebody uses it.
    """
    with lock.acquire(timeout=0):
        shutil.rmtree(folder, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)
