"""Files of a table that are copies of one another: their rows would count twice."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from balanstest_analysis.document.opening import blocks_of, content_of
from balanstest_analysis.errors import DataError

_MAY_BE_EMPTY: Final = 4096
Pair = tuple[Path, Path]


def copies_of(files: Sequence[Path]) -> list[Pair]:
    """Return the files that are a copy of an earlier one, each with that one.

    Files of other partitions, such as ``year=2024``, are no copies, and neither are files without
    any row.

    Args:
        files: of one source, unpacked.
    """
    sizes: dict[tuple[int, tuple[str, ...]], list[Path]] = {}
    for file in files:
        partition = tuple(parent.name for parent in file.parents if "=" in parent.name)
        sizes.setdefault((file.stat().st_size, partition), []).append(file)
    found: list[Pair] = []
    for alike in (files for files in sizes.values() if len(files) > 1):
        firsts: dict[bytes, Path] = {}
        for file in alike:
            first = firsts.setdefault(_digest(file), file)
            if first != file and not is_without_rows(file):
                found.append((file, first))
    return found


def without_copies(files: Sequence[Path], table: str) -> tuple[Path, ...]:
    """Return files without those that are a copy of another.

    Args:
        files: of one source, unpacked.
        table: name of the table.

    Raises:
        DataError: there are copies among counts, which are added up.
    """
    copies = copies_of(files)
    if copies and table == "counts":
        copy, first = copies[0]
        raise DataError(
            f"`{copy.name}` is a copy of `{first.name}`, and their counts would be added up. "
            "Remove one of them."
        )
    left_out = {copy for copy, _ in copies}
    return tuple(file for file in files if file not in left_out)


def is_without_rows(file: Path) -> bool:
    """Return whether a file of text holds one line at most."""
    if file.stat().st_size > _MAY_BE_EMPTY:
        return False
    return len(content_of(file, _MAY_BE_EMPTY).strip().splitlines()) <= 1


def _digest(file: Path) -> bytes:
    digest = hashlib.sha256()
    for block in blocks_of(file):
        digest.update(block)
    return digest.digest()
