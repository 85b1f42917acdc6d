"""Compressed files, unpacked where only this process reads: gzip, bzip2, xz and zip.

What is unpacked lies in a private directory that is removed when the process ends.
"""

from __future__ import annotations

import atexit
import bz2
import gzip
import lzma
import os
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePath, PurePosixPath
from typing import IO, Final

from balanstest_analysis.document.opening import opened
from balanstest_analysis.errors import DataError, RunError
from balanstest_analysis.history.files.kinds import PACKED, kind_of, named_kind
from balanstest_analysis.history.files.litter import is_litter
from balanstest_analysis.history.files.spill import NO_ROOM, make_spill

_FREE_BYTES: Final = 100 << 20  # so much may come out of anything
_RATIO: Final = 250  # text does not shrink further; a bomb does
_BLOCK: Final = 1 << 20
_MEMBERS_AT_MOST: Final = 10_000
Packed = gzip.GzipFile | bz2.BZ2File | lzma.LZMAFile
_BROKEN: Final = (
    OSError,
    EOFError,
    zlib.error,
    lzma.LZMAError,
    zipfile.BadZipFile,
    RuntimeError,
    NotImplementedError,
    ValueError,
)


@dataclass(frozen=True, kw_only=True)
class Unpacked:
    """What came out of a compressed file.

    Attributes:
        files: that can be read, by name.
        others: names of what else is in it.
    """

    files: tuple[Path, ...]
    others: tuple[str, ...] = ()


@lru_cache(maxsize=32)
def _private(place: Path | None, process: int) -> Path:
    spill = make_spill(place)
    if spill is None:
        raise RunError(
            "No compressed file can be unpacked: the usual place for temporary files cannot be "
            "written. State `spill_directory` in `[data]`."
        )

    def remove() -> None:
        if os.getpid() == process:  # not in a copy of the process
            spill.remove()

    atexit.register(remove)
    return spill.folder


def unpacked(file: Path, kind: str, place: Path | None = None) -> Unpacked:
    """Return the files in a compressed file; once unpacked they stay until the process ends.

    A file in a zip is named after both, as ``calls.csv in calls.zip``.

    Args:
        file: as it lies there.
        kind: one of `kinds.PACKED`.
        place: in which it is unpacked; None for the usual place of temporary files.

    Raises:
        DataError: it is broken, needs a password, has nothing that can be read in it, or unpacks
            to far more than a table would.
    """
    about = file.stat()
    if not _private(place, os.getpid()).exists():  # something else clears that place
        _private.cache_clear()
        _unpacked.cache_clear()
    folder = _private(place, os.getpid())
    return _unpacked(file.resolve(), kind, folder, about.st_size, about.st_mtime_ns)


@lru_cache(maxsize=4096)
def _unpacked(file: Path, kind: str, place: Path, size: int, _changed: int) -> Unpacked:
    with _in_our_words(file):
        folder = Path(tempfile.mkdtemp(dir=place))
        if kind == "zip":
            return _members(file, folder)
        target = _in_partitions(folder, file) / file.name
        with _opened(file, kind) as content:
            _copy(file, content, target, size)
    inside = kind_of(target)
    if inside in PACKED:
        raise DataError(f"`{file.name}` holds a compressed file again. Unpack it first.")
    return Unpacked(files=(target,))


@contextmanager
def _opened(file: Path, kind: str) -> Iterator[Packed]:
    with opened(file) as content:
        if kind == "gz":
            yield gzip.GzipFile(fileobj=content)
        else:
            yield bz2.BZ2File(content) if kind == "bz2" else lzma.LZMAFile(content)  # noqa: SIM115


@contextmanager
def _in_our_words(file: Path) -> Iterator[None]:
    try:
        yield
    except _BROKEN as error:
        if "password" in str(error) or "encrypted" in str(error):
            reason = "is protected with a password. Unpack it first."
        elif isinstance(error, NotImplementedError):
            reason = "is packed in a way that cannot be read here. Unpack it first."
        elif isinstance(error, OSError) and error.errno in NO_ROOM:
            raise RunError(
                f"`{file.name}` cannot be unpacked: there is no room for what is in it. Make room "
                "in the place for temporary files, or state another `spill_directory` in `[data]`."
            ) from None
        elif isinstance(error, OSError) and error.errno:
            reason = f"cannot be unpacked: {error.strerror}."
        else:
            reason = "is broken, and cannot be unpacked. Send or export it again."
        raise DataError(f"`{file.name}` {reason}") from None


def _in_partitions(folder: Path, file: PurePath) -> Path:
    """Return a folder within folders such as ``year=2025``, in which the file lay too."""
    partitions = [parent.name for parent in file.parents if "=" in parent.name]
    inside = folder.joinpath(*reversed(partitions))
    inside.mkdir(parents=True, exist_ok=True)
    return inside


def _copy(file: Path, content: Packed | IO[bytes], target: Path, size: int) -> None:
    """Write what comes out, and stop where it is far more than a table would be."""
    most, written = max(_FREE_BYTES, size * _RATIO), 0
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "wb") as unpacked_file:  # noqa: PTH123 - of a private descriptor
        while block := content.read(_BLOCK):
            written += len(block)
            if written > most:
                raise DataError(_too_much(file))
            unpacked_file.write(block)


def _too_much(file: Path) -> str:
    return (
        f"`{file.name}` unpacks to more than {_RATIO} times its size, as no table does. Unpack it "
        "yourself, and look at what is in it."
    )


def _members(file: Path, folder: Path) -> Unpacked:
    found = list[Path]()
    with opened(file) as packed, zipfile.ZipFile(packed) as archive:
        members = {
            PurePosixPath(member.filename.replace("\\", "/")): member
            for member in sorted(archive.infolist(), key=lambda one: one.filename)
            if not member.is_dir()
        }
        _refuse_bomb(file, list(members.values()))
        names = [name for name in members if not is_litter(name.name)]
        tables = [name for name in names if named_kind(Path(name.name)) not in {"", *PACKED}]
        if len(names) == 1 and not named_kind(Path(names[0].name)):
            tables = names  # its bytes tell what it is
        for number, name in enumerate(tables):
            inside = _in_partitions(_in_partitions(folder / str(number), file), name)
            target = inside / f"{name.name[-100:]} in {file.name[-100:]}"
            with archive.open(members[name]) as content:
                _copy(file, content, target, max(members[name].compress_size, 1))
            found.append(target)
    others = [name.name for name in names if name not in tables]
    if not found:
        raise DataError(
            f"`{file.name}` holds no CSV, Excel or Parquet file{_named(others)}. Put the table "
            "itself there."
        )
    return Unpacked(files=tuple(found), others=tuple(others))


def _refuse_bomb(file: Path, members: Sequence[zipfile.ZipInfo]) -> None:
    if len(members) > _MEMBERS_AT_MOST:
        raise DataError(f"`{file.name}` holds {len(members):,} files. Unpack it yourself.")
    total = sum(member.file_size for member in members)
    if total > max(_FREE_BYTES, file.stat().st_size * _RATIO):
        raise DataError(_too_much(file))


def _named(others: Sequence[str]) -> str:
    return f"; in it are {', '.join(others[:10])}" if others else ""
