"""How the text of a file is encoded: one answer that holds for every byte, or a refusal."""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from typing import Final

from balanstest_analysis.document.opening import blocks_of, opened
from balanstest_analysis.errors import DataError

CODECS: Final = {
    "utf-8": "utf-8",
    "utf-8-bom": "utf-8-sig",
    "utf-16": "utf-16",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "utf-32": "utf-32",
    "utf-32-le": "utf-32-le",
    "utf-32-be": "utf-32-be",
    "windows-1252": "cp1252",
}
_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")
# A row of column names begins with plain letters, of which these encodings write the rest as NUL.
_UNMARKED = {
    "utf-32-le": re.compile(rb"(?:[^\0]\0\0\0){4}"),
    "utf-32-be": re.compile(rb"(?:\0\0\0[^\0]){4}"),
    "utf-16-le": re.compile(rb"(?:[^\0]\0){8}"),
    "utf-16-be": re.compile(rb"(?:\0[^\0]){8}"),
}
_MARK_BYTES = 16
_UNDEFINED = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")


def encoding_of(file: Path, stated: str | None) -> str:
    """Return the encoding of a text file: a key of `CODECS`.

    A mark at the start decides. Without one, text that begins as UTF-16 or UTF-32 and is that from
    beginning to end is it; else text that is UTF-8 throughout is UTF-8, and text that is not, holds
    no UTF-8 letters and no undefined bytes, is Windows-1252.

    Args:
        file: read in blocks.
        stated: the encoding in the dossier, or None.

    Raises:
        DataError: the bytes are not text in one of these encodings, or not in the stated one.
    """
    with opened(file) as content:
        start = content.read(_MARK_BYTES)
    marked = _marked(start)
    if marked in ("utf-16", "utf-32"):
        return marked
    if stated == "utf-16":
        return "utf-16-be" if start.startswith(b"\0") else "utf-16-le"
    wide = next((name for name, begins in _UNMARKED.items() if begins.match(start)), "")
    if wide and _is_throughout(file, CODECS[wide]):
        return wide
    _refuse_nul(file)
    if stated == "windows-1252":
        return stated
    if _is_throughout(file, "utf-8"):
        return marked or "utf-8"
    if stated or marked:
        raise DataError(f"`{file.name}` is not UTF-8 text. Save it as CSV (UTF-8).")
    return _windows(file)


def _marked(start: bytes) -> str:
    if start.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    return "utf-8-bom" if start.startswith(codecs.BOM_UTF8) else ""


def _refuse_nul(file: Path) -> None:
    if any(b"\0" in block for block in blocks_of(file)):
        raise DataError(
            f"`{file.name}` holds NUL bytes, which no text has. Export it again as CSV (UTF-8)."
        )


def _is_throughout(file: Path, codec: str) -> bool:
    """Return whether a file is text in an encoding, without a NUL in it."""
    decoder = codecs.getincrementaldecoder(codec)()
    try:
        for block in blocks_of(file):
            if "\0" in decoder.decode(block):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _windows(file: Path) -> str:
    for block in blocks_of(file):
        if _UNDEFINED.search(block) or _SEQUENCE.search(block):
            raise DataError(
                f"`{file.name}` is neither UTF-8 nor Windows-1252 text throughout. Save it as CSV "
                "(UTF-8)."
            )
    return "windows-1252"
