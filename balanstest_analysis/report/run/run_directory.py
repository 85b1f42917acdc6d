"""Where a run writes: target, lock and staging, and the one step that publishes."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from balanstest_analysis.document.operating_system import exchanged, has_few_files_left
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.errors import RunError, TargetBusyError

_ATTEMPTS = 10
_LITTLE = 2**20


@dataclass(frozen=True, kw_only=True)
class Places:
    """The paths of one report; all but `output` lie on the target's file system.

    Attributes:
        output: Folder of all reports.
        target: The published directory.
        staging: Where this run makes everything. Its name is its own, so that the kernel of a
            killed run, which lives a second longer, cannot write into the next one's.
        aside: The old report, for the moment between two renames.
        lock: Held by the run that may write to the target.
    """

    output: Path
    target: Path
    staging: Path
    aside: Path
    lock: Path

    @property
    def delivery(self) -> Path:
        """What becomes the target."""
        return self.staging / "levering"

    @property
    def scratch(self) -> Path:
        """The kernel's own files, never delivered."""
        return self.staging / "werk"

    @property
    def name(self) -> str:
        """The target relative to the folder of all reports."""
        return self.target.relative_to(self.output).as_posix()


def places_for(dossier: Dossier, output: Path) -> Places:
    """Return the paths of a dossier's report."""
    output = output.resolve()
    parent = output / dossier.series.folder
    hidden = f".{dossier.period}"
    run = secrets.token_hex(4)
    return Places(
        output=output,
        target=parent / dossier.period,
        staging=parent / f"{hidden}.bezig-{run}",
        aside=parent / f"{hidden}.vorige",
        lock=parent / f"{hidden}.slot",
    )


@contextlib.contextmanager
def locked(places: Places) -> Iterator[None]:
    """Hold the target, with what an interrupted run left behind put right.

    Raises:
        TargetBusyError: Another run holds it.
        RunError: The folder cannot be written.
    """
    existed = places.output.exists()
    lock = _acquired(places)
    try:
        recover(places)
        yield
    finally:
        remove(places.staging)
        # Removed while held: whoever waits for this file sees it gone and starts anew.
        places.lock.unlink(missing_ok=True)
        lock.release()
        _remove_empty(places, existed)


def _acquired(places: Places) -> FileLock:
    lock = FileLock(places.lock, timeout=0)
    for _ in range(_ATTEMPTS):
        try:
            places.lock.parent.mkdir(parents=True, exist_ok=True)
            lock.acquire()
        except Timeout:
            raise TargetBusyError(
                f"Another run is writing `{places.name}`. Wait until it has ended."
            ) from None
        except FileNotFoundError:
            continue
        except OSError as error:
            raise unwritable(places, error) from None
        return lock
    raise TargetBusyError(f"Other runs keep changing `{places.name}`. Try again.")


def unwritable(places: Places, error: OSError) -> RunError:
    """Return the error for a folder that cannot be written."""
    return RunError(
        f"`{places.name}` cannot be written: {error.strerror}. "
        "Make room or give another folder with `--output`."
    )


def is_full(folder: Path) -> bool:
    """Return whether there is no room left for as little as a report, or for another file."""
    try:
        return shutil.disk_usage(folder).free < _LITTLE or has_few_files_left(folder)
    except OSError:
        return False


def recover(places: Places) -> None:
    """Put right what a killed run left: the old report returns, leftovers go."""
    if places.aside.exists() and not places.target.exists():
        places.aside.rename(places.target)
    remove(places.aside)
    for leftover in places.target.parent.glob(f".{places.target.name}.bezig-*"):
        remove(leftover)


def remove(folder: Path) -> None:
    """Remove a folder with all that is in it, if it is there."""
    shutil.rmtree(folder, ignore_errors=True)


def _remove_empty(places: Places, output_existed: bool) -> None:
    folders = [places.lock.parent, places.lock.parent.parent]
    if not output_existed:
        folders.append(places.output)
    with contextlib.suppress(OSError):
        for folder in folders:
            folder.rmdir()


def publish(places: Places) -> None:
    """Make the delivery the target in one step; an old target is then gone.

    Raises:
        RunError: The file system refuses.
    """
    try:
        _flush(places.delivery)
        if not places.target.exists():
            places.delivery.rename(places.target)
        elif not exchanged(places.delivery, places.target):
            places.target.rename(places.aside)
            places.delivery.rename(places.target)
            remove(places.aside)
    except OSError as error:
        raise unwritable(places, error) from None


def _flush(folder: Path) -> None:
    """Bring the files to disk before their directory gets its name."""
    for file in folder.rglob("*"):
        if file.is_file():
            with file.open("rb+") as handle:
                os.fsync(handle.fileno())
