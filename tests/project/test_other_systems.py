"""The package as it would be read on macOS and Windows: no call that is not there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def told(system: str, *paths: str) -> str:
    command = [sys.executable, "-m", "mypy", "--platform", system, *paths]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=600
    )
    return done.stdout


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_the_package_calls_nothing_that_a_system_lacks(system: str) -> None:
    assert told(system, "balanstest_analysis").startswith("Success: no issues found")


def test_a_call_that_windows_lacks_is_found(tmp_path: Path) -> None:
    (tmp_path / "vorkt.py").write_text("import os\n\nos.fork()\n")
    assert 'has no attribute "fork"' in told("win32", str(tmp_path / "vorkt.py"))
