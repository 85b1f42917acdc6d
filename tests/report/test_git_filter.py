"""The filter leaves outputs out of git, changes nothing else, and is set only when asked."""

from __future__ import annotations

import subprocess
from pathlib import Path

import nbformat
import pytest

from balanstest_analysis.errors import UsageError
from balanstest_analysis.report.doctor.git_filter import git_sign, set_git_filter

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    git("init", "--quiet")
    return tmp_path


def git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], capture_output=True, text=True, check=True)
    return done.stdout


def test_outputs_are_not_committed_and_stay_in_the_folder(clone: Path) -> None:
    assert git_sign().state == "note"
    kept = (NOTEBOOKS / "verkenning.ipynb").read_text("utf-8")
    notebook = nbformat.reads(kept, as_version=4)
    code = next(cell for cell in notebook.cells if cell.cell_type == "code")
    code.outputs = [nbformat.v4.new_output("stream", text="personal\n" * 1000)]
    code.execution_count = 7
    nbformat.write(notebook, clone / "verkenning.ipynb")

    assert set_git_filter() == set_git_filter() == Path(".git/info/attributes")
    git("add", "verkenning.ipynb")

    assert git("show", ":verkenning.ipynb") == kept
    assert "personal" in (clone / "verkenning.ipynb").read_text("utf-8")
    assert git_sign().state == "good"
    assert git("status", "--porcelain").splitlines() == ["A  verkenning.ipynb"]
    assert (clone / ".git" / "info" / "attributes").read_text("utf-8").count("*.ipynb") == 1


def test_outside_a_clone_there_is_nothing_to_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert git_sign().state == "good"
    with pytest.raises(UsageError, match="in no clone of git"):
        set_git_filter()
