"""What was written in a form, by place; nothing that was written is passed over in silence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.table import Table
from docx.text.paragraph import Paragraph

from balanstest_analysis.document.visible import visible_text
from balanstest_analysis.errors import DataError
from balanstest_analysis.report.answers.fields import Field
from balanstest_analysis.report.answers.marks import ARROW, closing, mark_of, opening
from balanstest_analysis.report.answers.rich_text import RichText
from balanstest_analysis.report.answers.word_text import Reader, spans_of

Part: TypeAlias = Paragraph | Table
_NO_TEXT: Final = tuple(
    map(
        qn,
        (
            "w:drawing",
            "w:pict",
            "w:object",
            "w:sym",
            "m:oMath",
            "w:footnoteReference",
            "w:endnoteReference",
        ),
    )
)
_TRACKED: Final = tuple(map(qn, ("w:ins", "w:del", "w:moveFrom", "w:moveTo")))


@dataclass(kw_only=True)
class Written:
    """What stands in a form.

    Attributes:
        blocks: by key, the text between two grey lines.
        lines: by key, what stands behind an arrow.
        outside: paragraphs that are in no place.
    """

    blocks: dict[str, RichText] = field(default_factory=dict)
    lines: dict[str, str] = field(default_factory=dict)
    outside: list[str] = field(default_factory=list)


def outside(document: Document, fields: Mapping[str, Field]) -> list[str]:
    """Return the paragraphs and cells of a form that are in none of its places."""
    return _Sorter(document, fields).sorted().outside


def written_in(document: Document, fields: Mapping[str, Field]) -> Written:
    """Return what was written in a form.

    Args:
        document: a form of ours, edited.
        fields: the places that it was made with, by key.

    Raises:
        DataError: a grey line is gone or was written on, a change is neither accepted nor rejected,
            or a place holds what is no text.
    """
    if any(True for _ in document.element.body.iter(*_TRACKED)):
        raise DataError(
            "The Word file has tracked changes that are neither accepted nor rejected. Settle them "
            "in Word, and save it again."
        )
    return _Sorter(document, fields).sorted()


class _Sorter:
    """Sorts the parts of a form into its places."""

    def __init__(self, document: Document, fields: Mapping[str, Field]) -> None:
        self._reader = Reader(document)
        self._fields = fields
        self._written = Written()
        self._open: Field | None = None
        self._inside: list[Part] = []

    def sorted(self) -> Written:
        for part in self._reader.body():
            self._take(part)
        missing = self._fields.keys() - self._written.blocks.keys() - self._written.lines.keys()
        for key in self._fields:
            if key in missing:
                raise _spoilt(key)
        return self._written

    def _take(self, part: Part) -> None:
        text = _words(part)
        mark = mark_of(text) if isinstance(part, Paragraph) else None
        place = self._fields.get(mark[0]) if mark else None
        if mark is None or place is None:
            self._take_words(part, text)
        elif mark[1]:
            self._close(place, text)
        else:
            self._begin(place, text)

    def _take_words(self, part: Part, text: str) -> None:
        if self._open is None:
            self._written.outside.append(text)
            return
        if any(True for _ in _element(part).iter(*_NO_TEXT)):
            raise DataError(
                "The Word file has a picture, a symbol, an object or a note at "
                f"`{self._open.key}`, which a dossier cannot hold. Say it in words there."
            )
        self._inside.append(part)

    def _begin(self, place: Field, text: str) -> None:
        known = {*self._written.blocks, *self._written.lines}
        if self._open is not None or place.key in known:
            raise _spoilt(place.key)
        due = opening(place)
        if place.is_block and _spaced(text) == _spaced(due):
            self._open, self._inside = place, []
        elif not place.is_block and _spaced(text).startswith(_spaced(due)):
            self._written.lines[place.key] = text.partition(ARROW)[2].strip()
        else:
            raise _spoilt(place.key)

    def _close(self, place: Field, text: str) -> None:
        if self._open != place or _spaced(text) != closing(place):
            raise _spoilt(place.key)
        self._written.blocks[place.key] = self._reader.text_of(self._inside)
        self._open = None


def _spoilt(key: str) -> DataError:
    return DataError(
        f"The grey lines of `{key}` in the Word file are gone, doubled, moved or written on, so "
        "that nobody can tell what belongs to it. Put them back as they were, or export it anew."
    )


def _element(part: Part) -> BaseOxmlElement:
    return part._p if isinstance(part, Paragraph) else part._tbl


def _words(part: Part) -> str:
    if isinstance(part, Paragraph):
        return "".join(span.text for span in spans_of(part))
    return " ".join(visible_text(text) for text in _cells(part))


def _cells(table: Table) -> Iterator[str]:
    for row in table.rows:
        yield from (cell.text for cell in row.cells)


def _spaced(text: str) -> str:
    return " ".join(text.split())
