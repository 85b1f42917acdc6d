"""DuckDB as the engine: files, in the memory of this process."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir
import pyarrow as pa

from balanstest_analysis.errors import DataError
from balanstest_analysis.history.engines.buckets import Buckets, no_pattern, number_of_buckets
from balanstest_analysis.history.engines.duckdb_dialect import DuckDBRules
from balanstest_analysis.history.engines.duckdb_errors import in_our_words
from balanstest_analysis.history.engines.duckdb_views import cast_view, casts_of, csv_view, quoted
from balanstest_analysis.history.engines.engine import Answer, Row
from balanstest_analysis.history.engines.held_rows import held_rows
from balanstest_analysis.history.engines.statement_queue import Rows, StatementQueue
from balanstest_analysis.history.files.headers import Header
from balanstest_analysis.history.files.spill import Spill, make_spill

if TYPE_CHECKING:
    from ibis.backends.duckdb import Backend as DuckDBBackend
    from ibis.expr.schema import Schema


@dataclass(frozen=True, kw_only=True)
class Resources:
    """What DuckDB may use of the machine.

    Attributes:
        memory_limit_gb: in gigabytes; None for a quarter of the memory, and at least one.
        spill_directory: where it may write what does not fit; None for the usual temporary place.
        threads: None for one per core.
    """

    memory_limit_gb: float | None = None
    spill_directory: Path | None = None
    threads: int | None = None


@lru_cache(maxsize=1024)
def _written(question: ops.Node, backend: DuckDBBackend) -> str:
    """Return a question as SQL, written once where a notebook asks it time and again.

    To write it takes a third of the time of a small history. Equal questions name the same tables
    and columns, of whichever rows, and hold none; equal backends were opened with equal settings.
    """
    query: str = backend.compile(question.to_expr())
    return query


@dataclass(frozen=True)
class Counted:
    """What DuckDB counts, or has counted."""

    _asked: Callable[[], Rows]
    _schema: Schema

    @in_our_words()
    def table(self) -> pa.Table:
        """Wait for the result."""
        rows, schema = self._asked(), self._schema.to_pyarrow()
        columns = zip(*rows, strict=True) if rows else [()] * len(schema)
        arrays = [pa.array(c, f.type) for c, f in zip(columns, schema, strict=True)]
        return pa.Table.from_arrays(arrays, schema=schema)

    @in_our_words()
    def rows(self) -> list[Row]:
        """Wait for the result; a table of Arrow would import pandas to be made."""
        return [dict(zip(self._schema.names, row, strict=True)) for row in self._asked()]


class DuckDBEngine:
    """DuckDB, which reads files and never goes on line.

    What is kept and asked is carried out while Python writes the next question; everything else
    waits for it.

    Args:
        spill: a private directory that it may write to; without one it never writes to disk, which
            is for files that fit in memory many times.
    """

    has_row_order: ClassVar[bool] = True

    @in_our_words()
    def __init__(self, spill: Spill | None = None) -> None:
        self._spill = spill
        self.backend: DuckDBBackend = ibis.duckdb.connect(
            TimeZone="UTC",
            temp_directory="" if spill is None else str(spill.folder),
            autoinstall_known_extensions=False,
            enable_external_file_cache=False,
        )
        self.backend.compiler = DuckDBRules()
        self._queue = StatementQueue(self.backend.con)
        self._views = count()
        self._held: dict[tuple[int, tuple[str, ...], Header, tuple[int, ...]], ir.Table] = {}
        self._in_buckets = False

    @classmethod
    def with_resources(cls, resources: Resources, *, may_spill: bool = True) -> DuckDBEngine:
        """Return one that may use so much of the machine.

        Args:
            resources: of the machine.
            may_spill: whether it may write to a private directory.

        Raises:
            DataError: the directory cannot be written.
        """
        engine = cls(make_spill(resources.spill_directory) if may_spill else None)
        engine._limit(resources)
        return engine

    @in_our_words()
    def _limit(self, resources: Resources) -> None:
        limit = resources.memory_limit_gb or max(1.0, self._memory_bytes() / 4e9)
        self.backend.con.execute(f"set memory_limit = '{limit:.3f}GB'")
        if resources.threads is not None:
            self.backend.con.execute(f"set threads = {resources.threads}")

    def _memory_bytes(self) -> float:
        """Return the memory of the machine, or of the container, of which DuckDB takes 80 %."""
        number, unit = self._setting("memory_limit").split()
        power = ("KiB", "MiB", "GiB", "TiB").index(unit) + 1
        return float(number) * float(1024**power) / 0.8

    def _setting(self, name: str) -> str:
        self._queue.settle()
        query = f"select current_setting('{name}')"
        return str(self.backend.con.execute(query).fetchall()[0][0])

    @in_our_words()
    def open_files(
        self, files: Sequence[Path], header: Header | None = None, needed: Collection[int] = ()
    ) -> ir.Table:
        """Return files that are laid out alike as one table.

        Nothing is guessed about CSV: cells are text, and a row with more or fewer cells than the
        header is an error. Many questions are asked of a file: where nothing can reach a disk, what
        is needed of it is parsed once and held.
        """
        paths = tuple(no_pattern(file) for file in files)
        if header is not None:
            held = tuple(sorted(needed)) if self._spill is None else ()
            return self._open_text(paths, header, held)
        self._queue.settle()
        return self._typed(self.backend.read_parquet(list(paths), hive_partitioning=False))

    def _open_text(self, paths: tuple[str, ...], header: Header, held: tuple[int, ...]) -> ir.Table:
        """Return the cells of CSV files, of which some columns are held or all stay in the file."""
        key = (self._queue.failures, paths, header, held)  # what failed may be one of these
        if key in self._held:
            return self._held[key]
        view, names = f"text_{next(self._views)}", [f"c{at}" for at in range(len(header.names))]
        self._make(csv_view(view, paths, names, header.delimiter))
        rows = self._table(view, ibis.schema(dict.fromkeys(names, "string")))
        if not held:
            return rows
        needed = rows.select(*(names[at] for at in held))
        return self._held.setdefault(key, self.keep(f"held_{view}", needed))

    def _typed(self, stored: ir.Table) -> ir.Table:
        """Return Parquet with types that Ibis knows in place of those that only DuckDB knows."""
        name = stored.get_name()
        types = self.backend.con.execute(f"describe {quoted(name)}").fetchall()
        casts = casts_of({column: kind for column, kind, *_ in types})
        if not casts:
            return stored
        other = f"{name}_typed"
        self.backend.con.execute(cast_view(other, name, casts))
        return self.backend.table(other)

    def open_table(self, table: str, name: str) -> ir.Table:
        """Refuse a table: what DuckDB counts are files.

        Raises:
            DataError: always.
        """
        raise DataError(
            f"`[data.{name}]`: `table` is {table!r}, which asks for a database. Give `path`, or "
            "name the environment variable that holds the address with `engine_env`."
        )

    @in_our_words()
    def knows_zone(self, zone: str) -> bool:
        """Return whether DuckDB knows a time zone by this name."""
        self._queue.settle()
        query = "select count(*) from pg_timezone_names() where name = ?"
        return bool(self.backend.con.execute(query, [zone]).fetchall()[0][0])

    @in_our_words()
    def put(self, name: str, rows: pa.Table) -> ir.Table:
        """Return a small table of Python's memory as one of DuckDB."""
        self._queue.put(quoted(name), rows)
        if self._in_buckets:
            self._queue.settle()
        return self._table(name, ibis.Schema.from_pyarrow(rows.schema))

    @in_our_words()
    def hold(self, batches: Iterable[pa.RecordBatch], schema: pa.Schema) -> ir.Table:
        """Return rows that Python read; many are written to the private directory, if any."""
        found = held_rows(batches, schema, None if self._spill is None else self._spill.folder)
        if isinstance(found, pa.Table):
            return ibis.memtable(found)
        self._queue.settle()
        return self.backend.read_parquet([no_pattern(found)], hive_partitioning=False)

    @in_our_words()
    def keep(self, name: str, expression: ir.Table) -> ir.Table:
        """Return a table with the rows of an expression, so that text is parsed once."""
        query, schema = self._query(expression), expression.schema()
        types = self.backend.compiler.type_mapper
        columns = ", ".join(
            f"{quoted(column)} {types.to_string(kind)}" for column, kind in schema.items()
        )
        table = quoted(name)
        self._make(f"create table {table} ({columns})", f"insert into {table} {query}")
        return self._table(name, schema)

    def _table(self, name: str, schema: Schema) -> ir.Table:
        """Return a table as it will be, without asking the engine for its types."""
        return ops.DatabaseTable(
            name, schema=schema, source=self.backend, namespace=ops.Namespace()
        ).to_expr()

    def _query(self, expression: ir.Table) -> str:
        if expression.op().find(ops.InMemoryTable):
            self._queue.settle()
            self.backend._register_in_memory_tables(expression)
            holding_rows: str = self.backend.compile(expression)
            return holding_rows
        return _written(expression.op(), self.backend)

    def _make(self, *statements: str) -> None:
        self._queue.make(*statements)
        if self._in_buckets:  # which use the connection by themselves
            self._queue.settle()

    def let_go(self) -> None:
        """Let go of the rows of files that are held; who needs them again opens the files again."""
        for rows in self._held.values():
            self._make(f"drop table if exists {quoted(rows.get_name())}")
        self._held.clear()

    def content_of(self, kept: ir.Table) -> str:
        """Return nothing: rows of files are told from others by the files."""
        return ""

    @in_our_words()
    def buckets_for(self, rows: int) -> Buckets | None:
        """Return buckets for more rows than are counted at once, if they may be written."""
        if self._spill is None:
            return None
        threads = int(self._setting("threads"))
        number = number_of_buckets(rows, int(self._memory_bytes() * 0.8), threads)
        if number == 1:
            return None
        self._in_buckets = True
        return Buckets(
            backend=self.backend,
            folder=self._spill.folder,
            number=number,
            sessions=min(threads, number),
        )

    @in_our_words()
    def ask(self, expression: ir.Table) -> Answer:
        """Return what will be a small result.

        Ibis would have the query planned for its types, and once more to run it.
        """
        asked = self._queue.ask(self._query(expression))
        if self._in_buckets:
            self._queue.settle()
        return Counted(asked, expression.schema())

    def fetch(self, expression: ir.Table) -> pa.Table:
        """Return a small result."""
        return self.ask(expression).table()

    @in_our_words()
    def close(self) -> None:
        """Let go of the rows, and of what was written to disk."""
        self._queue.close()
        self.backend.disconnect()
        if self._spill is not None:
            self._spill.remove()
