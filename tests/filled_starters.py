"""New dossiers in which what has no default is stated, as whoever begins has to."""

from __future__ import annotations

from pathlib import Path

STATED = {
    'sector = "NOG IN TE VULLEN"': 'sector = "charity"',
    "report_date = 2099-12-31": "report_date = 2026-10-15",
    "data_through = 2000-01-01": "data_through = 2026-09-30",
    'name = "NOG IN TE VULLEN"\nkind = "horizon"': 'name = "Contract"\nkind = "horizon"',
}


def filled(path: Path) -> Path:
    """Return the path of a new dossier, with its sector, days and first criterion stated."""
    path.write_bytes(filled_text(path.read_bytes().decode()).encode())
    return path


def filled_text(text: str) -> str:
    """Return a new dossier with its sector, days and first criterion stated."""
    for open_line, line in STATED.items():
        text = text.replace(open_line, line, 1)
    return text
