"""Every kind of report, looked at: first page, PDF, axe-core, claims, and as its receiver does.

``python -m studies.report_matrix`` runs all cases of ``tests/report_cases.py``, and those of
``tests/report_specials.py``, in half an hour, and writes ``studies/report_matrix.csv``; a slice
runs with the tests. It ends with an error when a report has a fault. The column `emptiest` tells
how much of the emptiest page is empty, in per cent, the last page aside.
"""

from __future__ import annotations

import csv
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, fields
from itertools import cycle
from pathlib import Path
from typing import Any

from balanstest_analysis.published.json_form import to_json
from balanstest_analysis.report.exporters import html_page, pdf_document
from balanstest_analysis.verification.claims.reader import read
from tests.delivered_reports import received_faults
from tests.paper import emptiest
from tests.report_cases import Case, notebook_of, pairwise, report_of
from tests.report_checks import (
    WIDTHS,
    Reader,
    first_page,
    first_sheet_faults,
    page_one_faults,
    pages,
    pdf_faults,
    proposal_title,
    reading,
    text_faults,
    words_of,
)
from tests.report_specials import Special, faults_of, specials

TABLE = Path(__file__).parent / "report_matrix.csv"
FOUND = ("status", "route", "first_sentence", "pages", "emptiest", "axe_violations", "faults")
COLUMNS = (*(field.name for field in fields(Case)), *FOUND)


def examined(case: Case, folder: Path, reader: Reader, width: int) -> dict[str, Any]:
    """Return what was found in the report of one case.

    Args:
        case: what the report is about.
        folder: where its data are written.
        reader: a browser with axe-core.
        width: of its window, in pixels.
    """
    report = report_of(case, folder)
    notebook = notebook_of(report)
    html, pdf = html_page(notebook), pdf_document(notebook)
    violations = reader.violations(html, [width])
    faults = [
        *page_one_faults(case, html, report.result),
        *text_faults(html),
        *pdf_faults(pdf),
        *first_sheet_faults(pdf, report.result),
        *read(html, to_json(report.result)).faults,
        *received_faults(report, folder),
    ]
    return {
        **asdict(case),
        "status": report.result.proposal.status,
        "route": report.result.proposal.route,
        "first_sentence": proposal_title(html),
        "pages": pages(pdf),
        "emptiest": emptiest(pdf),
        "axe_violations": len(violations),
        "faults": "; ".join([*violations, *faults]),
    }


def examined_special(special: Special, folder: Path, reader: Reader, width: int) -> dict[str, Any]:
    """Return what was found in a report that differs in one thing; other columns stay empty.

    Args:
        special: what is due.
        folder: where its data are written.
        reader: a browser with axe-core.
        width: of its window, in pixels.
    """
    report = special.report(folder)
    notebook = notebook_of(report)
    html, pdf = html_page(notebook), pdf_document(notebook)
    violations = reader.violations(html, [width])
    faults = [
        *faults_of(special, first_page(html), words_of(html)),
        *text_faults(html),
        *pdf_faults(pdf),
        *first_sheet_faults(pdf, report.result),
        *read(html, to_json(report.result)).faults,
        *received_faults(report, folder),
    ]
    return {
        **dict.fromkeys(COLUMNS, ""),
        "shape": special.name,
        "status": report.result.proposal.status,
        "route": report.result.proposal.route,
        "first_sentence": proposal_title(html),
        "pages": pages(pdf),
        "emptiest": emptiest(pdf),
        "axe_violations": len(violations),
        "faults": "; ".join([*violations, *faults]),
    }


def study(cases: Iterable[Case], more: Iterable[Special], folder: Path) -> Iterator[dict[str, Any]]:
    """Yield what was found in the report of every case, and of those that differ in one thing."""
    with reading() as reader:
        for case, width in zip(cases, cycle(WIDTHS)):
            yield examined(case, folder, reader, width)
        for special, width in zip(more, cycle(WIDTHS)):
            yield examined_special(special, folder, reader, width)


def main() -> int:
    """Run every case, write the table, and return 1 where a report has a fault."""
    cases, more, rows = pairwise(), specials(), []
    with tempfile.TemporaryDirectory() as folder:
        for number, row in enumerate(study(cases, more, Path(folder)), start=1):
            rows.append(row)
            print(
                f"{number} of {len(cases) + len(more)}: {row['first_sentence']} {row['faults']}",
                flush=True,
            )
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return int(any(row["faults"] for row in rows))


if __name__ == "__main__":
    sys.exit(main())
