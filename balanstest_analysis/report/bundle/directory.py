"""The files of a run directory, when they are still as the run made them."""

from __future__ import annotations

import hashlib
from pathlib import Path

from balanstest_analysis.document.opening import content_of
from balanstest_analysis.errors import DataError, UsageError
from balanstest_analysis.report.run.manifest import NAME, REQUIRED, Manifest, read_manifest

_BYTES_AT_MOST = 500_000_000
_AGAIN = "Make the report again with `balanstest report`."


def verified_files(directory: Path) -> tuple[Manifest, dict[str, bytes]]:
    """Return the manifest of a run directory and every file in it, the manifest too, by path.

    What is returned is what was checked; no file is read a second time.

    Args:
        directory: made by `balanstest report`.

    Raises:
        UsageError: it is no run directory.
        DataError: a file was changed, is missing or was added.
    """
    manifest = read_manifest(directory)
    if not _is_whole(manifest):
        raise UsageError(
            f"`{directory}` holds no report with a readable `{NAME}`. Give the directory that "
            "`balanstest report` printed."
        )
    files = {
        file.relative_to(directory).as_posix(): _content(file)
        for file in sorted(directory.rglob("*"))
        if not file.is_dir()
    }
    stated = manifest["files"]
    _refuse_missing(stated, files)
    _refuse_foreign(stated, files)
    _refuse_changed(stated, files)
    return manifest, files


def _content(file: Path) -> bytes:
    try:
        return content_of(file, _BYTES_AT_MOST)
    except OSError as error:
        raise DataError(f"`{file.name}` cannot be read: {error.strerror}. {_AGAIN}") from None


def _is_whole(manifest: Manifest) -> bool:
    texts = (manifest.get(key) for key in ("organisation", "category", "period"))
    return all(isinstance(text, str) for text in texts) and isinstance(manifest.get("files"), dict)


def _refuse_missing(stated: dict[str, str], files: dict[str, bytes]) -> None:
    for name in dict.fromkeys((*REQUIRED, *stated)):
        if name not in files or name not in stated:
            raise DataError(f"The report has no `{name}` any more. {_AGAIN}")


def _refuse_foreign(stated: dict[str, str], files: dict[str, bytes]) -> None:
    for name in files:
        if name not in stated and name != NAME:
            raise DataError(
                f"`{name}` is not of the report. Move it elsewhere, and add it with `--attach` if "
                "it is an annex."
            )


def _refuse_changed(stated: dict[str, str], files: dict[str, bytes]) -> None:
    for name, digest in stated.items():
        if hashlib.sha256(files[name]).hexdigest() != digest:
            raise DataError(f"`{name}` was changed after the report was made. {_AGAIN}")
