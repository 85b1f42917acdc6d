"""Which dossiers a batch is about: found in folders or given, each with what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from balanstest_analysis.document.opening import real_path
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.dossier.loading import load_dossier, read_toml
from balanstest_analysis.errors import BalanstestError, DossierError, RunError, UsageError
from balanstest_analysis.report.run.run_directory import Places, places_for

_SIGNS = {"schema", "template", "organisation", "scope", "criteria"}


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A file that should be a dossier.

    Attributes:
        path: The file.
        dossier: What it says, None when it is not acceptable.
        places: Where its report goes.
        refusal: Why it is not acceptable.
    """

    path: Path
    dossier: Dossier | None = None
    places: Places | None = None
    refusal: BalanstestError | None = None


def candidates(paths: Iterable[Path], *, quarter: str, output: Path) -> list[Candidate]:
    """Return the dossiers in the folders and files given, each once.

    In a folder every `.toml` file counts, at any depth, unless it is hidden or can be read and
    has nothing of a dossier. One that cannot be read is a dossier that failed.

    Args:
        paths: Folders and dossiers.
        quarter: Such as `2026-Q3`; empty for the quarter of each dossier's data.
        output: Folder of all reports.

    Raises:
        UsageError: A folder holds no dossier, or two dossiers would write the same report.
    """
    files = dict.fromkeys(file for path in paths for file in _files(path))
    found = [_candidate(file, quarter, output) for file in files]
    _refuse_shared_targets(found)
    return found


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        inside = sorted(file for file in path.rglob("*.toml") if _is_meant(file, path))
        if not inside:
            raise UsageError(f"`{path}` holds no dossier. Give a folder with dossiers in it.")
        yield from map(real_path, inside)
    else:
        yield real_path(path)


def _is_meant(file: Path, folder: Path) -> bool:
    if any(part.startswith(".") for part in file.relative_to(folder).parts) or file.is_dir():
        return False
    try:
        content = read_toml(file)
    except DossierError:
        return True
    return len(_SIGNS & content.keys()) > 1


def _candidate(file: Path, quarter: str, output: Path) -> Candidate:
    """Return a dossier with what is wrong with it, whatever that is: the others go on."""
    try:
        dossier = load_dossier(file, quarter=quarter)
        return Candidate(path=file, dossier=dossier, places=places_for(dossier, output))
    except BalanstestError as refusal:
        return Candidate(path=file, refusal=refusal)
    except Exception as error:  # noqa: BLE001 - a defect is told, and the others go on
        kind = type(error).__name__
        reason = f"`{file.name}` could not be looked at ({kind}). Report this as a defect."
        return Candidate(path=file, refusal=RunError(reason))


def _refuse_shared_targets(found: list[Candidate]) -> None:
    writers: dict[Path, Candidate] = {}
    for one in found:
        if one.places is None or one.dossier is None:
            continue
        other = writers.setdefault(one.places.target, one)
        if other is not one:
            names = [_named(other), _named(one)]
            spelled = "" if names[0] == names[1] else f", about {names[0]} and {names[1]}"
            raise UsageError(
                f"`{other.path}` and `{one.path}` would both write the report "
                f"`{one.places.name}`{spelled}. Give each its own category, or leave one of them "
                "out."
            )


def _named(one: Candidate) -> str:
    """Return whom a dossier is about, with what is not seen in the names spelled out."""
    dossier = one.dossier
    return f"{dossier.organisation.name!r}, {dossier.scope.category!r}" if dossier else ""
