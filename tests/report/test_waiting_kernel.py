"""A kernel that waits while the command imports is used, replaced or ended, and knows no secret."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from balanstest_analysis.document.operating_system import CAN_FORK
from balanstest_analysis.report.run import run_report
from balanstest_analysis.report.run.spare_kernel import SpareKernel
from balanstest_analysis.report.run.waiting_kernel import waiting_kernel
from tests.counted_dossier import write_smallest
from tests.report.test_run import changed, setup_source

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="a kernel waits on Linux only")
STARTS_AND_DIES = """
import os, signal
from balanstest_analysis.report.run.waiting_kernel import waiting_kernel
with waiting_kernel() as spare:
    print(spare.pid, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    return write_smallest(tmp_path)


@pytest.fixture
def spare() -> Iterator[SpareKernel]:
    with waiting_kernel() as kernel:
        assert kernel is not None
        yield kernel


def has_ended(pid: int, seconds: float = 20) -> bool:
    for _ in range(int(seconds * 20)):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


def test_a_report_is_made_in_the_kernel_that_waited(
    spare: SpareKernel, dossier: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = tmp_path / "nummer"
    monkeypatch.setenv("STATED_LATER", str(seen))
    tells = changed(
        tmp_path,
        f"{setup_source()}\nimport os, sys\n"
        "told = os.getpid(), sys.flags.hash_randomization, os.environ['PYTHONHASHSEED']\n"
        "with open(os.environ['STATED_LATER'], 'w') as file:\n"
        "    print(told, file=file)",
    )

    made = run_report(dossier, output_dir=tmp_path / "uit", notebook=tells, spare=spare)

    assert made.status == "made"
    assert seen.read_text().strip() == str((spare.pid, 0, "0"))
    assert has_ended(spare.pid)


def test_a_kernel_that_died_while_it_waited_is_replaced(
    spare: SpareKernel, dossier: Path, tmp_path: Path
) -> None:
    os.kill(spare.pid, signal.SIGKILL)
    spare.wait()

    notebook = changed(tmp_path, setup_source())
    made = run_report(dossier, output_dir=tmp_path / "uit", notebook=notebook, spare=spare)

    assert made.status == "made"


def test_a_kernel_that_is_not_needed_ends_at_once() -> None:
    with waiting_kernel() as spare:
        assert spare is not None
        assert spare.poll() is None
    assert spare.returncode is not None
    assert has_ended(spare.pid, 0.1)


def test_a_kernel_ends_with_the_process_that_started_it() -> None:
    died = subprocess.run(
        [sys.executable, "-c", STARTS_AND_DIES], capture_output=True, text=True, check=False
    )

    assert died.returncode == -signal.SIGKILL
    assert has_ended(int(died.stdout))


def test_a_kernel_that_waits_does_not_know_the_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BALANSTEST_SECRET", "een zin die nergens staat, en dus lang genoeg is")
    with waiting_kernel() as spare:
        assert spare is not None
        environment = b""
        while not environment and spare.poll() is None:  # it is not what it will be yet
            environment = Path(f"/proc/{spare.pid}/environ").read_bytes()
    assert b"MPLBACKEND=agg" in environment
    assert b"BALANSTEST_" not in environment
