"""A pass through all buckets of a history: what is kept and asked of each, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, Queue
from threading import Lock

import duckdb
import ibis
import ibis.expr.types as ir

from balanstest_analysis.history.engines.buckets import Buckets
from balanstest_analysis.history.engines.duckdb_errors import in_our_words

OnProgress = Callable[[int, int], None]
_ROWS_UNFOLDED = 500_000


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


class _Session:
    """A session of its own with DuckDB, that sees one bucket at a time.

    Args:
        buckets: of the history.
        number: tells it apart from other sessions.
    """

    def __init__(self, buckets: Buckets, number: int) -> None:
        self._buckets, self._con = buckets, buckets.backend.con.cursor()
        self._number = number
        self._allowed: dict[str, int] = {}

    def show(self, names: Iterable[str], bucket: int) -> None:
        """Let tables show one bucket."""
        for name in names:
            self._con.execute(self._buckets.view_of(name, bucket))

    def make(self, name: str, query: str) -> None:
        """Make a table with the rows of a query, in place of the one of the bucket before."""
        self._con.execute(f'create or replace temp table "{name}" as {query}')

    def write(self, name: str, bucket: int) -> None:
        """Write a table as one bucket of the table that is shown afterwards."""
        self._con.execute(self._buckets.copy_of(name, bucket))

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


class _Finished:
    """Counts the buckets that all sessions are done with.

    Args:
        total: number of buckets.
        on_progress: told by one session at a time.
    """

    def __init__(self, total: int, on_progress: OnProgress) -> None:
        self._total, self._on_progress = total, on_progress
        self._number, self._one_at_a_time = 0, Lock()

    def add(self) -> None:
        """Count one more."""
        with self._one_at_a_time:
            self._number += 1

    def tell(self) -> None:
        """Tell how many there are."""
        with self._one_at_a_time:
            self._on_progress(self._number, self._total)


class BucketPass:
    """Steps that every bucket goes through, in the order in which they were asked for.

    As many buckets are counted at the same time as there are threads, each in a session of its own.

    Args:
        buckets: of the history.
        tables: names of its tables.
        afterwards: names of kept tables that show all their rows after the pass.
    """

    def __init__(
        self, buckets: Buckets, tables: Collection[str], afterwards: Sequence[str]
    ) -> None:
        self._buckets, self._tables, self._afterwards = buckets, tables, afterwards
        self._steps: list[Callable[[_Session], None]] = []
        self._questions: list[Question] = []
        self._kept: list[str] = []

    @in_our_words()
    def keep(self, name: str, expression: ir.Table) -> ir.Table:
        """Return a table that will hold the rows of an expression, of one bucket at a time."""
        query = str(self._buckets.backend.compile(expression))
        self._kept.append(name)
        self._steps.append(lambda session: session.make(name, query))
        return ibis.table(expression.schema(), name=name)

    @in_our_words()
    def ask(self, expression: ir.Table, keys: Sequence[str]) -> ir.Table:
        """Return the table that will hold, after the pass, numbers by keys of all buckets."""
        mapper, schema = self._buckets.backend.compiler.type_mapper, expression.schema()
        question = Question(
            name=f"answer_{len(self._questions)}",
            query=str(self._buckets.backend.compile(expression)),
            keys=keys,
            kinds={name: mapper.to_string(kind) for name, kind in schema.items()},
        )
        self._questions.append(question)
        self._steps.append(lambda session: session.ask(question))
        return ibis.table(schema, name=question.name)

    @in_our_words()
    def run(self, on_progress: OnProgress) -> None:
        """Go through the buckets.

        Args:
            on_progress: called before each bucket with the number done and the total.
        """
        waiting = Queue[int]()
        for bucket in range(self._buckets.number):
            waiting.put(bucket)
        sessions = [_Session(self._buckets, number) for number in range(self._buckets.sessions)]
        finished = _Finished(self._buckets.number, on_progress)
        with self._buckets.one_thread_each(), ThreadPoolExecutor(len(sessions)) as pool:
            work = [pool.submit(self._go_through, one, waiting, finished) for one in sessions]
            try:
                for done in as_completed(work):
                    done.result()
            except BaseException:
                _leave_the_rest(waiting)
                for one in sessions:
                    one.interrupt()
                raise
        for question in self._questions:
            self._add_up(question)
        for name in self._afterwards:
            self._buckets.make_empty(name)
        self._buckets.show_all(self._afterwards)

    def _go_through(self, session: _Session, waiting: Queue[int], finished: _Finished) -> None:
        """Work on buckets while there are any."""
        try:
            while True:
                bucket = waiting.get_nowait()
                finished.tell()
                session.show(self._tables, bucket)
                for step in self._steps:
                    step(session)
                for name in self._afterwards:
                    session.write(name, bucket)
                finished.add()
        except Empty:
            session.leave(self._kept, self._questions)

    def _add_up(self, question: Question) -> None:
        """Make the table of totals of all sessions."""
        con = self._buckets.backend.con
        names = [f"{question.name}_{number}" for number in range(self._buckets.sessions)]
        known = {row[0] for row in con.execute("show tables").fetchall()}
        parts = [f'select * from "{name}"' for name in names if name in known]
        both = f"({' union all by name '.join(parts)})"
        con.execute(f'create table "{question.name}" as {question.added_up(both)}')
        for name in names:
            con.execute(f'drop table if exists "{name}"')


def _leave_the_rest(waiting: Queue[int]) -> None:
    with suppress(Empty):
        while True:
            waiting.get_nowait()
