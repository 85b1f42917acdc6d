"""Many dossiers at once against one after the other: `python -m benchmarks.quarterly`.

Forty copies of a dossier, the sample if no other is named, made by `balanstest quarterly`, and
the same by forty runs of `balanstest report`: half of these before it and half after, so that a
machine that grows busier or quieter counts for both. Memory is that of all processes together,
what they share counted once, looked at five times a second. Prints what is to be held against 0.6
and 2.5 GB.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import psutil

SAMPLE = Path(__file__).parents[1] / "data" / "sample"
LOOKS_PER_SECOND = 5
BALANSTEST = (sys.executable, "-m", "balanstest_analysis")


def main(arguments: Sequence[str] | None = None) -> None:
    """Print times, their ratio and the memory."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quarterly")
    parser.add_argument("--dossiers", type=int, default=40)
    parser.add_argument("--jobs", type=int, help="as of `balanstest quarterly`")
    parser.add_argument("--of", type=Path, default=SAMPLE, help="folder of the dossier to repeat")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        numbers = range(asked.dossiers)
        dossiers = [dossier_in(folder / "dossiers", asked.of, number) for number in numbers]
        half = len(dossiers) // 2
        single = singly(dossiers[:half], folder / "een-voor-een")
        together, peak = at_once(folder, asked.jobs)
        single += singly(dossiers[half:], folder / "een-voor-een")
        made = len(list((folder / "samen").glob("*/*/*/manifest.json")))
    print(f"{made} of {len(dossiers)} reports made at once")
    print(f"one after the other: {single:.1f} s, {single / len(dossiers):.2f} s each")
    print(f"at once: {together:.1f} s, {together / len(dossiers):.2f} s each")
    print(f"ratio: {together / single:.2f}")
    print(f"memory at once, at most: {peak / 1e9:.2f} GB")


def dossier_in(folder: Path, original: Path, number: int) -> Path:
    """Return a copy of a dossier with a category of its own."""
    copy = folder / f"{number:02d}"
    shutil.copytree(original, copy)
    text = (
        (copy / "balanstest.toml")
        .read_text("utf-8")
        .replace("\ncategory = ", f'\ncategory = "Categorie {number}"  # ', 1)
    )
    (copy / "balanstest.toml").write_text(text, "utf-8")
    return copy / "balanstest.toml"


def singly(dossiers: Sequence[Path], output: Path) -> float:
    """Return the seconds that the reports take one after the other."""
    started = time.perf_counter()
    for dossier in dossiers:
        _run("report", str(dossier), "--output", str(output))
    return time.perf_counter() - started


def at_once(folder: Path, jobs: int | None) -> tuple[float, int]:
    """Return the seconds that the reports take together, and the most memory in bytes."""
    limit = ("--jobs", str(jobs)) if jobs else ()
    started = time.perf_counter()
    with _watched() as watch:
        _run("quarterly", str(folder / "dossiers"), "--output", str(folder / "samen"), *limit)
    return time.perf_counter() - started, watch.peak


def _run(*words: str) -> None:
    subprocess.run([*BALANSTEST, *words], check=True, capture_output=True)


class _watched:  # noqa: N801 - reads as a sentence after `with`
    """Watches the memory of all processes under this one that begin after it."""

    def __init__(self) -> None:
        self.peak = 0
        self._others = {process.pid for process in psutil.Process().children(recursive=True)}
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def __enter__(self) -> _watched:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._done.wait(1 / LOOKS_PER_SECOND):
            family = psutil.Process().children(recursive=True)
            ours = [process for process in family if process.pid not in self._others]
            self.peak = max(self.peak, sum(map(_memory, ours)))


def _memory(process: psutil.Process) -> int:
    """The proportional share, or what is resident where a system does not tell shares."""
    try:
        told = process.memory_full_info()
    except psutil.Error:
        return 0
    return int(getattr(told, "pss", told.rss))


if __name__ == "__main__":
    main()
