"""A seeded slice of the fuzz, and inputs made to hang: no traceback, no key of a customer shown."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from balanstest_analysis.cli import commands as cli
from studies.fuzz import COMMANDS, TABLE, fuzz, within, write_table
from tests.hostile_inputs import HOSTILE, Hostile, write_hostile

CASES = range(10)
SECONDS = 5


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text("utf-8").splitlines()))


def test_damaged_dossiers_and_exports_end_in_a_result_or_a_message(tmp_path: Path) -> None:
    outcomes = list(fuzz(CASES))
    assert [outcome for outcome in outcomes if outcome.wrong] == []
    ends = {(outcome.command, outcome.code) for outcome in outcomes}
    assert {("check", 3), ("analyse", 3), ("check", 0), ("init", 0)} <= ends
    write_table(tmp_path / "fuzz.csv", outcomes)
    table = rows_of(tmp_path / "fuzz.csv")
    assert sum(int(row["accepted"]) + int(row["refused"]) for row in table) == len(CASES)


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda hostile: hostile.name)
def test_what_is_made_to_hang_ends_in_a_sentence(
    hostile: Hostile, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = write_hostile(tmp_path, hostile)
    with within(SECONDS):
        code = cli._run(lambda: cli.app(arguments, standalone_mode=False))
    shown = capsys.readouterr()
    assert code == (0 if hostile.read else 3)
    assert code == 0 or 20 < len(shown.err) < 600
    assert "Traceback" not in shown.out + shown.err
    assert "GEHEIM" not in shown.out + shown.err


def test_the_committed_study_found_no_failure() -> None:
    rows = rows_of(TABLE)
    assert {row["command"] for row in rows} == set(COMMANDS)
    assert {row["failures"] for row in rows} == {"0"}
    assert sum(int(row["accepted"]) + int(row["refused"]) for row in rows) >= 200
