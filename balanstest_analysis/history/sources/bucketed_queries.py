"""Questions that are put to a history, of whatever size, one bucket of its customers after another.

First everything is asked, then all buckets are gone through, then the answers can be read. Each
question is written once; a bucket costs no more than its rows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from functools import cached_property
from queue import Empty, Queue
from typing import Generic, TypeVar

import ibis
import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa

from balanstest_analysis.history.engines.buckets import (
    Question,
    Session,
    add_up,
    make_empty,
    show_all,
)
from balanstest_analysis.history.engines.engine import engine, put_rows, threads_of
from balanstest_analysis.history.sources.history import History

Value = TypeVar("Value")
Made = TypeVar("Made")
Tell = Callable[[int, int], None]


def say_nothing(_done: int, _total: int) -> None:
    """Tell nothing."""


class Answer(Generic[Value]):
    """What is counted over all buckets, once `Inquiry.finish` has gone through them.

    Examples:
        >>> Answer(lambda: 20).then(lambda number: number + 1).value
        21
    """

    def __init__(self, read: Callable[[], Value]) -> None:
        self._read = read

    @cached_property
    def value(self) -> Value:
        """The counts, or what was made of them."""
        return self._read()

    def then(self, make: Callable[[Value], Made]) -> Answer[Made]:
        """Return the answer to come that is made of this one."""
        return Answer(lambda: make(self.value))


def only_row(rows: pd.DataFrame) -> dict[str, int]:
    """Return the only row, as whole numbers; a sum of nothing is 0."""
    return {str(name): int(count) for name, count in rows.fillna(0).iloc[0].items()}


class Inquiry:
    """An inquiry into a history that is in one piece: questions are answered when they are asked.

    Args:
        history: open.

    Examples:
        >>> from balanstest_analysis.dossier.loading import load_dossier
        >>> from balanstest_analysis.history.sources import inquiry_into, only_row, open_history
        >>> history = open_history(load_dossier("data/sample/balanstest.toml"), b"secret")
        >>> inquiry, calls = inquiry_into(history), history.tables["calls"].rows
        >>> asked = inquiry.ask(calls.aggregate(number=calls.count()))
        >>> inquiry.finish()
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
        return put_rows(self.history.connection, name, table)

    def ask(self, expression: ir.Table, keys: Sequence[str] = ()) -> Answer[pd.DataFrame]:
        """Return the answer to come: numbers by keys, in no particular order.

        Args:
            expression: one row for each combination of the keys; all other columns are counts,
                which are added up over the buckets.
            keys: names of its columns; none for a single row.
        """
        found = self.history.frame(expression)
        return Answer(lambda: found)

    def finish(self, tell: Tell = say_nothing) -> None:
        """Go through the buckets; afterwards the tables of the history show all of them.

        Args:
            tell: is told before each bucket how many of how many are counted.
        """


class InquiryInBuckets(Inquiry):
    """An inquiry into a history in buckets: questions are kept, and put to one after another.

    As many buckets are counted at the same time as there are threads, each in a session of its own.

    Args:
        history: open.
        afterwards: names of kept tables of which all rows are wanted after the inquiry.
    """

    def __init__(self, history: History, afterwards: Sequence[str] = ()) -> None:
        super().__init__(history)
        self._steps: list[Callable[[Session], None]] = []
        self._questions: list[Question] = []
        self._kept: list[str] = []
        self._afterwards = afterwards

    def keep(self, name: str, expression: ir.Table) -> ir.Table:
        """Return a table that will hold the rows of an expression, of one bucket at a time."""
        query = self._compiled(expression)
        self._kept.append(name)
        self._steps.append(lambda session: session.make(name, query))
        return ibis.table(expression.schema(), name=name)

    def ask(self, expression: ir.Table, keys: Sequence[str] = ()) -> Answer[pd.DataFrame]:
        """Return the answer to come: numbers by keys."""
        mapper, schema = self.history.connection.compiler.type_mapper, expression.schema()
        question = Question(
            name=f"answer_{len(self._questions)}",
            query=self._compiled(expression),
            keys=keys,
            kinds={name: mapper.to_string(kind) for name, kind in schema.items()},
        )
        self._questions.append(question)
        self._steps.append(lambda session: session.ask(question))
        return Answer(lambda: self.history.frame(ibis.table(schema, name=question.name)))

    def finish(self, tell: Tell = say_nothing) -> None:
        """Go through the buckets; afterwards the tables of the history show all of them."""
        connection, waiting = self.history.connection, Queue[int]()
        for bucket in range(self.history.buckets):
            waiting.put(bucket)
        sessions = min(threads_of(connection), self.history.buckets)
        with engine():
            opened = [Session(connection, number) for number in range(sessions)]
            with ThreadPoolExecutor(sessions) as pool:
                work = [pool.submit(self._go_through, one, waiting, tell) for one in opened]
                try:
                    for done in as_completed(work):
                        done.result()
                except BaseException:
                    _leave_the_rest(waiting)
                    for one in opened:
                        one.interrupt()
                    raise
            for question in self._questions:
                add_up(connection, question, sessions)
            for name in self._afterwards:
                make_empty(connection, name)
            show_all(connection, self._afterwards)

    def _go_through(self, session: Session, waiting: Queue[int], tell: Tell) -> None:
        """Work on buckets while there are any."""
        try:
            while True:
                bucket = waiting.get_nowait()
                tell(self.history.buckets - waiting.qsize() - 1, self.history.buckets)
                session.show(self.history.tables, bucket)
                for step in self._steps:
                    step(session)
                for name in self._afterwards:
                    session.write(name, bucket)
        except Empty:
            session.leave(self._kept, self._questions)

    def _compiled(self, expression: ir.Table) -> str:
        with engine():
            return str(self.history.connection.compile(expression))


def _leave_the_rest(waiting: Queue[int]) -> None:
    with suppress(Empty):
        while True:
            waiting.get_nowait()


def inquiry_into(history: History, afterwards: Sequence[str] = ()) -> Inquiry:
    """Return an inquiry into a history that is open.

    Args:
        history: in one piece or in buckets.
        afterwards: names of kept tables of which all rows are wanted after the inquiry.
    """
    return Inquiry(history) if history.buckets == 1 else InquiryInBuckets(history, afterwards)
