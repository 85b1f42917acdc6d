"""Word files of answers as a lawyer edits them."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.text.paragraph import Paragraph

Edit = Callable[[Document], None]


def edit(file: Path, *edits: Edit) -> None:
    """Change a Word file in place."""
    document = docx.Document(str(file))
    for one in edits:
        one(document)
    document.save(str(file))


def line(document: Document, key: str, *, below: bool = False) -> Paragraph:
    """Return the grey line of a place."""
    begin = f"[einde {key}]" if below else f"[{key}]"
    return next(p for p in document.paragraphs if p.text.startswith(begin))


def rewritten(key: str, *paragraphs: str) -> Edit:
    """Return what replaces the text between two grey lines."""

    def change(document: Document) -> None:
        _clear(document, key)
        end = line(document, key, below=True)
        for words in paragraphs:
            end.insert_paragraph_before(words, style="Normal")

    return change


def _clear(document: Document, key: str) -> None:
    first, last = line(document, key)._p, line(document, key, below=True)._p
    inside: Any = first.getnext()
    while inside is not last:
        inside, gone = inside.getnext(), inside
        gone.getparent().remove(gone)


def filled(key: str, words: str) -> Edit:
    """Return what writes behind an arrow."""

    def change(document: Document) -> None:
        paragraph = line(document, key)
        begin = paragraph.text.partition("→")[0]
        for run in paragraph.runs[1:]:
            run._r.getparent().remove(run._r)
        paragraph.runs[0].text = f"{begin}→ {words}"

    return change


def with_table(key: str, rows: list[list[str]]) -> Edit:
    """Return what adds a table at the end of a text."""

    def change(document: Document) -> None:
        table = document.add_table(len(rows), len(rows[0]))
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, words in zip(row.cells, cells, strict=True):
                cell.text = words
        line(document, key, below=True)._p.addprevious(table._tbl)

    return change


def bytes_of(document: Document) -> bytes:
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()
