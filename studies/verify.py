"""What a receiver's check finds: reports of every kind are sound, and changed ones are not.

``python -m studies.verify`` changes a handful of reports in some 370 ways, a digit in the PDF, a
cell of the workbook, a term with its hash mended, and writes ``studies/verify.csv``: what was done,
which level has to find it, and which did. It takes a quarter of an hour; a slice runs with the
tests. It ends with an error where fewer than 98 % are found and rightly named.
"""

from __future__ import annotations

import csv
import json
import sys
import tempfile
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from balanstest_analysis.published.json_form import to_json
from balanstest_analysis.verification import Verification, verify
from tests.delivered_reports import delivered, files_of
from tests.report_cases import Case, report_of
from tests.report_mutations import PDF, RESULT, Files, mutations
from tests.report_specials import specials

TABLE = Path(__file__).parent / "verify.csv"
SEED = 2027
EACH = 2
WANTED = 0.98
REPORTS = (
    Case(),
    Case(shape="benefit falls", sector="publisher", current=36, answers="some"),
    Case(shape="flat", asked=48, criteria="benefit only", regime="ctm-2024"),
    Case(shape="burden rises", source="history", current=24),
    Case(shape="data end early", missing="complaint", template="bel-me-niet", regime="tw-2021"),
)
COLUMNS = ("report", "kind", "change", "due", "found", "rightly_named", "sentence", "seed")


def sound_reports(folder: Path, cases: tuple[Case, ...] = REPORTS) -> list[Files]:
    """Return the files of reports, each of which is sound.

    Args:
        folder: where they are made.
        cases: what they are about.
    """
    found = []
    for number, case in enumerate(cases):
        place = delivered(report_of(case, folder), folder / f"report-{number}")
        faults = [one.sentence() for one in verify(place).findings]
        assert faults == [], faults
        found.append(dict(files_of(place)))
    return found


def study(reports: list[Files], folder: Path, each: int) -> Iterator[dict[str, Any]]:
    """Yield what was found in every changed report.

    Args:
        reports: files of sound ones.
        folder: where changed ones are written.
        each: how many of each kind and report.
    """
    for number, files in enumerate(reports):
        other = reports[(number + 1) % len(reports)]
        for place, one in enumerate(mutations(files, other, each, SEED + number)):
            found = verify(one.write(folder / f"changed-{number}-{place}"))
            yield _row(number, one.kind, one.words, one.levels, found)


def _row(
    number: int, name: str, words: str, due: frozenset[str], found: Verification
) -> dict[str, Any]:
    levels = {fault.level for fault in found.findings}
    return {
        "report": number,
        "kind": name,
        "change": words,
        "due": " or ".join(sorted(due)),
        "found": " ".join(sorted(levels)) or "nothing",
        "rightly_named": "yes" if levels & due else "no",
        "sentence": next((f.sentence() for f in found.findings if f.level in due), ""),
        "seed": SEED + number,
    }


def series_study(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield what was found where the earlier report given beside one was changed.

    Args:
        folder: where they are made.
    """
    special = next(one for one in specials() if one.name == "three quiet quarters")
    report = special.report(folder)
    now, before = delivered(report, folder / "series"), folder / "series-before"
    before.mkdir()
    earlier = to_json(report.history[-1].result)
    (before / RESULT).write_text(json.dumps(earlier), "utf-8")
    faults = [one.sentence() for one in verify(now / PDF, earlier=[before]).findings]
    assert faults == [], faults
    for words, change in EARLIER.items():
        changed = json.loads(json.dumps(earlier))
        change(changed)
        (before / RESULT).write_text(json.dumps(changed), "utf-8")
        found = verify(now / PDF, earlier=[before])
        yield _row(len(REPORTS), SERIES, words, frozenset({"series"}), found)


def _raised(result: Any) -> None:
    result["proposal"]["term_months"] += 2


def _recounted(result: Any) -> None:
    result["outcomes"]["conversion"]["rates"][0]["k"] += 3


def _elsewhere(result: Any) -> None:
    result["category"] += " 2"


def _later(result: Any) -> None:
    result["period"] = "2099-Q1"


def _other_rows(result: Any) -> None:
    rows = result["outcomes"]["objection"]["rates"]
    rows[0]["month_to"] -= 1


SERIES = "an earlier report"
EARLIER = {
    "its term": _raised,
    "a count of it": _recounted,
    "its category": _elsewhere,
    "its period": _later,
    "its rows": _other_rows,
}


def main() -> int:
    """Run every mutation, write the table, and return 1 where too few are found."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        reports = sound_reports(Path(folder))
        every = chain(series_study(Path(folder)), study(reports, Path(folder), EACH))
        for row in every:
            rows.append(row)
            if row["rightly_named"] == "no":
                print(f"{row['report']} {row['kind']}: {row['change']}: {row['found']}", flush=True)
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    hits = sum(row["rightly_named"] == "yes" for row in rows)
    print(f"{hits} of {len(rows)} found and rightly named ({hits / len(rows):.1%})")
    return int(hits < WANTED * len(rows))


if __name__ == "__main__":
    sys.exit(main())
