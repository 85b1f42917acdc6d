"""Runs that are broken off at random moments: the old report or the new one, never a mixture.

``python -m studies.faults`` breaks off a hundred runs and writes `faults.csv`; a slice runs with
the tests. Every case follows from its seed: the step after which it strikes, how long it waits
then, and whether it ends the run (SIGTERM), kills it (SIGKILL) or kills its kernel.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from balanstest_analysis.dossier.loading import load_dossier
from balanstest_analysis.report.run import run_report
from balanstest_analysis.report.run.inputs import input_fingerprint
from balanstest_analysis.report.run.manifest import digests, read_manifest

CASES = 100
SEED = 2026
TABLE = Path(__file__).parent / "faults.csv"
FAULTS = ("SIGTERM to the run", "SIGKILL to the run", "SIGKILL to its kernel")
# The steps of the small notebook: start, six cells and the parameters, HTML, PDF, publication.
STEPS = 10
LONGEST_WAIT = 0.06
PATIENCE = 30
NOTEBOOK = Path(__file__).parents[1] / "tests" / "fixtures" / "klein.ipynb"
DOSSIER = """
schema = 1
template = "opt-in"
[organisation]
name = "Voorbeeld"
sector = "charity"
[scope]
category = "giften"
[data]
data_through = 2026-09-30
[data.counts]
path = "counts.csv"
[[criteria]]
name = "horizon"
kind = "horizon"
months = 24
reason = "voorbeeld"
"""
RUN = """
import sys
from pathlib import Path
from balanstest_analysis.errors import BalanstestError
from balanstest_analysis.report.run import run_report
tell = lambda step: print(step.done, flush=True)
try:
    run_report(sys.argv[1], output_dir=sys.argv[2], notebook=Path(sys.argv[3]), progress=tell)
except BalanstestError as error:
    sys.exit(error.exit_code)
"""


@dataclass(frozen=True, kw_only=True)
class Case:
    """A run that is broken off, and what was found after it.

    Attributes:
        seed: From which the rest follows.
        fault: What was done.
        step: After the beginning of which step, counted from 0.
        wait_ms: How long after it.
        exit_code: Of the run, negative for a signal.
        found: `old` or `new` for a complete report, else what is wrong.
        left: What a run leaves behind that nobody should see, as long as the next one is not done.
        next_run: `made` or `skipped`, or why the next run did not succeed.
        after: `new` when the report is complete and nothing else is left, else what is wrong.
    """

    seed: int
    fault: str
    step: int
    wait_ms: int
    exit_code: int
    found: str
    left: int
    next_run: str
    after: str

    @property
    def is_sound(self) -> bool:
        """Whether nothing was mixed or lost, and the next run needed no help."""
        told = self.fault != FAULTS[0] or self.left == 0
        return self.found in {"old", "new"} and self.after == "new" and told


def run_case(seed: int) -> Case:
    """Return what came of a run broken off as its seed says."""
    rng = random.Random(seed)
    fault, step = rng.choice(FAULTS), rng.randrange(STEPS)
    wait = rng.uniform(0, LONGEST_WAIT)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        dossier, reports = dossier_with_report(folder)
        target = reports / "voorbeeld" / "giften" / "2026-Q3"
        old = fingerprint_of(dossier)
        (folder / "counts.csv").write_text("months_since_purchase,contacts\n0,121\n")
        exit_code = _broken_off(dossier, reports, fault=fault, step=step, wait=wait)
        states = {old: "old", fingerprint_of(dossier): "new"}
        found, left = state_of(target, states), len(list(reports.rglob(".*")))
        await_no_kernel(reports)
        next_run = run_report(dossier, output_dir=reports, notebook=NOTEBOOK).status
        hidden = [path.name for path in reports.rglob(".*")]
        after = f"left {hidden}" if hidden else state_of(target, states)
    return Case(
        seed=seed,
        fault=fault,
        step=step,
        wait_ms=round(wait * 1000),
        exit_code=exit_code,
        found=found,
        left=left,
        next_run=next_run,
        after=after,
    )


def dossier_with_report(folder: Path) -> tuple[Path, Path]:
    """Return a dossier and the folder of its reports, with one report in it."""
    (folder / "counts.csv").write_text("months_since_purchase,contacts\n0,120\n")
    (folder / "balanstest.toml").write_text(DOSSIER, "utf-8")
    dossier, reports = folder / "balanstest.toml", folder / "reports"
    run_report(dossier, output_dir=reports, notebook=NOTEBOOK)
    return dossier, reports


def fingerprint_of(dossier: Path) -> str:
    """Return what tells this dossier and its data from others."""
    return input_fingerprint(load_dossier(dossier))


def _broken_off(dossier: Path, reports: Path, *, fault: str, step: int, wait: float) -> int:
    """Return the exit code of a run in which the fault came at its moment."""
    command = [sys.executable, "-c", RUN, str(dossier), str(reports), str(NOTEBOOK)]
    quiet = subprocess.DEVNULL  # a kernel whose run was killed says so
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=quiet, text=True) as run:
        assert run.stdout is not None
        for line in run.stdout:
            if int(line) == step:
                break
        time.sleep(wait)
        if fault == FAULTS[2]:
            for kernel in kernels_of(reports):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(kernel, signal.SIGKILL)
        else:
            run.send_signal(signal.SIGTERM if fault == FAULTS[0] else signal.SIGKILL)
        run.stdout.read()
    return run.returncode


def state_of(target: Path, states: dict[str, str]) -> str:
    """Return which complete report is there, or what is wrong with it."""
    manifest = read_manifest(target)
    if not manifest:
        return "no report"
    if manifest["files"] != digests(target):
        return "files differ from the manifest"
    return states.get(manifest["fingerprint"], "another report")


def kernels_of(reports: Path) -> list[int]:
    """Return the processes that execute a notebook for these reports."""
    listing = subprocess.run(
        ["ps", "-eo", "pid=,args="], capture_output=True, text=True, check=True
    )
    rows = [line.split(maxsplit=1) for line in listing.stdout.splitlines()]
    return [int(pid) for pid, words in rows if "ipykernel" in words and str(reports) in words]


def await_no_kernel(reports: Path) -> None:
    """A kernel notices by itself that its run has gone.

    Raises:
        TimeoutError: it does not.
    """
    end = time.monotonic() + PATIENCE
    while kernels_of(reports):
        if time.monotonic() > end:
            raise TimeoutError("a kernel outlived its run")
        time.sleep(0.1)


def main() -> int:
    """Break off a number of runs, write the table, and return 1 when one was not sound."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=CASES)
    parser.add_argument("--seed", type=int, default=SEED, help="of the first case")
    asked = parser.parse_args()
    cases = []
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [field.name for field in fields(Case)], lineterminator="\n")
        writer.writeheader()
        for number in range(asked.cases):
            cases.append(run_case(asked.seed + number))
            writer.writerow(asdict(cases[-1]))
            file.flush()
    unsound = [case for case in cases if not case.is_sound]
    for case in unsound:
        print(json.dumps(asdict(case)))
    print(f"{len(cases)} runs broken off, {len(unsound)} not sound")
    return 1 if unsound else 0


if __name__ == "__main__":
    sys.exit(main())
