"""Cells that are written cannot be read as a formula."""

from __future__ import annotations

import pytest

from balanstest_analysis.writing import protected_cell


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_that_could_be_a_formula_starts_with_a_quote(start: str) -> None:
    assert protected_cell(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("text", ["", "giften", "1+1", "a=b", "'=1", " =1"])
def test_every_other_cell_stays_as_it_is(text: str) -> None:
    assert protected_cell(text) == text
