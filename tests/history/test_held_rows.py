"""Rows that Python read are the same in memory and on disk, and those on disk leave no trace."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pyarrow as pa
import pytest
import xlsxwriter

from balanstest_analysis.errors import DataError
from balanstest_analysis.history.engines import held_rows
from balanstest_analysis.history.engines.duckdb_engine import DuckDBEngine
from balanstest_analysis.history.exposure import load_exposure
from balanstest_analysis.history.files import sheet_rows, spill, text_rows
from tests.awkward_exports import csv_text
from tests.small_history import (
    ROWS,
    SECRET,
    TABLE,
    assert_right,
    dossier_of_calls,
    read_calls,
)
from tests.workbook_formats import write_xlsx

SCHEMA = pa.schema([("c0", pa.string())])
BATCHES = [pa.RecordBatch.from_pydict({"c0": [f"{at}", "é", ""]}, SCHEMA) for at in range(4)]


@pytest.fixture
def few_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(held_rows, "ROWS_AT_ONCE", 3)
    for module in (text_rows, sheet_rows):
        monkeypatch.setattr(module, "ROWS_AT_ONCE", 2)


def test_rows_are_read_back_as_they_came_from_memory_and_from_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for at_once in (12, 11):
        monkeypatch.setattr(held_rows, "ROWS_AT_ONCE", at_once)
        with closing(DuckDBEngine(spill.make_spill(tmp_path))) as engine:
            found = engine.fetch(engine.hold(iter(BATCHES), SCHEMA))
            modes = [file.stat().st_mode & 0o777 for file in tmp_path.glob("*/*.parquet")]
        assert found.to_pydict() == pa.Table.from_batches(BATCHES).to_pydict()
        assert modes == [0o600] * (at_once == 11)
        assert not list(tmp_path.iterdir())


def test_without_a_directory_nothing_is_written(tmp_path: Path) -> None:
    with closing(DuckDBEngine()) as engine:
        found = engine.hold(iter(BATCHES), SCHEMA)
        assert engine.fetch(found).num_rows == 12


@pytest.mark.usefixtures("few_at_once")
@pytest.mark.parametrize("form", ["windows-1252", "xlsx"])
def test_files_in_many_pieces_give_the_same_months(form: str, tmp_path: Path) -> None:
    (tmp_path / "spill").mkdir()
    if form == "xlsx":
        write_xlsx(tmp_path / "calls.xlsx", TABLE)
    else:
        text = csv_text([["titel: één"], *TABLE, ["Totaal: 5 rijen"]])
        (tmp_path / "calls.csv").write_text(text, "windows-1252")
    path = "calls.xlsx" if form == "xlsx" else "calls.csv"
    dossier = dossier_of_calls(tmp_path, path)
    place = '[data]\nspill_directory = "spill"'
    dossier.path.write_text(dossier.path.read_text("utf-8").replace("[data]", place), "utf-8")
    assert_right(load_exposure(dossier_of_calls(tmp_path, path), SECRET))
    assert not list((tmp_path / "spill").iterdir())


@pytest.mark.usefixtures("few_at_once")
@pytest.mark.parametrize("at", range(1, 7))
def test_a_ragged_row_is_refused_by_its_line_in_whatever_piece_it_stands(
    at: int, tmp_path: Path
) -> None:
    rows = [*TABLE[:at], ["K-0012", "é"], *TABLE[at:]]
    (tmp_path / "calls.csv").write_text(csv_text(rows), "windows-1252")
    with pytest.raises(DataError, match=rf"line {at + 1} has 2 cells; the header has 4"):
        read_calls(tmp_path, "calls.csv")


@pytest.mark.usefixtures("few_at_once")
def test_the_first_of_two_defects_in_a_piece_is_told(tmp_path: Path) -> None:
    lines = csv_text([*TABLE, ["K-0012", "é"]]).splitlines()
    for defects, told in (
        ([lines[6], '"a"b,c,d,e'], "line 2 has 2 cells"),
        (['"a"b,c,d,e', lines[6]], "line 2 has a loose quote"),
    ):
        text = "\r\n".join([lines[0], *defects, *lines[1:6], ""])
        (tmp_path / "calls.csv").write_text(text, "windows-1252")
        with pytest.raises(DataError, match=told):
            read_calls(tmp_path, "calls.csv")


@pytest.mark.usefixtures("few_at_once")
def test_remarks_are_told_from_rows_over_the_end_of_a_piece(tmp_path: Path) -> None:
    remark = ["Totaal: één"]
    (tmp_path / "calls.csv").write_text(csv_text([*TABLE, remark, remark, []]), "windows-1252")
    calls = read_calls(tmp_path, "calls.csv")
    assert (calls.below, calls.first_below) == (2, (tmp_path / "calls.csv", 7))
    (tmp_path / "calls.csv").write_text(csv_text([*TABLE[:3], remark, *TABLE[3:]]), "windows-1252")
    with pytest.raises(DataError, match="line 4 has 1 cells"):
        read_calls(tmp_path, "calls.csv")


@pytest.mark.usefixtures("few_at_once")
def test_a_key_of_too_many_digits_is_told_by_its_row_in_whatever_piece(tmp_path: Path) -> None:
    for at in range(1, 6):
        rows = [*TABLE[:at], [8.70001e17, *TABLE[at][1:]], *TABLE[at + 1 :]]
        write_xlsx(tmp_path / "calls.xlsx", rows)
        with pytest.raises(DataError, match=f"row {at + 1}: `customer_id` is a number of more"):
            read_calls(tmp_path, "calls.xlsx")


@pytest.mark.usefixtures("few_at_once")
def test_a_table_that_begins_further_on_is_read_where_it_stands(tmp_path: Path) -> None:
    rows = [[None] * 5, [None] * 5, *([None, None, *row] for row in TABLE)]
    write_xlsx(tmp_path / "calls.xlsx", rows, hidden=[4])
    calls = read_calls(tmp_path, "calls.xlsx")
    assert calls.rows == ROWS
    assert calls.hidden == [(tmp_path / "calls.xlsx", 5)]


def test_the_sheets_of_a_workbook_are_each_read_as_they_stand(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "calls.xlsx")) as book:
        for name, rows in (("Calls", TABLE), ("Toelichting", [["één"]] * 20), ("Leeg", [])):
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    assert read_calls(tmp_path, "calls.xlsx").rows == ROWS
