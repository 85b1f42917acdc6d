"""Rows that Python read: few are held in memory, many are written to disk as they come."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from balanstest_analysis.history.engines.buckets import ROWS_AT_ONCE


def held_rows(
    batches: Iterable[pa.RecordBatch], schema: pa.Schema, folder: Path | None
) -> pa.Table | Path:
    """Return rows in memory or, of more than are counted at once, the Parquet file they are in.

    Args:
        batches: rows as they come.
        schema: of the batches.
        folder: private; None to write nothing.

    Raises:
        OSError: they cannot be written.
    """
    waiting, first, rows = iter(batches), list[pa.RecordBatch](), 0
    for batch in waiting:
        first.append(batch)
        rows += batch.num_rows
        if folder is not None and rows > ROWS_AT_ONCE:
            return _written(chain(first, waiting), schema, folder)
    return pa.Table.from_batches(first, schema=schema)


def _written(batches: Iterable[pa.RecordBatch], schema: pa.Schema, folder: Path) -> Path:
    descriptor, name = tempfile.mkstemp(prefix="rows-", suffix=".parquet", dir=folder)
    with os.fdopen(descriptor, "wb") as file, pq.ParquetWriter(file, schema) as writer:
        for batch in batches:
            writer.write_batch(batch)
    return Path(name)
