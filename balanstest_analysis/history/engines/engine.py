"""What is asked of an engine, whichever it is: the only way in which the rest knows one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

import ibis.expr.types as ir
import pyarrow as pa

from balanstest_analysis.history.engines.buckets import Buckets
from balanstest_analysis.history.files.headers import Header

if TYPE_CHECKING:
    import pandas as pd


Row = dict[str, Any]


class Answer(Protocol):
    """What was asked of an engine: each waits for it, if need be, and raises what went wrong."""

    def table(self) -> pa.Table:
        """Return the result, with the types of what was asked."""

    def rows(self) -> list[Row]:
        """Return the result, one row after another, as values of Python."""


@dataclass(frozen=True)
class Ready:
    """An answer that is there already."""

    _result: pa.Table

    def table(self) -> pa.Table:
        """Return the result."""
        return self._result

    def rows(self) -> list[Row]:
        """Return the result as values of Python."""
        rows: list[Row] = self._result.to_pylist()
        return rows


class Engine(Protocol):
    """Where the rows of a history are read, kept and counted; only small results leave it.

    What goes wrong in an engine is raised in our words: a `DataError` where the data or the address
    are at fault, a `RunError` where it failed. Its own words can quote a cell, and are dropped.

    Attributes:
        has_row_order: whether rows come as they stand in a file, so that they can be numbered.
    """

    has_row_order: ClassVar[bool]

    def open_files(
        self, files: Sequence[Path], header: Header | None = None, needed: Collection[int] = ()
    ) -> ir.Table:
        """Return files that are laid out alike as one table.

        Args:
            files: at least one.
            header: of CSV files, whose cells become text in columns ``c0``, ``c1`` and so on; None
                for Parquet, which has names and types of its own.
            needed: positions of the columns of CSV files that are looked at, all others stay
                unread; none where that is not known.
        """

    def open_table(self, table: str, name: str) -> ir.Table:
        """Return a table of the database that the engine is with.

        Args:
            table: such as ``"crm.calls"``.
            name: of the table in the dossier.
        """

    def knows_zone(self, zone: str) -> bool:
        """Return whether the engine knows a time zone by this name."""

    def put(self, name: str, rows: pa.Table) -> ir.Table:
        """Return a small table of Python's memory, such as one of days, as one of the engine."""

    def hold(self, batches: Iterable[pa.RecordBatch], schema: pa.Schema) -> ir.Table:
        """Return rows of files that Python read, as one table.

        Args:
            batches: as they are read; what goes wrong in reading them is raised as it is.
            schema: of the batches.
        """

    def keep(self, name: str, expression: ir.Table) -> ir.Table:
        """Return a table that holds the rows of an expression, computed once."""

    def let_go(self) -> None:
        """Let go of rows as they stand in files, with their keys; files can be opened again."""

    def content_of(self, kept: ir.Table) -> str:
        """Return a text that tells the rows of a kept table from any others.

        Asked of tables of a database alone; files tell that themselves.
        """

    def buckets_for(self, rows: int) -> Buckets | None:
        """Return where a history is kept of which the largest table has so many rows, if in pieces.

        None where the engine keeps it as one table, which it may divide by itself.
        """

    def ask(self, expression: ir.Table) -> Answer:
        """Return what will be a small result, which may be counted while Python goes on."""

    def fetch(self, expression: ir.Table) -> pa.Table:
        """Return a small result, such as counts."""

    def close(self) -> None:
        """Let go of the engine and of everything it holds."""


def frame(engine: Engine, expression: ir.Table) -> pd.DataFrame:
    """Return a small result as a DataFrame."""
    return frame_of(engine.fetch(expression))


def frame_of(rows: pa.Table) -> pd.DataFrame:
    """Return a small result as a DataFrame."""
    result: pd.DataFrame = rows.to_pandas()
    return result


def rows_of(engine: Engine, expression: ir.Table) -> list[Row]:
    """Return a small result, one row after another; it imports no pandas."""
    return engine.ask(expression).rows()


def numbers_of(engine: Engine, expression: ir.Table) -> dict[str, int]:
    """Return the second column of a small result by the first, which is text, as whole numbers."""
    return {key: int(number) for key, number in (r.values() for r in rows_of(engine, expression))}


def first_row(engine: Engine, expression: ir.Table) -> Row:
    """Return the first row of a result; empty where there is none."""
    rows = rows_of(engine, expression.limit(1))
    return rows[0] if rows else {}


def totals_of(engine: Engine, expression: ir.Table) -> dict[str, int]:
    """Return the only row of a result, as whole numbers; a sum of nothing is 0."""
    return {name: int(count or 0) for name, count in first_row(engine, expression).items()}


def all_totals_of(engine: Engine, expressions: Iterable[ir.Table]) -> dict[str, int]:
    """Return the only rows of several results together; each is written while others count."""
    answers = [engine.ask(expression) for expression in expressions]
    rows = [row for answer in answers for row in answer.rows()]
    return {name: int(count or 0) for row in rows for name, count in row.items()}
