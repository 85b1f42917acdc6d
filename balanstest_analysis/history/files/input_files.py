"""Which files hold the tables of a dossier: one rule for reading them and for fingerprinting."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from balanstest_analysis.dossier.data import TableSource
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.errors import DataError
from balanstest_analysis.history.files.folders import Found, by_pattern, in_folder
from balanstest_analysis.history.files.kinds import (
    PACKED,
    SUFFIXES,
    TEXT_SUFFIXES,
    kind_of,
    named_kind,
    refuse_kind,
)

__all__ = ["READABLE", "TEXT", "kind_of"]
TEXT = TEXT_SUFFIXES
READABLE = tuple(SUFFIXES)
_LONGEST_PATH: Final = 1_000


def table_files(dossier: Dossier, table: str) -> tuple[Path, ...]:
    """Return the files of all sources of a table, those of each sorted by name.

    Args:
        dossier: paths are relative to its folder; a path is a file, a folder or a glob.
        table: ``"calls"``, ``"events"``, ``"objections"``, ``"complaints"`` or ``"counts"``.

    Raises:
        DataError: there is no such file, or it is not of a kind that can be read.
    """
    sources = [source for source in dossier.data.tables()[table] if source.has_rows]
    files = [file for source in sources for file in found_files(dossier, table, source).files]
    return tuple(dict.fromkeys(files))


def found_files(dossier: Dossier, table: str, source: TableSource) -> Found:
    """Return the files of one source of a table, and what else lies there.

    Args:
        dossier: paths are relative to its folder.
        table: name of the table.
        source: where it is.

    Raises:
        DataError: as `table_files`.
    """
    if source.path is None:
        raise DataError(
            f"`{dossier.path.name}`: `data.{table}.table` asks for a database, which has no files. "
            "Give `path` with a CSV, Excel or Parquet file."
        )
    found = _looked_up(dossier, table, source.path)
    for file in found.files:
        refuse_kind(file, kind_of(file))
    if not found.files:
        raise DataError(
            f"`{dossier.path.name}`: `data.{table}.path` is '{source.path}', where there is no "
            f"CSV, Excel or Parquet file{_elsewhere(found.others)}. Correct the path; it is "
            "relative to the dossier's folder."
        )
    _refuse_twice(found.files)
    return found


def _elsewhere(others: Sequence[Path]) -> str:
    if not others:
        return ""
    names = ", ".join(f"`{file.parent.name}/{file.name}`" for file in others[:5])
    return f" (but there is {names}{' and more' if len(others) > 5 else ''})"


def is_parquet(file: Path) -> bool:
    """Return whether a file is Parquet, by its name."""
    return named_kind(file) == "parquet"


def _looked_up(dossier: Dossier, table: str, path: str) -> Found:
    """Return what lies at a path.

    Raises:
        DataError: it is no path at all, would search the whole machine, or may not be looked into.
    """
    place, parts = f"`{dossier.path.name}`: `data.{table}.path`", Path(path).parts
    if len(path) > _LONGEST_PATH:
        raise DataError(f"{place} has {len(path):,} characters, as no path has. Correct it.")
    if parts.count("**") > 1 or (parts[1:2] == ("**",) and Path(path).is_absolute()):
        raise DataError(
            f"{place} is '{path}', which searches folders within folders without end. Name the "
            "folder, and write `**` once at most."
        )
    try:
        return _found(dossier, path)
    except OSError as error:
        reason = error.strerror
    except (ValueError, NotImplementedError):
        reason = "it is no path or pattern"
    raise DataError(f"{place} is '{path}', which cannot be looked into: {reason}. Correct it.")


def _found(dossier: Dossier, path: str) -> Found:
    folder = dossier.path.parent
    target = folder / path
    if target.is_dir():
        return in_folder(target, {dossier.path.resolve()})
    if target.exists():
        return Found(files=(target,))
    if not any(character in path for character in "*?["):
        return Found(files=())
    root = Path(target.anchor) if Path(path).is_absolute() else folder
    pattern = str(target.relative_to(root)) if Path(path).is_absolute() else path
    return by_pattern(root, pattern, folder)


def _refuse_twice(files: Sequence[Path]) -> None:
    """Refuse a table that lies there in two forms: its rows would count twice."""
    seen: dict[Path, Path] = {}
    for file in files:
        stem = file.with_name(_stem(file).lower())
        if stem in seen and seen[stem].suffix.lower() != file.suffix.lower():
            raise DataError(
                f"`{seen[stem].name}` and `{file.name}` seem to be the same table in two forms. "
                "Keep one of them there, or give `path` as a pattern such as '*.csv'."
            )
        seen[stem] = file


def _stem(file: Path) -> str:
    """Return the name of a file without what tells its kind."""
    stem = file.stem if named_kind(file) else file.name
    inner = Path(stem)
    return inner.stem if named_kind(file) in PACKED and named_kind(inner) else stem
