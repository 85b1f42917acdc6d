"""Copies of the notebooks: they open what they are told to, and differ in nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from balanstest_analysis.errors import UsageError
from balanstest_analysis.report import notebook_copies
from balanstest_analysis.report.notebook_copies import NOTEBOOKS, copy_notebooks

FOLDER = Path(__file__).parents[2] / "notebooks"


def lines(path: Path) -> list[str]:
    cells = json.loads(path.read_text("utf-8"))["cells"]
    return [line for cell in cells for line in "".join(cell["source"]).split("\n")]


def changed(name: str, folder: Path) -> list[str]:
    pairs = zip(lines(FOLDER / name), lines(folder / name), strict=True)
    return [copied for kept, copied in pairs if kept != copied]


def test_every_notebook_is_copied() -> None:
    assert {path.name for path in FOLDER.glob("*.ipynb")} == set(NOTEBOOKS)


def test_the_copies_open_the_dossier_and_the_reports_from_their_own_folder(tmp_path: Path) -> None:
    folder = tmp_path / "werk" / "boeken"
    copy_notebooks(
        folder, dossier=tmp_path / 'een "huis"' / "balanstest.toml", reports=tmp_path / "rapporten"
    )
    dossier = 'dossier: str = "../../een \\"huis\\"/balanstest.toml"'
    assert changed("verkenning.ipynb", folder) == [dossier]
    assert changed("onderbouwing.ipynb", folder) == [dossier]
    assert changed("kwartalen.ipynb", folder) == ['reports: str = "../../rapporten"']
    assert changed("validatie.ipynb", folder) == []


def test_beside_the_dossier_its_name_is_enough(tmp_path: Path) -> None:
    copy_notebooks(tmp_path, dossier=tmp_path / "balanstest.toml", reports=tmp_path / "reports")
    assert changed("verkenning.ipynb", tmp_path) == ['dossier: str = "balanstest.toml"']


def test_another_drive_is_named_in_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_way(_path: object, _start: object) -> str:
        raise ValueError("path is on mount 'D:', start on mount 'C:'")

    monkeypatch.setattr(notebook_copies.os.path, "relpath", no_way)
    dossier = tmp_path / "balanstest.toml"
    copy_notebooks(tmp_path, dossier=dossier, reports=tmp_path)
    assert changed("verkenning.ipynb", tmp_path) == [f'dossier: str = "{dossier.as_posix()}"']


def test_a_notebook_that_is_there_stays_and_nothing_is_copied(tmp_path: Path) -> None:
    (tmp_path / "kwartalen.ipynb").write_text("van iemand")
    with pytest.raises(UsageError, match=r"already holds kwartalen\.ipynb"):
        copy_notebooks(tmp_path, dossier=tmp_path / "balanstest.toml", reports=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["kwartalen.ipynb"]
    assert (tmp_path / "kwartalen.ipynb").read_text() == "van iemand"
