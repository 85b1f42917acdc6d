"""What lies in a folder or where a pattern points: files of a table, and what is beside them."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from balanstest_analysis.document.opening import real_path
from balanstest_analysis.errors import DataError
from balanstest_analysis.history.files.kinds import SUFFIXES, named_kind
from balanstest_analysis.history.files.litter import is_litter

_DEEP: Final = 6
_BESIDE: Final = 1  # folders that a pattern did not name are looked into no further
_FILES_AT_MOST: Final = 20_000
_PARTITION: Final = re.compile(r"[^=]+=.*")
_LOGS: Final = {"_delta_log": "a Delta table", ".hoodie": "a Hudi table"}


@dataclass(frozen=True, kw_only=True)
class Found:
    """What lies where a table of the dossier is.

    Attributes:
        files: that hold the table, sorted by name.
        others: that lie among them and are not read.
        litter: left there by a program; they hold no rows.
    """

    files: tuple[Path, ...]
    others: tuple[Path, ...] = ()
    litter: tuple[Path, ...] = ()


def in_folder(folder: Path, own: Collection[Path] = ()) -> Found:
    """Return the files of a folder and of its partitions; those of other folders are not read.

    Args:
        folder: that was named.
        own: files that are the tool's, not data.

    Raises:
        DataError: there are too many files, or which of them count is told by a log.
    """
    taken, others, litter = list[Path](), list[Path](), list[Path]()
    for file, is_deep in _walked(folder, _DEEP, is_deep=False):
        if is_litter(file.name):
            litter.append(file)
        elif named_kind(file) and not is_deep and not file.name.startswith("."):
            taken.append(file)
        elif real_path(file) not in own and (named_kind(file) or not file.name.startswith(".")):
            others.append(file)
    return Found(files=tuple(taken), others=tuple(others), litter=tuple(litter))


def by_pattern(root: Path, pattern: str, home: Path) -> Found:
    """Return the files that a pattern names, in capitals or not, and what lies beside them.

    A folder that it names is read where its name is that of a file, as Spark writes it.

    Args:
        root: where the pattern begins.
        pattern: relative to it.
        home: the folder of the dossier, in which only data are looked for.
    """
    if pattern.endswith("**"):
        pattern += "/*"
    matched = set(root.glob(_any_case(pattern)))
    whole = [in_folder(one) for one in sorted(matched) if one.is_dir() and _is_output(one)]
    files = {one for one in matched if not one.is_dir()}
    taken = {file for file in files if not is_litter(file.name)}
    folders = {one.parent for one in matched if one in taken or _is_output(one)}
    beside = {file for folder in folders or _parent(root, pattern) for file in _near(folder, home)}
    inside = {file for found in whole for file in found.files}
    return Found(
        files=tuple(sorted(taken | inside)),
        others=tuple(sorted(beside - files - inside)),
        litter=tuple(sorted(files - taken)),
    )


def _is_output(path: Path) -> bool:
    """Return whether a folder is named as a file: what Spark wrote of one table."""
    return named_kind(path) in {"parquet", "csv"}


def _parent(root: Path, pattern: str) -> set[Path]:
    """Return the folder in which a pattern that names nothing looks."""
    parent = (root / pattern).parent
    return {parent} if parent.is_dir() else set()


def _near(folder: Path, home: Path) -> Iterator[Path]:
    """Yield what lies in a folder, and in folders in it; beside the dossier only data."""
    if folder.resolve() == home.resolve():
        near = (Path(entry.path) for entry in os.scandir(folder) if not entry.is_dir())
        yield from (file for file in near if _may_be_data(file) and not is_litter(file.name))
        return
    for file, _ in islice(_walked(folder, _BESIDE, is_deep=False), _FILES_AT_MOST):
        if not is_litter(file.name) and (named_kind(file) or not file.name.startswith(".")):
            yield file


def _may_be_data(file: Path) -> bool:
    """Return whether a name has the ending of data anywhere, such as ``2025.csv.bak``."""
    return any(suffix.lower() in SUFFIXES for suffix in file.suffixes)


def _walked(folder: Path, depth: int, *, is_deep: bool) -> Iterator[tuple[Path, bool]]:
    """Yield the files of a folder, sorted, and whether they lie in a folder that is no partition.

    A folder named after a column and a value, such as ``year=2025``, is a partition; so is one
    named as a file, as Spark writes it. A folder that is not looked into is yielded itself.
    """
    for entry in _entries(folder):
        path = Path(entry.path)
        if not entry.is_dir():
            yield path, is_deep
        elif entry.name.startswith("."):
            continue
        elif depth and not entry.is_symlink() and os.access(path, os.R_OK | os.X_OK):
            deeper = is_deep or not (_PARTITION.fullmatch(entry.name) or _is_output(path))
            yield from _walked(path, depth - 1, is_deep=deeper)
        else:
            yield path, True


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    if len(entries) > _FILES_AT_MOST:
        raise DataError(
            f"`{folder.name}` holds {len(entries):,} files; allowed are {_FILES_AT_MOST:,}. Give a "
            "folder of its own to the table."
        )
    for entry in entries:
        if entry.name in _LOGS and entry.is_dir():
            raise DataError(
                f"`{folder.name}` is {_LOGS[entry.name]}: which of its files count is told by its "
                "log, which is not read here. Write its rows as plain Parquet, or give it to Spark "
                "as a `table`."
            )
    return entries


def _any_case(pattern: str) -> str:
    """Return a pattern of which the last part takes capitals and small letters alike.

    Examples:
        >>> _any_case("Map/*.csv")
        'Map/*.[cC][sS][vV]'
    """
    folder, slash, name = pattern.replace(os.sep, "/").rpartition("/")
    parts = re.split(r"(\[[^\]]*\])", name)
    letters = [
        part
        if part.startswith("[")
        else re.sub("[A-Za-z]", lambda letter: f"[{letter[0].lower()}{letter[0].upper()}]", part)
        for part in parts
    ]
    return folder + slash + "".join(letters)
