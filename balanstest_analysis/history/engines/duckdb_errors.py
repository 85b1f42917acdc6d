"""What goes wrong in DuckDB, in our words: its own message quotes the row, so it is dropped."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from balanstest_analysis.errors import BalanstestError, DataError, RunError
from balanstest_analysis.history.engines.engine_errors import retold
from balanstest_analysis.history.files.spill import NO_ROOM

_FILE = re.compile(r"^\s*file = (.+)$", re.MULTILINE)
_LINE = re.compile(r"CSV Error on Line: (\d+)")
_DAMAGED = (
    "A Parquet file of the history is damaged, or holds text that is not UTF-8. Export it again."
)
_WIDTH = re.compile(r"Expected Number of Columns: (\d+) Found: (\d+)")


@contextmanager
def in_our_words() -> Iterator[None]:
    """Raise errors of DuckDB as ours, and quiet a warning of Ibis about itself.

    Raises:
        DataError: a file cannot be read as what it is called.
        RunError: DuckDB failed, for instance for lack of memory.
    """
    with warnings.catch_warnings(), retold(our_error):
        warnings.filterwarnings("ignore", message="fetch_arrow_table", category=DeprecationWarning)
        yield


def our_error(error: Exception) -> BalanstestError | None:
    """Return an error of DuckDB in our words, or None where it is not one of its own."""
    match error:
        case duckdb.OutOfMemoryException():
            return RunError(
                "The history does not fit in the memory that may be used. Raise `memory_limit_gb` "
                "in `[data]`, or state a `spill_directory` with room; Parquet takes less than CSV."
            )
        case duckdb.IOException() | OSError() if _has_no_room(error):
            return RunError(
                "The disk is full on which rows are written while they are counted. Free some "
                "room, or state another `spill_directory` in `[data]`."
            )
        case duckdb.Error() if type(error) is not duckdb.Error:
            return _data_error(str(error))
        # What decodes Parquet raises errors without a class of their own or the name of the file.
        case duckdb.Error():
            return _parquet_error(str(error), default=DataError(_DAMAGED))
        case RuntimeError() if "conversion error" in str(error):
            return DataError(_DAMAGED)
    return None


def _has_no_room(error: Exception) -> bool:
    if isinstance(error, OSError):
        return error.errno in NO_ROOM
    return "No space left" in str(error)


def _data_error(message: str) -> DataError | RunError:
    found = _FILE.search(message)
    if found is None:
        return _parquet_error(message)
    line = _LINE.search(message)
    row = f" line {line[1]}" if line else ""
    width = _WIDTH.search(message)
    if "not utf-8" in message:
        reason = "is not UTF-8 text. Save it as CSV (UTF-8)."
    elif "aximum line size" in message:
        reason = "is longer than any row should be. Look for a loose quote there."
    elif width:
        reason = f"has {width[2]} cells; the header has {width[1]}. Correct the export."
    elif "unterminated quote" in message or "invalid state" in message:
        reason = "has a loose quote or mixed line ends. Export it again as CSV (UTF-8)."
    else:
        reason = "cannot be read as CSV. Export it again as CSV (UTF-8)."
    return DataError(f"`{Path(found[1].strip()).name}`{row} {reason}")


def _parquet_error(message: str, default: DataError | None = None) -> DataError | RunError:
    named = re.search(r"[^\s'\"/\\]+\.parquet", message, re.IGNORECASE)
    if named:
        return DataError(f"`{named[0]}` cannot be read as Parquet. Export it again.")
    if "Invalid string encoding" in message:
        return DataError(_DAMAGED)
    return default or RunError(
        "The engine could not compute the exposure; this is a defect of this tool."
    )
