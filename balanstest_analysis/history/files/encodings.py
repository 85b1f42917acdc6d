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
    "windows-1252": "cp1252",
}
_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")
_UNDEFINED = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")


def encoding_of(file: Path, stated: str | None) -> str:
    """Return the encoding of a text file: a key of `CODECS`.

    A mark at the start decides; else text that is UTF-8 from beginning to end is UTF-8, and text
    that is not, holds no UTF-8 letters and no undefined bytes, is Windows-1252.

    Args:
        file: read in blocks.
        stated: the encoding in the dossier, or None.

    Raises:
        DataError: the bytes are not text in one of these encodings, or not in the stated one.
    """
    with opened(file) as content:
        start = content.read(4)
    marked = _marked(start)
    if marked == "utf-16":
        return marked
    if stated == "utf-16":
        return "utf-16-be" if start.startswith(b"\0") else "utf-16-le"
    _refuse_nul(file)
    if stated == "windows-1252":
        return stated
    if _is_utf8(file):
        return marked or "utf-8"
    if stated or marked:
        raise DataError(f"`{file.name}` is not UTF-8 text. Save it as CSV (UTF-8).")
    return _windows(file)


def _marked(start: bytes) -> str:
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    return "utf-8-bom" if start.startswith(codecs.BOM_UTF8) else ""


def _refuse_nul(file: Path) -> None:
    if any(b"\0" in block for block in blocks_of(file)):
        raise DataError(
            f"`{file.name}` holds NUL bytes, which no text has. Export it again as CSV (UTF-8)."
        )


def _is_utf8(file: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for block in blocks_of(file):
            decoder.decode(block)
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
