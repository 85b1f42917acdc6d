"""The package as it would be read on macOS and Windows: no call that is not there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# what a system lacks is a question about the standard library: the rest need not be read for it
BARE = ("--config-file=", "--no-site-packages", "--ignore-missing-imports", "--cache-dir")


def absent(system: str, cache: Path, *what: str) -> list[str]:
    """Return the calls of functions that their module does not have on a system."""
    command = [sys.executable, "-m", "mypy", "--platform", system, *BARE, str(cache), *what]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=600
    )
    assert "source file" in done.stdout, done.stdout + done.stderr
    return [line for line in done.stdout.splitlines() if "Module has no attribute" in line]


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_the_package_calls_nothing_that_a_system_lacks(system: str, tmp_path: Path) -> None:
    assert absent(system, tmp_path, "--package", "balanstest_analysis") == []


def test_a_call_that_windows_lacks_is_found(tmp_path: Path) -> None:
    (tmp_path / "vorkt.py").write_text("import os\n\nos.fork()\n")
    (found,) = absent("win32", tmp_path, str(tmp_path / "vorkt.py"))
    assert 'has no attribute "fork"' in found
