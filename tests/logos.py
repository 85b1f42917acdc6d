"""Logos for tests: drawings that a report takes, as PNG and as SVG."""

from __future__ import annotations

import struct
import zlib

SVG_LOGO = b"""<?xml version="1.0" encoding="UTF-8"?>
<!-- made by anna, C:\\Users\\anna\\logo.svg -->
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
  xmlns:made="http://www.inkscape.org/namespaces/inkscape" width="240px" height="60px"
  viewBox="0 0 240 60" made:export-filename="C:\\Users\\anna\\logo.png" data-name="Laag 1">
  <title>concept van anna</title>
  <metadata>anna@voorbeeld.nl</metadata>
  <made:view made:zoom="3"><made:inner/></made:view>
  <style>.a{fill:url(#g)}</style>
  <defs>
    <linearGradient id="g"><stop offset="0" stop-color="#00695c"/></linearGradient>
    <g id="p"><circle cx="30" cy="30" r="28"/></g>
  </defs>
  <use xlink:href="#p" class="a"/>
  <rect x="70" y="10" width="165" height="14" fill="#00695c" style="fill:#00695c"/>
</svg>
"""
SIGNATURE = b"\x89PNG\r\n\x1a\n"


def chunk(name: bytes, content: bytes) -> bytes:
    """Return one chunk of a PNG."""
    checked = name + content
    return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))


def png_logo(
    width: int = 40,
    height: int = 10,
    *,
    lacing: int = 0,
    rows: bytes | None = None,
    more: bytes = b"",
) -> bytes:
    """Return a PNG of one colour with some of it clear.

    Args:
        width: in pixels.
        height: in pixels.
        lacing: 1 where it is interlaced.
        rows: as they are packed, in place of right ones.
        more: chunks between its head and its rows.
    """
    if rows is None:
        rows = b"".join(b"\0" + b"\x7a\x1f\x3d\xff" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, lacing)
    parts = [chunk(b"IHDR", head), more, chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b"")]
    return SIGNATURE + b"".join(parts)
