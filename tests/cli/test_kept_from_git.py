"""What git sees of the folder of a dossier."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from balanstest_analysis.cli.kept_from_git import GIT_IGNORE, SEEN, told_of_git
from balanstest_analysis.cli.starter import write_starter
from tests.command_line import run_command

DATA = (".balanstest-key", "beltool.xlsx", "calls.csv", "reports/a/onderbouwing.pdf", "brief.docx")


@pytest.fixture
def work_tree(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    return tmp_path


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")
def test_git_sees_the_dossier_and_its_schema_and_nothing_that_comes_beside_them(
    tmp_path: Path,
) -> None:
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    folder = write_starter(tmp_path / "d").parent
    for name in DATA:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x", "utf-8")
    asked = ["git", "-C", tmp_path, "ls-files", "--others", "--exclude-standard"]
    seen = subprocess.run(asked, check=True, capture_output=True, text=True).stdout.split()
    assert seen == ["d/.gitignore", "d/balanstest.schema.json", "d/balanstest.toml"]


def test_in_a_work_tree_init_tells_what_git_sees(work_tree: Path) -> None:
    made = run_command("init", "a/d", cwd=work_tree)
    assert "`a/d` lies in a git work tree: its .gitignore lets git see the dossier" in made.stdout


def test_elsewhere_there_is_nothing_to_tell(tmp_path: Path) -> None:
    folder = write_starter(tmp_path / "d").parent
    assert (folder / GIT_IGNORE).read_text("utf-8") == SEEN
    assert told_of_git(folder) == ""


def test_a_list_that_is_there_stays_as_it_is_and_is_told(work_tree: Path) -> None:
    (work_tree / GIT_IGNORE).write_text("*.csv\n", "utf-8")
    write_starter(work_tree)
    assert (work_tree / GIT_IGNORE).read_text("utf-8") == "*.csv\n"
    assert "a .gitignore of its own: have it leave out .balanstest-key" in told_of_git(work_tree)
