"""Whether every file is there, unchanged, and nothing else."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import Final

from balanstest_analysis.document.opening import parsed_json
from balanstest_analysis.verification.claims.phrase import both
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
_EVERY: Final = both("every report", "elk rapport")
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
        yield _fault(
            "added",
            name,
            both("the directory", "de map"),
            both(
                "a link or what is no plain file",
                "een verwijzing of iets wat geen gewoon bestand is",
            ),
        )


def _pdf_faults(parcel: Parcel) -> Iterator[Finding]:
    document = parcel.document
    name = parcel.name if parcel.kind == "pdf" else f"{parcel.prefix}{PDF}"
    if document is None:
        if parcel.kind == "pdf" or PDF in parcel.files:
            yield _fault(
                "unreadable",
                name,
                "",
                parcel.trouble,
                both("a PDF of a report", "de PDF van een rapport"),
            )
        return
    if document.saved_again:
        yield _fault(
            "added",
            name,
            both("the end of the file", "het einde van het bestand"),
            both(
                "a later version saved over the first",
                "een latere versie die over de eerste is opgeslagen",
            ),
        )
    for what in document.acting:
        yield _fault("added", name, both("the document", "het document"), what)
    for page, text in document.unmarked[:20]:
        yield _fault(
            "added",
            name,
            both("page {}", "bladzijde {}", page),
            both(
                "text outside the report's own: “{}”",
                "tekst die niet bij de tekst van het rapport hoort: “{}”",
                text,
            ),
        )
    for twice in document.twice:
        yield _fault(
            "added",
            name,
            both("attachment {}", "bijlage {}", twice),
            both("a second attachment of that name", "een tweede bijlage met die naam"),
        )


def _attached_faults(parcel: Parcel) -> Iterator[Finding]:
    """Yield what is attached and should not be, or the reverse: the guide names the tables."""
    listed = set(_LISTED.findall(parcel.text(GUIDE) or ""))
    due = {RESULT, WORKBOOK, GUIDE} | listed
    if parcel.document is None:
        return
    for name in sorted(due - {*parcel.files}):
        yield _fault(
            "missing",
            both("attachment {}", "bijlage {}", name),
            GUIDE if name in listed else _EVERY,
        )
    for name in sorted({*parcel.files} - due):
        yield _fault("foreign", both("attachment {}", "bijlage {}", name), GUIDE)


def _run_faults(parcel: Parcel) -> Iterator[Finding]:
    if MANIFEST not in parcel.files:
        yield _fault("missing", f"{parcel.prefix}{MANIFEST}", _EVERY)
    manifest = Value(content=parcel.json(MANIFEST))
    stated = {name: value.text for name, value in manifest.at("files").entries.items()}
    if MANIFEST in parcel.files and not stated:
        name = f"{parcel.prefix}{MANIFEST}"
        yield _fault(
            "unreadable",
            name,
            "",
            both("it lists no files", "het noemt geen bestanden"),
            both("the manifest of a report", "het manifest van een rapport"),
        )
    yield from _against(parcel.files, stated, parcel.prefix, MANIFEST)
    for name in REQUIRED:
        if stated and name not in stated:
            yield _fault("missing", f"{parcel.prefix}{name}", _EVERY)


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
        yield _fault("missing", MANIFEST, both("every bundle", "elke bundel"))
        return
    try:
        manifest = Value(content=parsed_json(parcel.around[MANIFEST]))
    except ValueError:
        yield _fault(
            "unreadable",
            MANIFEST,
            "",
            both("it is no JSON", "het is geen JSON"),
            both("the manifest of a bundle", "het manifest van een bundel"),
        )
        return
    stated = {one.at("path").text: one.at("sha256").text for one in manifest.at("files").items}
    yield from _against(files, stated, "", MANIFEST)
