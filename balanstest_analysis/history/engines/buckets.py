"""Tables of DuckDB in buckets of customers, of which one at a time is in sight.

Everything about a customer is in one bucket, so every count of a history is the sum of the counts
of its buckets. They are Parquet files in a private directory; a view by the name of the table shows
one of them, or all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import ibis.expr.types as ir

ROWS_AT_ONCE = 500_000
_BYTES_PER_ROW = 600
_ROWS_WAITING = 500_000
_FEWEST_ROWS_AT_ONCE = 8_192
_ROWS_UNFOLDED = 500_000


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


def write_buckets(connection: Any, name: str, rows: ir.Table, buckets: int) -> ir.Table:
    """Write rows as so many buckets by customer, and return the table that shows them all.

    Args:
        connection: with ``spill``.
        name: of the table.
        rows: with ``customer_id``.
        buckets: their number.
    """
    folder = connection.spill.folder / name
    query = connection.compile(rows.mutate(bucket=rows.customer_id % buckets))
    connection.con.execute(
        f"create table {_none(name)} as select * from ({connection.compile(rows)}) limit 0"
    )
    waiting = max(_FEWEST_ROWS_AT_ONCE, _ROWS_WAITING // buckets)
    connection.con.execute(f"set partitioned_write_flush_threshold = {waiting}")
    connection.con.execute(
        f"copy ({query}) to {_text(folder)} "
        "(format parquet, partition_by (bucket), compression uncompressed)"
    )
    show_all(connection, [name])
    return connection.table(name)


def show_all(connection: Any, names: Iterable[str]) -> None:
    """Let tables show the rows of all buckets.

    Args:
        connection: with ``spill``.
        names: of tables from `write_buckets` or `Session.write`.
    """
    for name in names:
        query = _rows_of(connection.spill.folder / name, _none(name), "*")
        connection.con.execute(f'create or replace temp view "{name}" as {query}')


def _rows_of(folder: Path, none: str, bucket: int | str) -> str:
    files = sorted(folder.glob(f"bucket={bucket}/*.parquet"))
    if not files:
        return f"select * from {none}"
    listed = ", ".join(_text(no_pattern(file)) for file in files)
    return f"select * from read_parquet([{listed}], hive_partitioning = false)"


@dataclass(frozen=True, kw_only=True)
class Question:
    """Numbers by keys, asked of every bucket.

    Attributes:
        name: of the table of totals.
        query: gives one row for each combination of the keys.
        keys: names of the columns that tell rows apart.
        kinds: types of all columns, as the engine writes them.
    """

    name: str
    query: str
    keys: Sequence[str]
    kinds: Mapping[str, str]

    def added_up(self, source: str) -> str:
        """Return a query in which rows that agree on the keys are one."""
        names = [f'"{name}"' for name in self.keys]
        sums = [f'sum("{n}")::{k} as "{n}"' for n, k in self.kinds.items() if n not in self.keys]
        grouped = f"group by {', '.join(names)}" if names else ""
        return f"select {', '.join([*names, *sums])} from {source} {grouped}"


class Session:
    """A session of its own with the engine, that sees one bucket at a time.

    Args:
        connection: with ``spill``.
        number: tells it apart from other sessions.
    """

    def __init__(self, connection: Any, number: int) -> None:
        self._folder, self._con = connection.spill.folder, connection.con.cursor()
        self._number = number
        self._allowed: dict[str, int] = {}

    def show(self, names: Iterable[str], bucket: int) -> None:
        """Let tables show one bucket."""
        for name in names:
            query = _rows_of(self._folder / name, _none(name), bucket)
            self._con.execute(f'create or replace temp view "{name}" as {query}')

    def make(self, name: str, query: str) -> None:
        """Make a table with the rows of a query, in place of the one of the bucket before."""
        self._con.execute(f'create or replace temp table "{name}" as {query}')

    def write(self, name: str, bucket: int) -> None:
        """Write a table as one bucket of the table that `show_all` shows afterwards."""
        folder = self._folder / name / f"bucket={bucket}"
        folder.mkdir(parents=True)
        target = _text(folder / "rows.parquet")
        self._con.execute(f'copy "{name}" to {target} (format parquet, compression uncompressed)')

    def ask(self, question: Question) -> None:
        """Add the answer to the totals; now and then, rows that agree on the keys become one."""
        name, allowed = question.name, self._allowed.get(question.name, 0)
        if allowed:
            self._con.execute(f'insert into "{name}" by name {question.query}')
        else:
            self.make(name, question.query)
        rows = self._con.execute(f'select count(*) from "{name}"').fetchall()[0][0]
        if rows > allowed:
            self.make(name, question.added_up(f'"{name}"'))
            left = self._con.execute(f'select count(*) from "{name}"').fetchall()[0][0]
            self._allowed[name] = max(_ROWS_UNFOLDED, 2 * left)

    def interrupt(self) -> None:
        """End what is being computed."""
        with suppress(duckdb.Error):  # it may have left already
            self._con.interrupt()

    def leave(self, kept: Iterable[str], questions: Iterable[Question]) -> None:
        """Let go of what was kept, and hand the totals over to all sessions."""
        for name in kept:
            self._con.execute(f'drop table if exists temp."{name}"')
        for question in questions if self._allowed else ():
            name = question.name
            totals = question.added_up(f'temp."{name}"')
            self._con.execute(f'create table "{name}_{self._number}" as {totals}')
            self._con.execute(f'drop table temp."{name}"')
        self._con.close()


def add_up(connection: Any, question: Question, sessions: int) -> None:
    """Make the table of totals of all sessions."""
    names = [f"{question.name}_{number}" for number in range(sessions)]
    known = {row[0] for row in connection.con.execute("show tables").fetchall()}
    parts = [f'select * from "{name}"' for name in names if name in known]
    both = f"({' union all by name '.join(parts)})"
    connection.con.execute(f'create table "{question.name}" as {question.added_up(both)}')
    for name in names:
        connection.con.execute(f'drop table if exists "{name}"')


def make_empty(connection: Any, name: str) -> None:
    """Make the table that stands for a bucket without rows, from one that was written."""
    (first, *_) = sorted((connection.spill.folder / name).glob("bucket=*/*.parquet"))
    query = f"select * from read_parquet({_text(no_pattern(first))}) limit 0"
    connection.con.execute(f"create table {_none(name)} as {query}")


def _none(name: str) -> str:
    return f'"no_{name}"'


def _text(path: Path | str) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def no_pattern(file: Path) -> str:
    """Return a path in which the engine does not read a folder called ``[2026]`` as a pattern."""
    return re.sub(r"([*?\[])", r"[\1]", str(file.resolve()))
