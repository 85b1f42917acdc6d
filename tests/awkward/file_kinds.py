"""Files that are another format than their name says."""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from tests.awkward.export import (
    PLAIN,
    Export,
    Write,
    raw,
    rows,
)
from tests.awkward.folders import zipped
from tests.workbook_formats import WRITERS

FILES = "kinds-of-file"

TABLE = rows()


def _sheet(write: Callable[..., None], name: str, table: Sequence[Any], **options: Any) -> Write:
    return lambda folder: write(folder / name, table, **options)


HTML = (
    "<html><body><table>"
    + "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in TABLE)
    + "</table></body></html>"
)

XML = (
    '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'
    "<Worksheet/></Workbook>"
)

LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)


def _feather(folder: Path) -> None:
    pd.DataFrame(TABLE[1:], columns=TABLE[0]).to_feather(folder / "calls.csv")


def _parquet_as_csv(folder: Path) -> None:
    pd.DataFrame(TABLE[1:], columns=TABLE[0]).to_parquet(folder / "calls.csv")


def _json_lines() -> str:
    file = io.StringIO()
    pd.DataFrame(TABLE[1:], columns=TABLE[0]).to_json(file, orient="records", lines=True)
    return file.getvalue()


UNREADABLE: dict[str, tuple[bytes | str, str]] = {
    "a web page": (HTML, "a web page"),
    "XML of Excel 2003": (XML, "XML"),
    "JSON": ('[{"customer_id": "001", "called_at": "2024-12-31"}]', "JSON"),
    "JSON, a row to a line": (_json_lines(), "JSON"),
    "a PDF document": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a PDF document"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(64), "calls"),
    "a RAR file": (b"Rar!\x1a\x07\x01\x00" + bytes(64), "calls"),
    "a 7-Zip file": (b"7z\xbc\xaf\x27\x1c" + bytes(64), "7-Zip"),
    "a workbook behind a password": (LOCKED + bytes(2048), "calls"),
    "a letter of Word": (zipped({"word/document.xml": "<a/>"}), "document"),
    "a database of Access": (b"\x00\x01\x00\x00Standard ACE DB\x00" + bytes(64), "calls"),
    "half of a zip file": (zipped({"calls.csv": PLAIN})[:60], "calls"),
    "half of a gzip file": (gzip.compress(PLAIN.encode())[:50], "calls"),
}

EXPORTS = (
    *(
        Export(
            name=f"{name} under the name of a {suffix}",
            kind=FILES,
            write=raw(content, f"calls.{suffix}"),
            suffix=suffix,
            refused=(f"`calls.{suffix}`", part),
        )
        for suffix, chosen in (("xls", list(UNREADABLE)[:4]), ("csv", list(UNREADABLE)[4:]))
        for name, (content, part) in UNREADABLE.items()
        if name in chosen
    ),
    *(
        Export(
            name=f"a workbook of .{kind} under the name of a .csv",
            kind=FILES,
            write=_sheet(write, "calls.csv", TABLE),
        )
        for kind, write in WRITERS.items()
    ),
    Export(name="Parquet under the name of a .csv", kind=FILES, write=_parquet_as_csv),
    Export(name="a table of Arrow", kind=FILES, write=_feather, refused=("`calls.csv`",)),
    Export(
        name="tabs in sixteen bits under the name of an .xls, as Excel's export does",
        kind=FILES,
        write=raw(PLAIN.replace(",", "\t").encode("utf-16"), "calls.xls"),
        suffix="xls",
    ),
    Export(
        name="CSV under the name of an .xlsx",
        kind=FILES,
        write=raw(PLAIN, "calls.xlsx"),
        suffix="xlsx",
    ),
    Export(
        name="a compressed file under the name of a .csv",
        kind=FILES,
        write=raw(gzip.compress(PLAIN.encode())),
    ),
    Export(
        name="a compressed file in a compressed file",
        kind=FILES,
        write=raw(gzip.compress(gzip.compress(PLAIN.encode())), "calls.gz"),
        suffix="gz",
        refused=("compressed file again",),
    ),
)
