"""Whether every file is there, unchanged, and nothing else."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import Final

from balanstest_analysis.document.opening import parsed_json
from balanstest_analysis.verification.findings import Finding
from balanstest_analysis.verification.parcel import (
    FOLDER,
    GUIDE,
    HTML,
    MANIFEST,
    NOTEBOOK,
    PDF,
    RESULT,
    WORKBOOK,
    Parcel,
)
from balanstest_analysis.verification.values import Value

REQUIRED: Final = (HTML, PDF, NOTEBOOK, RESULT, WORKBOOK, f"{FOLDER}{GUIDE}")
_LISTED: Final = re.compile(r"\(([\w.-]{1,200}\.csv)\)")


def _fault(code: str, file: str, place: str = "", found: str = "", expected: str = "") -> Finding:
    return Finding(level="whole", code=code, file=file, place=place, found=found, expected=expected)


def whole_faults(parcel: Parcel) -> Iterator[Finding]:
    """Yield files that are missing, foreign or changed, by what the manifests say.

    Args:
        parcel: as it was opened.
    """
    if parcel.kind == "pdf":
        yield from _attached_faults(parcel)
    else:
        yield from _run_faults(parcel)
    if parcel.kind == "zip":
        yield from _bundle_faults(parcel)
    yield from _pdf_faults(parcel)
    for name in parcel.strange:
        yield _fault("added", name, "the directory", "a link or what is no plain file")


def _pdf_faults(parcel: Parcel) -> Iterator[Finding]:
    document = parcel.document
    name = parcel.name if parcel.kind == "pdf" else f"{parcel.prefix}{PDF}"
    if document is None:
        if parcel.kind == "pdf" or PDF in parcel.files:
            yield _fault("unreadable", name, "", parcel.trouble, "a PDF of a report")
        return
    if document.saved_again:
        yield _fault("added", name, "the end of the file", "a later version saved over the first")
    for what in document.acting:
        yield _fault("added", name, "the document", what)
    for page, text in document.unmarked[:20]:
        yield _fault("added", name, f"page {page}", f"text outside the report's own: “{text}”")
    for twice in document.twice:
        yield _fault("added", name, f"attachment {twice}", "a second attachment of that name")


def _attached_faults(parcel: Parcel) -> Iterator[Finding]:
    """Yield what is attached and should not be, or the reverse: the guide names the tables."""
    listed = set(_LISTED.findall(parcel.text(GUIDE) or ""))
    due = {RESULT, WORKBOOK, GUIDE} | listed
    if parcel.document is None:
        return
    for name in sorted(due - {*parcel.files}):
        yield _fault("missing", f"attachment {name}", GUIDE if name in listed else "every report")
    for name in sorted({*parcel.files} - due):
        yield _fault("foreign", f"attachment {name}", GUIDE)


def _run_faults(parcel: Parcel) -> Iterator[Finding]:
    if MANIFEST not in parcel.files:
        yield _fault("missing", f"{parcel.prefix}{MANIFEST}", "every report")
    manifest = Value(content=parcel.json(MANIFEST))
    stated = {name: value.text for name, value in manifest.at("files").entries.items()}
    if MANIFEST in parcel.files and not stated:
        name = f"{parcel.prefix}{MANIFEST}"
        yield _fault("unreadable", name, "", "it lists no files", "the manifest of a report")
    yield from _against(parcel.files, stated, parcel.prefix, MANIFEST)
    for name in REQUIRED:
        if stated and name not in stated:
            yield _fault("missing", f"{parcel.prefix}{name}", "every report")


def _against(
    files: Mapping[str, bytes], stated: Mapping[str, str], prefix: str, manifest: str
) -> Iterator[Finding]:
    place = f"{prefix}{manifest}"
    for name, digest in stated.items():
        if name not in files:
            yield _fault("missing", f"{prefix}{name}", place)
        elif (found := hashlib.sha256(files[name]).hexdigest()) != digest:
            yield _fault("changed", f"{prefix}{name}", place, found, digest)
    for name in files:
        if stated and name not in stated and name != manifest:
            yield _fault("foreign", f"{prefix}{name}", place)


def _bundle_faults(parcel: Parcel) -> Iterator[Finding]:
    """Yield where the zip is not as its own manifest says: report, annexes and the page to read."""
    files = {f"{parcel.prefix}{name}": content for name, content in parcel.files.items()}
    files |= parcel.around
    if MANIFEST not in parcel.around:
        yield _fault("missing", MANIFEST, "every bundle")
        return
    try:
        manifest = Value(content=parsed_json(parcel.around[MANIFEST]))
    except ValueError:
        yield _fault("unreadable", MANIFEST, "", "it is no JSON", "the manifest of a bundle")
        return
    stated = {one.at("path").text: one.at("sha256").text for one in manifest.at("files").items}
    yield from _against(files, stated, "", MANIFEST)
