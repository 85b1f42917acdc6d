"""Statements that DuckDB carries out in their order, while Python writes the next ones."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb

Rows = list[tuple[Any, ...]]


class StatementQueue:
    """A connection that carries out one statement after another on a thread of its own.

    Writing a question takes Python about as long as counting takes DuckDB, which needs no Python.
    Whoever uses the connection in another way calls `settle` first: it is no use to two at once.

    Args:
        connection: open; it is closed by whoever opened it, after `close`.

    Examples:
        >>> import duckdb
        >>> queue = StatementQueue(duckdb.connect())
        >>> made = queue.add("create table one (n integer)", "insert into one values (7)")
        >>> queue.add("select n from one").result()
        [(7,)]
        >>> queue.close()
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="duckdb")
        self._last: Future[Rows] | None = None
        self._failure: Exception | None = None

    def add(self, *statements: str) -> Future[Rows]:
        """Return what will be the rows of the last of some statements.

        One that comes after a failure is not carried out: it fails as the first did.
        """
        self._last = self._worker.submit(self._carry_out, statements)
        return self._last

    def settle(self) -> None:
        """Wait until everything that was added is done.

        Raises:
            duckdb.Error: the first statement that failed, if any.
        """
        last, self._last = self._last, None
        try:
            if last is not None:
                last.result()
        finally:
            self._failure = None

    def close(self) -> None:
        """Break off what is not done."""
        if self._last is not None and not self._last.done():
            self._connection.interrupt()
        self._worker.shutdown(cancel_futures=True)

    def _carry_out(self, statements: tuple[str, ...]) -> Rows:
        if self._failure is not None:
            raise self._failure
        try:
            for statement in statements:
                self._connection.execute(statement)
            return self._connection.fetchall()
        except Exception as failure:
            self._failure = failure
            raise
