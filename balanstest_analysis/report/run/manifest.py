"""The manifest of a run: what went in, what came out, and whether it is still so."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeAlias, TypedDict, cast

from balanstest_analysis.document.opening import blocks_of, read_json
from balanstest_analysis.document.series_name import SeriesName, series_name
from balanstest_analysis.document.visible import visible_values
from balanstest_analysis.errors import RunError
from balanstest_analysis.published.json_form import RESULT_NAME

NAME = "manifest.json"
REQUIRED = (
    "onderbouwing.html",
    "onderbouwing.pdf",
    "onderbouwing.ipynb",
    RESULT_NAME,
    "tabellen.xlsx",
    "tabellen/leeswijzer.csv",
)
_FROM_RESULT = ("fingerprints", "versions", "seed", "findings")


class Manifest(TypedDict, total=False):
    """What is read of a manifest; it may be of another version of this package, or of nobody."""

    organisation: str
    category: str
    period: str
    parameters: dict[str, str | bool]
    files: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Identity:
    """What decides whether a report has to be made again.

    Attributes:
        organisation: Name of the organisation.
        category: Category of product or organisation.
        period: Such as `2026-Q3`.
        fingerprint: Keyed fingerprint of dossier and data.
        parameters: Parameters of the notebook, without paths.
        version: Version of this package.
        code: Digest of the package and the notebook, for versions still in the making.
        earlier: Digest of the published reports of earlier quarters.
    """

    organisation: str
    category: str
    period: str
    fingerprint: str
    parameters: dict[str, str | bool]
    version: str
    code: str
    earlier: str = ""

    def to_dict(self) -> dict[str, str | dict[str, str | bool]]:
        """Return the identity as it stands in a manifest."""
        return asdict(self)


def write_manifest(delivery: Path, identity: Identity, durations: dict[str, float]) -> None:
    """Write the manifest of all other files in the folder.

    Raises:
        RunError: A file of the report is missing.
    """
    missing = [name for name in REQUIRED if not (delivery / name).is_file()]
    if missing:
        raise RunError(f"The run made no `{missing[0]}`. Look at the notebook.")
    result = _result(delivery / RESULT_NAME)
    manifest: dict[str, object] = {"schema": 1, **identity.to_dict()}
    manifest |= {key: result.get(key) for key in _FROM_RESULT}
    manifest |= {"durations": durations, "files": digests(delivery)}
    text = json.dumps(visible_values(manifest), ensure_ascii=False, indent=2)
    (delivery / NAME).write_text(text + "\n", "utf-8")


def _result(file: Path) -> dict[str, object]:
    try:
        result = read_json(file)
    except ValueError:
        result = None
    if not isinstance(result, dict):
        raise RunError(f"The run made a `{file.name}` that cannot be read. Look at the notebook.")
    return result


def digests(folder: Path) -> dict[str, str]:
    """Return the SHA-256 digest of each file but the manifest, by relative path."""
    return {
        file.relative_to(folder).as_posix(): _digest(file)
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file != folder / NAME
    }


def _digest(file: Path) -> str:
    digest = hashlib.sha256()
    for block in blocks_of(file):
        digest.update(block)
    return digest.hexdigest()


def is_current(target: Path, identity: Identity) -> bool:
    """Return whether the target is the complete and unchanged report of these inputs."""
    manifest = read_manifest(target)
    same = all(manifest.get(key) == value for key, value in identity.to_dict().items())
    return bool(manifest) and same and manifest.get("files") == digests(target)


Scope: TypeAlias = tuple[str, str]


def other_series(target: Path, series: SeriesName) -> Scope | None:
    """Return organisation and category of another series in the same folder, or None.

    Two names can become the same folder; of every report in it, of whatever quarter, the name has
    to be ours.

    Args:
        target: folder of one report, in the folder of its series.
        series: ours.
    """
    folders = sorted(target.parent.iterdir()) if target.parent.is_dir() else []
    scopes = (scope_of(read_manifest(folder)) for folder in folders if folder.is_dir())
    return next((found for found in scopes if found and series_name(*found) != series), None)


def scope_of(manifest: Manifest) -> Scope | None:
    """Return organisation and category as a manifest names them, or None where it does not."""
    organisation, category = manifest.get("organisation"), manifest.get("category")
    if isinstance(organisation, str) and isinstance(category, str):
        return organisation, category
    return None


def foreign_files(target: Path) -> list[str]:
    """Return the files in the target that no run of ours has put there."""
    ours = read_manifest(target).get("files", {})
    return [name for name in digests(target) if name not in ours] if target.exists() else []


def read_manifest(target: Path) -> Manifest:
    """Return the manifest of a published report, empty when there is none to read."""
    try:
        manifest = read_json(target / NAME)
    except (OSError, ValueError):
        return {}
    return cast("Manifest", manifest) if isinstance(manifest, dict) else {}
