"""Month table and findings of large histories, ours beside the usual ways.

``python -m benchmarks.scale --calls 1e6 1e7 --repeats 3`` makes the histories it needs in a folder
of its own and runs every way in a process of its own: ours, ours within 1 GB, the whole analysis,
hand-written SQL for DuckDB in two ways, polars, pandas, and reading the columns only. The ways take
turns. It prints medians as ratios to the hand-written SQL: seconds inside the process after the
imports, the processor seconds of those, seconds of the whole process, and peak memory. All ways
that count must find the same.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.generated import DAYS, FIRST_DAY, histories

KEY = "meetlat, and nobody will ever guess the rest"
Measured = dict[str, Any]
MEASURES = {
    "seconds": "after imports",
    "processor": "processor",
    "process": "whole process",
    "memory_gb": "peak memory",
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the measurements of every size."""
    asked = _parser().parse_args(arguments)
    if asked.way:
        print(json.dumps(_one(asked.way, asked.folder)))
        return
    for calls, folder in histories(asked.calls, seed=asked.seed, kept=asked.folder):
        for line in _compared(folder, calls, asked.ways, asked.repeats):
            print(line, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale")
    parser.add_argument("--calls", type=float, nargs="+", default=[1e6])
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--ways", nargs="+", default=USUAL, choices=list(WAYS))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="where the histories are kept")
    parser.add_argument("--way", choices=list(WAYS), help=argparse.SUPPRESS)
    return parser


def _compared(folder: Path, calls: int, ways: Sequence[str], repeats: int) -> Iterator[str]:
    turns = [{way: _measured(way, folder) for way in ways} for _ in range(repeats)]
    found = {way: [turn[way] for turn in turns] for way in ways}
    yield f"{calls:,} calls, medians of {repeats}"
    reference = found.get("sql") or next(iter(found.values()))
    for way, runs in found.items():
        told = [
            f"{name} {median(run[key] for run in runs):.2f} "
            f"({median(run[key] for run in runs) / median(run[key] for run in reference):.2f}x)"
            for key, name in MEASURES.items()
        ]
        yield f"  {way:9} {', '.join(told)}"
    counts = {json.dumps(run["counts"], sort_keys=True) for runs in found.values() for run in runs}
    counts.discard("{}")
    yield f"  the same counts: {'yes' if len(counts) == 1 else 'NO'}"


def _measured(way: str, folder: Path) -> Measured:
    return measured(
        [sys.executable, "-m", "benchmarks.scale", "--way", way, "--folder", str(folder)]
    )


def measured(command: Sequence[str]) -> Measured:
    """Return what a command prints as JSON, with the seconds of its ``process``."""
    start = time.perf_counter()
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return {"process": time.perf_counter() - start, **json.loads(printed)}


def _one(way: str, folder: Path) -> Measured:
    work = WAYS[way]()
    start, before = time.perf_counter(), time.process_time()
    counts = work(folder)
    return {
        "seconds": time.perf_counter() - start,
        "processor": time.process_time() - before,
        "memory_gb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6,
        "counts": counts,
    }


def hours_of_days() -> dict[dt.date, tuple[int, int] | None]:
    """Return the first and last second for calls of every day of a history, None if forbidden."""
    from balanstest_analysis.dossier.calling_rules import CallingRules  # noqa: PLC0415
    from balanstest_analysis.history.compliance.plan import hours_on  # noqa: PLC0415

    rules, limits = CallingRules(), {}
    for day in (FIRST_DAY + dt.timedelta(days=at) for at in range(DAYS)):
        window = hours_on(day, rules).on(day)
        ends = () if window is None else (window.opens, window.closes)
        limits[day] = tuple(t.hour * 3600 + t.minute * 60 + t.second for t in ends) or None
    return limits  # type: ignore[return-value]


Way = Callable[[Path], dict[str, int]]


def _ours(data: str = "") -> Way:
    import balanstest_analysis.history.compliance.review  # noqa: PLC0415, F401 - not to be timed

    return lambda folder: counted_by_us(_with_data(folder / "balanstest.toml", data))


def counted_by_us(dossier: Path) -> dict[str, int]:
    """Return the counts and findings of a history."""
    from balanstest_analysis import load_dossier  # noqa: PLC0415
    from balanstest_analysis.history.compliance.review import review_history  # noqa: PLC0415

    exposure = review_history(load_dossier(dossier), KEY.encode()).exposure
    counts = exposure.month_table.frame.sum(numeric_only=True)
    counts["in_exposure"] = counts["conversion_exposure"]
    found = {finding.code: finding.count for finding in exposure.findings}
    kept = {name: int(counts[name]) for name in COUNTED}
    return {**kept, **{code: found.get(code, 0) for code in FOUND}}


def _with_data(dossier: Path, line: str) -> Path:
    """Return a dossier with one more line about the data."""
    text = dossier.read_text("utf-8").replace("[data]", f"[data]\n{line}", 1)
    path = dossier.with_name("benchmark.toml")
    path.write_text(text, "utf-8")
    return path


def _spark() -> Way:
    return _ours('engine = "spark"')


def _limited() -> Way:
    return _ours("memory_limit_gb = 1")


def _whole() -> Way:
    from balanstest_analysis import load_dossier  # noqa: PLC0415
    from balanstest_analysis.analysis.method import analyse  # noqa: PLC0415

    def work(folder: Path) -> dict[str, int]:
        os.environ["BALANSTEST_SECRET"] = KEY
        analyse(load_dossier(folder / "balanstest.toml"))
        return {}

    return work


COUNTED = (
    "in_exposure",
    "conversion_events",
    "objection_exposure",
    "objection_events",
    "complaint_exposure",
    "complaint_events",
)
FOUND = (
    "duplicate_call",
    "after_objection",
    "beyond_cap",
    "no_earlier_event",
    "forbidden_day",
    "outside_hours",
    "customers_called_often",
    "objection_processed_late",
    "objection_then_called",
    "zero_amount_event",
)


def _summed(cells: Any, found: dict[str, int]) -> dict[str, int]:
    inside = cells[cells["code"] == "in_exposure"]
    counts = {name: int(inside[name].sum()) for name in COUNTED[1:]}
    return {"in_exposure": int(inside["calls"].sum()), **counts, **{c: found[c] for c in FOUND}}


def _sql() -> Way:
    from benchmarks.sql import counted  # noqa: PLC0415

    hours = hours_of_days()
    return lambda folder: _summed(*counted(folder, hours=hours))


def _spell_sql() -> Way:
    from benchmarks.spell_sql import counted  # noqa: PLC0415

    hours = hours_of_days()
    return lambda folder: _summed(*counted(folder, hours=hours))


def _pandas() -> Way:
    from benchmarks.pandas_way import counted  # noqa: PLC0415

    hours = hours_of_days()
    return lambda folder: _summed(*counted(folder, hours=hours))


def _polars() -> Way:
    from benchmarks.polars_way import counted  # noqa: PLC0415

    hours = hours_of_days()

    def work(folder: Path) -> dict[str, int]:
        cells, found = counted(folder, hours=hours)
        return _summed(cells.to_pandas(), found)

    return work


def _columns() -> Way:
    import duckdb  # noqa: PLC0415

    def work(folder: Path) -> dict[str, int]:
        for table in ("calls", "events", "objections", "complaints"):
            query = f"select * from '{folder / table}.parquet'"
            reader = duckdb.sql(query).to_arrow_reader(1_000_000)
            for _ in reader:
                pass
        return {}

    return work


WAYS: dict[str, Callable[[], Way]] = {
    "ours": _ours,
    "limited": _limited,
    "spark": _spark,
    "analyse": _whole,
    "sql": _sql,
    "spell-sql": _spell_sql,
    "polars": _polars,
    "pandas": _pandas,
    "columns": _columns,
}

# Spark is asked for by name: it needs Java, and takes minutes for what others count in seconds.
USUAL = [way for way in WAYS if way != "spark"]

if __name__ == "__main__":
    main()
