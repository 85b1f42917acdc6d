"""Faults that a run has to endure: it ends as if nothing had happened, with one whole report.

``python -m studies.endured_faults`` runs each some times and writes `endured_faults.csv`; a
slice runs with the tests. A run stands still and goes on, as on a laptop that sleeps; there is no
home, or none that can be written.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from studies.faults import (
    NOTEBOOK,
    RUN,
    STEPS,
    dossier_with_report,
    fingerprint_of,
    kernels_of,
    state_of,
)

TABLE = Path(__file__).parent / "endured_faults.csv"
CASES = 6
STANDS_STILL = 2.0
Strike = Callable[[subprocess.Popen[str], Path], None]


@dataclass(frozen=True, kw_only=True)
class Endured:
    """A run that had something to endure, and what was found after it.

    Attributes:
        seed: From which the moment follows.
        fault: What it was.
        step: After the beginning of which step it struck.
        exit_code: Of the run.
        found: `new` for the complete new report, else what is wrong.
        left: What a run leaves behind that nobody should see.
    """

    seed: int
    fault: str
    step: int
    exit_code: int
    found: str
    left: int

    @property
    def is_sound(self) -> bool:
        """Whether there is one whole report, and nothing else."""
        return (self.exit_code, self.found, self.left) == (0, "new", 0)


def _stand_still(run: subprocess.Popen[str], reports: Path) -> None:
    both = [run.pid, *kernels_of(reports)]
    for process in both:
        os.kill(process, signal.SIGSTOP)
    time.sleep(STANDS_STILL)
    for process in reversed(both):
        os.kill(process, signal.SIGCONT)


def _only_the_run_stands_still(run: subprocess.Popen[str], _reports: Path) -> None:
    run.send_signal(signal.SIGSTOP)
    time.sleep(STANDS_STILL)
    run.send_signal(signal.SIGCONT)


def _nothing(_run: subprocess.Popen[str], _reports: Path) -> None:
    """The fault is there from the beginning."""


FAULTS: dict[str, Strike] = {
    "all stand still": _stand_still,
    "the run stands still": _only_the_run_stands_still,
    "no home": _nothing,
    "a home that is not there": _nothing,
}


def _environment(fault: str, folder: Path) -> dict[str, str]:
    kept = dict(os.environ)
    match fault:
        case "no home":
            del kept["HOME"]
        case "a home that is not there":
            kept["HOME"] = str(folder / "nergens")
    return kept


def run_case(fault: str, seed: int) -> Endured:
    """Return what came of a run with a fault at a moment that follows from the seed."""
    step = random.Random(f"{fault} {seed}").randrange(STEPS)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        dossier, reports = dossier_with_report(folder)
        (folder / "counts.csv").write_text("months_since_purchase,contacts\n0,121\n")
        command = [sys.executable, "-c", RUN, str(dossier), str(reports), str(NOTEBOOK)]
        with subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=_environment(fault, folder),
        ) as run:
            assert run.stdout is not None
            for line in run.stdout:
                if int(line) == step:
                    FAULTS[fault](run, reports)
        target = reports / "voorbeeld" / "giften" / "2026-Q3"
        return Endured(
            seed=seed,
            fault=fault,
            step=step,
            exit_code=run.returncode,
            found=state_of(target, {fingerprint_of(dossier): "new"}),
            left=len(list(reports.rglob(".*"))),
        )


def main() -> int:
    """Run every fault some times, write the table, and return 1 when one was not sound."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=CASES, help="of each fault")
    asked = parser.parse_args()
    cases = []
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        names = [field.name for field in fields(Endured)]
        writer = csv.DictWriter(file, names, lineterminator="\n")
        writer.writeheader()
        for fault in FAULTS:
            for seed in range(asked.cases):
                cases.append(run_case(fault, seed))
                writer.writerow(asdict(cases[-1]))
                file.flush()
    unsound = [case for case in cases if not case.is_sound]
    for case in unsound:
        print(json.dumps(asdict(case)))
    print(f"{len(cases)} runs, {len(unsound)} not sound")
    return 1 if unsound else 0


if __name__ == "__main__":
    sys.exit(main())
