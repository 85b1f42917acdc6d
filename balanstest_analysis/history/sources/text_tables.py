"""Files that hold text, as a table of the engine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import ibis.expr.types as ir
import pyarrow as pa

from balanstest_analysis.history.columns.columns import Column
from balanstest_analysis.history.engines.engine import Engine
from balanstest_analysis.history.files.headers import Header
from balanstest_analysis.history.files.sheet_rows import workbook_rows
from balanstest_analysis.history.files.text_rows import Noticed, csv_rows, schema_of
from balanstest_analysis.history.sources.parts import NOTHING_SEEN, Seen


def text_table(
    engine: Engine, files: Sequence[Path], header: Header, needed: dict[int, Column]
) -> ir.Table:
    """Return files that hold text, with columns named ``c0``, ``c1`` and so on by position.

    Args:
        engine: that reads them.
        files: laid out alike.
        header: their layout.
        needed: the columns that are needed, by position.

    Raises:
        DataError: a file cannot be read.
    """
    return read_text(engine, files, header, needed)[0]


def read_text(
    engine: Engine, files: Sequence[Path], header: Header, needed: dict[int, Column]
) -> tuple[ir.Table, Seen]:
    """Return files that hold text as `text_table` does, and what was seen on the way."""
    if header.is_plain:
        return engine.open_files(files, header, needed), NOTHING_SEEN
    noticed = Noticed()
    batches = (batch for file in files for batch in _batches(file, header, needed, noticed))
    rows = engine.hold(batches, schema_of(sorted(needed)))
    seen = Seen(
        below=len(noticed.below),
        first_below=noticed.below[0] if noticed.below else None,
        hidden=tuple(noticed.hidden),
    )
    return rows, seen


def _batches(
    file: Path, header: Header, needed: dict[int, Column], noticed: Noticed
) -> Iterator[pa.RecordBatch]:
    if header.delimiter:
        return csv_rows(file, header, sorted(needed), noticed)
    return workbook_rows(file, header, needed, noticed)
