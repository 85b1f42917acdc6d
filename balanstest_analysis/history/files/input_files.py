"""Which files hold the tables of a dossier: one rule for reading them and for fingerprinting."""

from __future__ import annotations

from pathlib import Path

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.errors import DataError

TEXT = (".csv", ".tsv", ".txt")
READABLE = (*TEXT, ".xlsx", ".parquet")


def table_files(dossier: Dossier, table: str) -> tuple[Path, ...]:
    """Return the files of a table, sorted by name.

    Args:
        dossier: paths are relative to its folder; a path is a file, a folder or a glob.
        table: ``"calls"``, ``"events"``, ``"objections"``, ``"complaints"`` or ``"counts"``.

    Raises:
        DataError: there is no such file, or it is not of a kind that can be read.
    """
    source = dossier.data.tables()[table]
    if source.path is None:
        raise DataError(
            f"`{dossier.path.name}`: `data.{table}.table` asks for a database, which has no files. "
            "Give `path` with a CSV, Excel or Parquet file."
        )
    files = _matches(dossier.path.parent, source.path)
    for file in files:
        _refuse_unreadable(file)
    if not files:
        raise DataError(
            f"`{dossier.path.name}`: `data.{table}.path` is '{source.path}', where there is no "
            "CSV, Excel or Parquet file. Correct the path; it is relative to the dossier's folder."
        )
    if len({kind_of(file) for file in files}) > 1:
        raise DataError(
            f"`{source.path}` holds files of several kinds. Give `path` as `*.csv`, or as it suits."
        )
    return files


def kind_of(file: Path) -> str:
    """Return what a file is by its name: ``"csv"``, ``"xlsx"`` or ``"parquet"``.

    Examples:
        >>> kind_of(Path("calls.TXT"))
        'csv'
    """
    suffix = file.suffix.lower()
    return "csv" if suffix in TEXT else suffix.removeprefix(".")


def is_parquet(file: Path) -> bool:
    """Return whether a file is Parquet, by its name."""
    return file.suffix.lower() == ".parquet"


def _matches(folder: Path, path: str) -> tuple[Path, ...]:
    target = folder / path
    if target.is_dir():
        inside = (file for file in target.iterdir() if file.suffix.lower() in READABLE)
        return tuple(sorted(file for file in inside if not file.name.startswith(".")))
    if target.exists():
        return (target,)
    if not any(character in path for character in "*?["):
        return ()
    root = Path(target.anchor) if Path(path).is_absolute() else folder
    pattern = str(target.relative_to(root)) if Path(path).is_absolute() else path
    return tuple(sorted(file for file in root.glob(pattern) if file.is_file()))


def _refuse_unreadable(file: Path) -> None:
    if file.suffix.lower() not in READABLE:
        raise DataError(
            f"`{file.name}` cannot be read; allowed are {', '.join(READABLE)}. "
            "Save it as CSV (UTF-8)."
        )
    try:
        with file.open("rb") as content:
            content.read(1)
    except OSError as error:
        raise DataError(f"`{file.name}` cannot be read: {error.strerror}.") from None
