"""Workbooks written byte by byte: every format, and the valid ways to write one and the same."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

NA, NO_ANSWER = 0x2A, "#N/A"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


@dataclass(frozen=True)
class Error:
    """A cell that holds the error #N/A."""


Cell = str | float | bool | Error | None
Rows = Sequence[Sequence[Cell]]


@dataclass(frozen=True, kw_only=True)
class Spelling:
    """One of the valid ways to write an .xlsx.

    Attributes:
        prefix: of every element, with its colon.
        quote: around attributes.
        places: whether rows and cells say where they are.
        shared: whether text stands in a part of its own.
        folder: where the parts are.
        strict: whether the names are those of the strict standard.
        start: before the first element of the sheet.
    """

    prefix: str = ""
    quote: str = '"'
    places: bool = True
    shared: bool = False
    folder: str = "xl"
    start: str = '<?xml version="1.0" encoding="UTF-8"?>'


def write_xlsx(
    path: Path, rows: Rows, spelling: Spelling = Spelling(), hidden: Sequence[int] = ()
) -> None:
    """Write a workbook of one sheet in one of the ways to write one.

    Args:
        path: where it goes.
        rows: its cells.
        spelling: how it is written.
        hidden: rows that are hidden, from 0.
    """
    p, folder = spelling.prefix, spelling.folder
    space = f'xmlns{":" + p[:-1] if p else ""}="{MAIN}"'
    texts: list[str] = []
    sheet = _sheet(rows, spelling, hidden, texts)
    parts = {
        "_rels/.rels": _links(("officeDocument", f"/{folder}/workbook.xml", "rId1")),
        f"{folder}/workbook.xml": (
            f'<{p}workbook {space} xmlns:q="{LINKS}"><{p}sheets>'
            f'<{p}sheet q:id="rId7" sheetId="1" name="Blad &amp; 1"/></{p}sheets></{p}workbook>'
        ),
        f"{folder}/_rels/workbook.xml.rels": _links(
            ("worksheet", "worksheets/sheet1.xml", "rId7"),
            ("sharedStrings", "sharedStrings.xml", "rId8"),
        ),
        f"{folder}/worksheets/sheet1.xml": (
            f"{spelling.start}<{p}worksheet {space}>{sheet}</{p}worksheet>"
        ),
        f"{folder}/sharedStrings.xml": (
            f"<{p}sst {space}>{''.join(f'<{p}si><{p}t>{t}</{p}t></{p}si>' for t in texts)}</{p}sst>"
        ),
    }
    _zip(path, {name: text.replace('"', spelling.quote) for name, text in parts.items()})


def _sheet(rows: Rows, spelling: Spelling, hidden: Sequence[int], texts: list[str]) -> str:
    p, lines = spelling.prefix, []
    for at, row in enumerate(rows):
        place = f' r="{at + 1}"' if spelling.places else ""
        mark = ' hidden="1"' if at in hidden else ""
        cells = "".join(_cell(cell, at, n, spelling, texts) for n, cell in enumerate(row))
        lines.append(f"<{p}row{mark}{place}>{cells}</{p}row>")
    return f"<{p}sheetData>{''.join(lines)}</{p}sheetData>"


def _cell(cell: Cell, row: int, column: int, spelling: Spelling, texts: list[str]) -> str:
    p = spelling.prefix
    place = f' r="{chr(ord("A") + column)}{row + 1}"' if spelling.places else ""
    if isinstance(cell, Error):
        return f'<{p}c t="e"{place}><{p}v>#N/A</{p}v></{p}c>'
    if isinstance(cell, bool):
        return f'<{p}c{place} t="b"><{p}v>{int(cell)}</{p}v></{p}c>'
    if isinstance(cell, str):
        text = escape(cell)
        if spelling.shared:
            texts.append(text)
            return f'<{p}c{place} t="s"><{p}v>{len(texts) - 1}</{p}v></{p}c>'
        return f'<{p}c{place} t="inlineStr"><{p}is><{p}t>{text}</{p}t></{p}is></{p}c>'
    return f"<{p}c{place}/>" if cell is None else f"<{p}c{place}><{p}v>{cell}</{p}v></{p}c>"


def _links(*links: tuple[str, str, str]) -> str:
    one = "".join(
        f'<Relationship Target="{target}" Id="{number}" Type="{LINKS}/{kind}"/>'
        for kind, target, number in links
    )
    return f'<Relationships xmlns="{PACKAGE}">{one}</Relationships>'


def _zip(path: Path, parts: dict[str, str] | dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


# ---------------------------------------------------------------- OpenDocument

OFFICE = "urn:oasis:names:tc:opendocument:xmlns"


def write_ods(path: Path, rows: Rows, hidden: Sequence[int] = ()) -> None:
    """Write a workbook as LibreOffice does: like cells are written once, with their number."""
    lines = []
    for at, row in enumerate(rows):
        mark = ' table:visibility="filter"' if at in hidden else ""
        lines.append(f"<table:table-row{mark}>{''.join(map(_ods_cell, row))}</table:table-row>")
    content = (
        f'<office:document-content xmlns:office="{OFFICE}:office:1.0" '
        f'xmlns:table="{OFFICE}:table:1.0" xmlns:text="{OFFICE}:text:1.0" '
        'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" '
        'office:version="1.2"><office:body><office:spreadsheet>'
        f'<table:table table:name="Blad1">{"".join(lines)}'
        '<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="1024"/></table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = f'<manifest:manifest xmlns:manifest="{OFFICE}:manifest:1.0"/>'
    _zip(path, {"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})


def _ods_cell(cell: Cell) -> str:
    if isinstance(cell, Error):
        return (
            '<table:table-cell table:formula="of:=NA()" office:value-type="string" '
            'office:string-value="" calcext:value-type="error"><text:p>#N/A</text:p>'
            "</table:table-cell>"
        )
    if isinstance(cell, bool):
        value = str(cell).lower()
        return f'<table:table-cell office:value-type="boolean" office:boolean-value="{value}"/>'
    if isinstance(cell, str):
        text = f"<text:p>{escape(cell)}</text:p>"
        return f'<table:table-cell office:value-type="string">{text}</table:table-cell>'
    if cell is None:
        return "<table:table-cell/>"
    return f'<table:table-cell office:value-type="float" office:value="{cell}"/>'


# ---------------------------------------------------------------- Excel's binary formats


def write_xlsb(path: Path, rows: Rows, hidden: Sequence[int] = ()) -> None:
    """Write a binary workbook ([MS-XLSB])."""
    sheet = _record(129) + _record(148, struct.pack("<4I", 0, len(rows) - 1, 0, 25)) + _record(145)
    for at, row in enumerate(rows):
        flags = 0x10 if at in hidden else 0
        sheet += _record(0, struct.pack("<IIHBBBI", at, 0, 300, 0, flags, 0, 0))
        for column, cell in enumerate(row):
            start = struct.pack("<II", column, 0)
            sheet += b"" if cell is None else _record(*_binary_cell(start, cell))
    name = struct.pack("<II", 0, 1) + _wide("rId1") + _wide("Blad1")
    book = _record(131) + _record(143) + _record(156, name) + _record(144) + _record(132)
    parts = {
        "_rels/.rels": _links(("officeDocument", "xl/workbook.bin", "rId1")).encode(),
        "xl/workbook.bin": book,
        "xl/_rels/workbook.bin.rels": _links(
            ("worksheet", "worksheets/sheet1.bin", "rId1")
        ).encode(),
        "xl/worksheets/sheet1.bin": sheet + _record(146) + _record(130),
    }
    _zip(path, parts)


def _binary_cell(start: bytes, cell: Cell) -> tuple[int, bytes]:
    if isinstance(cell, Error):
        return 3, start + bytes([NA])
    if isinstance(cell, bool):
        return 4, start + bytes([cell])
    if isinstance(cell, str):
        return 6, start + _wide(cell)
    return 5, start + struct.pack("<d", cell)


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _record(kind: int, content: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length, size = len(content), b""
    while length >= 128:
        size += bytes([length & 0x7F | 0x80])
        length >>= 7
    return head + size + bytes([length]) + content


def write_xls(path: Path, rows: Rows, hidden: Sequence[int] = ()) -> None:
    """Write an old workbook ([MS-XLS]), as a stream in a compound file ([MS-CFB])."""
    sheet = _old(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    for at, row in enumerate(rows):
        flags = 0x20 if at in hidden else 0
        sheet += _old(0x208, struct.pack("<HHHHHHHH", at, 0, len(row), 300, 0, 0, flags, 0))
        for column, cell in enumerate(row):
            start = struct.pack("<HHH", at, column, 0)
            sheet += b"" if cell is None else _old(*_old_cell(start, cell))
    sheet += _old(0x0A)
    name = b"\x05\x00Blad1"
    start = _old(0x809, struct.pack("<HHHHII", 0x600, 0x05, 0, 0, 0, 0))
    length = len(start) + 4 + 6 + len(name) + 4
    book = start + _old(0x85, struct.pack("<IBB", length, 0, 0) + name) + _old(0x0A)
    path.write_bytes(_compound(book + sheet))


def _old(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _old_cell(start: bytes, cell: Cell) -> tuple[int, bytes]:
    if isinstance(cell, Error):
        return 0x205, start + bytes([NA, 1])
    if isinstance(cell, bool):
        return 0x205, start + bytes([cell, 0])
    if isinstance(cell, str):
        return 0x204, start + struct.pack("<HB", len(cell), 1) + cell.encode("utf-16-le")
    return 0x203, start + struct.pack("<d", cell)


def _compound(stream: bytes) -> bytes:
    """Return a file of sectors: a table of them, a directory, and one long stream."""
    stream = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")
    sectors, end, free = len(stream) // 512, 0xFFFFFFFE, 0xFFFFFFFF
    chain = [0xFFFFFFFD, end, *range(3, 2 + sectors), end]
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(512, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack(
        "<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, end, 0, end, 0
    )
    head += struct.pack("<109I", 0, *[free] * 108)
    entries = _entry("Root Entry", 5, 1, end, 0) + _entry("Workbook", 2, free, 2, len(stream))
    return head + table + entries.ljust(512, b"\0") + stream


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    raw = name.encode("utf-16-le")
    entry = raw.ljust(64, b"\0") + struct.pack("<HBB", len(raw) + 2, kind, 1)
    entry += struct.pack("<III", 0xFFFFFFFF, 0xFFFFFFFF, child) + bytes(36)
    return entry + struct.pack("<IQ", start, size)


Writer = Callable[[Path, Rows], None]
WRITERS: dict[str, Writer] = {
    "xlsx": write_xlsx,
    "xlsb": write_xlsb,
    "xls": write_xls,
    "ods": write_ods,
}
