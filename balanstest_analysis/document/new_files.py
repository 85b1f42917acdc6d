"""New files in a folder: all of them or none, and never in the place of one that is there."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from pathlib import Path

from balanstest_analysis.errors import UsageError


def write_new_files(
    folder: Path, contents: Mapping[str, bytes], *, private: Collection[str] = ()
) -> None:
    """Write files of which none is there yet; where one cannot be written, none stays.

    Args:
        folder: to write in; made if need be.
        contents: by name of the file.
        private: names of those that only their owner may read.

    Raises:
        UsageError: any of them is there already, or the folder cannot be written.
    """
    _refuse_those_there(folder, contents)
    made: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            _write_new(folder / name, content, 0o600 if name in private else 0o666, made)
    except OSError as error:
        for path in made:
            path.unlink(missing_ok=True)
        _refuse_those_there(folder, contents)
        message = f"`{folder}` cannot be written: {error.strerror}. Choose another folder."
        raise UsageError(message) from None


def _refuse_those_there(folder: Path, contents: Mapping[str, bytes]) -> None:
    there = [name for name in contents if os.path.lexists(folder / name)]
    if there:
        raise UsageError(
            f"`{folder}` already holds {', '.join(there)}, which would be overwritten. "
            "Choose another folder."
        )


def _write_new(path: Path, content: bytes, mode: int, made: list[Path]) -> None:
    with open(path, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
        made.append(path)
        file.write(content)
