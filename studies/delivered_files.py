"""The attack on what is delivered, over every kind of report; see `docs/disclosure.md`.

``python -m studies.delivered_files [NUMBER]`` makes the files of the cases of
``tests/report_cases.py``, spread evenly where a number is given, sends the attacker of
``tests/delivered_attacker.py`` at them, and writes ``studies/delivered_files.csv``. It ends with an
error when a file tells more than the published result.
"""

from __future__ import annotations

import csv
import json
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from tests.delivered_attacker import Delivery, attacked, delivery_of, figures_of
from tests.report_cases import Case, pairwise, report_of

TABLE = Path(__file__).parent / "delivered_files.csv"
FOUND = ("files", "figures", "places", "hidden", "faults")
COLUMNS = (*(field.name for field in fields(Case)), *FOUND)
MOST_TOLD = 5


def study(cases: Iterable[Case], folder: Path) -> Iterator[dict[str, Any]]:
    """Yield what the attacker found in the files of every case.

    Args:
        cases: kinds of reports.
        folder: where their data are written.
    """
    for case in cases:
        delivery = delivery_of(report_of(case, folder))
        yield {**asdict(case), **found_in(delivery)}


def found_in(delivery: Delivery) -> dict[str, Any]:
    """Return how much there was to look at, how much was hidden, and the first faults."""
    panels = [panel for _, found in figures_of(delivery) for panel in found]
    faults = attacked(delivery)
    return {
        "files": len(delivery.files),
        "figures": len([*figures_of(delivery)]),
        "places": sum(len(mark.points) for panel in panels for mark in panel.marks),
        "hidden": json.dumps(delivery.result).count('"hidden": {"'),
        "faults": "; ".join(faults[:MOST_TOLD]),
    }


def spread(cases: Sequence[Case], number: int) -> list[Case]:
    """Return a number of cases, evenly spread.

    Args:
        cases: all.
        number: at least 1.

    Examples:
        >>> [case.shape for case in spread([Case(shape=name) for name in "abcde"], 2)]
        ['a', 'c']
    """
    step = len(cases) / min(number, len(cases))
    return [cases[round(place * step)] for place in range(min(number, len(cases)))]


def main(arguments: Sequence[str]) -> int:
    """Attack the cases, write the table, and return 1 where a file tells more."""
    cases = pairwise()
    chosen = spread(cases, int(arguments[0])) if arguments else cases
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for number, row in enumerate(study(chosen, Path(folder)), start=1):
            rows.append(row)
            print(
                f"{number} of {len(chosen)}: {row['figures']} figures. {row['faults']}", flush=True
            )
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return int(any(row["faults"] for row in rows))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
