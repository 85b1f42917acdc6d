"""Marks of a sheet whose XML is spelled as the usual programs spell it, found without a parser.

A parser calls for each of millions of cells; here the XML is searched, a piece at a time. That is
sure where it is well-formed UTF-8 without comments, in which every row and cell begins with its
place: then ``<`` begins an element and nothing else. Anything else is `SpelledOtherwiseError`.
"""

from __future__ import annotations

import re
from typing import Final

from balanstest_analysis.history.files.packages import is_true
from balanstest_analysis.history.files.sheet_marks import SheetMarks, column_of

_ATTRIBUTES: Final = rb'(?: [A-Za-z][A-Za-z0-9.:]*="[^"<>&]*")*'
_ROW: Final = re.compile(
    rb'<row r="([0-9]{1,9})"(' + _ATTRIBUTES + rb") ?(?:/>|>\s*(?:(?=(<c ))|(?=</row)))"
)
_CELL: Final = re.compile(rb'<c r="([A-Z]{1,3})[0-9]{1,9}"' + _ATTRIBUTES + rb" ?/?>")
_ERROR: Final = re.compile(rb'<c r="([A-Z]+)([0-9]+)"[^<>]* t="e"')
_HIDDEN: Final = re.compile(rb' hidden="([^"]*)"')
_START: Final = re.compile(rb"(?:\xef\xbb\xbf)?(?:<\?xml([^<>]*)\?>)?\s*(?=<[A-Za-z])")
_ENCODING: Final = re.compile(rb"encoding=.(?!(?:utf-8|us-ascii)[\"'])", re.IGNORECASE)
_ODD: Final = re.compile(rb"<[!?]|[<:](?:c|row)[\s/>]")
_FIRST_ROW: Final = b"<row "
_END: Final = b"</sheetData>"
_LONGEST: Final = 8 << 20
_OVERLAP: Final = 64


class SpelledOtherwiseError(Exception):
    """XML that only a parser reads for sure."""


class PlainScan:
    """Sees the XML of a sheet, block after block.

    Args:
        marks: gets what is marked.
    """

    def __init__(self, marks: SheetMarks) -> None:
        self._marks = marks
        self._text = b""
        self._part = "start"

    def see(self, block: bytes) -> None:
        """Look through the next block.

        Raises:
            SpelledOtherwiseError: it may hold what is not found here.
        """
        self._text += block
        if self._part == "start":
            self._start()
        if self._part == "rows":
            self._rows()
        if self._part == "rest":
            _refuse(_ODD.search(self._text))
            self._text = self._text[-_OVERLAP:]
        _refuse(len(self._text) > _LONGEST)

    def end(self) -> None:
        """Tell that all was seen.

        Raises:
            SpelledOtherwiseError: as `see`.
        """
        _refuse(self._part == "rows")
        if self._part == "start":
            _look_above(self._text)

    def _start(self) -> None:
        at = self._text.find(_FIRST_ROW)
        if at >= 0:
            _look_above(self._text[:at])
            self._text, self._part = self._text[at:], "rows"

    def _rows(self) -> None:
        """Look through whole rows, and leave the last for the next block."""
        at = self._text.find(_END)
        if at >= 0:
            self._part = "rest"
        else:
            at = self._text.rfind(_FIRST_ROW)
        self._look_through(self._text[:at])
        self._text = self._text[at:]

    def _look_through(self, text: bytes) -> None:
        _refuse(b"<!" in text or b"<?" in text or b":c" in text or b":row" in text)
        rows, columns = _ROW.findall(text), _CELL.findall(text)
        _refuse(len(rows) != text.count(b"<row") or len(columns) != text.count(b"<c"))
        last = max((int(number) for number, _, cell in rows if cell), default=0)
        for letters in set(columns):
            self._marks.reach(last - 1, column_of(letters.decode("ascii")))
        for number, attributes, _ in rows:
            hidden = _HIDDEN.search(attributes) if attributes else None
            if hidden and is_true(hidden[1].decode("utf-8")):
                self._marks.hide(int(number) - 1)
        if b't="e"' in text:
            for found in _ERROR.finditer(text):
                self._marks.errors.append((int(found[2]) - 1, column_of(found[1].decode("ascii"))))


def _look_above(head: bytes) -> None:
    found = _START.match(head)
    if found is None or _ENCODING.search(found[1] or b"") or _ODD.search(head, found.end()):
        raise SpelledOtherwiseError


def _refuse(odd: object) -> None:
    if odd:
        raise SpelledOtherwiseError
