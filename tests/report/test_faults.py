"""Whatever breaks a run off: the old report or the new one, whole, and the next run succeeds.

A killed kernel, `sys.exit(0)` in a cell and time-outs are in `test_run.py`; what befalls one of
many dossiers is in `test_batch.py`.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from balanstest_analysis.dossier.loading import load_dossier
from balanstest_analysis.errors import BalanstestError, DataError, RunError
from balanstest_analysis.history.engines.connecting import connect_for
from balanstest_analysis.report.run import Limits, ReportRun, Step, run_report
from balanstest_analysis.report.run.inputs import input_fingerprint
from balanstest_analysis.report.run.manifest import digests, read_manifest
from balanstest_analysis.report.run.notebook import read_script
from balanstest_analysis.report.run.order import order_of, refuse_edited_inputs, told_of_edit
from studies import endured_faults
from studies.faults import FAULTS, RUN, run_case
from tests.counted_dossier import SMALLEST, write_smallest
from tests.report.test_run import SMALL, changed, setup_source

READ = (
    "\nfrom balanstest_analysis.onderbouwing import open_onderbouwing\nopen_onderbouwing(dossier)"
)
ROOT = Path(__file__).parents[2]
NAMESPACE = ["unshare", "--user", "--map-root-user", "--mount"]
# One of each fault; a hundred are broken off by `make study`.
SEEDS = {0: FAULTS[1], 2: FAULTS[0], 5: FAULTS[2]}


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    return write_smallest(tmp_path)


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


needs_namespaces = pytest.mark.skipif(
    sys.platform != "linux"
    or subprocess.run([*NAMESPACE, "true"], capture_output=True, check=False).returncode != 0,
    reason="no user namespaces here",
)


@needs_namespaces
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


# ---------------------------------------------------------------- what is not the dossier's fault


IN_A_FULL_PLACE_FOR_TEMPORARY_FILES = """
import subprocess, sys, tempfile
from pathlib import Path
from balanstest_analysis.errors import RunError
from balanstest_analysis.report.run import run_report

dossier, place, reports, notebook = map(Path, sys.argv[1:])
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)], check=True)
tempfile.tempdir = str(place)
make = lambda: run_report(dossier, output_dir=reports, notebook=notebook, force=True)
old = make().directory.stat().st_ino
(place / "vol").write_bytes(bytes(1_040_000))
try:
    make()
except RunError as error:
    print(error)
[target] = reports.glob("*/*/2026-Q3")
print(target.stat().st_ino == old, not list(reports.rglob(".*")))
(place / "vol").unlink()
print(make().status)
"""


@needs_namespaces
def test_a_full_place_for_temporary_files_is_not_told_as_a_full_folder_of_reports(
    dossier: Path, tmp_path: Path
) -> None:
    place = tmp_path / "tijdelijk"
    place.mkdir()
    given = [str(path) for path in (dossier, place, tmp_path / "uit", SMALL)]
    script = [sys.executable, "-c", IN_A_FULL_PLACE_FOR_TEMPORARY_FILES, *given]

    done = subprocess.run([*NAMESPACE, *script], capture_output=True, text=True, check=False)

    message, *rest = done.stdout.splitlines() or [done.stderr]
    assert f"place for temporary files `{place}` has no room" in message
    assert "--output" not in message
    assert rest == ["True True", "made"], done.stderr


SWAPS: dict[str, Callable[[Path], object]] = {
    "removed": lambda file: None,
    "a pipe": os.mkfifo,
    "endless": lambda file: file.symlink_to("/dev/zero"),
    "another": lambda file: file.write_text("schema = 1", "utf-8"),
    "a folder": lambda file: file.mkdir(),
    "a link to itself": lambda file: file.symlink_to(file),
}


@pytest.mark.parametrize("how", SWAPS)
@pytest.mark.parametrize("name", ["counts.csv", "balanstest.toml"])
def test_whatever_takes_the_place_of_an_input_is_a_change_and_no_refusal_of_it(
    dossier: Path, tmp_path: Path, name: str, how: str
) -> None:
    order = order_of(
        load_dossier(dossier),
        output_dir=tmp_path / "reports",
        script=read_script(SMALL),
        choices={"quarter": "", "final": False},
        fingerprint=input_fingerprint,
        limits=Limits(),
        progress=lambda _: None,
        spare=None,
    )
    refused = DataError("`counts.csv` has no column.")
    assert told_of_edit(order, refused) is refused
    dossier.with_name(name).unlink()
    SWAPS[how](dossier.with_name(name))

    with pytest.raises(RunError, match="changed while"):
        refuse_edited_inputs(order)
    assert told_of_edit(order, refused).exit_code == RunError.exit_code


GONE = {
    "data, before they are read": ("counts.csv", "", READ),
    "the dossier, at the end": ("balanstest.toml", "", ""),
}


@pytest.mark.parametrize("case", GONE)
def test_an_input_that_is_removed_during_the_run_is_a_run_that_failed(
    run: Callable[..., ReportRun], dossier: Path, tmp_path: Path, case: str
) -> None:
    name, before, after = GONE[case]
    removed = f"\nPath({str(dossier.with_name(name))!r}).unlink()"

    with pytest.raises(RunError, match="changed while the report was made, or removed"):
        run(notebook=changed(tmp_path, setup_source() + before + removed + after))
    assert [path.name for path in (tmp_path / "reports").iterdir()] == ["mislukt"]


# ---------------------------------------------------------------- what a run has to endure


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
@pytest.mark.parametrize("fault", ["all stand still", "a home that is not there"])
def test_a_run_that_stands_still_or_has_no_home_ends_as_if_nothing_had_happened(fault: str) -> None:
    case = endured_faults.run_case(fault, seed=1)

    assert case.is_sound, case


def test_the_table_of_endured_faults_holds_only_sound_cases() -> None:
    with endured_faults.TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["fault"] for row in rows} == set(endured_faults.FAULTS)
    assert {(row["exit_code"], row["found"], row["left"]) for row in rows} == {("0", "new", "0")}


def test_a_clock_that_is_set_back_during_the_run_changes_nothing(
    run: Callable[..., ReportRun], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Set back a year in both processes, as Python tells it."""
    back = "\nimport time\nnow = time.time\ntime.time = lambda: now() - 31_536_000"
    now, set_back = time.time, False  # noqa: TID251 - it is the clock that is tested
    monkeypatch.setattr(time, "time", lambda: now() - 31_536_000 * set_back)

    def strike(step: Step) -> None:
        nonlocal set_back
        set_back = set_back or step.done >= 3

    made = run(notebook=changed(tmp_path, setup_source() + back), progress=strike)

    assert set_back
    manifest = json.loads((made.directory / "manifest.json").read_text("utf-8"))
    assert manifest["files"] == digests(made.directory)
    assert all(0 <= seconds < 600 for seconds in manifest["durations"].values())
    assert not list((tmp_path / "reports").rglob(".*"))


# ---------------------------------------------------------------- what no message may tell

ADDRESSES = {
    "nobody answers": "postgresql://lezer:h3imelijk@127.0.0.1:1/klanten",
    "no port": "postgresql://lezer:h3imelijk@127.0.0.1:poort/klanten",
    "half a host": "postgresql://lezer:h3imelijk@[::1/klanten",
    "odd signs": "postgresql://lezer:h3imelijk%zz@127.0.0.1:1/klanten",
    "a service": "postgresql://127.0.0.1:1/klanten?password=h3imelijk&service=weg",
    "Spark, nobody answers": "sc://127.0.0.1:1/;token=h3imelijk",
    "Spark, no port": "sc://127.0.0.1:poort/;token=h3imelijk",
    "Spark, odd options": "sc://127.0.0.1:1/;token=h3imelijk;h3imelijk",
}


@pytest.mark.parametrize("case", ADDRESSES)
def test_no_message_shows_the_address_of_a_database_or_cluster(
    dossier: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], case: str
) -> None:
    monkeypatch.setenv("BALANSTEST_DB", ADDRESSES[case])
    asked = 'engine_env = "BALANSTEST_DB"\n[data.calls]\ntable = "crm.calls"'
    text = SMALLEST.replace('[data.counts]\npath = "counts.csv"', asked)
    dossier.write_text(text + '[data.events]\ntable = "crm.events"\n', "utf-8")

    with pytest.raises(BalanstestError) as refused:
        connect_for(load_dossier(dossier))

    shown = "".join([*traceback.format_exception(refused.value), *capfd.readouterr()])
    assert refused.value.exit_code == 3
    assert "`BALANSTEST_DB`" in str(refused.value)
    for told in ("h3imelijk", "lezer", "127.0.0.1", "klanten", "::1"):
        assert told not in shown, told


def test_neither_does_what_is_kept_of_a_run_that_failed(
    run: Callable[..., ReportRun], dossier: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BALANSTEST_DB", ADDRESSES["nobody answers"])
    connect = """
from balanstest_analysis.history.engines.postgres import PostgresEngine
import os
try:
    PostgresEngine.connect(os.environ["BALANSTEST_DB"], "BALANSTEST_DB")
except Exception as error:
    from balanstest_analysis.errors import RunError
    raise RunError(str(error)) from None
"""
    with pytest.raises(RunError, match="cannot be reached"):
        run(notebook=changed(tmp_path, setup_source() + connect))

    kept = [path for path in (tmp_path / "reports").rglob("*") if path.is_file()]
    assert kept
    assert not [path for path in kept if b"h3imelijk" in path.read_bytes()]
