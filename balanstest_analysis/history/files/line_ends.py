"""Lines that end in a character that no program reads as the end of a line."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from balanstest_analysis.document.opening import opened_text
from balanstest_analysis.errors import DataError
from balanstest_analysis.history.files.encodings import CODECS

_ENDS: Final = {
    "\u2028": "the line separator U+2028",
    "\u2029": "the paragraph separator U+2029",
    "\x85": "the next-line character U+0085",
    "\x0b": "a vertical tab",
    "\x0c": "a form feed",
    "\x1e": "the record separator U+001E",
    "\\r\\n": "the four characters `\\r\\n`",
    "\\n": "the two characters `\\n`",
}
_LOOKED_AT: Final = 1 << 16


def refuse_odd_ends(file: Path, encoding: str) -> None:
    """Refuse a file that is one line for a reader, because its lines end otherwise.

    Args:
        file: of text.
        encoding: a key of `encodings.CODECS`.

    Raises:
        DataError: with what its lines end in.
    """
    try:
        with opened_text(file, CODECS[encoding]) as lines:
            text = lines.read(_LOOKED_AT).rstrip("\r\n")
    except UnicodeError:
        return
    if "\n" in text or "\r" in text:
        return
    end = next((end for end in _ENDS if end in text.rstrip("".join(_ENDS))), None)
    if end is not None:
        raise DataError(
            f"`{file.name}` ends its lines with {_ENDS[end]}, which programs do not read as the "
            "end of a line. Export it again with usual line ends."
        )
