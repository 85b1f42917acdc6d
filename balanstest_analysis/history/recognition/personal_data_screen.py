"""Whether a file that is to be handed over holds rows about people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import Final

from balanstest_analysis.errors import DataError
from balanstest_analysis.history.columns.column_names import ours_of
from balanstest_analysis.history.columns.privacy import is_personal_name, is_personal_value
from balanstest_analysis.history.files.encodings import encoding_of
from balanstest_analysis.history.files.headers import DELIMITERS, names_of, top_rows

_KEYS: Final = {"customer_id", "call_id"}
_DATES: Final = {"called_at", "occurred_on", "objected_on", "complained_on", "reference_date"}
_TELLING: Final = _KEYS | _DATES | {"months_since_purchase"}
_FEW_COLUMNS, _FEW_ROWS = 2, 3
Rows = Sequence[Sequence[object]]


def telling_columns(file: Path, sheets: Sequence[Rows] | None = None) -> tuple[str, ...]:
    """Return the column names by which a table is one of people, calls or unprotected counts.

    Args:
        file: a text file; anything that is no table has none.
        sheets: the first rows of each sheet, where the file is a workbook.
    """
    for rows in _of_text(file) if sheets is None else sheets:
        for header, following in pairwise(rows):
            if len(header) == len(following):
                found = _telling(names_of(header))
                if found:
                    return found
    return ()


def has_addresses(file: Path, sheets: Sequence[Rows] | None = None) -> bool:
    """Return whether several rows hold an e-mail address, telephone number or bank account."""
    for rows in _of_text(file) if sheets is None else sheets:
        personal = [row for row in rows if any(map(is_personal_value, names_of(row)))]
        if len(personal) >= _FEW_ROWS and min(map(len, personal)) >= _FEW_COLUMNS:
            return True
    return False


def _of_text(file: Path) -> Iterator[Rows]:
    with suppress(DataError):
        encoding = encoding_of(file, None)
        for delimiter in DELIMITERS:
            rows = top_rows(file, delimiter, encoding, None)
            yield [row for row in rows if len(row) >= _FEW_COLUMNS]


def _telling(names: tuple[str, ...]) -> tuple[str, ...]:
    """One name says little; two of them, or a name with a telling one, make a table of rows."""
    ours = {name: set(ours_of(name)) for name in names if name}
    known = [name for name, found in ours.items() if found]
    telling = [name for name, found in ours.items() if found & _TELLING]
    personal = [name for name in ours if is_personal_name(name)]
    together = list(dict.fromkeys([*telling, *personal, *known]))
    if len(personal) >= _FEW_COLUMNS or (telling and len(together) >= _FEW_COLUMNS):
        return tuple(together[:_FEW_ROWS])
    return ()
