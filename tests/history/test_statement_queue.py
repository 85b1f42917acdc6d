"""What DuckDB carries out on a thread of its own keeps its order, and its failures are told."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import duckdb
import pytest

from balanstest_analysis.history.engines.statement_queue import StatementQueue

LONG = "select count(*) from range(100000000000) t(a) where hash(a) = 0"


@pytest.fixture
def queue() -> Iterator[StatementQueue]:
    made = StatementQueue(duckdb.connect())
    yield made
    made.close()


def test_a_question_is_about_what_was_made_before_it(queue: StatementQueue) -> None:
    queue.make("create table t as select 1 as n")
    first = queue.ask("select sum(n) from t")
    queue.make("insert into t values (2)", "insert into t values (3)")
    second = queue.ask("select sum(n) from t")

    assert [second(), first()] == [[(6,)], [(1,)]]


def test_what_could_not_be_made_is_told_by_whatever_is_waited_for_first(
    queue: StatementQueue,
) -> None:
    queue.make("create table t as select n from nothing")
    queue.make("create table u as select * from t")
    question = queue.ask("select * from u")

    with pytest.raises(duckdb.CatalogException, match="nothing"):
        question()
    assert queue.ask("select 1")() == [(1,)]


def test_it_is_told_when_all_is_settled_as_well_and_once(queue: StatementQueue) -> None:
    queue.make("create table t as select n from nothing")

    with pytest.raises(duckdb.CatalogException, match="nothing"):
        queue.settle()
    queue.settle()


def test_a_question_that_fails_leaves_the_others_their_answer(queue: StatementQueue) -> None:
    wrong, right = queue.ask("select n from nothing"), queue.ask("select 1")

    assert right() == [(1,)]
    with pytest.raises(duckdb.CatalogException):
        wrong()


def test_python_goes_on_while_a_question_is_answered(queue: StatementQueue) -> None:
    began = time.monotonic()
    queue.ask(LONG)

    assert time.monotonic() - began < 5
    queue.close()
    assert time.monotonic() - began < 60  # it would take hours


def test_no_thread_is_left_behind() -> None:
    before = threading.active_count()
    queue = StatementQueue(duckdb.connect())
    queue.ask("select 1")()

    queue.close()

    assert threading.active_count() == before
