"""Everything that lies where a table is: read, or named."""

from __future__ import annotations

import gzip
import os
import time
from pathlib import Path

import pandas as pd
import pytest

from balanstest_analysis.cli.checked import finding_lines
from balanstest_analysis.errors import DataError
from balanstest_analysis.history.sources.surroundings import Surroundings, surroundings_of
from tests.awkward_exports import EVENT_HEADER, EVENTS, csv_text
from tests.awkward_workbooks import write_workbook
from tests.small_history import (
    ROWS,
    TABLE,
    TEXT,
    assert_right,
    dossier_of_calls,
    exposure_of_calls,
    found,
    halves,
    read_calls,
)
from tests.workbook_formats import WRITERS

FIRST, SECOND = halves()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with the first half of the calls."""
    (tmp_path / "calls").mkdir()
    (tmp_path / "calls" / "2024.csv").write_text(csv_text(FIRST), "utf-8")
    return tmp_path / "calls"


def put(path: Path, content: bytes | str = b"") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


def around(folder: Path, path: str = "calls") -> Surroundings:
    return surroundings_of(dossier_of_calls(folder.parent, path), "calls")


def not_read(folder: Path, path: str = "calls") -> list[str]:
    return sorted(around(folder, path).others.values())


# ---------------------------------------------------------------- read


@pytest.mark.parametrize("name", ["2025.CSV", "2025.csv.gz", "2025.TXT", "2025.tab", "2025.tsv"])
def test_text_of_any_name_in_a_folder_is_read(name: str, folder: Path) -> None:
    raw = csv_text(SECOND, "\t" if name.startswith("2025.t") else ",").encode()
    put(folder / name, gzip.compress(raw) if name.endswith("gz") else raw)
    assert read_calls(folder.parent, "calls").rows == ROWS
    assert not_read(folder) == []


@pytest.mark.parametrize("kind", WRITERS)
def test_workbooks_and_text_in_a_folder_are_one_table(kind: str, folder: Path) -> None:
    WRITERS[kind](folder / f"2025.{kind.upper()}", SECOND)
    assert read_calls(folder.parent, "calls").rows == ROWS


@pytest.mark.parametrize("pattern", ["calls/*.csv", "calls/202?.csv", "*/20*.Csv", "calls/**"])
def test_a_pattern_takes_capitals_and_small_letters_alike(pattern: str, folder: Path) -> None:
    put(folder / "2025.CSV", csv_text(SECOND))
    assert read_calls(folder.parent, pattern).rows == ROWS


@pytest.mark.parametrize("suffix", ["parquet", "csv"])
@pytest.mark.parametrize("levels", ["year={0}", "year={0}/month={1}"])
def test_partitions_are_read_whatever_the_depth(suffix: str, levels: str, tmp_path: Path) -> None:
    for number, row in enumerate(TABLE[1:]):
        part = tmp_path / "calls" / levels.format(row[1][:4], row[1][5:7])
        part.mkdir(parents=True, exist_ok=True)
        table = pd.DataFrame([row], columns=TABLE[0])
        if suffix == "csv":
            table.to_csv(part / f"{number}.csv", index=False)
        else:
            table.to_parquet(part / f"{number}.parquet")
    put(tmp_path / "calls" / "_SUCCESS")
    put(tmp_path / "calls" / ".part.parquet.crc")
    assert read_calls(tmp_path, "calls").rows == ROWS
    assert not_read(tmp_path / "calls") == []


def test_a_partition_gives_a_column_that_the_files_lack(tmp_path: Path) -> None:
    for campaign, rows in {"voor%20jaar": FIRST[1:], "herfst": SECOND[1:]}.items():
        part = tmp_path / "calls" / f"actie={campaign}"
        part.mkdir(parents=True)
        table = pd.DataFrame(rows, columns=TABLE[0])
        if campaign == "herfst":
            table.to_csv(part / "a.csv", index=False)
        else:
            table.to_parquet(part / "a.parquet")
    exposure = exposure_of_calls(tmp_path, "calls", 'columns = { campaign = "actie" }')
    assert_right(exposure)
    assert sorted(exposure.month_table.campaigns) == ["herfst", "voor jaar"]
    assert "actie from the names of folders" in exposure.readings[0].describe()


def test_a_folder_named_as_a_file_is_what_spark_wrote(tmp_path: Path) -> None:
    for name, rows in {"2024.parquet": FIRST[1:], "2025.parquet": SECOND[1:]}.items():
        (tmp_path / "calls" / name).mkdir(parents=True)
        table = pd.DataFrame(rows, columns=TABLE[0])
        table.to_parquet(tmp_path / "calls" / name / "part-0.snappy.parquet")
    for path in ("calls", "calls/*.parquet"):
        assert read_calls(tmp_path, path).rows == ROWS
        assert not_read(tmp_path / "calls", path) == []
    (tmp_path / "calls" / "_delta_log").mkdir()
    for path in ("calls", "calls/*.parquet"):
        with pytest.raises(DataError, match="`calls` is a Delta table: which of its files count"):
            read_calls(tmp_path, path)


# ---------------------------------------------------------------- named


def test_what_lies_elsewhere_or_is_of_another_kind_is_named(folder: Path) -> None:
    put(folder / "2025.csv", csv_text(SECOND))
    put(folder / "leesmij.docx", b"PK")
    put(folder / "2025.csv.bak", csv_text(SECOND))
    put(folder / ".verborgen.csv", TEXT)
    put(folder / "~$2024.xlsx", b"\x05user\0\0")
    for number in range(40):
        put(folder / "oud" / f"{number:02d}.csv", TEXT)
    exposure = exposure_of_calls(folder.parent, "calls")
    assert_right(exposure)
    finding = found(exposure, "files_not_read")
    assert finding is not None
    lines = list(finding_lines([finding]))
    assert lines[0] == "files not read: 43 files"
    start = (
        "  Not read: calls/.verborgen.csv, calls/2025.csv.bak, calls/leesmij.docx, calls/oud/00.csv"
    )
    assert lines[2].startswith(start)
    assert lines[2].endswith("calls/oud/08.csv and 31 more.")
    assert "1 file of a program skipped, such as a lock" in exposure.readings[0].describe()


def test_what_a_pattern_leaves_is_named(folder: Path) -> None:
    put(folder / "2025.csv.gz", gzip.compress(csv_text(SECOND).encode()))
    put(folder / "2025.xls", b"")
    put(folder / "2025.csv.bak", csv_text(SECOND))
    put(folder / "toelichting.pdf", b"%PDF")
    put(folder / "oud" / "2023.csv", TEXT)
    names = ["2025.csv.bak", "2025.csv.gz", "2025.xls", "oud/2023.csv", "toelichting.pdf"]
    assert not_read(folder, "calls/*.csv") == [f"calls/{name}" for name in names]
    assert not_read(folder, "calls/2024.csv") == []


def test_beside_the_dossier_a_pattern_leaves_data_only(folder: Path) -> None:
    for name in ("2025.csv.gz", "2025.xls", "2025.csv.bak", "toelichting.pdf", "calls.py"):
        put(folder.parent / name)
    (folder / "2024.csv").rename(folder.parent / "2024.csv")
    put(folder / "2023.csv", TEXT)
    expected = ["2025.csv.bak", "2025.csv.gz", "2025.xls", "events.csv"]
    assert not_read(folder, "20*.csv") == expected  # the events are read by another table


@pytest.mark.parametrize("path", ["calls", "calls/*"])
def test_what_a_program_left_is_skipped(path: str, folder: Path) -> None:
    put(folder / "2025.csv", csv_text(SECOND))
    names = ["~$2024.xlsx", "._2024.csv", ".DS_Store", "Thumbs.db", "desktop.ini", ".~lock.2.csv#"]
    for name in names:
        put(folder / name, b"\x05user\0\0")
    assert read_calls(folder.parent, path).rows == ROWS
    seen = around(folder, path)
    assert (seen.litter, dict(seen.others)) == (len(names), {})


def test_links_pipes_and_devices_in_a_folder_never_hang(folder: Path) -> None:
    put(folder.parent / "elsewhere.csv", csv_text(SECOND))
    (folder / "2025.csv").symlink_to(folder.parent / "elsewhere.csv")
    (folder / "round").symlink_to(folder)
    (folder / "gone.csv").symlink_to(folder / "nothing.csv")
    os.mkfifo(folder / "pipe.md")
    started = time.perf_counter()
    assert read_calls(folder.parent, "calls/202*").rows == ROWS
    expected = ["calls/gone.csv", "calls/pipe.md", "calls/round"]
    assert not_read(folder, "calls/202*") == expected
    with pytest.raises(DataError, match=r"`gone\.csv` is a link to a file that is not there"):
        read_calls(folder.parent, "calls")
    (folder / "gone.csv").unlink()
    os.mkfifo(folder / "pipe.csv")
    with pytest.raises(DataError, match=r"`pipe\.csv` is a pipe, not a file"):
        read_calls(folder.parent, "calls")
    assert time.perf_counter() - started < 10


# ---------------------------------------------------------------- refused


@pytest.mark.parametrize("name", ["2024.csv.gz", "2024.xlsx", "2024.TXT"])
def test_a_table_in_two_forms_would_count_twice(name: str, folder: Path) -> None:
    put(folder / name, csv_text(FIRST))
    with pytest.raises(DataError, match="seem to be the same table in two forms"):
        read_calls(folder.parent, "calls")


def test_a_folder_with_its_files_deeper_says_where_they_are(folder: Path) -> None:
    (folder / "2024.csv").rename(folder / "2024.old")
    put(folder / "2025" / "a.csv", TEXT)
    with pytest.raises(DataError, match=r"is 'calls', where there is no CSV.*`2025/a\.csv`"):
        read_calls(folder.parent, "calls")


def test_a_file_in_a_folder_that_is_no_table_is_refused_by_its_bytes(folder: Path) -> None:
    put(folder / "2025.csv", b"%PDF-1.4")
    with pytest.raises(DataError, match=r"`2025\.csv` is a PDF document by its bytes"):
        read_calls(folder.parent, "calls")


# ---------------------------------------------------------------- sheets


def test_sheets_that_no_table_uses_are_named(tmp_path: Path) -> None:
    sheets = {"Data": TABLE, "Toelichting": [["Lees"], ["mij"]], "_oud": TABLE[:1], "Leeg": []}
    write_workbook(tmp_path / "calls.xlsx", {**sheets, "_Kladblad": [["a"], ["b"]]})
    exposure = exposure_of_calls(tmp_path, "calls.xlsx", 'sheet = "Data"')
    assert found(exposure, "files_not_read") is None
    finding = found(exposure, "sheets_not_used")
    assert finding is not None
    assert finding.count == 2
    assert finding.detail == "Not used: 'Toelichting' of calls.xlsx, '_Kladblad' of calls.xlsx."


def test_a_sheet_that_another_table_uses_is_not_named(tmp_path: Path) -> None:
    events = [list(EVENT_HEADER), *map(list, EVENTS)]
    write_workbook(tmp_path / "events.csv", {"Bellen": TABLE, "Giften": events})
    exposure = exposure_of_calls(tmp_path, "events.csv")
    assert_right(exposure)
    assert found(exposure, "sheets_not_used") is None
