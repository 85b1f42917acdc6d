"""Whether a text file is even: one kind of line end, and nothing but its rows at the end."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from balanstest_analysis.document.opening import opened
from balanstest_analysis.history.files.remark_rows import END_OF_FILE

_BLOCK: Final = 1 << 20
_TAIL: Final = 1 << 15
_QUOTE: Final = b'"'


def is_uneven(file: Path, delimiter: str, width: int) -> bool:
    """Return whether the engine would stumble over a file that can be read all the same.

    That is so where line ends outside quotes are of several kinds, or lines near the end have
    another number of cells than the header has.

    Args:
        file: in UTF-8.
        delimiter: what separates its cells.
        width: number of its columns.
    """
    scan = _Scan(tail_from=max(file.stat().st_size - _TAIL, 0))
    for block in _blocks(file, scan.tail_from):
        scan.see(block)
    return scan.has_odd_ends or _has_other_widths(scan, delimiter, width)


@dataclass(kw_only=True)
class _Scan:
    """Line ends outside quotes, and the end of the file."""

    tail_from: int
    returns: int = 0
    feeds: int = 0
    both: int = 0
    at: int = 0
    is_quoted: bool = False
    last: bytes = b""
    tail: bytes = b""
    starts_quoted: bool = False

    def see(self, block: bytes) -> None:
        if self.at == self.tail_from:
            self.starts_quoted = self.is_quoted
        if self.at >= self.tail_from:
            self.tail += block
        self.at += len(block)
        parts = block.split(_QUOTE)
        outside = self.last + b"".join(parts[int(self.is_quoted) :: 2])
        self.is_quoted ^= len(parts) % 2 == 0
        self.last = b"\r" if outside.endswith(b"\r") else b""
        outside = outside.removesuffix(self.last) if self.last else outside
        self._count(outside)

    def _count(self, outside: bytes) -> None:
        self.returns += outside.count(b"\r")
        self.feeds += outside.count(b"\n")
        self.both += outside.count(b"\r\n")

    @property
    def has_odd_ends(self) -> bool:
        returns = self.returns + len(self.last)
        if not (returns and self.feeds):
            return False
        return not returns == self.both == self.feeds


def _blocks(file: Path, tail_from: int) -> Iterator[bytes]:
    """Yield a file in blocks, one of which begins where the tail does."""
    with opened(file) as content:
        at = 0
        while block := content.read(min(_BLOCK, tail_from - at) if at < tail_from else _BLOCK):
            at += len(block)
            yield block


def _has_other_widths(scan: _Scan, delimiter: str, width: int) -> bool:
    start = '"' if scan.starts_quoted else ""
    text = start + scan.tail.decode("utf-8", "replace")
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        return False
    below = rows[1:]  # the first is the header, or the rest of a row
    return any(row and (len(row) != width or row == [END_OF_FILE]) for row in below)
