"""Awkward exports, made by a script: for each the right numbers, or one message and exit code 3.

``python tests/awkward_exports.py FOLDER`` writes them all, to be looked at.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.awkward_workbooks import WORKBOOKS, write_workbook

HEADER = ("customer_id", "called_at", "net_contact", "converted")
CALLS = (
    ("001", "2024-12-31 14:05", "true", "false"),
    ("002", "2025-01-02 09:30", "true", "true"),
    ("003", "2025-02-03 23:30", "false", "false"),
    ("004", "2025-03-04 10:00", "true", "false"),
    ("001", "2025-04-05 11:15", "true", "false"),
)
EVENT_HEADER = ("customer_id", "occurred_on", "amount")
EVENTS = (
    ("001", "2023-12-31", "25.00"),
    ("002", "2024-06-13", "12.50"),
    ("003", "2024-02-01", "1234.50"),
    ("004", "2024-11-04", "0.00"),
)
RIGHT = {6: (1, 1), 12: (1, 0), 15: (1, 0)}  # month -> net contacts, conversions
MEGABYTES_10 = 10 * 1024 * 1024

Write = Callable[[Path], None]


@dataclass(frozen=True, kw_only=True)
class Export:
    """One export and what must become of it.

    Attributes:
        name: as a sentence about the export.
        write: writes the calls, and the events where they differ from the plain ones.
        calls: extra lines under ``[data.calls]``.
        events: extra lines under ``[data.events]``.
        suffix: of the calls.
        refused: parts of the message when it must be refused; empty for the right numbers.
        months: what comes out when it is read.
    """

    name: str
    write: Write
    calls: str = ""
    events: str = ""
    suffix: str = "csv"
    refused: tuple[str, ...] = ()
    months: dict[int, tuple[int, int]] | None = None


def rows(change: Callable[[tuple[str, ...]], Sequence[str]] = lambda row: row) -> list[list[str]]:
    """Return header and calls as text, every call changed."""
    return [list(HEADER), *(list(change(row)) for row in CALLS)]


def csv_text(table: Sequence[Sequence[str]], delimiter: str = ",", end: str = "\n") -> str:
    """Return a table as CSV."""
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter, lineterminator=end).writerows(table)
    return file.getvalue()


def raw(content: bytes, name: str = "calls.csv") -> Write:
    """Return what writes these bytes."""
    return lambda folder: (folder / name).write_bytes(content) and None


def text(content: str, encoding: str = "utf-8") -> Write:
    """Return what writes this text as the calls."""
    return raw(content.encode(encoding))


def both(*writes: Write) -> Write:
    """Return what does both."""

    def write(folder: Path) -> None:
        for one in writes:
            one(folder)

    return write


def dated(pattern: str) -> list[list[str]]:
    """Return the calls with moments written by a pattern of y, m, d, H and M."""

    def change(row: tuple[str, ...]) -> tuple[str, ...]:
        y, m, d, hour, minute = (
            row[1][a:b] for a, b in ((0, 4), (5, 7), (8, 10), (11, 13), (14, 16))
        )
        names = {"y": y, "m": m, "d": d, "H": hour, "M": minute, "j": str(int(d)), "n": str(int(m))}
        return (row[0], pattern.format(**names, h=int(hour), yy=y[2:]), *row[2:])

    return rows(change)


def flagged(true: str, false: str) -> list[list[str]]:
    """Return the calls with flags written otherwise."""
    words = {"true": true, "false": false}
    return rows(lambda row: (*row[:2], words[row[2]], words[row[3]]))


def amounts(*texts: str, delimiter: str = ";") -> Write:
    """Return what writes the plain calls, and events with these amounts."""
    table = [EVENT_HEADER, *((*row[:2], amount) for row, amount in zip(EVENTS, texts, strict=True))]
    events = csv_text(table, delimiter).encode()
    return both(text(csv_text(rows())), raw(events, "events.csv"))


def _with_campaign(campaign: str) -> list[list[str]]:
    return [[*row, "campaign" if row[0] == "customer_id" else campaign] for row in rows()]


def _codes(*codes: str) -> str:
    table = [["customer_id", "called_at", "resultaat"]]
    table += [[*row[:2], code] for row, code in zip(CALLS, codes, strict=True)]
    return csv_text(table, ";")


PLAIN = csv_text(rows())
ONLY_HEADER = csv_text(rows()[:1])
SEMICOLON = csv_text(rows(), ";")
DUTCH = csv_text(dated("{d}-{m}-{y} {H}:{M}"), ";")
AMBIGUOUS = (
    "customer_id;called_at;net_contact;converted\n001;01-02-2025;ja;nee\n002;03-02-2025;ja;nee\n"
)
DIALLER = """[data.calls.values]
resultaat = { converted = ["Donateur"], net_contact = ["Donateur", "Geen interesse"] }"""
RESULTS = ("Geen interesse", "Donateur", "Geen gehoor", "Geen interesse", "Geen interesse")

CSVS = (
    Export(name="plain", write=text(PLAIN)),
    Export(name="semicolons", write=text(SEMICOLON)),
    Export(name="tabs", write=text(csv_text(rows(), "\t"))),
    Export(name="pipes", write=text(csv_text(rows(), "|"))),
    Export(
        name="a separator that the dossier states", write=text(SEMICOLON), calls='delimiter = ";"'
    ),
    Export(
        name="another separator than the dossier states",
        write=text(SEMICOLON),
        calls='delimiter = ","',
        refused=("has no column `customer_id`",),
    ),
    Export(name="carriage returns and line feeds", write=text(csv_text(rows(), end="\r\n"))),
    Export(name="carriage returns only", write=text(csv_text(rows(), end="\r"))),
    Export(
        name="mixed line ends",
        write=text(csv_text(rows(), end="\r\n") + "001,2025-05-05 10:00,false,false\n"),
        refused=("line ends",),
    ),
    Export(name="a mark before the text", write=text(PLAIN, "utf-8-sig")),
    Export(name="sixteen bits", write=text(DUTCH, "utf-16")),
    Export(
        name="sixteen bits, cut off",
        write=raw(PLAIN.encode("utf-16") + b"\x00"),
        refused=("is not utf-16 text",),
    ),
    Export(
        name="sixteen bits without a mark",
        write=text(PLAIN, "utf-16-le"),
        refused=("NUL bytes",),
    ),
    Export(
        name="sixteen bits without a mark, stated",
        write=text(PLAIN, "utf-16-le"),
        calls='encoding = "utf-16"',
        months=RIGHT,
    ),
    Export(
        name="Windows-1252",
        write=text(csv_text(_with_campaign("Één é\x80"[:-1] + "€"), ";"), "cp1252"),
    ),
    Export(
        name="Windows-1252, stated",
        write=text(csv_text(_with_campaign("België")), "cp1252"),
        calls='encoding = "windows-1252"',
    ),
    Export(
        name="two encodings in one file",
        write=raw(csv_text(_with_campaign("é")).encode() + b"001,2025-05-05,0,0,\xe9\n"),
        refused=("neither UTF-8 nor Windows-1252",),
    ),
    Export(
        name="bytes that no text has",
        write=raw(PLAIN.encode() + b"001,2025-05-05\x81,0,0\n"),
        refused=("neither UTF-8 nor Windows-1252",),
    ),
    Export(
        name="NUL bytes",
        write=raw(PLAIN.replace("003", "00\x003").encode()),
        refused=("NUL bytes",),
    ),
    Export(name="moments in Dutch", write=text(DUTCH)),
    Export(name="moments with slashes", write=text(csv_text(dated("{d}/{m}/{y} {H}:{M}:00"), ";"))),
    Export(name="moments without zeros", write=text(csv_text(dated("{j}-{n}-{y} {h}:{M}"), ";"))),
    Export(name="moments with a T", write=text(csv_text(dated("{y}-{m}-{d}T{H}:{M}:00")))),
    Export(name="months first", write=text(csv_text(dated("{m}/{d}/{y} {H}:{M}")))),
    Export(
        name="days that can be months",
        write=text(AMBIGUOUS),
        refused=("`called_at` can be read with the day first and with the month first",),
    ),
    Export(
        name="days that can be months, stated day first",
        write=text(AMBIGUOUS),
        calls='dates = "day-first"',
        months={13: (1, 0), 7: (1, 0)},
    ),
    Export(
        name="days that can be months, stated month first",
        write=text(AMBIGUOUS),
        calls='dates = "month-first"',
        months={12: (1, 0), 8: (1, 0)},
    ),
    Export(
        name="years of two digits",
        write=text(csv_text(dated("{d}-{m}-{yy} {H}:{M}"), ";")),
        refused=("row 2: `called_at` is '31-12-24 14:05'",),
    ),
    Export(
        name="two ways to write a day in one column",
        write=text(DUTCH.replace("05-04-2025", "2025-04-05").replace("03-02-2025", "2025-02-03")),
    ),
    Export(
        name="two ways to write a day in one column, one of them not clear",
        write=text(
            DUTCH.replace("31-12-2024", "2024-12-31") + "001;01-02-2025 10:00;false;false\n"
        ),
        refused=("with the month first, in each of the 5 rows written so. State dates =",),
    ),
    Export(
        name="a stated way to write a day, and another in the file",
        write=text(DUTCH),
        calls='dates = "iso"',
        refused=("row 2: `called_at` is '31-12-2024 14:05'",),
    ),
    Export(
        name="the names of the columns in two rows",
        write=text(SEMICOLON.replace("net_contact;converted\n", ";\n;;net_contact;converted\n", 1)),
        refused=("has its column names in two rows, 1 and 2.",),
    ),
    Export(
        name="a day that does not exist",
        write=text(DUTCH.replace("03-02-2025", "30-02-2025")),
        refused=("row 4: `called_at` is '30-02-2025 23:30'",),
    ),
    Export(
        name="half past two, when the clock has no such hour",
        write=text(PLAIN.replace("2025-04-05 11:15", "2025-03-30 02:30")),
        months={6: (1, 1), 12: (1, 0), 14: (1, 0)},
    ),
    Export(
        name="moments with offsets across both changes of the clock",
        write=text(
            "customer_id,called_at,net_contact,converted\n"
            "001,2024-12-30T23:30:00Z,1,0\n"  # 31 December in Amsterdam: month 12
            "002,2025-07-12T22:30:00Z,1,1\n"  # 13 July in Amsterdam: month 13
            "003,2025-03-30T01:00:00+00:00,0,0\n"
            "004,2025-10-26T00:30:00Z,1,0\n"
            "001,2025-04-30 23:30-01:00,1,0\n"  # 1 May in Amsterdam: month 16
        ),
        months={12: (1, 0), 13: (1, 1), 16: (1, 0)},
    ),
    Export(
        name="moments of two zones and without one, on the nights the clock changes",
        write=text(
            "customer_id,called_at,net_contact,converted\n"
            "001,2025-03-30T01:59:59+01:00,1,0\n"
            "002,2025-03-30T03:00:00+02:00,1,1\n"
            "003,2025-10-26T02:30:00+02:00,0,0\n"
            "003,2025-10-26T02:30:00+01:00,1,0\n"
            "001,2025-10-25T22:30:00Z,1,0\n"  # 26 October in Amsterdam, summer time
            "002,2025-10-26 23:30,1,0\n"
        ),
        months={14: (1, 0), 9: (1, 1), 20: (1, 0), 21: (1, 0), 16: (1, 0)},
    ),
    Export(
        name="moments of another zone, stated",
        write=text(PLAIN.replace("2024-12-31 14:05", "2024-12-30 23:30")),
        calls='timezone = "UTC"',
    ),
    Export(
        name="a zone that does not exist",
        write=text(PLAIN),
        calls='timezone = "Amsterdam"',
        refused=("`timezone` is 'Amsterdam'",),
    ),
    Export(name="ja and nee", write=text(csv_text(flagged("ja", "nee")))),
    Export(name="J and N", write=text(csv_text(flagged("J", "N")))),
    Export(name="WAAR and ONWAAR", write=text(csv_text(flagged("WAAR", "ONWAAR")))),
    Export(name="yes and no", write=text(csv_text(flagged("Yes", "No")))),
    Export(name="ones and zeros", write=text(csv_text(flagged("1", "0")))),
    Export(
        name="a flag of another language",
        write=text(csv_text(flagged("oui", "non"))),
        refused=("row 2: `net_contact` is 'oui'",),
    ),
    Export(name="decimal commas", write=amounts("25,00", "12,50", "1.234,50", "0,00")),
    Export(name="thousands with a comma", write=amounts("25.00", "12.50", "1,234.50", "0.00")),
    Export(name="euro signs", write=amounts("€ 25,00", "€ 12,50", "€1.234,50", "€ 0")),
    Export(
        name="amounts that can be thousands",
        write=amounts("25", "12", "1.234", "0"),
        refused=("`amount` can be read with a decimal point and with a decimal comma",),
    ),
    Export(
        name="amounts that can be thousands, stated",
        write=amounts("25", "12", "1.234", "0"),
        events='decimal = ","',
    ),
    Export(
        name="both decimal marks",
        write=amounts("25,00", "12,50", "1234.50", "0,00"),
        refused=("row 4: `amount` is '1234.50'",),
    ),
    Export(
        name="a title, a blank line and a date above", write=text("Export van 1 mei\n\n" + DUTCH)
    ),
    Export(name="Excel's own line about the separator", write=text("sep=;\n" + SEMICOLON)),
    Export(name="rows to skip, stated", write=text("a\nb\n" + SEMICOLON), calls="skip_rows = 2"),
    Export(
        name="fewer rows to skip than there are",
        write=text("a\nb\n" + SEMICOLON),
        calls="skip_rows = 1",
        refused=("has no column",),
    ),
    Export(
        name="a title above a header that lacks a column",
        write=text("Titel\n" + SEMICOLON.replace("converted", "verkocht")),
        refused=("has no column `converted`; found are `customer_id`",),
    ),
    Export(
        name="a row too short",
        write=text(PLAIN + "001,2025-05-05,false\n"),
        refused=("line 7 has 3 cells; the header has 4",),
    ),
    Export(
        name="a row too long, under a title",
        write=text("Titel\n" + PLAIN + "001,2025-05-05,false,false,\n"),
        refused=("line 8 has 5 cells; the header has 4",),
    ),
    Export(
        name="a total below",
        write=text(SEMICOLON + "Totaal;;;\n"),
        refused=("row 7: `called_at` is empty",),
    ),
    Export(name="an empty column at the end", write=text(SEMICOLON.replace("\n", ";\n"))),
    Export(
        name="a needed column that is empty",
        write=text(csv_text(rows(lambda row: (*row[:3], "")))),
        refused=("row 2: `converted` is empty", "(And 4 more rows.)"),
    ),
    Export(
        name="the same column twice",
        write=text(csv_text([[*row, row[3]] for row in rows()])),
        refused=("more than one column `converted`",),
    ),
    Export(name="blank lines", write=text(PLAIN.replace("\n", "\n\n"))),
    Export(
        name="spaces around everything", write=text(csv_text(rows(lambda r: [f" {c} " for c in r])))
    ),
    Export(
        name="quotes around everything",
        write=text('"' + PLAIN.strip().replace(",", '","').replace("\n", '"\n"') + '"\n'),
    ),
    Export(
        name="a loose quote",
        write=text(PLAIN + '"001,2025-05-05,false,false\n'),
        refused=("loose quote",),
    ),
    Export(
        name="a line end within quotes",
        write=text(csv_text(_with_campaign("voor\njaar"))),
    ),
    Export(
        name="a cell of ten megabytes",
        write=text(PLAIN + f"001,{'9' * MEGABYTES_10},true,false\n"),
        refused=("`calls.csv`",),
    ),
    Export(
        name="a cell of ten megabytes in another encoding",
        write=text(PLAIN + f"001,{'é' * MEGABYTES_10},true,false\n", "cp1252"),
        refused=("longer than any field",),
    ),
    Export(name="nothing at all", write=text(""), refused=("row 1 is empty",)),
    Export(name="only a header", write=text(ONLY_HEADER), refused=("no rows below its header",)),
    Export(
        name="no header",
        write=text(PLAIN.split("\n", 1)[1]),
        refused=("does not look like column names",),
    ),
    Export(name="the codes of a dialler", write=text(_codes(*RESULTS)), calls=DIALLER),
    Export(
        name="a code of a dialler that never occurs",
        write=text(_codes(*["Geen gehoor"] * 5)),
        calls=DIALLER,
        refused=("never holds any of the codes 'Donateur'.", "'Donateur', 'Geen interesse'"),
    ),
    Export(
        name="telephone numbers as keys",
        write=text(PLAIN.replace("003", "06-12345678")),
        refused=("`customer_id` has 1 cell that looks like", "telephone number"),
    ),
    Export(
        name="e-mail addresses as keys",
        write=text(PLAIN.replace("003", "a.b@voorbeeld.nl")),
        refused=("`customer_id` has 1 cell that looks like", "telephone number"),
    ),
    Export(
        name="bank accounts as keys",
        write=text(PLAIN.replace("003", "NL91ABNA0417164300")),
        refused=("bank account",),
    ),
    Export(
        name="a column of names as the key",
        write=text(PLAIN.replace("customer_id", "Achternaam")),
        calls='columns = { customer_id = "Achternaam" }',
        refused=("maps `customer_id` to `Achternaam`",),
    ),
    Export(
        name="names and numbers that are not mapped",
        write=text(
            csv_text(
                [[*row, "naam" if row[0] == "customer_id" else "0612345678"] for row in rows()]
            )
        ),
    ),
)

EXPORTS: tuple[Export, ...] = CSVS + tuple(
    Export(name=name, suffix="xlsx", calls=calls, refused=refused, write=write)
    for name, calls, refused, write in (
        (book.name, book.calls, book.refused, _workbook)
        for book in WORKBOOKS
        for _workbook in [
            lambda folder, sheets=book.sheets: write_workbook(folder / "calls.xlsx", sheets)
        ]
    )
)

DOSSIER = """\
schema = 1
template = "opt-in"
organisation = {{ name = "Voorbeeld", sector = "charity", fictitious = true }}
scope = {{ category = "giften" }}
[[criteria]]
name = "horizon"
kind = "horizon"
months = 24
reason = "voorbeeld"
[data]
data_through = 2026-09-30
[data.events]
path = "events.csv"
{events}
[data.calls]
path = "calls.{suffix}"
{calls}
"""


def write_export(folder: Path, export: Export) -> Path:
    """Return the dossier of an export, after writing its files."""
    (folder / "events.csv").write_text(csv_text([EVENT_HEADER, *EVENTS]), "utf-8")
    export.write(folder)
    path = folder / "balanstest.toml"
    dossier = DOSSIER.format(events=export.events, calls=export.calls, suffix=export.suffix)
    path.write_text(dossier, "utf-8")
    return path


def main(target: str) -> None:
    """Write every export into a folder of its own."""
    for export in EXPORTS:
        folder = Path(target) / export.name.replace(" ", "-").replace("'", "")
        folder.mkdir(parents=True)
        write_export(folder, export)


if __name__ == "__main__":
    main(sys.argv[1])
