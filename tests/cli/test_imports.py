"""A command imports what it uses, and nothing that takes long and stays unused."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "data" / "sample"
EXPORTS = ("calls", "events", "objections", "complaints")
COMMANDS = {
    "--version": (
        ["--version"],
        {"pandas", "numpy", "ibis", "scipy", "matplotlib", "nbconvert", "jupyterlab"},
    ),
    "-h": (["-h"], {"pandas", "numpy", "ibis", "scipy", "matplotlib", "nbconvert", "jupyterlab"}),
    "init": (
        [*("init", "{folder}/new", "--from"), *(str(SAMPLE / f"{n}.csv") for n in EXPORTS)],
        {"pandas", "pyarrow.compute", "scipy", "matplotlib", "nbconvert", "papermill", "psutil"},
    ),
    "check": (
        ["check", str(SAMPLE / "balanstest.toml")],
        {"statsmodels", "scipy.stats", "matplotlib", "nbconvert", "papermill", "typst", "psutil"},
    ),
}
TELL = """
import sys
from balanstest_analysis.cli.commands import main
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
print(*sorted(sys.modules), sep=chr(10), file=sys.stderr)
"""


@pytest.mark.parametrize(("command", "unused"), COMMANDS.values(), ids=COMMANDS)
def test_a_command_does_not_import_what_it_does_not_use(
    command: list[str], unused: set[str], tmp_path: Path
) -> None:
    command = [word.replace("{folder}", str(tmp_path)) for word in command]
    done = subprocess.run(
        [sys.executable, "-c", TELL, *command],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    loaded = set(done.stderr.splitlines())
    assert "balanstest_analysis.cli.commands" in loaded
    assert unused & loaded == set()
