"""Which engine a dossier asks for, and what it may be given."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from balanstest_analysis.errors import DataError
from balanstest_analysis.history.engines import connecting
from balanstest_analysis.history.engines.connecting import connect_for
from balanstest_analysis.history.engines.duckdb_engine import DuckDBEngine
from tests.small_history import dossier_of_calls


def test_every_file_is_looked_at_before_spark_is_started(tmp_path: Path) -> None:
    (tmp_path / "calls").mkdir()
    (tmp_path / "calls" / "a.parquet").write_bytes(b"PAR1")
    for name in ("b.csv", "c.xlsx"):
        (tmp_path / "calls" / name).write_text("customer_id", "utf-8")
    dossier = dossier_of_calls(tmp_path, "calls")
    data = dossier.data.model_copy(update={"engine": "spark"})
    with pytest.raises(DataError) as refused:
        connect_for(dossier.model_copy(update={"data": data}))
    sentences = str(refused.value).splitlines()
    assert [sentence.partition(":")[0] for sentence in sentences] == [
        "`b.csv`",
        "`c.xlsx`",
        "`events.csv`",
    ]


@pytest.mark.parametrize(
    ("stated", "kept_from_disk"),
    [({}, True), ({"memory_limit_gb": 1.0}, False), ({"spill_directory": "."}, False)],
)
def test_a_small_history_of_csv_is_kept_from_disk_unless_the_dossier_says_where_to_write(
    tmp_path: Path, stated: dict[str, object], *, kept_from_disk: bool
) -> None:
    dossier = dossier_of_calls(tmp_path, "calls.csv")
    (tmp_path / "calls.csv").write_text("customer_id\n1\n", "utf-8")
    data = dossier.data.model_copy(update=stated)

    with closing(connect_for(dossier.model_copy(update={"data": data}))) as engine:
        assert isinstance(engine, DuckDBEngine)
        assert (engine._setting("temp_directory") == "") == kept_from_disk


def test_a_large_history_or_one_of_workbooks_may_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = dossier_of_calls(tmp_path, "calls.csv")
    (tmp_path / "calls.csv").write_text("customer_id\n1\n", "utf-8")
    monkeypatch.setattr(connecting, "SMALL_BYTES", 10)
    with closing(connect_for(dossier)) as engine:
        assert isinstance(engine, DuckDBEngine)
        assert engine._setting("temp_directory")
    monkeypatch.undo()
    (tmp_path / "calls.csv").write_bytes(b"PAR1")
    with closing(connect_for(dossier)) as engine:
        assert isinstance(engine, DuckDBEngine)
        assert engine._setting("temp_directory")
