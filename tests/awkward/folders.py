"""Folders, patterns and compressed files: all of it is read, or named."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zipfile
from pathlib import Path

import pandas as pd

from tests.awkward.export import (
    CALLS,
    EVENTS,
    FIRST,
    HEADER,
    OF_FIRST,
    PLAIN,
    SECOND,
    Export,
    Write,
    all_of,
    raw,
    rows,
)
from tests.awkward.plain_count import called, count_months, given
from tests.workbook_formats import write_ods, write_xls, write_xlsb

FOLDER, LOCKS = "folder-skips-files", "lock-files"
HALF = raw(FIRST, "calls/2024.csv")
OF_SECOND = count_months(called(*CALLS[2:]), given(*EVENTS))


def zipped(members: dict[str, str | bytes]) -> bytes:
    """Return a zip file."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, member in members.items():
            archive.writestr(name, member)
    return content.getvalue()


def _in_folder(name: str, content: bytes | str, **others: object) -> Export:
    write = all_of(HALF, raw(content, f"calls/{name}"))
    told = {"kind": FOLDER, "path": "calls", **others}
    return Export(name=f"half of the calls in {name}", write=write, **told)  # type: ignore[arg-type]


def _sheet(name: str, writer: object) -> Write:
    def write(folder: Path) -> None:
        (folder / "calls").mkdir(exist_ok=True)
        writer(folder / "calls" / name, [list(HEADER), *rows()[3:]])  # type: ignore[operator]

    return all_of(HALF, write)


def _parquet(folder: Path) -> None:
    (folder / "calls").mkdir()
    for name, part in {"a": rows()[1:3], "B": rows()[3:]}.items():
        pd.DataFrame(part, columns=list(HEADER)).to_parquet(
            folder / "calls" / f"{name}.{'PARQUET' if name == 'B' else 'parquet'}"
        )


def _hive(folder: Path) -> None:
    for number, row in enumerate(CALLS):
        place = folder / "calls" / f"jaar={row[1][:4]}" / f"maand={row[1][5:7]}"
        place.mkdir(parents=True, exist_ok=True)
        table = pd.DataFrame([row], columns=list(HEADER))
        table.to_csv(place / f"deel-{number}.csv.gz", index=False)


REVERSED = "converted,net_contact,called_at,customer_id\n" + "".join(
    ",".join(reversed(row)) + "\n" for row in CALLS[2:]
)

EXPORTS = (
    _in_folder("2025.csv.GZ", gzip.compress(SECOND.encode())),
    _in_folder("2025.csv.bz2", bz2.compress(SECOND.encode())),
    _in_folder("2025.csv.xz", lzma.compress(SECOND.encode())),
    _in_folder("2025.zip", zipped({"2025.csv": SECOND})),
    _in_folder("2025.TXT", SECOND.replace(",", "\t")),
    _in_folder("2025.Tsv", SECOND.replace(",", "\t")),
    _in_folder("2025 (2).CSV", SECOND.replace(",", ";")),
    _in_folder("2025.csv", SECOND.encode("utf-16")),
    _in_folder("jaar 2025.csv", REVERSED),
    _in_folder("2025.csv.bak", SECOND, months=OF_FIRST, findings=("files_not_read",)),
    _in_folder("oud/2025.csv", SECOND, months=OF_FIRST, findings=("files_not_read",)),
    _in_folder("2025.csv.7z", b"7z\xbc\xaf\x27\x1c", months=OF_FIRST, findings=("files_not_read",)),
    _in_folder("2025.CSV.old", SECOND, months=OF_FIRST, findings=("files_not_read",)),
    _in_folder("2025", SECOND, months=OF_FIRST, findings=("files_not_read",)),
    _in_folder("kopie.csv", FIRST, months=OF_FIRST, findings=("same_file_twice",)),
    _in_folder("leeg.csv", "", refused=("leeg.csv",)),
    _in_folder("anders.csv", "a,b\n1,2\n", refused=("anders.csv", "customer_id")),
    Export(
        name="half of the calls in an old workbook",
        kind=FOLDER,
        write=_sheet("2025.XLS", write_xls),
        path="calls",
    ),
    Export(
        name="half of the calls in a binary workbook",
        kind=FOLDER,
        write=_sheet("2025.xlsb", write_xlsb),
        path="calls",
    ),
    Export(
        name="half of the calls in an OpenDocument workbook, and a pattern of all",
        kind=FOLDER,
        write=_sheet("2025.ods", write_ods),
        path="calls/*",
    ),
    Export(
        name="a pattern that takes half of the files",
        kind=FOLDER,
        write=all_of(HALF, raw(SECOND, "calls/2025.txt")),
        path="calls/*.csv",
        months=OF_FIRST,
        findings=("files_not_read",),
    ),
    Export(
        name="a pattern of one year, and a compressed file of the other",
        kind=FOLDER,
        write=all_of(
            raw(SECOND, "calls/2025.csv"), raw(gzip.compress(FIRST.encode()), "calls/2024.csv.gz")
        ),
        path="calls/2025*",
        months=OF_SECOND,
        findings=("files_not_read",),
    ),
    Export(name="Parquet in small letters and capitals", kind=FOLDER, write=_parquet, path="calls"),
    Export(name="compressed files in folders of a month", kind=FOLDER, write=_hive, path="calls"),
    Export(
        name="a zip file of two halves",
        kind=FOLDER,
        write=raw(zipped({"d/2024.csv": FIRST, "d/2025.csv": SECOND}), "calls.zip"),
        path="calls.zip",
    ),
    Export(
        name="a zip file with a note beside the table",
        kind=FOLDER,
        write=raw(zipped({"calls.csv": PLAIN, "leesmij.pdf": b"%PDF-1.4"}), "calls.zip"),
        path="calls.zip",
        findings=("files_not_read",),
    ),
    Export(
        name="a table as text and as a workbook",
        kind=FOLDER,
        write=all_of(raw(PLAIN, "calls/bel.csv"), raw(PLAIN, "calls/bel.xlsx")),
        path="calls",
        refused=("same table in two forms",),
    ),
    Export(
        name="a folder with nothing in it but folders",
        kind=FOLDER,
        write=raw(PLAIN, "calls/2025/01/calls.csv"),
        path="calls",
        refused=("is 'calls', where there is no", "01/calls.csv"),
    ),
    Export(
        name="a pattern that nothing has",
        kind=FOLDER,
        write=raw(PLAIN),
        path="bel*.csv",
        refused=("bel*.csv",),
    ),
    *(
        Export(
            name=f"{name} beside the calls",
            kind=LOCKS,
            write=all_of(raw(PLAIN, "calls/bel.csv"), raw(b"\x05anna\0\0", f"calls/{name}")),
            path="calls",
        )
        for name in ("~$bel.xlsx", "._bel.csv", ".~lock.bel.ods#", "Thumbs.db", "bel.csv.crc")
    ),
    Export(
        name="lock files in a zip file of macOS",
        kind=LOCKS,
        write=raw(
            zipped({"bel.csv": PLAIN, "__MACOSX/._bel.csv": b"\0\5\x16\7", ".DS_Store": b"\0"}),
            "calls.zip",
        ),
        path="calls.zip",
    ),
    Export(
        name="a download that was not finished beside the calls",
        kind=LOCKS,
        write=all_of(raw(PLAIN, "calls/bel.csv"), raw(FIRST, "calls/bel (1).csv.crdownload")),
        path="calls",
        findings=("files_not_read",),
    ),
)
