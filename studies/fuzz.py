"""Fuzz of dossiers and exports: whatever comes in, no traceback, no defect and nobody's key out.

``python -m studies.fuzz`` runs ten minutes and prints what it found; a slice runs with the tests.
Every case follows from its seed: ``python -m studies.fuzz --case 123`` repeats one.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import tempfile
import time
import traceback
import warnings
import zipfile
from collections import Counter
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from balanstest_analysis import cli

MINUTES = 10
KEY = "Q7X"
ALLOWED_CODES = {0, 2, 3}

DOSSIER = """\
schema = 1
template = "opt-in"
[organisation]
name = "Voorbeeld"
sector = "charity"
[scope]
category = "giften"
current_term_months = 36
[data]
data_through = 2026-09-30
[data.calls]
path = "calls.csv"
columns = { customer_id = "relatie", called_at = "beldatum", campaign = "actie" }
[data.calls.values]
resultaat = { converted = ["Donateur"], net_contact = ["Donateur", "Nee"] }
[data.events]
path = "events.csv"
dates = "day-first"
decimal = ","
[data.objections]
path = "objections.csv"
[settings]
resamples = 200
[[criteria]]
name = "horizon"
kind = "horizon"
months = 24
reason = "voorbeeld"
[[criteria]]
name = "baat"
kind = "minimum_rate"
outcome = "conversion"
threshold = 0.03
reason = "kosten"
[answers]
"1a" = \"\"\"tekst\"\"\"
"""
CALLS = f"""\
relatie;beldatum;resultaat;actie;basis
{KEY}-001;31-12-2024 14:05;Donateur;"lente; vroeg";relation
{KEY}-002;02-01-2025 09:30;Nee;;
{KEY}-003;03-02-2025 23:30;Geen gehoor;Één;callback
{KEY}-001;05-04-2025 11:15:30;Nee;lente;consent
"""
EVENTS = f"""\
customer_id;occurred_on;kind;ends_on;amount
{KEY}-001;31-12-2023;donation;30-06-2024;25,00
{KEY}-002;13-06-2024;purchase;;1.234,50
{KEY}-003;01-02-2024;contract;;0
"""
OBJECTIONS = f"customer_id,objected_on\n{KEY}-002,2025-01-09T10:00:00+01:00\n"
FILES = {
    "balanstest.toml": DOSSIER,
    "calls.csv": CALLS,
    "events.csv": EVENTS,
    "objections.csv": OBJECTIONS,
}
TOKENS = (
    b"\x00", b'"', b'""', b";", b",", b"\t", b"|", b"\r", b"\n", b"\r\n", b"\xe9", b"\xc3\xa9",
    b"\xef\xbb\xbf", b"\xff\xfe", b"'", b"\\", b"=", b"[", b"]", b"{", b"}", b"#", b"-", b"0", b"",
    b"31-02-2025", b"2024-02-30", b"9999-12-31", b"0001-01-01", b"294247-01-10", b"infinity",
    b"NaN", b"1e999", b"-0", b"99999999999999999999", b"1.234", b"12,5", b"true", b"nee",
    b"2025-03-30 02:30", b"2025-10-26T02:30:00+02:00", b"24:00", b"\xe2\x80\x8b", b"\xc2\xa0",
    b"..", b"*", b"calls.csv", b"events.xlsx", b"nan", b"null", b"\xf0\x9f\x98\x80",
    b"[data.counts]\npath = 'calls.csv'\n", b"timezone = 'UTC'\n", b"encoding = 'utf-16'\n",
    b"skip_rows = 1\n", b"sheet = 'x'\n", b"delimiter = ','\n", b"dates = 'iso'\n",
)  # fmt: skip


@dataclass(frozen=True)
class Failure:
    """A case that ended in a way that is not allowed."""

    case: int
    what: str


def mutated(content: bytes, rng: random.Random) -> bytes:
    """Return the content with a few random changes."""
    for _ in range(rng.choice((1, 1, 1, 2, 5))):
        at, length = rng.randrange(len(content) + 1), rng.choice((0, 1, 2, 5, 30))
        change = rng.randrange(6)
        if change == 0:
            content = content[:at] + rng.choice(TOKENS) + content[at:]
        elif change == 1:
            content = content[:at] + rng.choice(TOKENS) + content[at + length :]
        elif change == 2:
            content = content[:at] + content[at + length :]
        elif change == 3:
            content = content[:at] + bytes([rng.randrange(256)]) + content[at + 1 :]
        elif change == 4:
            content = _with_lines_changed(content, rng)
        else:
            content = content[:at] if rng.random() < 0.3 else content + content[at:]
    return content


def _with_lines_changed(content: bytes, rng: random.Random) -> bytes:
    lines = content.splitlines(keepends=True)
    if lines:
        one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
        lines[one], lines[other] = lines[other], lines[one]
        if rng.random() < 0.5:
            del lines[one]
    return b"".join(lines)


def write_case(folder: Path, case: int) -> Path:
    """Return the dossier of a case, after writing its files."""
    rng = random.Random(case)
    targets = rng.sample(sorted(FILES), rng.choice((1, 1, 1, 2)))
    workbook = rng.random() < 0.15
    for name, text in FILES.items():
        content = text.encode(rng.choice(("utf-8", "utf-8", "cp1252", "utf-16")))
        if name == "balanstest.toml":
            content = text.replace("calls.csv", "calls.xlsx" if workbook else "calls.csv").encode()
        (folder / name).write_bytes(mutated(content, rng) if name in targets else content)
    if workbook:
        _write_workbook(folder / "calls.xlsx", rng)
    return folder / "balanstest.toml"


def _write_workbook(path: Path, rng: random.Random) -> None:
    """Write a small workbook by hand, so that its insides can be damaged."""
    rows = "".join(
        f'<row r="{number}">'
        + "".join(f'<c t="inlineStr"><is><t>{_xml(cell)}</t></is></c>' for cell in line.split(";"))
        + "</row>"
        for number, line in enumerate(CALLS.replace("; vroeg", "").splitlines(), start=1)
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    members = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package'
        '.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        '<sheet name="Blad1" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="rId1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData>'
        "</worksheet>",
    }
    damaged = rng.choice(("", *members))
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in members.items():
            content = mutated(text.encode(), rng) if name == damaged else text.encode()
            archive.writestr(zipfile.ZipInfo(name), content)
    if rng.random() < 0.3:
        path.write_bytes(mutated(path.read_bytes(), rng))


def _xml(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def run_case(case: int) -> tuple[int, str]:
    """Return the exit code of `balanstest check` on a case, and what is wrong with it."""
    out, err = io.StringIO(), io.StringIO()
    with tempfile.TemporaryDirectory() as name, redirect_stdout(out), redirect_stderr(err):
        dossier = write_case(Path(name), case)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                arguments = ["check", str(dossier)]
                code = cli._run(lambda: cli.app(arguments, standalone_mode=False))
        except BaseException:  # noqa: BLE001 - whatever it is, it is what is looked for
            return -1, traceback.format_exc()
    shown = out.getvalue() + err.getvalue()
    if code not in ALLOWED_CODES:
        return code, f"exit code {code}: {err.getvalue()}"
    if f"{KEY}-00" in shown:
        return code, f"a key is shown: {shown}"
    return code, "" if code == 0 or err.getvalue().strip() else "no message"


def fuzz(seconds: float, *, first: int = 0) -> tuple[Counter[int], list[Failure]]:
    """Return how often each exit code came, and the cases that failed.

    Args:
        seconds: how long to go on.
        first: number of the first case.
    """
    codes: Counter[int] = Counter()
    failures: list[Failure] = []
    case, end = first, time.perf_counter() + seconds
    while time.perf_counter() < end:
        code, wrong = run_case(case)
        codes[code] += 1
        if wrong:
            failures.append(Failure(case, wrong))
        case += 1
    return codes, failures


def main() -> int:
    """Fuzz for the given time, or repeat one case; return 1 when something failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=MINUTES)
    parser.add_argument("--first", type=int, default=0, help="number of the first case")
    parser.add_argument("--case", type=int, help="run only this case")
    options = parser.parse_args()
    if options.case is not None:
        print(*run_case(options.case), sep="\n")
        return 0
    codes, failures = fuzz(options.minutes * 60, first=options.first)
    for failure in failures:
        print(f"case {failure.case}: {failure.what}")
    print(f"{sum(codes.values())} cases, {len(failures)} failures, exit codes {dict(codes)}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
