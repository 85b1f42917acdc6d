"""How long somebody waits for each command: `python -m benchmarks.commands`.

Medians of seven runs of each command on the sample, in turn, so that a machine that grows busier
counts for all of them; and beside them, in the same turns, papermill that runs an empty notebook
which imports the same. Prints seconds on the clock, seconds of processor time, which other work on
the machine moves less, and the ratio to that empty notebook. All that runs is compiled before.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import nbformat

SAMPLE = Path(__file__).parents[1] / "data" / "sample"
BALANSTEST = (sys.executable, "-m", "balanstest_analysis")
EMPTY = "empty notebook"
# What `report` asks of its kernel, and what fitting imports by then.
IMPORTS = """\
from balanstest_analysis.onderbouwing import open_onderbouwing
import statsmodels.genmod.generalized_linear_model"""


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What one run took.

    Attributes:
        clock: seconds until it ended.
        processor: seconds of processor time, of its own processes too.
    """

    clock: float
    processor: float


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the medians of each command, and their ratio to an empty notebook."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.commands")
    parser.add_argument("--repeats", type=int, default=7)
    parser.add_argument("--of", type=Path, default=SAMPLE, help="folder of a dossier")
    parser.add_argument("--only", nargs="*", help="names of commands, without their options")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        commands = commands_on(asked.of, Path(name))
        if asked.only is not None:
            commands = {name: commands[name] for name in (*asked.only, EMPTY)}
        print("\n".join(lines(taken_by(commands, asked.repeats, Path(name)))))


def commands_on(dossier: Path, folder: Path) -> dict[str, tuple[str, ...]]:
    """Return what is run, by name; the empty notebook is written first.

    Args:
        dossier: its folder.
        folder: to write in.
    """
    stated = str(dossier / "balanstest.toml")
    empty = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(IMPORTS)])
    nbformat.write(empty, folder / "empty.ipynb")
    exports = [str(dossier / f"{name}.csv") for name in ("calls", "events")]
    new, reports = str(folder / "new-{run}"), str(folder / "reports-{run}")
    return {
        "version": (*BALANSTEST, "--version"),
        "help": (*BALANSTEST, "--help"),
        "init": (*BALANSTEST, "init", new, "--from", *exports),
        "check": (*BALANSTEST, "check", stated),
        "analyse": (*BALANSTEST, "analyse", stated),
        "report": (*BALANSTEST, "report", stated, "--output", reports),
        EMPTY: (
            *(sys.executable, "-m", "papermill", "--kernel", "python3", "--no-progress-bar"),
            *("--log-level", "ERROR", str(folder / "empty.ipynb"), str(folder / "out-{run}.ipynb")),
        ),
    }


def taken_by(
    commands: Mapping[str, Sequence[str]], repeats: int, folder: Path
) -> dict[str, list[Taken]]:
    """Return what every run of every command took, after one that is not counted.

    Args:
        commands: by name; `{run}` in a word is the number of the run.
        repeats: runs of each that count.
        folder: in which they run.
    """
    taken: dict[str, list[Taken]] = {name: [] for name in commands}
    for number in range(repeats + 1):
        for name, command in commands.items():
            one = run([word.replace("{run}", str(number)) for word in command], folder)
            taken[name] += [one] if number else []
    return taken


def run(command: Sequence[str], folder: Path) -> Taken:
    """Return what a command took.

    Raises:
        RuntimeError: it failed.
    """
    started = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}")
    clock = time.perf_counter() - started
    return Taken(clock=clock, processor=usage.ru_utime + usage.ru_stime)


def lines(taken: Mapping[str, Sequence[Taken]]) -> list[str]:
    """Return a table of medians, with the ratios to the empty notebook."""
    clock = {name: median(one.clock for one in runs) for name, runs in taken.items()}
    processor = {name: median(one.processor for one in runs) for name, runs in taken.items()}
    head = f"{'command':<16}{'clock':>9}{'processor':>11}{'of empty':>10}{'its processor':>15}"
    return [head] + [
        f"{name:<16}{clock[name]:>7.2f} s{processor[name]:>9.2f} s"
        f"{clock[name] / clock[EMPTY]:>9.2f}x{processor[name] / processor[EMPTY]:>14.2f}x"
        for name in taken
    ]


if __name__ == "__main__":
    main()
