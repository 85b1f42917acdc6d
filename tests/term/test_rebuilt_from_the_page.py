"""The method can be rebuilt from `docs/method.md`: a second implementation agrees.

`tests/slow_method.py` was written from that page by someone who had not seen the code. The whole
comparison is `studies/rebuilt.py`.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from studies.rebuilt import TABLE, differences
from studies.rebuilt_histories import asked


@pytest.mark.parametrize("seed", range(100, 112))
def test_the_page_and_the_code_give_the_same_answers(seed: int) -> None:
    assert differences(asked(seed)) == []


def test_so_they_did_on_a_hundred_histories() -> None:
    table = pd.read_csv(TABLE, keep_default_na=False)
    assert len(table) >= 100
    assert table.loc[table["differs"] != "", "differs"].tolist() == []


def test_the_second_implementation_takes_nothing_from_the_package() -> None:
    for name in ("slow_method.py", "slow_curves.py"):
        text = (Path(__file__).parents[1] / name).read_text("utf-8")
        assert "balanstest_analysis" not in text.replace("`balanstest_analysis", "")
