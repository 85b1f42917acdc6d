"""The same inputs give the same bytes: elsewhere, at another time, for another user."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from balanstest_analysis.report.run.manifest import digests

SAMPLE = Path(__file__).parents[2] / "data" / "sample"
# What differs by nature: how long it took, and what the manifest says of the notebook.
APART = {"onderbouwing.ipynb"}


def made_in(folder: Path, *, command: tuple[str, ...] = (), **environment: str) -> dict[str, str]:
    """Return the digests of the sample's report, made in a folder and for a user of its own."""
    shutil.copytree(SAMPLE, folder / "dossier")
    home = folder / "thuis"
    home.mkdir()
    surroundings = {
        "HOME": str(home),
        "USER": folder.name,
        "LOGNAME": folder.name,
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
    }
    call = [sys.executable, "-m", "balanstest_analysis", "report", "dossier/balanstest.toml"]
    subprocess.run(
        [*command, *call, "--output", str(folder / "uit")],
        cwd=folder,
        env=surroundings | environment,
        check=True,
        capture_output=True,
    )
    [manifest] = (folder / "uit").rglob("manifest.json")
    kept = digests(manifest.parent)
    assert json.loads(manifest.read_text("utf-8"))["files"] == kept
    return {name: digest for name, digest in kept.items() if name not in APART}


def clock_of_another_day() -> tuple[str, ...]:
    """A command that runs another on another day, where `faketime` is installed."""
    faketime = shutil.which("faketime")
    return (faketime, "-f", "@2031-03-05 04:03:02 x1") if faketime else ()


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, str]]:
    one, other = (tmp_path_factory.mktemp(name) for name in ("anna", "een-veel-langere-naam"))
    return [
        made_in(one, TZ="Europe/Amsterdam", LANG="nl_NL.UTF-8", LC_ALL="C.UTF-8"),
        made_in(other, command=clock_of_another_day(), TZ="Pacific/Auckland", LC_ALL="C"),
    ]


def test_two_runs_elsewhere_at_another_time_by_another_user_give_the_same_bytes(reports) -> None:
    one, other = reports
    assert {"onderbouwing.html", "onderbouwing.pdf", "resultaat.json"} <= set(one)
    assert one == other


@pytest.mark.skipif(not shutil.which("faketime"), reason="faketime is not installed")
def test_the_other_time_was_another_day() -> None:
    told = subprocess.run(
        [
            *clock_of_another_day(),
            sys.executable,
            "-c",
            "import time; print(time.gmtime().tm_year)",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == "2031"
