"""Statements that DuckDB carries out in their order, while Python writes the next ones."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import partial
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

Rows = list[tuple[object, ...]]
_SECONDS: Final = 0.02
_IN_MEMORY: Final = "rows_in_memory"


class StatementQueue:
    """A connection that carries out one statement after another on a thread of its own.

    Writing a question takes Python about as long as counting takes DuckDB, which needs no Python.
    Whoever uses the connection in another way calls `settle` first: it is no use to two at once.

    Args:
        connection: open; it is closed by whoever opened it, after `close`.

    Attributes:
        failures: how often something could not be made.

    Examples:
        >>> import duckdb
        >>> queue = StatementQueue(duckdb.connect())
        >>> queue.make("create table one (n integer)", "insert into one values (7)")
        >>> queue.ask("select n from one")()
        [(7,)]
        >>> queue.close()
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="duckdb")
        self._last: Future[Rows] | None = None
        self._failure: Exception | None = None
        self.failures = 0

    def make(self, *statements: str) -> None:
        """Have something made that later questions are about.

        When it fails, the next thing that is waited for raises what went wrong.
        """
        self._add(partial(self._make, *statements))

    def put(self, table: str, rows: pa.Table) -> None:
        """Have a table made of rows that are in Python's memory.

        Args:
            table: its name, quoted.
            rows: what it will hold.
        """
        self._add(partial(self._put, table, rows))

    def ask(self, query: str) -> Callable[[], Rows]:
        """Return what waits for the rows of a query.

        Raises:
            duckdb.Error: it failed, or something did that was to be made before it; when waited.
        """
        answer = self._add(partial(self._answer, query))

        def rows() -> Rows:
            try:
                return answer.result()
            except Exception:
                self._finished()
                raise

        return rows

    def settle(self) -> None:
        """Wait until all is done.

        Raises:
            duckdb.Error: what was to be made could not be.
        """
        failure = self._finished()
        if failure is not None:
            raise failure

    def close(self) -> None:
        """Break off what is not done."""
        self._worker.shutdown(wait=False, cancel_futures=True)
        while self._last is not None and not self._last.done():
            self._connection.interrupt()  # again, as it may be about to begin
            wait([self._last], timeout=_SECONDS)
        self._worker.shutdown()

    def _add(self, work: Callable[[], Rows]) -> Future[Rows]:
        self._last = self._worker.submit(work)
        return self._last

    def _finished(self) -> Exception | None:
        """Wait until all is done, and return what went wrong in making something, once."""
        if self._last is not None:
            self._last.exception()
        failure, self._failure = self._failure, None
        return failure

    def _make(self, *statements: str) -> Rows:
        try:
            for statement in statements:
                self._connection.execute(statement)
        except Exception as failure:  # noqa: BLE001 - whatever it is, who waits next is told
            self._failure = self._failure or failure
            self.failures += 1
        return []

    def _put(self, table: str, rows: pa.Table) -> Rows:
        self._connection.register(_IN_MEMORY, rows)
        self._make(f"create table {table} as select * from {_IN_MEMORY}")
        self._connection.unregister(_IN_MEMORY)
        return []

    def _answer(self, query: str) -> Rows:
        if self._failure is not None:
            raise self._failure
        return self._connection.execute(query).fetchall()
