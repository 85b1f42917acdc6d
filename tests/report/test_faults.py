"""Whatever breaks a run off: the old report or the new one, whole, and the next run succeeds.

A killed kernel, `sys.exit(0)` in a cell and time-outs are in `test_run.py`; what befalls one of
many dossiers is in `test_batch.py`.
"""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from balanstest_analysis.errors import RunError
from balanstest_analysis.report.run import ReportRun, run_report
from balanstest_analysis.report.run.manifest import digests, read_manifest
from studies.faults import FAULTS, run_case
from tests.report.test_run import DOSSIER, SMALL, changed, setup_source

ROOT = Path(__file__).parents[2]
NAMESPACE = ["unshare", "--user", "--map-root-user", "--mount"]
# One of each fault; a hundred are broken off by `make study`.
SEEDS = {0: FAULTS[1], 2: FAULTS[0], 5: FAULTS[2]}


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    (tmp_path / "counts.csv").write_text("months_since_purchase,contacts\n0,120\n")
    (tmp_path / "balanstest.toml").write_text(DOSSIER, "utf-8")
    return tmp_path / "balanstest.toml"


@pytest.fixture
def run(dossier: Path, tmp_path: Path) -> Callable[..., ReportRun]:
    def go(**options: Any) -> ReportRun:
        given = {"output_dir": tmp_path / "reports", "notebook": SMALL} | options
        return run_report(dossier, **given)

    return go


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
@pytest.mark.parametrize("seed", SEEDS)
def test_a_run_broken_off_at_a_random_moment_leaves_one_whole_report(seed: int) -> None:
    case = run_case(seed)

    assert case.fault == SEEDS[seed]
    assert case.is_sound, case


# In a namespace of its own a disk can be full or read-only, also for root.
ON_A_SMALL_DISK = """
import subprocess, sys
from pathlib import Path
from balanstest_analysis.errors import RunError
from balanstest_analysis.report.run import run_report
from balanstest_analysis.report.run.manifest import digests

dossier, disk, notebook = map(Path, sys.argv[1:])
mount = lambda *words: subprocess.run(["mount", *words, str(disk)], check=True)
mount("-t", "tmpfs", "-o", "size=2m", "tmpfs")
make = lambda: run_report(dossier, output_dir=disk / "uit", notebook=notebook, force=True)

def refused():
    try:
        make()
    except RunError as error:
        return str(error)
    return "nothing was refused"

target = make().directory
old = digests(target)
for free_kilobytes in (0, 40, 100):
    filler = disk / "vol"
    room = int(subprocess.run(["df", "--output=avail", "-k", str(disk)], capture_output=True,
        text=True, check=True).stdout.split()[1])
    filler.write_bytes(bytes(max(0, room - free_kilobytes) * 1024))
    print("full", refused(), digests(target) == old, sep="|")
    filler.unlink()
mount("-o", "remount,ro")
print("read-only", refused(), digests(target) == old, sep="|")
mount("-o", "remount,rw")
print("again", make().status, not list((disk / "uit").rglob(".*")))
"""


@pytest.mark.skipif(
    sys.platform != "linux"
    or subprocess.run([*NAMESPACE, "true"], capture_output=True, check=False).returncode != 0,
    reason="no user namespaces here",
)
def test_a_full_or_read_only_disk_leaves_the_old_report(dossier: Path, tmp_path: Path) -> None:
    disk = tmp_path / "schijf"
    disk.mkdir()
    script = [sys.executable, "-c", ON_A_SMALL_DISK, str(dossier), str(disk), str(SMALL)]

    done = subprocess.run([*NAMESPACE, *script], capture_output=True, text=True, check=False)

    lines = done.stdout.splitlines()
    assert lines[-1:] == ["again made True"], done.stderr
    faults, messages, intact = zip(*(line.split("|") for line in lines[:-1]), strict=True)
    assert faults == (*["full"] * 3, "read-only")
    assert set(intact) == {"True"}
    assert "nothing was refused" not in messages
    assert all("no space left" in message.lower() for message in messages[:-1]), messages
    assert "Read-only file system" in messages[-1]


def test_of_two_runs_at_once_one_makes_the_report_and_the_other_refuses_or_skips(
    dossier: Path, tmp_path: Path
) -> None:
    from studies.faults import RUN

    command = [sys.executable, "-c", RUN, str(dossier), str(tmp_path / "reports"), str(SMALL)]
    both = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for _ in range(2)]
    codes = sorted(run.wait() for run in both)

    assert codes in ([0, 0], [0, 6])
    [target] = (tmp_path / "reports").glob("*/*/2026-Q3")
    assert read_manifest(target)["files"] == digests(target)
    assert not list((tmp_path / "reports").rglob(".*"))


def test_a_clock_that_was_set_back_changes_nothing(
    run: Callable[..., ReportRun], dossier: Path, tmp_path: Path
) -> None:
    made = run()
    later = 4_000_000_000  # the year 2096, before the clock was set back
    for path in (*(tmp_path / "reports").rglob("*"), dossier, dossier.with_name("counts.csv")):
        os.utime(path, (later, later))

    assert run().status == "skipped"
    counts = dossier.with_name("counts.csv")
    counts.write_text("months_since_purchase,contacts\n0,121\n")
    os.utime(counts, (0, 0))
    assert run().status == "made"
    assert read_manifest(made.directory)["files"] == digests(made.directory)


def test_a_dossier_edited_during_the_run_leaves_the_old_report_until_the_next_run(
    run: Callable[..., ReportRun], dossier: Path, tmp_path: Path
) -> None:
    target = run().directory
    old = digests(target)
    edit = (
        f"from pathlib import Path\nwith Path({str(dossier)!r}).open('a') as file: file.write('#')"
    )
    edited = changed(tmp_path, f"{edit}\n{setup_source()}")

    with pytest.raises(RunError, match="changed while"):
        run(notebook=edited)
    assert digests(target) == old
    assert run().status == "made"
    assert not list((tmp_path / "reports").rglob(".*"))


def test_the_table_of_the_study_holds_only_sound_cases_of_every_fault() -> None:
    with (ROOT / "studies" / "faults.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len({row["seed"] for row in rows}) == len(rows) == 100
    assert {row["found"] for row in rows} == {"old", "new"}
    assert {row["after"] for row in rows} == {"new"}
    assert {row["left"] for row in rows if row["fault"] == FAULTS[0]} == {"0"}
    assert {row["fault"] for row in rows} == set(FAULTS)
