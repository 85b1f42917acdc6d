"""The command begins with what takes longest, and with nothing that it does not need."""

from __future__ import annotations

import subprocess
import sys

import pytest

from balanstest_analysis.cli import begin
from balanstest_analysis.report.run import waiting_kernel as waiting

TELLS_WHAT_IT_IMPORTS = """
import sys
sys.argv = ["balanstest", "--version"]
from balanstest_analysis.cli.begin import main
main()
print(*sys.modules, file=sys.stderr)
"""


def started_by(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    """Return how many kernels a command starts before it runs."""
    starts: list[None] = []
    monkeypatch.setattr(waiting, "_started", lambda: starts.append(None))
    monkeypatch.setattr(sys, "argv", ["balanstest", *words])
    with pytest.raises(SystemExit):
        begin.run([*words])
    return len(starts)


def test_the_command_that_makes_a_report_has_a_kernel_started(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert started_by(monkeypatch, "report", "no-such-folder/balanstest.toml") == 1


@pytest.mark.parametrize("words", [["report"], ["report", "--help"], ["--help"], ["check", "x"]])
def test_no_other_command_has_one_started(
    monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    assert started_by(monkeypatch, *words) == 0


ENDS = """
import atexit, sys
sys.argv = ["balanstest", *sys.argv[1:]]
from balanstest_analysis.cli.begin import main
import balanstest_analysis.cli.commands as commands
usual = commands.main
def main_and_more(spare):
    atexit.register(print, "asked for later")
    usual(spare)
commands.main = main_and_more
main()
"""


@pytest.mark.parametrize(("words", "code"), [(["--help"], 0), (["check", "no-such-file"], 3)])
def test_the_command_ends_with_its_code_after_what_was_asked_for_at_the_end(
    words: list[str], code: int
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ENDS, *words], capture_output=True, text=True, check=False
    )

    assert done.returncode == code
    assert done.stdout.endswith("asked for later\n")


def test_telling_the_version_imports_no_command() -> None:
    done = subprocess.run(
        [sys.executable, "-c", TELLS_WHAT_IT_IMPORTS], capture_output=True, text=True, check=True
    )
    loaded = set(done.stderr.split())

    assert done.stdout.startswith("balanstest ")
    assert "balanstest_analysis.cli.begin" in loaded
    assert {"typer", "pydantic", "balanstest_analysis.cli.commands"} & loaded == set()
