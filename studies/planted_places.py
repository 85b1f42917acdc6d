"""Where a person can stand in an export: each place plants some forms of one."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.awkward_workbooks import write_workbook

_CUSTOMERS = 60
_HEADER = ["Klantnr", "Moment", "Resultaat", "Gelukt", "Actie", "Gesprek", "Status"]
_EVENTS = ["Klantnr", "Dag", "Soort", "Einde", "Bedrag"]
_COMPLAINTS = ["Klantnr", "Klachtdag", "Kanaal"]
_DOSSIER = """
schema = 1
template = "opt-in"
organisation = { name = "Voorbeeld", sector = "charity" }
scope = { category = "giften" }
[[criteria]]
name = "horizon"
kind = "horizon"
months = 24
reason = "voorbeeld"
[settings]
resamples = 200
[data]
data_through = 2026-09-30
[data.calls]
CALLS
[data.calls.columns]
customer_id = "Klantnr"
called_at = "Moment"
converted = "Gelukt"
campaign = "Actie"
call_id = "Gesprek"
[data.calls.values]
Resultaat = { net_contact = ["Donateur", "Geen interesse"] }
[data.events]
path = "giften.csv"
[data.events.columns]
customer_id = "Klantnr"
occurred_on = "Dag"
kind = "Soort"
ends_on = "Einde"
amount = "Bedrag"
[data.complaints]
path = "klachten.csv"
columns = { customer_id = "Klantnr", complained_on = "Klachtdag" }
"""
_CALLS = 'path = "calls.csv"'
Rows = list[list[str]]


@dataclass(kw_only=True)
class Export:
    """An export before it is written, and its dossier.

    Attributes:
        calls: with their header.
        events: likewise.
        complaints: likewise.
        dossier: as TOML.
        file: name of the calls.
        sheet: of a workbook, or empty.
    """

    calls: Rows
    events: Rows
    complaints: Rows
    dossier: str
    file: str = "calls.csv"
    sheet: str = ""


def plain_export() -> Export:
    """Return an export without a person in it."""
    calls, events, complaints = [_HEADER], [_EVENTS], [_COMPLAINTS]
    for number in range(_CUSTOMERS):
        key = f"K-{1000 + number}"
        result = ("Donateur", "Geen interesse", "Geen gehoor")[number % 3]
        done = "ja" if number % 3 == 0 else "nee"
        moment = f"{1 + number % 28:02}-03-2025 10:{number % 60:02}"
        status = ("Afgerond", "Terugbellen")[number % 2]
        calls.append([key, moment, result, done, "lente", f"G-{number}", status])
        events.append([key, "13-06-2023", "donation", "", "25,00"])
    complaints.append(["K-1004", "31-03-2025", "telefoon"])
    return Export(calls=calls, events=events, complaints=complaints, dossier=_DOSSIER)


Place = Callable[[Export, Sequence[str]], None]


def _in_cells(table: str, column: str) -> Place:
    def plant(export: Export, forms: Sequence[str]) -> None:
        rows: Rows = getattr(export, table)
        at = rows[0].index(column)
        while len(rows) <= len(forms):
            rows.append(list(rows[1]))
        for row, form in zip(rows[1:], forms, strict=False):
            row[at] = form

    return plant


def _in_every_cell(table: str, column: str) -> Place:
    def plant(export: Export, forms: Sequence[str]) -> None:
        rows: Rows = getattr(export, table)
        at = rows[0].index(column)
        for number, row in enumerate(rows[1:]):
            row[at] = forms[number % len(forms)]

    return plant


def _in_headers(export: Export, forms: Sequence[str]) -> None:
    export.calls[0] = [*export.calls[0], *forms]
    export.calls[1:] = [[*row, *("x" for _ in forms)] for row in export.calls[1:]]


def _in_a_mapped_header(export: Export, forms: Sequence[str]) -> None:
    export.calls[0] = [forms[0] if name == "Actie" else name for name in export.calls[0]]
    export.dossier = export.dossier.replace('"Actie"', f'"{forms[0]}"')


def _in_a_missing_header(export: Export, forms: Sequence[str]) -> None:
    export.dossier = export.dossier.replace('"Actie"', f'"{forms[0]}"')


def _in_a_sheet(export: Export, forms: Sequence[str]) -> None:
    export.file, export.sheet = "calls.xlsx", _without(r"[\[\]:*?/\\']", forms[0])[:31]
    chosen = f'path = "calls.xlsx"\nsheet = "{export.sheet}"'
    export.dossier = export.dossier.replace("CALLS", chosen)


def _in_a_file_name(export: Export, forms: Sequence[str]) -> None:
    export.file = f"{_without('/', forms[0])}.csv"
    export.dossier = export.dossier.replace("CALLS", f'path = "{export.file}"')
    export.calls[3][1] = "onbekend"


def _without(signs: str, form: str) -> str:
    return re.sub(signs, "-", form)


PLACES: dict[str, Place] = {
    "campaign": _in_cells("calls", "Actie"),
    "every campaign": _in_every_cell("calls", "Actie"),
    "result code": _in_cells("calls", "Resultaat"),
    "every result code": _in_every_cell("calls", "Resultaat"),
    "flag": _in_cells("calls", "Gelukt"),
    "moment": _in_cells("calls", "Moment"),
    "call id": _in_cells("calls", "Gesprek"),
    "customer id": _in_cells("calls", "Klantnr"),
    "every customer id": _in_every_cell("calls", "Klantnr"),
    "ignored column": _in_cells("calls", "Status"),
    "every ignored column": _in_every_cell("calls", "Status"),
    "kind": _in_cells("events", "Soort"),
    "day": _in_cells("events", "Dag"),
    "end": _in_cells("events", "Einde"),
    "amount": _in_cells("events", "Bedrag"),
    "channel": _in_cells("complaints", "Kanaal"),
    "header": _in_headers,
    "mapped header": _in_a_mapped_header,
    "missing header": _in_a_missing_header,
    "sheet": _in_a_sheet,
    "file name": _in_a_file_name,
}


def write_planted(folder: Path, place: str, forms: Sequence[str]) -> Path:
    """Return the file of the calls, after writing it with what stands beside it."""
    export = plain_export()
    PLACES[place](export, forms)
    (folder / "balanstest.toml").write_text(export.dossier.replace("CALLS", _CALLS), "utf-8")
    calls = folder / export.file
    if export.sheet:
        write_workbook(calls, {export.sheet: export.calls, "Toelichting": [["niets"]]})
    else:
        _write_rows(calls, export.calls)
    _write_rows(folder / "giften.csv", export.events)
    _write_rows(folder / "klachten.csv", export.complaints)
    return calls


def _write_rows(path: Path, rows: Rows) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
