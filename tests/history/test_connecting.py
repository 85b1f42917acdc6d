"""Which engine a dossier asks for, and what it may be given."""

from __future__ import annotations

from pathlib import Path

import pytest

from balanstest_analysis.errors import DataError
from balanstest_analysis.history.engines.connecting import connect_for
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
