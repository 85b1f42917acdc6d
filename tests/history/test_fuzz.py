"""A seeded slice of the fuzz: no traceback, no defect of the tool, no customer's key shown."""

from __future__ import annotations

import csv
from pathlib import Path

from studies.fuzz import COMMANDS, TABLE, fuzz, write_table

CASES = range(40)


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text("utf-8").splitlines()))


def test_damaged_dossiers_and_exports_end_in_a_result_or_a_message(tmp_path: Path) -> None:
    outcomes = list(fuzz(CASES))
    assert [outcome for outcome in outcomes if outcome.wrong] == []
    ends = {(outcome.command, outcome.code) for outcome in outcomes}
    assert {(command, 3) for command in COMMANDS} <= ends
    assert {("check", 0), ("init", 0)} <= ends
    write_table(tmp_path / "fuzz.csv", outcomes)
    table = rows_of(tmp_path / "fuzz.csv")
    assert sum(int(row["accepted"]) + int(row["refused"]) for row in table) == len(CASES)


def test_the_committed_study_found_no_failure() -> None:
    rows = rows_of(TABLE)
    assert {row["command"] for row in rows} == set(COMMANDS)
    assert {row["failures"] for row in rows} == {"0"}
    assert sum(int(row["accepted"]) + int(row["refused"]) for row in rows) >= 200
