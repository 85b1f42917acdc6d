"""Documents as people attach them, made around some words."""

from __future__ import annotations

import base64
import html
import io
import json
import zipfile
from collections.abc import Callable
from typing import Any
from xml.sax.saxutils import escape

import typst
import xlsxwriter
from pypdf import PdfReader, PdfWriter

PLAIN = "De functionaris adviseert positief, op 1 september 2026, met twee aanbevelingen."
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\2\0\0\0\x90wS\xde"


def zipped(members: dict[str, str | bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, member in members.items():
            archive.writestr(name, member)
    return content.getvalue()


def docx(
    words: str = PLAIN, *, properties: str = "", more: dict[str, str | bytes] | None = None
) -> bytes:
    lines = [f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in words.splitlines()]
    return zipped({
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document><w:body>{''.join(lines)}</w:body></w:document>",
        "docProps/core.xml": f"<cp:coreProperties><dc:title>{escape(properties)}</dc:title>"
        "</cp:coreProperties>",
        "word/media/image1.png": PNG,
        "word/fonts/font1.odttf": bytes(range(256)) * 4,
        **(more or {}),
    })  # fmt: skip


def docx_in_runs(words: str) -> bytes:
    """Return a document in which Word has cut the words into runs, as it does after an edit."""
    pieces = [words[at : at + 7] for at in range(0, len(words), 7)]
    runs = "".join(f"<w:r><w:rPr><w:b/></w:rPr><w:t>{escape(p)}</w:t></w:r>" for p in pieces)
    return docx(more={"word/document.xml": f"<w:document><w:p>{runs}</w:p></w:document>"})


def odt(words: str = PLAIN) -> bytes:
    return zipped({
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f"<office:text><text:p>{escape(words)}</text:p></office:text>",
        "meta.xml": "<office:meta/>",
    })  # fmt: skip


def workbook(rows: list[list[Any]], *, second: bool = False, title: str = "") -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"title": title})
        if second:
            book.add_worksheet("Toelichting").write(0, 0, "Zie het volgende blad.")
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return content.getvalue()


def pdf(words: str = PLAIN, *, pages: int = 1) -> bytes:
    page = f"#raw({json.dumps(words, ensure_ascii=False)})"
    return typst.compile(("#pagebreak()\n".join([page] * pages)).encode())


def pdf_with(change: Callable[[PdfWriter], None]) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf())))
    change(writer)
    content = io.BytesIO()
    writer.write(content)
    return content.getvalue()


def page(words: str, *, script: bool = False) -> bytes:
    inside = f"<script type='application/json'>{words}</script>" if script else html.escape(words)
    return f"<!doctype html><html><body><p>Advies</p><pre>{inside}</pre></body></html>".encode()


def in_base64(content: bytes, *, before: bytes = b"") -> str:
    text = base64.b64encode(before + content).decode()
    return "\n".join(text[at : at + 76] for at in range(0, len(text), 76))
