"""Every awkward export: the right numbers, or one message that says what to do.

``python -m studies.awkward_exports`` reads all of ``tests/awkward_exports.py`` as `check` does, in
a quarter of an hour, and writes ``studies/awkward_exports.csv``; a slice runs with the tests. It
ends with an error where other numbers came out, or where what was found was not told.
"""

from __future__ import annotations

import csv
import sys
import tempfile
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, fields
from multiprocessing import get_context
from pathlib import Path

from tests.awkward.outcomes import Outcome, outcome_of, wrong_with
from tests.awkward_exports import EXPORTS

TABLE = Path(__file__).with_name("awkward_exports.csv")
FINDINGS = ": "


@dataclass(frozen=True, kw_only=True)
class Row:
    """What came of one export.

    Attributes:
        kind: What is awkward about it.
        name: What it is.
        outcome: `right` or `refused`.
        told: The message, or what was found beside the numbers.
        wrong: What is wrong with that; empty where nothing is.
    """

    kind: str
    name: str
    outcome: str
    told: str
    wrong: str


def examined(number: int) -> Row:
    """Return what came of an export.

    Args:
        number: its place in `EXPORTS`.
    """
    export = EXPORTS[number]
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made, "export")  # a message may name it
        folder.mkdir()
        outcome = outcome_of(export, folder)
    return Row(
        kind=export.kind,
        name=export.name,
        outcome="refused" if outcome.message else "right",
        told=_told(outcome),
        wrong=wrong_with(export, outcome),
    )


def _told(outcome: Outcome) -> str:
    found = ", ".join(f"{code}{FINDINGS}{count}" for code, count in outcome.findings)
    return " ".join(outcome.message.split()) or found


def write_table(path: Path, rows: Iterable[Row]) -> None:
    """Write the table of the study."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [field.name for field in fields(Row)], lineterminator="\n")
        writer.writeheader()
        writer.writerows(asdict(row) for row in rows)


def main() -> int:
    """Read every export, write the table, and return 1 where one ended wrong."""
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        rows = list(pool.map(examined, range(len(EXPORTS)), chunksize=8))
    write_table(TABLE, rows)
    wrong = [row for row in rows if row.wrong]
    for row in wrong:
        print(f"{row.kind}, {row.name}: {row.wrong}")
    print(f"{len(rows)} awkward exports, {len(wrong)} of them ended wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
