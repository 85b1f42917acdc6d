"""Of events that are too few to publish, nothing tells in which months they were."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from balanstest_analysis import analyse
from balanstest_analysis.published.json_form import to_json
from tests.counted_dossier import write_counts

MONTHS_OF_COMPLAINTS = [
    pytest.param([10], id="one"),
    pytest.param([0], id="one at first"),
    pytest.param([3, 3], id="two in a month"),
    pytest.param([1, 5, 11], id="three apart"),
    pytest.param([11] * 9, id="nine at last"),
]


def complaints(folder: Path, months: list[int]) -> Any:
    """Return what is published of complaints that were made in these months."""
    write_counts(folder)
    counts = pd.read_csv(folder / "counts.csv")
    counts["complaints"] = [months.count(month) for month in counts["months_since_purchase"]]
    counts.to_csv(folder / "counts.csv", index=False)
    return to_json(analyse(folder / "balanstest.toml").published)["outcomes"]["complaint"]


@pytest.fixture(scope="module")
def of_one(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return complaints(tmp_path_factory.mktemp("one") / "here", [9])


@pytest.mark.parametrize("months", MONTHS_OF_COMPLAINTS)
def test_fewer_than_ten_complaints_are_published_alike_wherever_they_were(
    months: list[int], of_one: Any, tmp_path: Path
) -> None:
    assert complaints(tmp_path / "here", months) == of_one
    assert of_one["events"] is None
    assert of_one["fits"] == []
