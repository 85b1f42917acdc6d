"""Files that are there whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from balanstest_analysis.document.visible import visible_text
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


def temporary_folder() -> Path | None:
    """Return the usual place for temporary files, or None where none can be written."""
    try:
        return Path(tempfile.gettempdir())
    except OSError:
        return None


def no_temporary_place() -> str:
    """Return the sentence for a place for temporary files that cannot be written."""
    folder = temporary_folder()
    named = "" if folder is None else f" `{folder}`"
    return (
        f"The place for temporary files{named} has no room, or cannot be written. Make room there, "
        "or name another folder in `TMPDIR`."
    )


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
    text = visible_text(text)
    return f"'{text}" if text.startswith(_FORMULA) else text
