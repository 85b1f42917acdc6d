"""A history whose calls are text of another encoding or a workbook, beside the same as UTF-8.

``python -m benchmarks.texts --rows 5e5 5e6 --repeats 3`` makes the histories it needs in a folder
of its own, with the same calls as a CSV file in UTF-8, one in Windows-1252 and an Excel workbook
(left out where a sheet cannot hold them). Each is read and counted in a process of its own; they
take turns. It prints medians of processor seconds and of seconds after the imports, as ratios to
UTF-8, and the highest peak memory of the whole process. All must count the same.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Any

import duckdb

from benchmarks.generated import make_history
from benchmarks.scale import counted_by_us

ROWS_OF_A_SHEET = 1_048_575
_ROWS = """
select customer_id, called_at, net_contact, converted,
  campaign || ' in één keer' as campaign
from '{calls}' {limit}
"""
Measured = dict[str, Any]


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the measurements of every size."""
    asked = _parser().parse_args(arguments)
    if asked.form:
        print(json.dumps(_one(asked.form, asked.folder)))
        return
    with tempfile.TemporaryDirectory() as made:
        for rows in map(int, asked.rows):
            folder = (asked.folder or Path(made)) / f"rows-{rows}"
            forms = [form for form in asked.forms if form != "xlsx" or rows <= ROWS_OF_A_SHEET]
            make_forms(folder, rows=rows, seed=asked.seed, forms=forms)
            for line in _compared(folder, rows, forms, asked.repeats):
                print(line, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.texts")
    parser.add_argument("--rows", type=float, nargs="+", default=[5e5])
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--forms", nargs="+", default=list(FORMS), choices=list(FORMS))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="where the histories are kept")
    parser.add_argument("--form", choices=list(FORMS), help=argparse.SUPPRESS)
    return parser


def make_forms(folder: Path, *, rows: int, seed: int, forms: Sequence[str]) -> None:
    """Write a history and, as far as they are not there, its calls in several forms.

    Args:
        folder: is made if needed; the dossier of a form is called after it.
        rows: number of calls.
        seed: of the history.
        forms: some of `FORMS`.
    """
    if not (folder / "balanstest.toml").exists():
        make_history(folder, calls=rows, seed=seed)
    text = (folder / "balanstest.toml").read_text("utf-8")
    query = _ROWS.format(calls=folder / "calls.parquet", limit=f"limit {rows}")
    for form in forms:
        suffix, write = FORMS[form]
        file = folder / f"calls-{form}{suffix}"
        if not file.exists():
            write(query, file)
        dossier = text.replace("calls.parquet", file.name)
        (folder / f"{form}.toml").write_text(dossier, "utf-8")


def _write_utf8(query: str, file: Path) -> None:
    duckdb.execute(f"copy ({query}) to '{file}' (format csv, header)")


def _write_windows(query: str, file: Path) -> None:
    other = file.with_suffix(".utf8")
    _write_utf8(query, other)
    with (
        other.open(encoding="utf-8", newline="") as lines,
        file.open("w", encoding="cp1252", newline="") as target,
    ):
        while block := lines.read(1 << 20):
            target.write(block)
    other.unlink()


def _write_workbook(query: str, file: Path) -> None:
    import xlsxwriter  # noqa: PLC0415

    book = xlsxwriter.Workbook(file, {"default_date_format": "dd-mm-yyyy hh:mm:ss"})
    sheet, rows = book.add_worksheet(), duckdb.sql(query)
    sheet.write_row(0, 0, rows.columns)
    for at, row in enumerate(rows.fetchall(), start=1):
        sheet.write_row(at, 0, row)
    book.close()


def _compared(folder: Path, rows: int, forms: Sequence[str], repeats: int) -> Iterator[str]:
    turns = [{form: _measured(form, folder) for form in forms} for _ in range(repeats)]
    found = {form: [turn[form] for turn in turns] for form in forms}
    reference = found.get("utf-8") or next(iter(found.values()))
    yield f"{rows:,} rows, medians of {repeats}"
    for form, runs in found.items():
        told = [
            f"{name} {median(run[key] for run in runs):.2f} s "
            f"({median(run[key] for run in runs) / median(run[key] for run in reference):.2f}x)"
            for key, name in (("processor", "processor"), ("seconds", "after imports"))
        ]
        told.append(f"peak memory {max(run['memory_gb'] for run in runs):.2f} GB")
        yield f"  {form:12} {', '.join(told)}"
    counts = {json.dumps(run["counts"], sort_keys=True) for runs in found.values() for run in runs}
    yield f"  the same counts: {'yes' if len(counts) == 1 else 'NO'}"


def _measured(form: str, folder: Path) -> Measured:
    command = [sys.executable, "-m", "benchmarks.texts", "--form", form, "--folder", str(folder)]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found: Measured = json.loads(printed)
    return found


def _one(form: str, folder: Path) -> Measured:
    import balanstest_analysis.history.compliance.review  # noqa: PLC0415, F401 - not to be timed

    start, before = time.perf_counter(), time.process_time()
    counts = counted_by_us(folder / f"{form}.toml")
    return {
        "seconds": time.perf_counter() - start,
        "processor": time.process_time() - before,
        "memory_gb": _peak_kilobytes() / 1e6,
        "counts": counts,
    }


def _peak_kilobytes() -> int:
    """Return the peak memory of this process; `resource` counts the process that started it too."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    lines = status.read_text("ascii", "replace").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


FORMS: dict[str, tuple[str, Callable[[str, Path], None]]] = {
    "utf-8": (".csv", _write_utf8),
    "windows-1252": (".csv", _write_windows),
    "xlsx": (".xlsx", _write_workbook),
}

if __name__ == "__main__":
    main()
