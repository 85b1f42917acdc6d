"""A quarter of reports over counts with persons in the names of their campaigns."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.counted_dossier import COUNTED
from tests.leaks import files_in

# What turns a text round, or hides in it.
MARKS = "\u202a\u202e\u2066\u2067\u2069\u200e\u200f\u061c\u200b\u2060\ufeff"
CAMPAIGNS = (
    "Kerstactie",
    f"Voorjaar{MARKS} 2024",
    "Lijst dhr Ali",
    "Wubbo van der Zanden",
    "BSN 123.456.782",
    "Actie 06.12.34.56.78",
    "Zebrapad 3",
    "geb. 12-03-1961",
)


@dataclass(frozen=True, kw_only=True)
class Quarter:
    """What a quarter gave: a report with planted campaigns, and one whose data are refused.

    Attributes:
        code: exit code.
        files: everything that was printed, logged, written, left behind or given to a process.
    """

    code: int
    files: dict[str, bytes]


def run_quarter(folder: Path) -> Quarter:
    """Return what a quarter gave that met persons in every text of its data."""
    for name, campaigns in {"een": CAMPAIGNS, "twee": ("lente", "0612345678")}.items():
        write_counted(folder / "in" / name, campaigns, category=name)
    (folder / "tmp").mkdir()
    (folder / "out").mkdir()
    command = [sys.executable, "-m", "balanstest_analysis", "quarterly", str(folder / "in")]
    options = ["--output", str(folder / "out"), "--log", str(folder / "out" / "log.jsonl")]
    environment = {**os.environ, "TMPDIR": str(folder / "tmp")}
    process = subprocess.Popen(
        [*command, *options, "--jobs", "1"],
        env=environment,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    arguments: set[str] = set()
    watcher = threading.Thread(target=_watch, args=(process, arguments))
    watcher.start()
    out, err = process.communicate()
    watcher.join()
    printed = {"stdout": out, "stderr": err, "processes": "\n".join(arguments).encode()}
    left = {f"tmp/{name}": content for name, content in files_in(folder / "tmp").items()}
    return Quarter(code=process.returncode, files={**printed, **left, **files_in(folder / "out")})


def write_counted(folder: Path, campaigns: Sequence[str], *, category: str) -> None:
    """Write a dossier with counts of some campaigns."""
    folder.mkdir(parents=True)
    rows = [
        ["months_since_purchase", "contacts", "conversions", "objections", "complaints", "campaign"]
    ]
    for campaign in campaigns:
        rows += [
            [str(m), "900", str(round(180 * 0.95**m)), str(36 + m), "12", campaign]
            for m in range(8)
        ]
    with (folder / "counts.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    named = {"Giften": category, "Voorbeeldfonds": f"Voorbeeldfonds{MARKS}"}
    dossier = COUNTED.replace('"Voorbeeld."', f'"Voor{MARKS}beeld."')
    for old, new in named.items():
        dossier = dossier.replace(f'"{old}"', f'"{new}"')
    (folder / "balanstest.toml").write_text(dossier, "utf-8")


def _watch(process: subprocess.Popen[bytes], arguments: set[str]) -> None:
    while process.poll() is None:
        try:
            for child in psutil.Process(process.pid).children(recursive=True):
                arguments.update(child.cmdline())
        except psutil.Error:
            continue
        threading.Event().wait(0.05)
