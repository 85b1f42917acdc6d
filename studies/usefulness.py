"""What readers get under the rules of disclosure: `python -m studies.usefulness`.

`studies/usefulness.csv`: over invented histories and the sample, how many rows are published of
each outcome and how wide their limits are, beside what joining from the left gave, which named the
small rows.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, nullcontext
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import pandas as pd

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tests"))

from balanstest_analysis import analyse, load_dossier  # noqa: E402
from balanstest_analysis.disclosure import binning, incidence  # noqa: E402
from studies.calibration import marked  # noqa: E402
from tests.disclosure_choice import merged_from_the_left  # noqa: E402
from tests.disclosure_histories import OUTCOMES, draw, internal  # noqa: E402
from tests.exact_results import published  # noqa: E402

TABLE = HERE / "usefulness.csv"
PAGE = HERE.parent / "docs" / "disclosure.md"
SAMPLE = HERE.parent / "data" / "sample" / "balanstest.toml"
HISTORIES = 200
COLUMNS = (
    "histories",
    "outcome",
    "rule",
    "rows",
    "rows_of_people",
    "mean_width",
    "share_with_rows",
)
RULES = ("from the left", "about equal contacts")


@contextmanager
def _joined_from_the_left() -> Iterator[None]:
    """Have rows joined as they were before."""
    modules = (binning, incidence)
    with ExitStack() as patched:
        for module in modules:
            patched.enter_context(patch.object(module, "evenly_joined", merged_from_the_left))
        yield


def rows(name: str, results: Sequence[Mapping[str, Any]], rule: str) -> Iterator[dict[str, Any]]:
    """Yield a line of the table per outcome."""
    for outcome in OUTCOMES:
        tables = [result["outcomes"][outcome]["rates"] for result in results]
        told = [[row for row in table if row["k"] is not None] for table in tables]
        widths = [row["rate_upper"] - row["rate_lower"] for table in told for row in table]
        people = [
            row
            for result in results
            for row in result["cumulative_incidence"].get(outcome, [])
            if row["incidence"] is not None
        ]
        yield {
            "histories": name,
            "outcome": outcome,
            "rule": rule,
            "rows": round(sum(map(len, told)) / len(results), 2),
            "rows_of_people": round(len(people) / len(results), 2),
            "mean_width": round(float(np.mean(widths)), 4) if widths else None,
            "share_with_rows": round(sum(map(bool, told)) / len(results), 2),
        }


def documented() -> pd.DataFrame:
    """Return the table as the page has it."""
    table = pd.read_csv(TABLE, dtype=str, keep_default_na=False)
    return table.rename(columns=lambda name: name.replace("_", " "))


def main() -> None:
    """Write the table."""
    histories = [internal(draw(np.random.default_rng(6000 + n))) for n in range(HISTORIES)]
    sample = analyse(load_dossier(SAMPLE))
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        for rule in RULES:
            before = rule == RULES[0]
            with _joined_from_the_left() if before else nullcontext():
                found = [published(history) for history in histories]
                own = [published(sample.exact)]
            for line in (*rows(f"{HISTORIES} invented", found, rule), *rows("sample", own, rule)):
                print(line)
                writer.writerow(line)
    page = marked(PAGE.read_text(encoding="utf-8"), {"usefulness": documented()})
    PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
