"""What a history costs in Spark, from Spark's own log: `python -m benchmarks.spark_plans`.

Each history is counted in a session of Spark on this machine, as a dossier with ``engine =
"spark"`` asks for it. From the events that Spark writes down about itself follow its jobs, stages
and shuffles, the bytes that these move, what was spilt to disk, the processor seconds of its tasks,
and how uneven these are: the slowest task of a stage over the median one, where a stage takes
seconds. With ``--compare`` DuckDB counts the same, and both must agree.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.generated import histories
from benchmarks.scale import measured

_TELLING_SECONDS, _FEWEST_TASKS = 2.0, 2


@dataclass(frozen=True, kw_only=True)
class Stage:
    """The tasks of one stage.

    Attributes:
        seconds: of processor time, per task.
        shuffled: bytes written for the next stage.
        spilt: bytes written to disk for want of memory.
        written_to_shuffle: rows that go to another stage.
    """

    seconds: list[float] = field(default_factory=list)
    shuffled: list[int] = field(default_factory=list)
    spilt: list[int] = field(default_factory=list)
    written_to_shuffle: list[int] = field(default_factory=list)

    @property
    def uneven(self) -> float | None:
        """The slowest task over the median one; None where the stage is too short to tell."""
        if len(self.seconds) < _FEWEST_TASKS or sum(self.seconds) < _TELLING_SECONDS:
            return None
        return max(self.seconds) / max(median(self.seconds), 1e-3)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print what each size costs."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.spark_plans")
    parser.add_argument("--calls", type=float, nargs="+", default=[1e6])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--memory-gb", type=int, default=12, help="of Spark")
    parser.add_argument("--parts", type=int, help="into which customers are divided")
    parser.add_argument("--folder", type=Path, help="where the histories are kept")
    parser.add_argument("--compare", action="store_true", help="with the counts of DuckDB")
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.one:
        print(json.dumps(counted(asked.one, asked.memory_gb, asked.parts)))
        return
    for calls, folder in histories(asked.calls, seed=asked.seed, kept=asked.folder):
        print("\n".join(_lines(folder, calls, asked)), flush=True)


def _lines(folder: Path, calls: int, asked: argparse.Namespace) -> Iterator[str]:
    own = ["--one", str(folder), "--memory-gb", str(asked.memory_gb)]
    own += ["--parts", str(asked.parts)] if asked.parts else []
    found = measured([sys.executable, "-m", "benchmarks.spark_plans", *own])
    yield f"{calls:,} calls"
    for name, value in found.items():
        if name != "counts":
            yield f"  {name:28} {value}"
    if asked.compare:
        way = ["--way", "ours", "--folder", str(folder)]
        other = measured([sys.executable, "-m", "benchmarks.scale", *way])
        yield f"  {'the same counts as DuckDB':28} {found['counts'] == other['counts']}"


def counted(folder: Path, memory_gb: int, parts: int | None = None) -> dict[str, Any]:
    """Return the counts of a history, and what Spark wrote down about counting them.

    Args:
        folder: with the history.
        memory_gb: of Spark.
        parts: into which customers are divided; None for as many as in a session of ours.
    """
    from benchmarks.scale import WAYS  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as name:
        session = _session(Path(name), memory_gb, parts)
        start = time.perf_counter()
        counts = WAYS["spark"]()(folder)
        seconds = time.perf_counter() - start
        session.stop()
        (log,) = Path(name).glob("log/*")
        told = summary(events(log))
    return {"seconds": round(seconds, 1), **told, "counts": counts}


def _session(folder: Path, memory_gb: int, parts: int | None) -> Any:
    from pyspark.sql import SparkSession  # noqa: PLC0415

    from balanstest_analysis.history.engines.spark_local import LOCAL  # noqa: PLC0415

    (folder / "log").mkdir()
    settings = {
        **LOCAL,
        "spark.local.dir": str(folder),
        "spark.driver.memory": f"{memory_gb}g",
        "spark.eventLog.enabled": "true",
        "spark.eventLog.rolling.enabled": "false",
        "spark.eventLog.compress": "false",
        "spark.eventLog.dir": (folder / "log").as_uri(),
        **({"spark.sql.shuffle.partitions": str(parts)} if parts else {}),
    }
    builder = SparkSession.builder.master("local[*]").appName("balanstest")
    for name, value in settings.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def events(log: Path) -> Iterator[dict[str, Any]]:
    """Yield what Spark wrote down, in order: a file, or a folder with one."""
    files = [log] if log.is_file() else sorted(log.glob("events*"))
    for file in files:
        with file.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def summary(told: Iterator[dict[str, Any]]) -> dict[str, Any]:
    """Return jobs, stages, bytes and seconds of all that Spark did.

    Args:
        told: from `events`.
    """
    stages, jobs = defaultdict[int, Stage](Stage), 0
    for event in told:
        jobs += event["Event"] == "SparkListenerJobStart"
        if event["Event"] == "SparkListenerTaskEnd" and event.get("Task Metrics"):
            _add(stages[event["Stage ID"]], event["Task Metrics"])
    shuffles = [stage for stage in stages.values() if sum(stage.shuffled)]
    uneven = [stage.uneven for stage in stages.values() if stage.uneven is not None]
    return {
        "jobs": jobs,
        "stages": len(stages),
        "tasks": sum(len(stage.seconds) for stage in stages.values()),
        "processor seconds of tasks": round(sum(sum(s.seconds) for s in stages.values()), 1),
        "shuffles": len(shuffles),
        "rows shuffled (millions)": round(
            sum(sum(s.written_to_shuffle) for s in shuffles) / 1e6, 1
        ),
        "GB shuffled": round(sum(sum(stage.shuffled) for stage in shuffles) / 1e9, 3),
        "GB spilt": round(sum(sum(stage.spilt) for stage in stages.values()) / 1e9, 3),
        "slowest task / median, worst": round(max(uneven), 2) if uneven else "no long stage",
    }


def _add(stage: Stage, metrics: dict[str, Any]) -> None:
    write = metrics["Shuffle Write Metrics"]
    stage.seconds.append(metrics["Executor CPU Time"] / 1e9)
    stage.shuffled.append(write["Shuffle Bytes Written"])
    stage.written_to_shuffle.append(write["Shuffle Records Written"])
    stage.spilt.append(metrics["Disk Bytes Spilled"])


if __name__ == "__main__":
    main()
