"""What a bundle says of itself: a manifest for machines and a page in Dutch for people."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypedDict

from balanstest_analysis.document.visible import visible_values
from balanstest_analysis.document.wording import count, quarter
from balanstest_analysis.report.run.manifest import Manifest

MANIFEST = "manifest.json"
READ_ME = "LEESMIJ.txt"
REPORT_FOLDER = "onderbouwing"
ANNEX_FOLDER = "bijlagen"
_TABLES = f"{REPORT_FOLDER}/tabellen/"
REPORT = f"{REPORT_FOLDER}/onderbouwing.pdf"
_WORDS = {
    "onderbouwing.pdf": "de onderbouwing; dit is het stuk om te lezen",
    "onderbouwing.html": "dezelfde onderbouwing als webpagina",
    "onderbouwing.ipynb": "de uitgevoerde berekening; bevat alleen opgetelde aantallen",
    "resultaat.json": "de gepubliceerde uitkomsten, voor verwerking met de computer",
    "eerder.json": "de gepubliceerde aantallen van eerdere rapporten uit dezelfde reeks",
    "tabellen.xlsx": "de tabellen uit de onderbouwing, voor Excel",
    "manifest.json": "instellingen, versies en kenmerken van de berekening",
}


class ListedFile(TypedDict):
    """A file as it stands in the manifest; the size is in bytes."""

    path: str
    role: str
    size: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A file in the bundle.

    Attributes:
        path: inside the zip.
        role: `report`, `part` of the report, `annex`, or the sheet for an `advice`.
        content: the bytes.
    """

    path: str
    role: str
    content: bytes

    def to_dict(self) -> ListedFile:
        """Return the file as it stands in the manifest."""
        return {
            "path": self.path,
            "role": self.role,
            "size": len(self.content),
            "sha256": hashlib.sha256(self.content).hexdigest(),
        }


def entries(files: Mapping[str, bytes], annexes: Mapping[str, bytes]) -> tuple[Entry, ...]:
    """Return every file of the bundle but its own two, the report first.

    Args:
        files: of the run directory, by path.
        annexes: by name.
    """
    found = [
        Entry(
            path=f"{REPORT_FOLDER}/{path}",
            role="report" if f"{REPORT_FOLDER}/{path}" == REPORT else "part",
            content=content,
        )
        for path, content in sorted(files.items())
    ]
    found += [
        Entry(path=f"{ANNEX_FOLDER}/{name}", role="annex", content=content)
        for name, content in sorted(annexes.items())
    ]
    return tuple(sorted(found, key=lambda entry: entry.role != "report"))


def bundle_manifest(run: Manifest, inside: tuple[Entry, ...]) -> str:
    """Return the manifest of a bundle as JSON.

    Args:
        run: manifest of the run directory.
        inside: every other file.
    """
    manifest = {
        "schema": 1,
        "organisation": run["organisation"],
        "category": run["category"],
        "period": run["period"],
        "status": status_of(run),
        "report": REPORT,
        "files": [entry.to_dict() for entry in inside],
    }
    return json.dumps(visible_values(manifest), ensure_ascii=False, indent=2) + "\n"


def status_of(run: Manifest) -> str:
    """Return whether a report is final, in Dutch."""
    return "definitief" if (run.get("parameters") or {}).get("final") is True else "concept"


def read_me(run: Manifest, inside: tuple[Entry, ...]) -> str:
    """Return the page that says what is in the bundle, with line ends of Windows."""
    beside = [entry for entry in inside if entry.role in _ACCOMPANYING]
    parts = [e for e in inside if e.role in {"report", "part"} and not _is_table(e)]
    annexes = [entry for entry in inside if entry.role == "annex"]
    lines = [
        "ONDERBOUWING VAN DE KLANTTERMIJN",
        "",
        f"Organisatie: {run['organisation']}",
        f"Categorie:   {run['category']}",
        f"Periode:     {quarter(run['period'])}",
        f"Status:      {status_of(run)}",
        "",
        f"Begin met {REPORT}. Alle andere bestanden horen daarbij.",
        "",
        *(["Voor het comité"] if beside else []),
        *(line for entry in beside for line in _described(entry)),
        *([""] if beside else []),
        "De onderbouwing",
        *(line for entry in parts for line in _described(entry)),
        *_tables([entry for entry in inside if _is_table(entry)]),
        "",
        "Bijlagen van de organisatie" if annexes else "Er zijn geen bijlagen toegevoegd.",
        *(line for entry in annexes for line in _described(entry)),
        "",
        *_CHECK,
    ]
    return "\r\n".join(lines) + "\r\n"


_ACCOMPANYING = {
    "advice": "het blad waarop het comité zijn advies invult",
}


_CHECK = (
    "Onder elk genoemd bestand staat zijn SHA-256-kenmerk. Wie het kenmerk van een uitgepakt",
    "bestand zelf berekent en hetzelfde vindt, weet dat het bestand niet is veranderd. In Windows:",
    f"certutil -hashfile BESTAND SHA256. De kenmerken van alle bestanden staan in {MANIFEST}.",
    "De kenmerken zeggen niets over wie het bestand heeft gemaakt: dit is geen handtekening.",
)


def _described(entry: Entry) -> tuple[str, ...]:
    words = _WORDS.get(entry.path.removeprefix(f"{REPORT_FOLDER}/"), "")
    words = _ACCOMPANYING.get(entry.role, words)
    size = f"{count(len(entry.content))} bytes"
    described = (f"  {words}",) if words else ()
    return (f"- {entry.path} ({size})", *described, f"  {entry.to_dict()['sha256']}")


def _is_table(entry: Entry) -> bool:
    return entry.path.startswith(_TABLES)


def _tables(tables: list[Entry]) -> tuple[str, ...]:
    """So many small files would hide the others; their hashes stand in the manifest."""
    return (
        f"- {_TABLES} ({count(len(tables))} bestanden)",
        f"  dezelfde tabellen als CSV, met een leeswijzer; kenmerken in {MANIFEST}",
    )
