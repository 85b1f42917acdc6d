"""However an export writes a history, the same calls are counted, and every row accounted for."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from studies.reading import TABLE, WRITTEN
from tests.written_histories import difference


@pytest.mark.parametrize("seed", [3, 6])
def test_a_history_counts_the_same_however_it_is_written_and_divided(
    seed: int, tmp_path: Path
) -> None:
    assert difference(tmp_path, seed) == ""


def test_the_committed_study_found_the_same_numbers_in_every_notation() -> None:
    rows = csv.DictReader(TABLE.read_text("utf-8").splitlines())
    (row,) = (row for row in rows if row["study"] == WRITTEN)
    assert int(row["trials"]) == int(row["same_and_told"]) >= 1
