"""What lies beside the files of a dossier and is read by no table of it is named."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from balanstest_analysis.history.sources.unread_beside import unread_beside
from tests.histories import tables, write_dossier

BOTH = tables("calls", "events")
ROWS = "a,b\n1,2\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("calls.csv", "events.csv"):
        (tmp_path / name).write_text(ROWS, "utf-8")
    return tmp_path


def told(folder: Path, data: str = BOTH) -> str:
    return unread_beside(write_dossier(folder, data))


def test_where_every_file_is_read_nothing_is_said(folder: Path) -> None:
    assert not told(folder)


def test_a_data_file_beside_those_that_are_read_is_named_once(folder: Path) -> None:
    (folder / "bureau b.csv").write_text(ROWS, "utf-8")
    (folder / "a.XLSX").write_bytes(b"PK")
    assert told(folder).endswith("by no table of the dossier: a.XLSX, bureau b.csv.")


def test_what_is_no_data_or_was_left_by_a_program_is_not_named(folder: Path) -> None:
    for name in ("~$calls.xlsx", ".hidden.csv", "dpia.pdf", "notes.md"):
        (folder / name).write_text(ROWS, "utf-8")
    (folder / "old.csv").mkdir()
    assert not told(folder)


def test_a_table_of_column_names_alone_holds_nothing_until_it_is_filled(folder: Path) -> None:
    objections = folder / "objections.csv"
    objections.write_text("customer_id,objected_on,call_id\n", "utf-8")
    assert not told(folder)
    objections.write_text("customer_id,objected_on,call_id\nK1,2026-01-02,\n", "utf-8")
    assert "objections.csv" in told(folder)


def test_what_lies_in_a_folder_that_is_read_is_left_to_its_own_finding(folder: Path) -> None:
    (folder / "calls").mkdir()
    (folder / "calls" / "2026.csv").write_text(ROWS, "utf-8")
    (folder / "calls" / "2025.csv.bak").write_text(ROWS, "utf-8")
    (folder / "calls.csv").unlink()
    assert not told(folder, BOTH.replace("calls.csv", "calls"))


def test_a_link_to_a_file_that_is_read_is_not_another_file(folder: Path) -> None:
    (folder / "again.csv").symlink_to(folder / "calls.csv")
    assert not told(folder)


def test_names_of_persons_are_told_by_an_ordinal(folder: Path) -> None:
    (folder / "Piet Jansen.csv").write_text(ROWS, "utf-8")
    assert told(folder).endswith("of the dossier: file 1.")


def test_of_many_files_twelve_are_named_and_the_others_counted(folder: Path) -> None:
    for number in range(15):
        (folder / f"x{number:02}.csv").write_text(ROWS, "utf-8")
    assert told(folder).endswith("x10.csv, x11.csv and 3 more.")


def test_a_folder_that_may_not_be_looked_into_is_left(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_: object) -> object:
        raise PermissionError

    (folder / "more.csv").write_text(ROWS, "utf-8")
    assert told(folder)
    monkeypatch.setattr(os, "scandir", refused)
    assert not told(folder)
