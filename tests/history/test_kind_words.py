"""A word for a kind is suggested by what it means, and what is no gift is never one."""

from __future__ import annotations

import pytest

from balanstest_analysis.history.columns.columns import TABLES
from balanstest_analysis.history.columns.kind_words import is_no_gift, suggested
from balanstest_analysis.history.columns.notations import ISO
from balanstest_analysis.history.sources.cell_messages import about_cell

KIND = next(column for column in TABLES["events"] if column.name == "kind")
NO_GIFTS = ("Nalatenschap", "legaat", "Erfenis", "bequest", "Collecte", "huis-aan-huiscollecte")


@pytest.mark.parametrize("word", NO_GIFTS)
def test_a_legacy_or_a_collection_is_no_donation(word: str) -> None:
    assert suggested(KIND, word) == ""
    assert is_no_gift(KIND, word)
    told = about_cell("events", KIND, ISO, word)
    assert f"is '{word}'" in told
    assert "leave such rows out with `where` in `[data.events]`" in told
    assert "donation =" not in told


@pytest.mark.parametrize("word", ["Gift", "periodieke schenking", "Machtiging"])
def test_a_gift_is_suggested_as_one(word: str) -> None:
    assert f'kind = {{ donation = ["{word}"] }}' in about_cell("events", KIND, ISO, word)
    assert not is_no_gift(KIND, word)
