"""Inputs made to make a reader hang, fill the memory or end in a traceback."""

from __future__ import annotations

import gzip
import os
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from tests.workbook_formats import write_ods, write_xls, write_xlsx

HEADER = "customer_id,called_at,net_contact,converted"
CALLS = f"{HEADER}\n001,2024-12-31 14:05,true,false\n002,2025-01-02 09:30,true,true\n"
ROWS = [line.split(",") for line in CALLS.splitlines()]
EVENTS = "customer_id,occurred_on\n001,2023-12-31\n002,2024-06-13\n"
DOSSIER = """\
schema = 1
template = "opt-in"
organisation = { name = "Voorbeeld", sector = "charity", fictitious = true }
scope = { category = "giften" }
criteria = [{ name = "horizon", kind = "horizon", months = 24, reason = "voorbeeld" }]
[data]
data_through = 2026-09-30
events = { path = "events.csv" }
[data.calls]
path = "calls.csv"
"""
Write = Callable[[Path], None]


@dataclass(frozen=True, kw_only=True)
class Hostile:
    """An input that should end in a sentence, or be read.

    Attributes:
        name: in words.
        write: writes it over the files of a small history.
        command: of `balanstest`; ``"init"`` takes the calls.
        dossier: another dossier than the one in the folder.
        read: whether it is read after all.
    """

    name: str
    write: Write
    command: str = "check"
    dossier: str = ""
    read: bool = False


def write_hostile(folder: Path, hostile: Hostile) -> list[str]:
    """Return the arguments of the command, after writing the files."""
    (folder / "calls.csv").write_text(CALLS, "utf-8")
    (folder / "events.csv").write_text(EVENTS, "utf-8")
    (folder / "balanstest.toml").write_text(DOSSIER, "utf-8")
    hostile.write(folder)
    if hostile.command == "init":
        calls = folder / "calls.csv"
        return ["init", str(folder / "nieuw"), "--from", str(calls), str(folder / "events.csv")]
    return [hostile.command, hostile.dossier or str(folder / "balanstest.toml")]


def _linked(target: str) -> Write:
    def write(folder: Path) -> None:
        (folder / "calls.csv").unlink()
        (folder / "calls.csv").symlink_to(target)

    return write


def _pipe(name: str) -> Write:
    def write(folder: Path) -> None:
        (folder / name).unlink()
        os.mkfifo(folder / name)

    return write


def _pipe_in_a_folder(folder: Path) -> None:
    (folder / "calls.csv").unlink()
    (folder / "calls.csv").mkdir()
    (folder / "calls.csv" / "calls.csv").write_text(CALLS, "utf-8")
    os.mkfifo(folder / "calls.csv" / "meer.csv")


def _folder_in_itself(folder: Path) -> None:
    (folder / "calls.csv").unlink()
    (folder / "calls.csv").mkdir()
    (folder / "calls.csv" / "calls.csv").write_text(CALLS, "utf-8")
    (folder / "calls.csv" / "deel=1").symlink_to(folder / "calls.csv")


def _links_to_themselves(folder: Path) -> None:
    (folder / "calls.csv").unlink()
    (folder / "calls.csv").mkdir()
    (folder / "calls.csv" / "calls.csv").write_text(CALLS, "utf-8")
    for name in ("lus", "lus.csv.bak"):
        (folder / "calls.csv" / name).symlink_to(folder / "calls.csv" / name)


def _text(content: str, name: str = "calls.csv") -> Write:
    return lambda folder: (folder / name).write_text(content, "utf-8") and None


def _bytes(content: bytes) -> Write:
    return lambda folder: (folder / "calls.csv").write_bytes(content) and None


def _dossier(lines: str) -> Write:
    return _text(DOSSIER + lines, "balanstest.toml")


def _path(path: str) -> Write:
    return _text(DOSSIER.replace("calls.csv", path), "balanstest.toml")


def _columns(number: int) -> Write:
    names = ",".join(f"k{n}" for n in range(number))
    cells = ",".join(["x"] * number)
    header, *rows = CALLS.splitlines()
    return _text("\n".join([f"{header},{names}", *(f"{row},{cells}" for row in rows)]) + "\n")


def _parquet_columns(number: int) -> Write:
    def write(folder: Path) -> None:
        (folder / "calls.csv").unlink()
        names = [*HEADER.split(","), *(f"k{n}" for n in range(number))]
        schema = pa.schema([(name, pa.string()) for name in names])
        pq.write_table(schema.empty_table(), folder / "calls.csv")

    return write


def _gzip(size: int) -> Write:
    return _bytes(gzip.compress(CALLS.encode() + b"0" * size, 9))


def _members(*members: tuple[str, bytes]) -> Write:
    def write(folder: Path) -> None:
        with zipfile.ZipFile(folder / "calls.csv", "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in members:
                archive.writestr(name, content)

    return write


def _changed(path: Path, member: str, old: str, new: str) -> None:
    """Change the text of a member of a zip file."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert old in parts[member]
    parts[member] = parts[member].replace(old, new, 1)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def _far_cell(folder: Path) -> None:
    """Write a workbook with a cell in its very last corner."""
    write_xlsx(folder / "calls.csv", ROWS)
    cell = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    _changed(folder / "calls.csv", "xl/worksheets/sheet1.xml", "</sheetData>", cell)


def _longer_than_it_says(folder: Path) -> None:
    """Write a workbook with a part that states its first bytes, and unpacks to far more."""
    write_xlsx(folder / "calls.csv", ROWS)
    part = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(folder / "calls.csv") as archive:
        stated = archive.read(part)
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = stated + b" " * 150_000_000
    with zipfile.ZipFile(folder / "calls.csv", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    told = struct.pack("<I", zlib.crc32(parts[part])), struct.pack("<I", len(parts[part]))
    lies = struct.pack("<I", zlib.crc32(stated)), struct.pack("<I", len(stated))
    packed = (folder / "calls.csv").read_bytes()
    for true, false in zip(told, lies, strict=True):
        assert packed.count(true) == 2  # before the part, and in the list of parts
        packed = packed.replace(true, false)
    (folder / "calls.csv").write_bytes(packed)


def _telling_entity(part: str) -> Write:
    """Write a workbook that asks its reader to show a file that lies beside it."""

    def write(folder: Path) -> None:
        (folder / "geheim.txt").write_text("GEHEIM", "utf-8")
        write_xlsx(folder / "calls.csv", ROWS)
        asked = f'<!DOCTYPE a [<!ENTITY a SYSTEM "{(folder / "geheim.txt").as_uri()}">]>'
        root = "<worksheet" if "sheet" in part else "<workbook"
        _changed(folder / "calls.csv", part, root, asked + root)
        if "sheet" in part:
            _changed(folder / "calls.csv", part, "<t>customer_id</t>", "<t>&a;</t>")

    return write


def _laughs(start: str) -> str:
    names = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    return f'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY l0 "ha">{names}]><{start}'


def _laughing_xlsx(folder: Path) -> None:
    write_xlsx(folder / "calls.csv", ROWS)
    sheet = "xl/worksheets/sheet1.xml"
    start = '<?xml version="1.0" encoding="UTF-8"?><'
    _changed(folder / "calls.csv", sheet, start, _laughs(""))
    _changed(folder / "calls.csv", sheet, "<t>001</t>", "<t>&l11;</t>")


def _laughing_ods(folder: Path) -> None:
    write_ods(folder / "calls.csv", ROWS)
    _changed(folder / "calls.csv", "content.xml", "<", _laughs(""))
    _changed(folder / "calls.csv", "content.xml", "<text:p>001<", "<text:p>&l11;<")


def _repeated_ods(what: str) -> Write:
    def write(folder: Path) -> None:
        write_ods(folder / "calls.csv", ROWS)
        old, new = {
            "rows": (
                "<table:table-row>",
                '<table:table-row table:number-rows-repeated="2147483647">',
            ),
            "cells": (
                "<table:table-cell office:",
                '<table:table-cell table:number-columns-repeated="2147483647" office:',
            ),
        }[what]
        _changed(folder / "calls.csv", "content.xml", old, new)

    return write


def _round_xls(folder: Path) -> None:
    """Write an old workbook of which the sectors go round in a circle."""
    write_xls(folder / "calls.csv", ROWS)
    content = bytearray((folder / "calls.csv").read_bytes())
    content[512 + 12 : 512 + 16] = (3).to_bytes(4, "little")
    (folder / "calls.csv").write_bytes(content)


DEEP = "a = " + "[" * 300 + "]" * 300
NESTED = "a = " + "[" * 100_000 + "]" * 100_000
INLINE = "a = " + "{b = " * 20_000 + "1" + "}" * 20_000
CLIMBING = _members(("../../calls.csv", CALLS.encode()))
MANY = _members(*((f"{number}.csv", b"") for number in range(10_001)))
HOSTILE = (
    Hostile(name="a pipe", write=_pipe("calls.csv")),
    Hostile(name="a pipe for init", write=_pipe("calls.csv"), command="init", read=True),
    Hostile(name="a pipe in a folder", write=_pipe_in_a_folder),
    Hostile(name="a folder in itself", write=_folder_in_itself, read=True),
    Hostile(name="links to themselves in a folder", write=_links_to_themselves),
    Hostile(name="a pipe as the dossier", write=_pipe("balanstest.toml")),
    Hostile(name="zeros", write=_linked("/dev/zero")),
    Hostile(name="zeros for init", write=_linked("/dev/zero"), command="init", read=True),
    Hostile(name="noise", write=_linked("/dev/urandom")),
    Hostile(name="zeros as the dossier", write=_text(""), dossier="/dev/zero"),
    Hostile(name="noise as the dossier", write=_text(""), dossier="/dev/urandom"),
    Hostile(name="a link to itself", write=_linked("calls.csv")),
    Hostile(name="200,000 columns", write=_columns(200_000)),
    Hostile(name="200,000 columns for init", write=_columns(200_000), command="init", read=True),
    Hostile(name="20,000 columns of Parquet", write=_parquet_columns(20_000)),
    Hostile(name="50,000 dots in a key", write=_dossier("a" + ".a" * 50_000 + " = 1\n")),
    Hostile(name="50,000 dots in a heading", write=_dossier(f"[a{'.a' * 50_000}]\n")),
    Hostile(name="values within values", write=_dossier(NESTED)),
    Hostile(name="values 300 deep", write=_dossier(DEEP)),
    Hostile(name="tables within tables", write=_dossier(INLINE)),
    Hostile(name="a number of 10,000 digits", write=_dossier(f"a = {'9' * 10_000}\n")),
    Hostile(name="a path of 10,000 characters", write=_path("a" * 10_000)),
    Hostile(name="a path with a NUL", write=_path("a\\u0000b")),
    Hostile(name="a pattern of 2,000 stars", write=_path("*a" * 2_000)),
    Hostile(name="a pattern that is none", write=_path("a**b.csv")),
    Hostile(name="a pattern of all folders", write=_path("/" + "**/" * 40 + "x.csv")),
    Hostile(name="a row of twenty megabytes", write=_text(CALLS + "a" * 20_000_000)),
    Hostile(name="a header of twenty megabytes", write=_text("a" * 20_000_000 + "\n" + CALLS)),
    Hostile(name="200,000 quotes", write=_text(CALLS + '"' * 200_001)),
    Hostile(name="a gzip file that grows", write=_gzip(150_000_000)),
    Hostile(name="a zip file in a zip file", write=_members(("a.zip", b"PK\x03\x04" + bytes(99)))),
    Hostile(name="a zip file that climbs", write=CLIMBING, read=True),
    Hostile(name="a zip file with 10,001 members", write=MANY),
    Hostile(name="a cell in the last corner", write=_far_cell),
    Hostile(name="a part longer than it says", write=_longer_than_it_says),
    Hostile(name="a sheet that asks for a file", write=_telling_entity("xl/worksheets/sheet1.xml")),
    Hostile(name="a workbook that asks for a file", write=_telling_entity("xl/workbook.xml")),
    Hostile(name="text that grows in a workbook", write=_laughing_xlsx),
    Hostile(name="text that grows in an OpenDocument", write=_laughing_ods),
    Hostile(name="two thousand million rows alike", write=_repeated_ods("rows")),
    Hostile(name="two thousand million cells alike", write=_repeated_ods("cells")),
    Hostile(name="an old workbook that goes round", write=_round_xls),
)  # fmt: skip
