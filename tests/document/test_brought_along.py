"""What an installation brings along; `tests/project/test_wheel.py` asks the same of a wheel."""

from __future__ import annotations

from pathlib import Path

import pytest

from balanstest_analysis.document.brought_along import brought_along
from balanstest_analysis.errors import RunError

ROOT = Path(__file__).parents[2]


def test_a_checkout_brings_its_own_files() -> None:
    found = brought_along("sample", "balanstest.toml")
    assert found.samefile(ROOT / "data" / "sample" / "balanstest.toml")


def test_what_an_installation_lacks_is_named_with_what_to_do() -> None:
    with pytest.raises(RunError, match=r"no `weg.ipynb`. Install `balanstest-analysis` again"):
        brought_along("notebooks", "weg.ipynb")
