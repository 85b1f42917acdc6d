"""Cells that are written cannot be read as a formula."""

from __future__ import annotations

import csv
import dataclasses
import re
from pathlib import Path

import pytest

from balanstest_analysis.document.files import protected_cell
from balanstest_analysis.validation.simulate import simulate_history, write_history

PACKAGE = Path(__file__).parents[2] / "balanstest_analysis"
WRITES_A_TABLE = re.compile(r"\bto_csv\(|\bcsv\.(writer|DictWriter)\(|xlsxwriter|\bto_excel\(")


def test_whoever_writes_a_table_or_a_workbook_protects_its_cells() -> None:
    modules = {path: path.read_text("utf-8") for path in PACKAGE.rglob("*.py")}
    writers = {path.name: text for path, text in modules.items() if WRITES_A_TABLE.search(text)}
    assert "writing.py" in writers
    assert [name for name, text in writers.items() if "protected_cell" not in text] == []


def test_a_campaign_that_is_a_formula_is_written_as_text(tmp_path: Path) -> None:
    history = simulate_history("flat", contacts=500, seed=1)
    calls = history.calls.assign(campaign="=HYPERLINK(1)")
    written = write_history(dataclasses.replace(history, calls=calls), tmp_path / "h").parent
    with (written / "calls.csv").open(encoding="utf-8", newline="") as file:
        assert {row["campaign"] for row in csv.DictReader(file)} == {"'=HYPERLINK(1)"}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
def test_a_cell_that_could_be_a_formula_starts_with_a_quote(start: str) -> None:
    assert protected_cell(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("text", ["", "giften", "1+1", "a=b", "'=1", " =1"])
def test_every_other_cell_stays_as_it_is(text: str) -> None:
    assert protected_cell(text) == text
