"""The attack on published counts over many invented histories; see `docs/disclosure.md`.

`python -m studies.disclosure [NUMBER]` writes `studies/disclosure.csv`: per number of reports in a
series, and per way in which time passed between them, how many small counts there were to find,
and how many a solver proved.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tests"))

from studies.calibration import marked  # noqa: E402
from tests.disclosure_histories import PASSING  # noqa: E402
from tests.disclosure_solver import attack_on, series_of  # noqa: E402

TABLE = HERE / "disclosure.csv"
PAGE = HERE.parent / "docs" / "disclosure.md"
HISTORIES = 100
SERIES = ((), *((passing,) for passing in PASSING), ("mixed", "quiet"), ("corrected", "busy"))
COLUMNS = ("seeds", "reports", "between", "histories", "small_counts", "proven")


def attacked(seed: int, passings: tuple[str, ...]) -> tuple[int, int]:
    """Return how many small counts the truth of a series holds, and how many are proven.

    Args:
        seed: of the history.
        passings: how time passed before each next report.
    """
    attack = attack_on(series_of(seed, passings))
    proven = attack.run()
    values = (abs(attack.relations.value(target.terms)) for target in attack.targets)
    return sum(0 < value < 10 for value in values), len(proven)


def rows(number: int) -> Iterator[dict[str, Any]]:
    """Yield a row of the table for each kind of series, fewer histories for longer ones."""
    for passings in SERIES:
        histories = max(1, number // (1 + 4 * len(passings)))
        found = [attacked(5000 + seed, passings) for seed in range(histories)]
        yield {
            "seeds": f"5000-{4999 + histories}",
            "reports": 1 + len(passings),
            "between": "+".join(passings),
            "histories": histories,
            "small_counts": sum(small for small, _ in found),
            "proven": sum(proven for _, proven in found),
        }


def documented() -> pd.DataFrame:
    """Return the table as the page has it."""
    table = pd.read_csv(TABLE, keep_default_na=False)
    headings = {
        "reports": "reports",
        "between": "between them",
        "histories": "histories",
        "seeds": "seeds",
        "small_counts": "small counts there were",
        "proven": "proven",
    }
    return table[[*headings]].rename(columns=headings).replace("", "-")


def main(number: int = HISTORIES) -> None:
    """Write the table, a row as soon as it is known."""
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        for row in rows(number):
            print(row, flush=True)
            writer.writerow(row)
            file.flush()
    page = marked(PAGE.read_text(encoding="utf-8"), {"attacked": documented()})
    PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:2]))
