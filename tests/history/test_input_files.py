"""Which files hold the tables of a dossier, for reading them and for fingerprinting them."""

from __future__ import annotations

from pathlib import Path

import pytest

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.errors import DataError
from balanstest_analysis.history.files.input_files import table_files
from balanstest_analysis.report.run.inputs import input_fingerprint
from tests.histories import write_dossier

HEADER = "customer_id,called_at,net_contact,converted\n"


@pytest.fixture
def dossier(tmp_path: Path) -> Dossier:
    folder = tmp_path / "calls"
    folder.mkdir()
    for name in ("b.csv", "a.csv"):
        (folder / name).write_text(HEADER, encoding="utf-8")
    return write_dossier(tmp_path, '[data.calls]\npath = "calls"')


def test_a_folder_gives_its_own_readable_files_sorted_by_name(dossier: Dossier) -> None:
    folder = dossier.path.parent / "calls"
    (folder / ".hidden.csv").write_text(HEADER, encoding="utf-8")
    (folder / "remarks.docx").write_bytes(b"x")
    (folder / "older").mkdir()
    (folder / "older" / "c.csv").write_text(HEADER, encoding="utf-8")
    assert [file.name for file in table_files(dossier, "calls")] == ["a.csv", "b.csv"]


def test_a_report_is_made_again_for_a_file_that_is_read_and_for_no_other(dossier: Dossier) -> None:
    folder = dossier.path.parent / "calls"
    before = input_fingerprint(dossier)
    (folder / ".hidden.csv").write_text(HEADER, encoding="utf-8")
    (folder / "remarks.docx").write_bytes(b"x")
    assert input_fingerprint(dossier) == before
    (folder / "c.csv").write_text(HEADER, encoding="utf-8")
    assert input_fingerprint(dossier) != before


def test_a_table_without_files_is_refused_by_both(dossier: Dossier) -> None:
    for file in table_files(dossier, "calls"):
        file.unlink()
    for read in (lambda: table_files(dossier, "calls"), lambda: input_fingerprint(dossier)):
        with pytest.raises(DataError, match="no CSV, Excel or Parquet file"):
            read()
