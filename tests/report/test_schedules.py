"""The schedules in the documentation are ones that run."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from balanstest_analysis.cli.commands import app

FOLDER = Path(__file__).parents[2] / "docs" / "schedules"
UNITS = ("balanstest-quarterly.service", "balanstest-quarterly.timer")


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_systemd_accepts_the_units(tmp_path: Path) -> None:
    """With a program that exists, for that is verified too."""
    for name in UNITS:
        text = (FOLDER / name).read_text("utf-8")
        (tmp_path / name).write_text(
            re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", text, flags=re.M)
        )
    done = subprocess.run(
        ["systemd-analyze", "verify", *(str(tmp_path / name) for name in UNITS)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", ["balanstest-quarterly.service", "crontab", "balanstest_dag.py"])
def test_the_command_in_a_schedule_has_only_options_that_exist(name: str) -> None:
    [words] = re.findall(
        r"bin/balanstest quarterly ([^>\"\n]+)", (FOLDER / name).read_text("utf-8")
    )
    explained = CliRunner().invoke(app, ["quarterly", "--help"], env={"COLUMNS": "200"}).output
    options = re.findall(r"--[\w-]+", words)
    assert options
    assert all(option in explained for option in options)


def test_the_crontab_line_is_on_the_days_of_the_timer() -> None:
    [line] = [
        row for row in (FOLDER / "crontab").read_text("utf-8").splitlines() if row[0].isdigit()
    ]
    assert line.split()[:5] == ["0", "6", "8", "1,4,7,10", "*"]
    timer = (FOLDER / "balanstest-quarterly.timer").read_text("utf-8")
    assert "OnCalendar=*-01,04,07,10-08 06:00:00" in timer


def test_the_dag_is_python_and_passes_only_parameters_of_the_notebook() -> None:
    tree = ast.parse((FOLDER / "balanstest_dag.py").read_text("utf-8"))
    [given] = [
        word.value
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        for word in call.keywords
        if word.arg == "parameters"
    ]
    assert isinstance(given, ast.Dict)
    names = {key.value for key in given.keys if isinstance(key, ast.Constant)}
    assert names <= {"dossier", "quarter", "final"}
