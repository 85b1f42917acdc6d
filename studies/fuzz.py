"""Fuzz of dossiers and exports: whatever comes in, no traceback, no defect and nobody's key out.

``python -m studies.fuzz`` runs ten minutes and writes `studies/fuzz.csv`; a slice runs with the
tests. The number of a case is its seed: ``python -m studies.fuzz --case 123`` repeats one.
"""

from __future__ import annotations

import argparse
import bz2
import csv
import gzip
import io
import lzma
import random
import signal
import sys
import tempfile
import time
import traceback
import warnings
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from types import FrameType

import pyarrow as pa
import pyarrow.parquet as pq

from balanstest_analysis.cli import commands as cli
from tests.workbook_formats import WRITERS

MINUTES = 10
SECONDS_OF_CASE = 60
SECONDS_OF_WAITING = 240
KEY = "Q7X"
ALLOWED_CODES = {0, 2, 3}
COMMANDS = ("check", "init", "check", "check", "analyse", "check", "init", "check")
TABLE = Path(__file__).with_name("fuzz.csv")

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
FORMS = ("csv",) * 6 + ("xlsx", "xlsx", *WRITERS, "gz", "bz2", "xz", "zip", "parquet", "hive")
PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gz": lambda content: gzip.compress(content, mtime=0),
    "bz2": bz2.compress,
    "xz": lzma.compress,
}
# What a dossier may state more, in place of a part of it.
STATED = (
    ('[data.events]\npath = "events.csv"', '[[data.events]]\npath = "events.csv"'),
    (
        "[data.objections]\n",
        '[[data.events]]\npath = "events.csv"\ndates = "day-first"\ndecimal = ","\n'
        'where = { kind = ["donation", "contract"] }\n[data.objections]\n',
    ),
    (
        "[data.objections]\n",
        '[data.objections]\nfrom_calls = { resultaat = ["Nee", "Bel-me-niet"] }\n',
    ),
    (
        '[data.objections]\npath = "objections.csv"',
        '[data.objections]\nfrom_calls = { actie = ["lente"] }',
    ),
    ("[data.calls]\n", '[data.calls]\nwhere = { actie = ["lente", "Één", ""] }\n'),
    ("[data.calls]\n", '[data.calls]\nwhere = { bestaatniet = ["x"] }\n'),
    ("[data.calls]\npath", "[[data.calls]]\npath"),
)
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
class Outcome:
    """What became of a case.

    Attributes:
        case: its number and seed.
        command: of `balanstest`.
        code: the exit code; -1 for a traceback.
        wrong: in which way it ended that is not allowed, or empty.
    """

    case: int
    command: str
    code: int
    wrong: str


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
    contents = {
        name: text.encode(rng.choice(("utf-8", "utf-8", "cp1252", "utf-16")))
        for name, text in FILES.items()
    }
    place = _place_calls(folder, rng.choice(FORMS), contents.pop("calls.csv"), rng)
    dossier = DOSSIER
    for old, new in rng.sample(STATED, rng.choice((0, 0, 1, 2))):
        dossier = dossier.replace(old, new, 1)
    contents["balanstest.toml"] = dossier.replace("calls.csv", place).encode()
    for name, content in contents.items():
        (folder / name).write_bytes(mutated(content, rng) if name in targets else content)
    if place != "calls.csv" or "calls.csv" in targets:
        _damage(folder, place, rng, always=place == "calls.csv")
    return folder / "balanstest.toml"


def _place_calls(folder: Path, form: str, content: bytes, rng: random.Random) -> str:
    """Return where the calls lie, as a path of the dossier, after writing them in a form."""
    rows = list(csv.reader(io.StringIO(CALLS), delimiter=";"))
    place = "calls" if form == "hive" else f"calls.{form}"
    if form == "xlsx" and rng.random() < 0.7:
        _write_workbook(folder / place, rng)
    elif form in WRITERS:
        WRITERS[form](folder / place, rows)
    elif form in PACKERS:
        (folder / place).write_bytes(PACKERS[form](content))
    elif form == "zip":
        with zipfile.ZipFile(folder / place, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(zipfile.ZipInfo("calls.csv"), content)
            archive.writestr(zipfile.ZipInfo("lees mij.md"), "tekst")
    elif form == "parquet":
        pq.write_table(_arrow(rows, rng), folder / place)
    elif form == "hive":
        for name, packer in (("jaar=2024", bytes), ("jaar=2025", PACKERS["gz"])):
            (folder / place / name).mkdir(parents=True)
            file = "calls.csv" if packer is bytes else "calls.csv.gz"
            (folder / place / name / file).write_bytes(packer(content))
    else:
        (folder / place).write_bytes(content)
    return place


def _arrow(rows: Sequence[Sequence[str]], rng: random.Random) -> pa.Table:
    """Return rows as Arrow, each column as text, a dictionary or bytes."""
    kinds = (pa.string(), pa.large_string(), pa.dictionary(pa.int8(), pa.string()), pa.binary())
    header, *others = rows
    columns = zip(*others, strict=True)
    return pa.table(
        {
            n: pa.array(cells).cast(rng.choice(kinds))
            for n, cells in zip(header, columns, strict=True)
        }
    )


def _damage(folder: Path, place: str, rng: random.Random, *, always: bool) -> None:
    """Damage the calls: changed, cut off, swapped with the events, or made very long."""
    target = folder / place
    files = [file for file in target.rglob("*.*") if file.is_file()] or [target]
    file = rng.choice(sorted(files))
    content, how = file.read_bytes(), rng.random()
    if how < 0.5 or always:
        file.write_bytes(mutated(content, rng))
    elif how < 0.6:
        file.write_bytes(content[: rng.randrange(len(content))])
    elif how < 0.7:
        file.write_bytes((folder / "events.csv").read_bytes())
        (folder / "events.csv").write_bytes(content)
    elif how < 0.75:
        file.write_bytes(content * 300)


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


@contextmanager
def within(seconds: int) -> Iterator[None]:
    """End what takes more time of the processor, or waits for something that never comes.

    Raises:
        TimeoutError: it did.
    """

    def end(number: int, frame: FrameType | None) -> None:
        raise TimeoutError(f"it took more than {seconds} seconds, or waited without end")

    timers = {signal.SIGPROF: signal.ITIMER_PROF, signal.SIGALRM: signal.ITIMER_REAL}
    limits = {signal.SIGPROF: seconds, signal.SIGALRM: SECONDS_OF_WAITING}
    before = {number: signal.signal(number, end) for number in timers}
    for number, timer in timers.items():
        signal.setitimer(timer, limits[number])
    try:
        yield
    finally:
        for number, timer in timers.items():
            signal.setitimer(timer, 0)
            signal.signal(number, before[number])


def run_case(case: int) -> Outcome:
    """Return what becomes of a case: its command, its exit code, and what is wrong with it."""
    command = COMMANDS[case % len(COMMANDS)]
    out, err = io.StringIO(), io.StringIO()
    with tempfile.TemporaryDirectory() as name, redirect_stdout(out), redirect_stderr(err):
        dossier = write_case(Path(name), case)
        try:
            with warnings.catch_warnings(), within(SECONDS_OF_CASE):
                warnings.simplefilter("error")
                arguments = _arguments(command, dossier)
                code = cli._run(lambda: cli.app(arguments, standalone_mode=False))
        except BaseException:  # noqa: BLE001 - whatever it is, it is what is looked for
            return Outcome(case, command, -1, traceback.format_exc())
        written = dossier.parent / "nieuw" / dossier.name
        shown = out.getvalue() + err.getvalue() + _text(written)
    return Outcome(case, command, code, _wrong(code, shown, err.getvalue()))


def _arguments(command: str, dossier: Path) -> list[str]:
    if command == "init":
        calls = [file for file in dossier.parent.iterdir() if file.stem == "calls"]
        exports = [*calls, dossier.with_name("events.csv")]
        return ["init", str(dossier.parent / "nieuw"), "--from", *map(str, exports)]
    return [command, str(dossier)]


def _text(path: Path) -> str:
    return path.read_text("utf-8") if path.exists() else ""


def _wrong(code: int, shown: str, err: str) -> str:
    if code not in ALLOWED_CODES:
        return f"exit code {code}: {err}"
    if f"{KEY}-00" in shown:
        return f"a key is shown: {shown}"
    return "" if code == 0 or err.strip() else "no message"


def fuzz(cases: Iterable[int], *, seconds: float = float("inf")) -> Iterator[Outcome]:
    """Yield what becomes of each case, until the time is over."""
    end = time.perf_counter() + seconds
    for case in cases:
        if time.perf_counter() > end:
            return
        yield run_case(case)


def write_table(path: Path, outcomes: Sequence[Outcome]) -> None:
    """Write how often each command ended with each exit code; every case is its own seed."""
    counts = Counter((outcome.command, outcome.code) for outcome in outcomes)
    failures = Counter(outcome.command for outcome in outcomes if outcome.wrong)
    first, last = outcomes[0].case, outcomes[-1].case
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["command", "first_case", "last_case", "accepted", "refused", "failures"])
        for command in dict.fromkeys(COMMANDS):
            refused = counts[command, 2] + counts[command, 3]
            row = [first, last, counts[command, 0], refused, failures[command]]
            table.writerow([command, *row])


def main() -> int:
    """Fuzz for the given time, or repeat one case; return 1 when something failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=MINUTES)
    parser.add_argument("--first", type=int, default=0, help="number of the first case")
    parser.add_argument("--case", type=int, help="run only this case")
    options = parser.parse_args()
    if options.case is not None:
        print(run_case(options.case))
        return 0
    outcomes = list(fuzz(count(options.first), seconds=options.minutes * 60))
    failures = [outcome for outcome in outcomes if outcome.wrong]
    for failure in failures:
        print(f"case {failure.case}, {failure.command}: {failure.wrong}")
    write_table(TABLE, outcomes)
    print(f"{len(outcomes)} cases, {len(failures)} failures; see {TABLE.name}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
