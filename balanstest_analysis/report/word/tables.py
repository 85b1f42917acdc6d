"""Tables of the report in Word: a head that is repeated on every page, and rows that stay whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Emu, Mm, Pt
from docx.table import Table, _Cell

from balanstest_analysis.report.word.markup import Element
from balanstest_analysis.report.word.runs import add_words
from balanstest_analysis.report.word.styles import HAIRLINE, INK, SANS
from balanstest_analysis.report.word.xml import element

_SIDES: Final = {"end": WD_ALIGN_PARAGRAPH.RIGHT, "middle": WD_ALIGN_PARAGRAPH.CENTER}
_SMALL, _SMALLEST = 8.5, 7.5
_MARGIN, _WIDEST, _PROSE = 3, 28, 90
_ONE_PAGE, _TOGETHER = 18, 2
_LETTER: Final = Mm(1.75)


def add_table(
    document: Document, source: Element, *, width: int, about: str, places: Mapping[str, str]
) -> Table:
    """Return a table of HTML, written at the end of a document.

    Args:
        document: to write in.
        source: with a head and a body.
        width: of the table, in the units of Word.
        about: what it shows, for who hears it.
        places: names of bookmarks by the anchor of a reference.
    """
    rows = [row for row in source.walk() if row.tag == "tr"]
    heads = sum(1 for part in source.elements if part.tag == "thead" for _ in part.elements)
    table: Table = document.add_table(rows=len(rows), cols=len(rows[0].elements))
    table.autofit = False
    _describe(table, about)
    widths, size = _layout(rows, width)
    for place, row in enumerate(rows):
        cells = table.rows[place].cells
        for cell, own, wide in zip(cells, row.elements, widths, strict=True):
            cell.width = Emu(wide)
            _fill(cell, own, size, places, strong=place < heads or "emphasised" in row.classes)
        _keep_whole(table.rows[place]._tr, is_head=place < heads)
    for column, wide in zip(table.columns, widths, strict=True):
        column.width = Emu(wide)
    return table


def keep_together(table: Table, *, is_noted: bool) -> None:
    """Keep a short table on one page, and of a long one the first and the last rows.

    Args:
        table: as it was made.
        is_noted: whether a note stands below it, which then stays with its last row.
    """
    rows = list(table.rows)
    kept = rows if len(rows) <= _ONE_PAGE else [*rows[: _TOGETHER + 1], *rows[-_TOGETHER:]]
    for row in kept if is_noted else [row for row in kept if row is not rows[-1]]:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def _fill(
    cell: _Cell, own: Element, size: float, places: Mapping[str, str], *, strong: bool
) -> None:
    paragraph = cell.paragraphs[0]
    add_words(paragraph, own.children, places)
    side = next((_SIDES[name] for name in own.classes if name in _SIDES), None)
    paragraph.alignment = side
    paragraph.paragraph_format.space_after = Pt(1)
    paragraph.paragraph_format.space_before = Pt(1)
    paragraph.paragraph_format.line_spacing = 1.0
    for run in paragraph.runs:
        run.font.name, run.font.size = SANS, Pt(size)
        run.bold = strong or run.bold


def _keep_whole(row: BaseOxmlElement, *, is_head: bool) -> None:
    properties = row.get_or_add_trPr()
    properties.append(element("cantSplit"))
    if is_head:
        properties.append(element("tblHeader"))


def _describe(table: Table, about: str) -> None:
    """Draw the lines of the report's tables, and say what the table is about."""
    properties: Any = table._tbl.tblPr
    lines = element(
        "tblBorders",
        element("top", val="single", sz=12, space=0, color=INK),
        element("bottom", val="single", sz=12, space=0, color=INK),
        element("insideH", val="single", sz=4, space=0, color=HAIRLINE),
    )
    layout = next(one for one in properties if one.tag.endswith("}tblLayout"))
    layout.addprevious(lines)
    sides = (element(side, w=60, type="dxa") for side in ("left", "right"))
    layout.addnext(element("tblCellMar", *sides))
    look = next((one for one in properties if one.tag.endswith("}tblLook")), None)
    words = element("tblCaption", val=about[:250] or "Tabel")
    properties.append(words) if look is None else look.addnext(words)


def _layout(rows: list[Element], width: int) -> tuple[list[int], float]:
    """Return the widths of the columns, first each longest word, and the size of the letters."""
    columns = list(zip(*([cell.text() for cell in row.elements] for row in rows), strict=True))
    words = [min(_longest_word(column) + _MARGIN, _WIDEST) for column in columns]
    wanted = [
        max(0, min(max(map(len, column)), _PROSE) - word)
        for column, word in zip(columns, words, strict=True)
    ]
    left = round(width / _LETTER) - sum(words)
    more = [max(0, left) * want / (sum(wanted) or 1) for want in wanted]
    shares = [word + extra for word, extra in zip(words, more, strict=True)]
    widths = [int(width * share / sum(shares)) for share in shares]
    return widths, _SMALL if left >= 0 else _SMALLEST


def _longest_word(column: tuple[str, ...]) -> int:
    return max((len(word) for cell in column for word in cell.split()), default=0)
