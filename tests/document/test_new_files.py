"""New files in a folder: all or none, nothing overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest

from balanstest_analysis.document.new_files import write_new_files
from balanstest_analysis.errors import UsageError


def test_the_files_are_written_and_a_private_one_is_its_owners_alone(tmp_path: Path) -> None:
    folder = tmp_path / "een" / "twee"
    write_new_files(folder, {"a": b"1", "sleutel": b"2"}, private=("sleutel",))
    assert (folder / "a").read_bytes() == b"1"
    assert (folder / "sleutel").stat().st_mode & 0o777 == 0o600


def test_where_one_is_there_nothing_is_written_and_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "b").write_text("van iemand")
    with pytest.raises(UsageError, match="already holds b, which would be overwritten"):
        write_new_files(tmp_path, {"a": b"1", "b": b"2"})
    assert [file.name for file in tmp_path.iterdir()] == ["b"]
    assert (tmp_path / "b").read_text() == "van iemand"


def test_a_link_that_leads_nowhere_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "elders")
    with pytest.raises(UsageError, match="already holds a"):
        write_new_files(tmp_path, {"a": b"1"})
    assert not (tmp_path / "elders").exists()


def test_where_one_cannot_be_written_none_stays(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be written: No such file"):
        write_new_files(tmp_path, {"a": b"1", "geen/map": b"2"})
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "map").write_text("")
    with pytest.raises(UsageError, match="cannot be written"):
        write_new_files(tmp_path / "map", {"a": b"1"})
