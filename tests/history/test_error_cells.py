"""An error of a spreadsheet is refused with its row, in every column that decides anything."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from balanstest_analysis.errors import DataError
from balanstest_analysis.history.columns.error_words import is_error_word
from balanstest_analysis.history.exposure import load_exposure
from tests.histories import tables, write_csv, write_dossier
from tests.small_history import SECRET, TABLE, TEXT, exposure_of_calls, read_calls
from tests.workbook_formats import Error, write_xlsx

ERRORS = ["#N/A", "#N/B", "#NV", "#VERW!", "#WAARDE!", "#SPILL!", "#NAAM?", "Err:502", "Loading..."]
NO_ERRORS = ["#veld", "#doemee!", "Fout", "Loading", "Err", "N/B", "", "Naam?"]


@pytest.mark.parametrize("text", ERRORS)
def test_an_error_is_known_by_its_text(text: str) -> None:
    assert is_error_word(text)


@pytest.mark.parametrize("text", NO_ERRORS)
def test_a_text_that_only_looks_like_an_error_is_none(text: str) -> None:
    assert not is_error_word(text)


@pytest.mark.parametrize("error", ERRORS)
def test_an_error_as_a_campaign_is_refused_with_its_row(error: str, tmp_path: Path) -> None:
    rows = [["lente", 0, 100, 9], [error, 0, 80, 7]]
    header = ["campaign", "months_since_purchase", "contacts", "conversions"]
    write_csv(tmp_path / "counts.csv", header, rows)
    with pytest.raises(DataError) as refused:
        load_exposure(write_dossier(tmp_path, tables("counts")), SECRET)
    assert f"row 3: `campaign` is {error}, an error of a spreadsheet" in str(refused.value)


def test_an_error_in_a_column_of_codes_that_decides_which_rows_count_is_refused(
    tmp_path: Path,
) -> None:
    header = ["months_since_purchase", "contacts", "conversions", "code"]
    write_csv(tmp_path / "counts.csv", header, [[0, 100, 9, "ja"], [1, 80, 7, "#N/B"]])
    dossier = write_dossier(tmp_path, tables("counts") + '\nwhere = { code = ["ja"] }')
    with pytest.raises(DataError, match=r"row 3: `code` is #N/B, an error of a spreadsheet"):
        load_exposure(dossier, SECRET)


def test_an_error_as_a_result_code_is_refused_with_its_row(tmp_path: Path) -> None:
    head, *rows = [line.split(",") for line in TEXT.strip().splitlines()]
    at = head.index("net_contact")
    lines = [[*row[:at], "ja" if n else "#N/B", *row[at + 1 :]] for n, row in enumerate(rows)]
    write_csv(tmp_path / "calls.csv", head, lines)
    codes = 'values = { net_contact = { net_contact = ["ja"] } }'
    with pytest.raises(DataError, match=r"row 2: `net_contact` is #N/B, an error"):
        exposure_of_calls(tmp_path, "calls.csv", codes)


def test_an_error_that_no_reader_of_workbooks_knows_is_named_with_its_row(tmp_path: Path) -> None:
    write_xlsx(tmp_path / "whole.xlsx", [*TABLE[:3], [*TABLE[3][:3], Error()], *TABLE[4:]])
    with (
        zipfile.ZipFile(tmp_path / "whole.xlsx") as old,
        zipfile.ZipFile(tmp_path / "calls.xlsx", "w") as new,
    ):
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"#N/A", b"#SPILL!"))
    with pytest.raises(DataError, match=r"^`calls.xlsx` sheet '.*' row 4, column 4: an error of"):
        read_calls(tmp_path, "calls.xlsx")
