"""Numbers of rows at which programs end an export, without a word in the file."""

from __future__ import annotations

from typing import Final

# A sheet of Excel holds 2^20 rows and one of its old files 2^16, the row of names among them.
_OF_SHEETS: Final = frozenset({65_535, 65_536, 1_048_575, 1_048_576})
# Reports of Salesforce, Dynamics and Power BI, and previews of databases, end at such numbers.
_ROUND: Final = frozenset({1, 2, 3, 5, 15, 25})
_LEAST: Final = 1_000


def is_a_limit(rows: int) -> bool:
    """Return whether a file with so many rows was probably cut off.

    Of files of any other size fewer than one in five hundred have such a number by chance.

    Args:
        rows: of the file, without the row of column names.

    Examples:
        >>> [is_a_limit(rows) for rows in (10_000, 1_048_575, 150_000, 2_000)]
        [True, True, True, True]
        >>> [is_a_limit(rows) for rows in (500, 9_999, 12_000, 60_048)]
        [False, False, False, False]
    """
    if rows in _OF_SHEETS:
        return True
    if rows < _LEAST:
        return False
    digits = str(rows).rstrip("0")
    return int(digits) in _ROUND and rows % _LEAST == 0
