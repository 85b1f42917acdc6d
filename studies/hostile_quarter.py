"""A quarter of forty dossiers, five of them hostile: the others get their report, in time.

``python -m studies.hostile_quarter`` makes the reports of forty good dossiers, and then of the same
quarter with five of them spoilt, and writes `hostile_quarter.csv`; a slice runs with the tests. A
hostile dossier is one that nests without end, or whose data are a pipe, a device, a bomb or
without end.
"""

from __future__ import annotations

import argparse
import csv
import os
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from balanstest_analysis.report.batch import Choices, run_quarterly
from balanstest_analysis.validation.simulate import simulate_history, write_history

TABLE = Path(__file__).parent / "hostile_quarter.csv"
DOSSIERS = 40
CONTACTS = 2000
SLOWER_AT_MOST = 2.0
Spoil = Callable[[Path, str], None]
Write = Callable[[Path], None]


def _nested(folder: Path, _table: str) -> None:
    deep = "a = " + "[" * 10_000 + "]" * 10_000 + "\n"
    dossier = folder / "balanstest.toml"
    dossier.write_text(deep + dossier.read_text("utf-8"), "utf-8")


def _pipe(folder: Path, table: str) -> None:
    (folder / table).unlink()
    os.mkfifo(folder / table)


def _device(folder: Path, _table: str) -> None:
    (folder / "balanstest.toml").unlink()
    (folder / "balanstest.toml").symlink_to("/dev/zero")


def _bomb(folder: Path, table: str) -> None:
    """Write a workbook of a few kilobytes that unpacks to hundreds of megabytes."""
    block = bytes(1 << 20)
    with zipfile.ZipFile(folder / table, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for _ in range(200):
                sheet.write(block)


def _endless(folder: Path, table: str) -> None:
    (folder / table).unlink()
    (folder / table).symlink_to("/dev/urandom")


HOSTILE: dict[str, tuple[Spoil, str]] = {
    "nested": (_nested, "beyond what any dossier has"),
    "a pipe": (_pipe, "is a pipe, not a file"),
    "a device": (_device, "is a device"),
    "a bomb": (_bomb, "unpacks to"),
    "endless": (_endless, "is a device, not a file"),
}


@dataclass(frozen=True, kw_only=True)
class Quarter:
    """What came of one quarter.

    Attributes:
        dossiers: How many there were.
        hostile: How many of them were spoilt.
        made: How many reports there are.
        failed: How many gave none.
        told: Of how many the overview tells the right reason.
        exit_code: Of the whole.
        seconds: Duration of the whole.
    """

    dossiers: int
    hostile: int
    made: int
    failed: int
    told: int
    exit_code: int
    seconds: float

    @property
    def is_sound(self) -> bool:
        """Whether each good dossier has its report, and of each hostile one is told why not."""
        expected = 3 if self.hostile else 0
        good = self.dossiers - self.hostile
        found = (self.made, self.failed, self.told, self.exit_code)
        return found == (good, self.hostile, self.hostile, expected)


def run_quarter(
    folder: Path,
    *,
    dossiers: int,
    hostile: Sequence[str] = (),
    write: Write,
    table: str = "calls.csv",
    notebook: Path | None = None,
) -> Quarter:
    """Return what came of a quarter of dossiers, of which the first are spoilt.

    Args:
        folder: Empty; the dossiers and their reports are made in it.
        dossiers: How many.
        hostile: Names in `HOSTILE`, one for each dossier that is spoilt.
        write: Writes a good dossier in a folder, named after that folder.
        table: The file of the dossier that is spoilt.
        notebook: Another notebook than the installed one.
    """
    for number in range(dossiers):
        place = folder / "dossiers" / f"dossier-{number:02}"
        place.mkdir(parents=True)
        write(place)
        if number < len(hostile):
            HOSTILE[hostile[number]][0](place, table)
    started = time.perf_counter()
    batch = run_quarterly(
        [folder / "dossiers"], output_dir=folder / "reports", choices=Choices(notebook=notebook)
    )
    reasons = [row.outcome.reason for row in batch.rows[: len(hostile)]]
    page = (batch.overview / "overzicht.html").read_text("utf-8")
    return Quarter(
        dossiers=dossiers,
        hostile=len(hostile),
        made=len(list((folder / "reports").glob("*/*/2???-Q?/manifest.json"))),
        failed=sum(row.outcome.status == "failed" for row in batch.rows),
        told=sum(
            HOSTILE[name][1] in reason and HOSTILE[name][1] in page
            for name, reason in zip(hostile, reasons, strict=True)
        ),
        exit_code=batch.exit_code,
        seconds=round(time.perf_counter() - started, 1),
    )


def _simulated(contacts: int) -> Write:
    history = simulate_history("sample", contacts=contacts, seed=2026)

    def write(place: Path) -> None:
        dossier = write_history(history, place)
        text = dossier.read_text("utf-8")
        named = f'category = "{place.name}"'
        lines = [named if line.startswith("category = ") else line for line in text.splitlines()]
        dossier.write_text("\n".join(lines) + "\n", "utf-8")

    return write


def main() -> int:
    """Make both quarters, write the table, and return 1 when one was not sound or not in time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dossiers", type=int, default=DOSSIERS)
    parser.add_argument("--contacts", type=int, default=CONTACTS, help="of each dossier")
    asked = parser.parse_args()
    found = []
    for hostile in ((), tuple(HOSTILE)):
        with tempfile.TemporaryDirectory() as name:
            write = _simulated(asked.contacts)
            found.append(
                run_quarter(Path(name), dossiers=asked.dossiers, hostile=hostile, write=write)
            )
            print(found[-1])
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        names = [field.name for field in fields(Quarter)]
        writer = csv.DictWriter(file, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(map(asdict, found))
    good, spoilt = found
    in_time = spoilt.seconds <= SLOWER_AT_MOST * good.seconds
    return 0 if good.is_sound and spoilt.is_sound and in_time else 1


if __name__ == "__main__":
    sys.exit(main())
