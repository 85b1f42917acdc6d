"""What marks the data of a report: a keyed fingerprint, or that there is nothing to mark."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, TypeAlias

# How they are made. Of two reports only fingerprints of one form tell whether data are the same:
# in the first the secret was not stretched, and a table without rows had one too.
FINGERPRINT_FORM: Final = 2
FIRST_FORM: Final = 1


class NoRows(StrEnum):
    """In place of a fingerprint: everybody knows what a table without rows holds."""

    NO_ROWS = "no_rows"


Fingerprint: TypeAlias = str | NoRows


def fingerprint_of(text: str) -> Fingerprint:
    """Return a fingerprint as it stands in a file.

    Examples:
        >>> fingerprint_of("no_rows"), fingerprint_of("0f1e")
        (<NoRows.NO_ROWS: 'no_rows'>, '0f1e')
    """
    return NoRows.NO_ROWS if text == NoRows.NO_ROWS else text
