"""What a fuzz feeds the commands: a dossier and exports in every form, and damage to them."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import lzma
import random
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from tests.workbook_formats import WRITERS

KEY = "Q7X"

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
