"""Questions that are put to a history, of whatever size, one bucket of its customers after another.

First everything is asked, then all buckets are gone through, then the answers can be read. Each
question is written once; a bucket costs no more than its rows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Generic, TypeVar

import ibis.expr.types as ir

from balanstest_analysis.history.engines.bucket_pass import BucketPass, OnProgress
from balanstest_analysis.history.sources.history import History

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

Value = TypeVar("Value")
Made = TypeVar("Made")


def no_progress(_done: int, _total: int) -> None:
    """Take no notice."""


class Deferred(Generic[Value]):
    """What is counted over all buckets, once `Queries.finish` has gone through them.

    Examples:
        >>> Deferred(lambda: 20).then(lambda number: number + 1).value
        21
    """

    def __init__(self, read: Callable[[], Value]) -> None:
        self._read = read

    @cached_property
    def value(self) -> Value:
        """The counts, or what was made of them."""
        return self._read()

    def then(self, make: Callable[[Value], Made]) -> Deferred[Made]:
        """Return what will be made of this one, once it is known."""
        return Deferred(lambda: make(self.value))


def only_row(rows: pd.DataFrame) -> dict[str, int]:
    """Return the only row, as whole numbers; a sum of nothing is 0."""
    return {str(name): int(count) for name, count in rows.fillna(0).iloc[0].items()}


class Queries:
    """Queries put to a history in one piece, which counts each as soon as it is asked.

    Args:
        history: open.

    Examples:
        >>> from balanstest_analysis.dossier.loading import load_dossier
        >>> from balanstest_analysis.history.sources import queries_on, only_row, open_history
        >>> history = open_history(load_dossier("data/sample/balanstest.toml"), b"secret")
        >>> queries, calls = queries_on(history), history.tables["calls"].rows
        >>> asked = queries.ask(calls.aggregate(number=calls.count()))
        >>> queries.finish()
        >>> only_row(asked.value)["number"] == history.tables["calls"].rows_read
        True
        >>> history.close()
    """

    def __init__(self, history: History) -> None:
        self.history = history

    def keep(self, name: str, expression: ir.Table) -> ir.Table:
        """Return a table of the engine with the rows of an expression that is used repeatedly.

        Args:
            name: of the table.
            expression: its rows.
        """
        return self.history.keep(name, expression)

    def with_table(self, name: str, table: pa.Table) -> ir.Table:
        """Return a small table of Python's memory as one that questions can be about."""
        return self.history.engine.put(name, table)

    def ask(self, expression: ir.Table, keys: Sequence[str] = ()) -> Deferred[pd.DataFrame]:
        """Return numbers by keys, in no particular order, once they are known.

        Args:
            expression: one row for each combination of the keys; all other columns are counts,
                which are added up over the buckets.
            keys: names of its columns; none for a single row.
        """
        return Deferred(self.history.ask(expression))

    def finish(self, on_progress: OnProgress = no_progress) -> None:
        """Go through the buckets; afterwards the tables of the history show all of them.

        Args:
            on_progress: called before each bucket with the number done and the total.
        """


class BucketedQueries(Queries):
    """Queries put to a history in buckets: they are kept, and put to one bucket after another.

    Args:
        history: open.
        through: the pass that asks them.
    """

    def __init__(self, history: History, through: BucketPass) -> None:
        super().__init__(history)
        self._pass = through

    def keep(self, name: str, expression: ir.Table) -> ir.Table:
        """Return a table that will hold the rows of an expression, of one bucket at a time."""
        return self._pass.keep(name, expression)

    def ask(self, expression: ir.Table, keys: Sequence[str] = ()) -> Deferred[pd.DataFrame]:
        """Return numbers by keys, once they are known."""
        totals = self._pass.ask(expression, keys)
        return Deferred(lambda: self.history.frame(totals))

    def finish(self, on_progress: OnProgress = no_progress) -> None:
        """Go through the buckets; afterwards the tables of the history show all of them."""
        self._pass.run(on_progress)


def queries_on(history: History, afterwards: Sequence[str] = ()) -> Queries:
    """Return how to put queries to an open history.

    Args:
        history: in one piece or in buckets.
        afterwards: names of kept tables of which all rows are wanted after the queries.
    """
    if history.buckets is None:
        return Queries(history)
    return BucketedQueries(history, BucketPass(history.buckets, history.tables, afterwards))
