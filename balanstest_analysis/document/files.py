"""Files that are there whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from balanstest_analysis.errors import RunError

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write_atomically(path: Path, content: str | bytes) -> None:
    """Write a file through a temporary one beside it, so that no half file ever shows.

    Args:
        path: the file; its folder must exist.
        content: bytes, or text, which is written as UTF-8 with the line ends that it has.

    Raises:
        RunError: the folder is missing, read-only or full.
    """
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise RunError(f"`{path}` cannot be written: {error.strerror}.") from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except OSError as error:
        Path(temporary).unlink(missing_ok=True)
        raise RunError(f"`{path}` cannot be written: {error.strerror}.") from None


def protected_cell(text: str) -> str:
    """Return a cell of a table that no spreadsheet reads as a formula.

    Every table or workbook that is written passes its texts through here; the list of characters
    is OWASP's, with their full-width forms.

    Args:
        text: a text; numbers are written as numbers and need no protection.

    Examples:
        >>> protected_cell("=1+1"), protected_cell("giften")
        ("'=1+1", 'giften')
    """
    return f"'{text}" if text.startswith(_FORMULA) else text
