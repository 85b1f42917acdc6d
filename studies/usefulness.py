"""What readers get under the rules of disclosure: `python -m studies.usefulness`.

`studies/usefulness.csv`: over invented histories, the kinds of reports, the sample and the sample
in the third of three quiet quarters, requests for more than the cap apart, how many rows are
published of each outcome and how wide their limits are, beside what joining from the left gave,
which named the small rows.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import pandas as pd

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tests"))

from balanstest_analysis import analyse, load_dossier  # noqa: E402
from balanstest_analysis.disclosure import binning  # noqa: E402
from balanstest_analysis.disclosure.exact_result import ExactResult  # noqa: E402
from studies.calibration import marked  # noqa: E402
from tests.disclosure_choice import merged_from_the_left  # noqa: E402
from tests.disclosure_histories import OUTCOMES, draw, internal  # noqa: E402
from tests.exact_results import published  # noqa: E402
from tests.report_cases import analysis_of, pairwise  # noqa: E402

TABLE = HERE / "usefulness.csv"
PAGE = HERE.parent / "docs" / "disclosure.md"
SAMPLE = HERE.parent / "data" / "sample" / "balanstest.toml"
DRAWN = range(200)
REQUESTS = "requests"
QUIET = (dt.date(2026, 9, 26), dt.date(2026, 9, 28), dt.date(2026, 9, 30))
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


def _joined_from_the_left() -> AbstractContextManager[Any]:
    """Have rows of contacts joined as they were before."""
    return patch.object(binning, "evenly_joined", merged_from_the_left)


def rows(name: str, results: Sequence[Mapping[str, Any]], rule: str) -> Iterator[dict[str, Any]]:
    """Yield a line of the table per outcome."""
    for outcome in OUTCOMES:
        tables = [result["outcomes"][outcome]["rates"] for result in results]
        told = [[row for row in table if row["k"] is not None] for table in tables]
        widths = [row["rate_upper"] - row["rate_lower"] for table in told for row in table]
        people = [
            row
            for result in results
            for row in result["incidence_since_contact"].get(outcome, [])
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


def _of_every_kind() -> list[ExactResult]:
    """Return the exact results of the kinds of reports that have data."""
    with tempfile.TemporaryDirectory() as folder:
        analyses = [analysis_of(case, Path(folder)) for case in pairwise()]
    return [found.exact.result for found in analyses if any(found.exact.result.outcomes.values())]


def _apart(name: str, found: Sequence[ExactResult]) -> dict[str, list[tuple[ExactResult]]]:
    """Return single reports, those that ask for more than the cap apart: their rows begin there."""
    requests = [(exact,) for exact in found if exact.request_edges]
    others = [(exact,) for exact in found if not exact.request_edges]
    return {f"{len(others)} {name}": others, f"{len(requests)} {name}, {REQUESTS}": requests}


def _sample(through: dt.date) -> ExactResult:
    """Return the exact result of the sample as it was on a day."""
    text = SAMPLE.read_text("utf-8")
    as_it_was, number = re.subn(r"(?m)^data_through = .*$", f"data_through = {through}", text)
    assert number == 1
    with tempfile.TemporaryDirectory() as folder:
        dossier = Path(shutil.copytree(SAMPLE.parent, Path(folder) / "sample")) / SAMPLE.name
        dossier.write_text(as_it_was, "utf-8")
        return analyse(load_dossier(dossier, quarter="2026-Q2")).exact.result


def _last_of(series: Sequence[ExactResult]) -> dict[str, Any]:
    """Return the last report of a series in which each minds those before it."""
    reports: list[dict[str, Any]] = []
    for exact in series:
        reports.append(published(exact, reports))
    return reports[-1]


def documented() -> pd.DataFrame:
    """Return the table as the page has it."""
    table = pd.read_csv(TABLE, dtype=str, keep_default_na=False)
    return table.rename(columns=lambda name: name.replace("_", " "))


def main() -> None:
    """Write the table."""
    given = {
        **_apart("invented", [internal(draw(np.random.default_rng(6000 + n))) for n in DRAWN]),
        **_apart("kinds of reports", _of_every_kind()),
        "sample": [(_sample(QUIET[-1]),)],
        "sample, third quiet quarter": [tuple(map(_sample, QUIET))],
    }
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        for rule in RULES:
            before = rule == RULES[0]
            for name, series in given.items():
                with _joined_from_the_left() if before else nullcontext():
                    told = [_last_of(reports) for reports in series]
                writer.writerows(rows(name, told, rule))
    page = marked(PAGE.read_text(encoding="utf-8"), {"usefulness": documented()})
    PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
