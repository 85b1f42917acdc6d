"""Planted persons: whatever text of an export holds one, nothing that comes out does.

``python -m studies.planted_persons`` plants every form of `tests/planted_persons.py` in every place
where a text of the data can stand, and writes `planted_persons.csv`; a slice runs with the tests.
Looked at are what the commands print, log and write, the overview of a quarter, the reports, what
is left in the folder for temporary files, and the arguments of every process that was started.
"""

from __future__ import annotations

import contextlib
import csv
import os
import re
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import psutil

from tests.awkward_workbooks import write_workbook
from tests.command_line import run_command
from tests.counted_dossier import COUNTED
from tests.leaks import Traces, bare, files_in, found_in
from tests.planted_persons import NAMES, PERSONS

TABLE = Path(__file__).parent / "planted_persons.csv"
TOGETHER = 10
_CUSTOMERS = 60
_SHORTEST_TRACE = 7
_SHORTEST_NAME = 6
_NO_NAMES = {"terugbellen", "mevrouw", "familie", "nazorg", "beller", "visser", "bakker"}
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


@dataclass(frozen=True, kw_only=True)
class Planted:
    """What came of some forms in one place.

    Attributes:
        place: where they stood.
        forms: how many.
        check: exit code of `check`.
        init: exit code of `init --from`.
        traces: how many were found again.
    """

    place: str
    forms: int
    check: int
    init: int
    traces: int


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


def traces_of(forms: Sequence[str]) -> Traces:
    """Return what may be found nowhere of some forms: each as a whole, and names by their parts."""
    whole = {bare(form) for form in forms}
    words = {bare(word) for form in forms if form in NAMES for word in re.findall(r"[^\W_]+", form)}
    named = {word for word in words if len(word) >= _SHORTEST_NAME} - _NO_NAMES
    return Traces(words=tuple({form for form in whole if len(form) >= _SHORTEST_TRACE} | named))


def run_case(place: str, forms: Sequence[str]) -> tuple[Planted, list[str]]:
    """Return what came of forms in a place, and where one was found again."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("in", "out", "tmp"):
            (folder / part).mkdir()
        calls = _written(folder / "in", place, forms)
        dossier = folder / "in" / "balanstest.toml"
        runs = [
            run_command(*words, cwd=folder, TMPDIR=str(folder / "tmp"))
            for words in (
                ("check", dossier),
                ("init", folder / "new", "--from", calls),
            )
        ]
        printed = {run.args[0]: f"{run.stdout}\n{run.stderr}".encode() for run in runs}
        found = found_in(
            {**printed, **files_in(folder / "out"), **files_in(folder / "tmp")}, traces_of(forms)
        )
    codes = [run.returncode for run in runs]
    planted = Planted(
        place=place,
        forms=len(forms),
        check=codes[0],
        init=codes[1],
        traces=len(found),
    )
    return planted, found


def _written(folder: Path, place: str, forms: Sequence[str]) -> Path:
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


# ---------------------------------------------------------------- a quarter of reports

# What turns a text round, or hides in it.
MARKS = "\u202a\u202e\u2066\u2067\u2069\u200e\u200f\u061c\u200b\u2060\ufeff"
CAMPAIGNS = (
    "Kerstactie",
    f"Voorjaar{MARKS} 2024",
    "Lijst dhr Ali",
    "Wubbo van der Zanden",
    "BSN 123.456.782",
    "Actie 06.12.34.56.78",
    "Zebrapad 3",
    "geb. 12-03-1961",
)


@dataclass(frozen=True, kw_only=True)
class Quarter:
    """What a quarter gave: a report with planted campaigns, and one whose data are refused.

    Attributes:
        code: exit code.
        files: everything that was printed, logged, written, left behind or given to a process.
    """

    code: int
    files: dict[str, bytes]


def run_quarter(folder: Path) -> Quarter:
    """Return what a quarter gave that met persons in every text of its data."""
    for name, campaigns in {"een": CAMPAIGNS, "twee": ("lente", "0612345678")}.items():
        write_counted(folder / "in" / name, campaigns, category=name)
    (folder / "tmp").mkdir()
    (folder / "out").mkdir()
    command = [sys.executable, "-m", "balanstest_analysis", "quarterly", str(folder / "in")]
    options = ["--output", str(folder / "out"), "--log", str(folder / "out" / "log.jsonl")]
    environment = {**os.environ, "TMPDIR": str(folder / "tmp")}
    process = subprocess.Popen(
        [*command, *options, "--jobs", "1"],
        env=environment,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    arguments: set[str] = set()
    watcher = threading.Thread(target=_watch, args=(process, arguments))
    watcher.start()
    out, err = process.communicate()
    watcher.join()
    printed = {"stdout": out, "stderr": err, "processes": "\n".join(arguments).encode()}
    left = {f"tmp/{name}": content for name, content in files_in(folder / "tmp").items()}
    return Quarter(code=process.returncode, files={**printed, **left, **files_in(folder / "out")})


def write_counted(folder: Path, campaigns: Sequence[str], *, category: str) -> None:
    """Write a dossier with counts of some campaigns."""
    folder.mkdir(parents=True)
    rows = [
        ["months_since_purchase", "contacts", "conversions", "objections", "complaints", "campaign"]
    ]
    for campaign in campaigns:
        rows += [
            [str(m), "900", str(round(180 * 0.95**m)), str(36 + m), "12", campaign]
            for m in range(8)
        ]
    with (folder / "counts.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    named = {"Giften": category, "Voorbeeldfonds": f"Voorbeeldfonds{MARKS}"}
    dossier = COUNTED.replace('"Voorbeeld."', f'"Voor{MARKS}beeld."')
    for old, new in named.items():
        dossier = dossier.replace(f'"{old}"', f'"{new}"')
    (folder / "balanstest.toml").write_text(dossier, "utf-8")


def _watch(process: subprocess.Popen[bytes], arguments: set[str]) -> None:
    while process.poll() is None:
        try:
            for child in psutil.Process(process.pid).children(recursive=True):
                arguments.update(child.cmdline())
        except psutil.Error:
            continue
        threading.Event().wait(0.05)


def cases() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield every place with every form."""
    alone = {"mapped header", "missing header", "sheet", "file name"}
    for place in PLACES:
        size = 1 if place in alone else TOGETHER
        yield from ((place, PERSONS[at : at + size]) for at in range(0, len(PERSONS), size))


def main() -> None:
    """Run every case, and write the table as far as it is known."""
    with ProcessPoolExecutor(os.cpu_count()) as pool, _table() as write:
        for planted, found in pool.map(run_case, *zip(*cases(), strict=True)):
            write(planted)
            for trace in found:
                print(f"{planted.place}: {trace}")
        write(_of_a_quarter())


def _of_a_quarter() -> Planted:
    with tempfile.TemporaryDirectory() as name:
        quarter = run_quarter(Path(name))
    traces = found_in(quarter.files, traces_of((*CAMPAIGNS[2:], "0612345678")))
    print(*traces, sep="\n")
    forms = len(CAMPAIGNS) - 1
    return Planted(place="a quarter", forms=forms, check=0, init=quarter.code, traces=len(traces))


@contextlib.contextmanager
def _table() -> Iterator[Callable[[Planted], None]]:
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        names = [field.name for field in fields(Planted)]
        writer = csv.DictWriter(file, names, lineterminator="\n")
        writer.writeheader()

        def write(planted: Planted) -> None:
            writer.writerow(asdict(planted))
            file.flush()

        yield write


if __name__ == "__main__":
    main()
