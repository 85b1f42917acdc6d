"""Tables of DuckDB in buckets of customers, of which one at a time is in sight.

Everything about a customer is in one bucket, so every count of a history is the sum of the counts
of its buckets. They are Parquet files in a private directory; a view by the name of the table shows
one of them, or all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import ibis.expr.types as ir

from balanstest_analysis.history.engines.duckdb_errors import in_our_words

if TYPE_CHECKING:
    from ibis.backends.duckdb import Backend as DuckDBBackend

ROWS_AT_ONCE = 500_000
_BYTES_PER_ROW = 600
_ROWS_WAITING = 500_000
_FEWEST_ROWS_AT_ONCE = 8_192


def number_of_buckets(rows: int, memory_bytes: int, sessions: int) -> int:
    """Return in how many buckets a history goes.

    Args:
        rows: of its largest table.
        memory_bytes: what the engine may use.
        sessions: how many buckets are counted at the same time.

    Examples:
        >>> number_of_buckets(400_000, 2**33, 2), number_of_buckets(50_000_000, 2**33, 2)
        (1, 100)
    """
    at_once = min(ROWS_AT_ONCE, memory_bytes // (_BYTES_PER_ROW * sessions))
    return max(1, -(-rows // at_once))


@dataclass(frozen=True, kw_only=True)
class Buckets:
    """Where a history of many rows is kept, in so many buckets of customers.

    Attributes:
        backend: DuckDB.
        folder: private; every table has a folder of its own in it.
        number: of buckets.
        sessions: how many buckets are counted at the same time.
    """

    backend: DuckDBBackend = field(repr=False)
    folder: Path = field(repr=False)
    number: int
    sessions: int

    @contextmanager
    def one_thread_each(self) -> Iterator[None]:
        """Let each session count on its own thread, where there are no more threads than those.

        Sessions that hand each other pieces of work take more processor time for the same counts.
        """
        con = self.backend.con
        (threads,) = con.execute("select current_setting('threads')").fetchone() or (1,)
        alone = 1 if threads == self.sessions else threads
        con.execute(f"set threads = {alone}")
        try:
            yield
        finally:
            con.execute(f"set threads = {threads}")

    @in_our_words()
    def keep(self, name: str, expression: ir.Table) -> ir.Table:
        """Write the rows of an expression by customer, and return the table that shows them all.

        Args:
            name: of the table.
            expression: with ``customer_id``.
        """
        query, con = self.backend.compile(expression), self.backend.con
        con.execute(f"create table {_none(name)} as select * from ({query}) limit 0")
        waiting = max(_FEWEST_ROWS_AT_ONCE, _ROWS_WAITING // self.number)
        con.execute(f"set partitioned_write_flush_threshold = {waiting}")
        split = self.backend.compile(expression.mutate(bucket=expression.customer_id % self.number))
        con.execute(
            f"copy ({split}) to {_text(self.folder / name)} "
            "(format parquet, partition_by (bucket), compression uncompressed)"
        )
        self.show_all([name])
        return self.backend.table(name)

    def show_all(self, names: Iterable[str]) -> None:
        """Let tables show the rows of all buckets."""
        for name in names:
            self.backend.con.execute(self.view_of(name, "*"))

    def view_of(self, name: str, bucket: int | str) -> str:
        """Return the SQL that lets a table show one bucket, or ``"*"`` for all of them."""
        files = sorted((self.folder / name).glob(f"bucket={bucket}/*.parquet"))
        query = f"select * from {_none(name)}"
        if files:
            listed = ", ".join(_text(no_pattern(file)) for file in files)
            query = f"select * from read_parquet([{listed}], hive_partitioning = false)"
        return f'create or replace temp view "{name}" as {query}'

    def copy_of(self, name: str, bucket: int) -> str:
        """Return the SQL that writes a table as one bucket of the table of that name."""
        folder = self.folder / name / f"bucket={bucket}"
        folder.mkdir(parents=True)
        target = _text(folder / "rows.parquet")
        return f'copy "{name}" to {target} (format parquet, compression uncompressed)'

    def make_empty(self, name: str) -> None:
        """Make the table that stands for a bucket without rows, from one that was written."""
        (first, *_) = sorted((self.folder / name).glob("bucket=*/*.parquet"))
        query = f"select * from read_parquet({_text(no_pattern(first))}) limit 0"
        self.backend.con.execute(f"create table {_none(name)} as {query}")


def _none(name: str) -> str:
    return f'"no_{name}"'


def _text(path: Path | str) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def no_pattern(file: Path) -> str:
    """Return a path in which the engine does not read a folder called ``[2026]`` as a pattern."""
    return re.sub(r"([*?\[])", r"[\1]", str(file.resolve()))
