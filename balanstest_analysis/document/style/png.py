"""A PNG of which only the drawing is left: no text, no date, no profile, nothing behind its end."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from balanstest_analysis.document.style.refusal import LogoError

SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
SIDE: Final = 4000
_HEAD, _PALETTE, _CLEAR, _DATA, _END = b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"
_INDEXED: Final = 3
_CHANNELS: Final = {0: 1, 2: 3, _INDEXED: 1, 4: 2, 6: 4}
_DEPTHS: Final = {0: {1, 2, 4, 8, 16}, 2: {8, 16}, _INDEXED: {1, 2, 4, 8}, 4: {8, 16}, 6: {8, 16}}
_FILTERS: Final = 5
_WHOLE: Final = ((0, 0, 1, 1),)
_INTERLACED: Final = (
    (0, 0, 8, 8),
    (4, 0, 8, 8),
    (0, 4, 4, 8),
    (2, 0, 4, 4),
    (0, 2, 2, 4),
    (1, 0, 2, 2),
    (0, 1, 1, 2),
)
_BROKEN: Final = "is a PNG that is broken; save it again"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    """What the head of a PNG says of it, all of it possible."""

    width: int
    height: int
    depth: int
    colour: int
    interlaced: bool

    def rows(self) -> Iterator[int]:
        """Yield the bytes of every row, that of its filter included."""
        bits = self.depth * _CHANNELS[self.colour]
        for x, y, step, down in _INTERLACED if self.interlaced else _WHOLE:
            columns = max(0, -(-(self.width - x) // step))
            lines = max(0, -(-(self.height - y) // down))
            if columns:
                yield from [1 + -(-columns * bits // 8)] * lines


def plain_png(content: bytes) -> bytes:
    """Return a PNG with nothing in it but what is drawn.

    A colour profile goes with the rest: the colours are taken as those of any screen (sRGB).

    Args:
        content: of the file, its signature included.

    Raises:
        LogoError: it is broken, or more than 4000 pixels wide or high.
    """
    pieces = list(_pieces(content))
    if not pieces or pieces[0][0] != _HEAD or [name for name, _ in pieces].count(_HEAD) != 1:
        raise LogoError(_BROKEN)
    head = _head(pieces[0][1])
    data = b"".join(piece for name, piece in pieces if name == _DATA)
    _refuse_broken_rows(head, data)
    kept = [(_HEAD, pieces[0][1]), *_colours(head, pieces), (_DATA, data), (_END, b"")]
    return SIGNATURE + b"".join(_written(name, piece) for name, piece in kept)


def _colours(head: _Head, pieces: list[tuple[bytes, bytes]]) -> Iterator[tuple[bytes, bytes]]:
    """Yield the palette, and what of it is clear, where this kind of drawing has them."""
    palettes = [piece for name, piece in pieces if name == _PALETTE]
    clear = [piece for name, piece in pieces if name == _CLEAR]
    allowed = {0: {2}, 2: {6}}.get(head.colour, set())
    if head.colour == _INDEXED:
        if len(palettes) != 1 or len(palettes[0]) not in range(3, 3 * 256 + 1, 3):
            raise LogoError(_BROKEN)
        allowed = set(range(1, len(palettes[0]) // 3 + 1))
        yield _PALETTE, palettes[0]
    if len(clear) > 1 or any(len(piece) not in allowed for piece in clear):
        raise LogoError(_BROKEN)
    yield from ((_CLEAR, piece) for piece in clear)


def _pieces(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield name and content of every chunk up to the end; what follows it is not looked at."""
    at = len(SIGNATURE)
    while at + 12 <= len(content):
        (size,) = struct.unpack_from(">I", content, at)
        name, piece = content[at + 4 : at + 8], content[at + 8 : at + 8 + size]
        if content[at : at + 12 + size] != _written(name, piece):
            raise LogoError(_BROKEN)
        if name == _END:
            return
        yield name, piece
        at += 12 + size
    raise LogoError(_BROKEN)


def _written(name: bytes, piece: bytes) -> bytes:
    return (
        struct.pack(">I", len(piece)) + name + piece + struct.pack(">I", zlib.crc32(name + piece))
    )


def _head(piece: bytes) -> _Head:
    try:
        width, height, depth, colour, packing, filtering, lacing = struct.unpack(">IIBBBBB", piece)
    except struct.error:
        raise LogoError(_BROKEN) from None
    if max(width, height) > SIDE:
        raise LogoError(
            f"is {width} by {height} pixels; allowed is at most {SIDE} a side, so save it smaller"
        )
    known = depth in _DEPTHS.get(colour, ()) and not packing and not filtering and lacing in {0, 1}
    if not known or min(width, height) == 0:
        raise LogoError(_BROKEN)
    return _Head(width=width, height=height, depth=depth, colour=colour, interlaced=lacing == 1)


def _refuse_broken_rows(head: _Head, data: bytes) -> None:
    """Unpack a drawing, never further than its size, and look at every row."""
    rows = list(head.rows())
    unpacking = zlib.decompressobj()
    try:
        drawn = unpacking.decompress(data, sum(rows) + 1)
    except zlib.error:
        raise LogoError(_BROKEN) from None
    at = 0
    for size in rows:
        if at >= len(drawn) or drawn[at] >= _FILTERS:
            raise LogoError(_BROKEN)
        at += size
    if len(drawn) != at:
        raise LogoError(_BROKEN)
