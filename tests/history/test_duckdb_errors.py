"""Errors of DuckDB in our words: what decodes Parquet names neither its file nor its kind."""

from __future__ import annotations

import random
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from balanstest_analysis.errors import DataError
from balanstest_analysis.history.engines.duckdb_errors import in_our_words

PERSON = "Q7X-001"


def refusal(path: Path, seed: int) -> str:
    """Return why a damaged file is refused; empty where the damage does not show."""
    rng = random.Random(seed)
    pd.DataFrame({"customer_id": [PERSON, "é"], "called_at": ["2025-01-02", ""]}).to_parquet(path)
    content = bytearray(path.read_bytes())
    for _ in range(20):
        content[rng.randrange(4, len(content) - 8)] = rng.randrange(256)
    path.write_bytes(content)
    try:
        with in_our_words():
            duckdb.sql(f"from read_parquet('{path}')").fetchall()
    except DataError as error:
        return str(error)
    return ""


def test_damaged_parquet_files_are_refused_in_our_words(tmp_path: Path) -> None:
    found = [refusal(tmp_path / "calls.parquet", seed) for seed in range(40)]
    refused = [message for message in found if message]
    assert len(refused) > 20
    assert all("Export it again" in message and PERSON not in message for message in refused)


def test_other_errors_are_not_blamed_on_a_file() -> None:
    with pytest.raises(Exception, match="a defect of this tool"), in_our_words():
        duckdb.sql("select no_such_function(1)").fetchall()
