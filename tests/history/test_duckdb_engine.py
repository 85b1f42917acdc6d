"""Files in DuckDB: what is needed of a small one is parsed once, and nothing else is looked at."""

from __future__ import annotations

import gc
import weakref
from contextlib import closing
from pathlib import Path

import pyarrow as pa
import pytest
from ibis.backends.duckdb import Backend as DuckDBBackend

from balanstest_analysis.errors import DataError
from balanstest_analysis.history.engines.duckdb_engine import DuckDBEngine
from balanstest_analysis.history.files.headers import Header
from balanstest_analysis.history.files.spill import make_spill

HEADER = Header(",", ("customer_id", "name", "day"))
ROWS = "customer_id,name,day\n1,Jan Jansen,2024-01-01\n2,Piet Pietersen,2024-01-02\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "calls it's [1].csv"
    path.write_text(ROWS)
    return path


def tables_of(engine: DuckDBEngine) -> list[str]:
    found = engine.backend.con.execute("select table_name from duckdb_tables()").fetchall()
    return [name for (name,) in found]


def test_a_small_file_is_parsed_once_and_without_what_is_not_needed(file: Path) -> None:
    with closing(DuckDBEngine()) as engine:
        rows = engine.open_files([file], HEADER, {0: "customer_id", 2: "day"})
        again = engine.open_files([file], HEADER, {2: "day", 0: "customer_id"})
        found = engine.fetch(rows)
        assert rows.equals(again)
        (held,) = tables_of(engine)
    assert held == "held_text_0"
    assert found.to_pydict() == {"c0": ["1", "2"], "c2": ["2024-01-01", "2024-01-02"]}


def test_where_rows_may_be_written_a_file_stays_where_it_is_and_gives_the_same(
    file: Path, tmp_path: Path
) -> None:
    with closing(DuckDBEngine(make_spill(tmp_path))) as engine:
        rows = engine.open_files([file], HEADER, {0: "customer_id", 2: "day"})
        found = engine.fetch(rows.select("c0", "c2"))
        assert tables_of(engine) == []
    assert found.to_pydict() == {"c0": ["1", "2"], "c2": ["2024-01-01", "2024-01-02"]}


def test_a_row_that_is_no_row_is_told_by_its_line_though_the_file_is_read_later(
    file: Path,
) -> None:
    file.write_text(ROWS + "3,Klaas\n")
    with closing(DuckDBEngine()) as engine:
        rows = engine.open_files([file], HEADER, {0: "customer_id"})
        with pytest.raises(DataError, match=r"calls it's \[1\].csv` line 4 has 2 cells") as told:
            engine.fetch(rows)
    assert "Klaas" not in str(told.value)


def test_one_file_that_cannot_be_read_says_nothing_of_the_next(file: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.csv"
    broken.write_text(ROWS + "3\n")
    with closing(DuckDBEngine()) as engine:
        wrong = engine.open_files([broken], HEADER, {0: "customer_id"})
        right = engine.open_files([file], HEADER, {0: "customer_id"})
        with pytest.raises(DataError, match="broken"):
            engine.fetch(wrong)
        right = engine.open_files([file], HEADER, {0: "customer_id"})
        assert engine.fetch(right).num_rows == 2


def test_a_question_asked_again_is_not_written_again_and_answered_from_the_rows_that_are_there(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answered() -> list[str]:
        with closing(DuckDBEngine()) as engine:
            rows = engine.open_files([file], HEADER, {0: "customer_id"})
            kept = engine.keep("kept_again", rows.filter(rows.c0 != "1"))
            found: list[str] = engine.fetch(kept.order_by("c0"))["c0"].to_pylist()
        return found

    assert answered() == ["2"]
    file.write_text(ROWS.replace("2,Piet", "7,Piet") + "4,Klaas Klaassen,2024-01-03\n")
    monkeypatch.setattr(DuckDBBackend, "compile", unexpected)
    assert answered() == ["4", "7"]


def unexpected(*_: object, **__: object) -> str:
    raise AssertionError


def test_rows_that_python_holds_are_kept_by_no_question() -> None:
    rows = pa.table({"n": [3]})
    with closing(DuckDBEngine()) as engine:
        asked = engine.hold(rows.to_batches(), rows.schema)
        held = weakref.ref(asked.op())
        assert engine.fetch(asked).to_pydict() == {"n": [3]}
    del asked, engine
    gc.collect()
    assert held() is None
