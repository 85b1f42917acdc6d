"""Every awkward export ends in the right numbers, or in one clear message and exit code 3.

A slice runs here; `studies/awkward_exports.py` runs all of them.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from balanstest_analysis.cli import commands as cli
from studies.awkward_exports import TABLE, Row, examined, write_table
from tests.awkward.export import MANY_CALLS, MANY_EVENTS, MANY_RIGHT, OF_FIRST
from tests.awkward.outcomes import Outcome, wrong_with
from tests.awkward.plain_count import RUNS_ON, Call, Event, called, count_months, given
from tests.awkward_exports import CALLS, EVENTS, EXPORTS, RIGHT, Export, write_export

# The kinds of which one example each was collected from people who do this work.
COLLECTED = {
    *("xlsx-errors-other-spelling", "folder-skips-files", "placeholder-keys", "scientific-keys"),
    *("half-swapped-dates", "counts-total-summed", "counts-doubled", "status-of-payments"),
    *("last-gift-as-of-today", "one-call-many-legs", "ends-on-1900", "hidden-rows"),
    *("parquet-tz-ns", "complete-separation", "two-adjacent-months", "init-other-systems"),
    *("kinds-of-file", "footers", "moments", "flags", "amounts", "floats-of-pandas"),
    *("lock-files", "kind-not-mappable", "workbook-numbers-ambiguous", "only-the-year-kept"),
    *("null-words", "key-hints", "one-file-decides-for-another", "line-ends"),
}
PER_KIND = Counter(export.kind for export in EXPORTS)
OF_KIND = {kind: [n for n, e in enumerate(EXPORTS) if e.kind == kind] for kind in PER_KIND}
# The middle one of each kind.
SLICE = [numbers[len(numbers) // 2] for numbers in OF_KIND.values()]


def named(name: str) -> Export:
    return next(export for export in EXPORTS if export.name == name)


def test_there_are_at_least_220_over_all_kinds_that_were_collected() -> None:
    assert len(COLLECTED) == 30
    assert set(PER_KIND) >= COLLECTED
    assert min(PER_KIND[kind] for kind in COLLECTED) >= 3
    assert len({export.name for export in EXPORTS}) == len(EXPORTS) >= 220


@pytest.mark.parametrize("number", SLICE, ids=lambda number: EXPORTS[number].name)
def test_an_awkward_export_is_read_right_or_refused_clearly(number: int) -> None:
    row = examined(number)
    assert row.wrong == "", row.told


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("below the table a grand total", 0),
        ("an error as the end of a contract, in .ods", 3),
        ("small letters in the calls, capitals in the events", 3),
    ],
)
def test_the_command_check_ends_in_0_or_3(
    name: str, code: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dossier = write_export(tmp_path, named(name))
    ended = cli._run(lambda: cli.app(["check", str(dossier)], standalone_mode=False))
    assert ended == code
    assert "Traceback" not in capsys.readouterr().err


def test_the_study_that_is_kept_has_every_export_and_none_ended_wrong(tmp_path: Path) -> None:
    with TABLE.open(encoding="utf-8", newline="") as file:
        kept = [Row(**row) for row in csv.DictReader(file)]
    assert [(row.kind, row.name) for row in kept] == [(e.kind, e.name) for e in EXPORTS]
    assert {row.wrong for row in kept} == {""}
    assert {row.outcome for row in kept} == {"right", "refused"}
    write_table(tmp_path / "again.csv", kept)
    assert (tmp_path / "again.csv").read_bytes() == TABLE.read_bytes()


# ---------------------------------------------------------------- the slow count


def test_the_slow_count_counts_as_one_does_by_hand() -> None:
    assert count_months(called(*CALLS), given(*EVENTS)) == RIGHT
    assert OF_FIRST == {12: (1, 0), 6: (1, 1)}
    assert count_months(called(*MANY_CALLS), given(*MANY_EVENTS)) == MANY_RIGHT
    assert sum(contacts for contacts, _ in MANY_RIGHT.values()) > 40


def test_the_slow_count_knows_whole_months_contracts_and_objections() -> None:
    call = Call("a", dt.datetime(2025, 3, 31, 12), True, False)
    since = {dt.date(2025, 1, 31): 2, dt.date(2025, 2, 28): 1, dt.date(2025, 3, 30): 0}
    for on, months in since.items():
        assert count_months([call], [Event("a", on)]) == {months: (1, 0)}
    assert count_months([call], [Event("a", dt.date(2025, 3, 31))]) == {}
    assert count_months([call], [Event("b", dt.date(2025, 1, 1))]) == {}
    assert count_months([call], [Event("a", dt.date(2025, 1, 1), 0.0)]) == {}
    assert count_months([call], [Event("a", dt.date(2025, 1, 1), ends_on=RUNS_ON)]) == {}
    ended = Event("a", dt.date(2024, 1, 1), ends_on=dt.date(2025, 1, 1))
    assert count_months([call], [ended]) == {2: (1, 0)}
    assert count_months([call], [ended], [("a", dt.date(2025, 3, 30))]) == {}
    assert count_months([call], [ended], [("a", dt.date(2025, 3, 31))]) == {2: (1, 0)}


# ---------------------------------------------------------------- who judges the judge

READ = Outcome(months=RIGHT)
SAID = Outcome(message="`calls.csv` row 2 is wrong. Correct it.", exit_code=3)
FOOTER = named("below the table a grand total")
BROKEN = named("an error as the end of a contract, in .ods")


@pytest.mark.parametrize(
    ("export", "outcome", "wrong"),
    [
        (FOOTER, READ, r"found \[\]"),
        (FOOTER, replace(READ, findings=(("rows_below_table", 1),)), ""),
        (FOOTER, Outcome(months={0: (1, 0)}, findings=(("rows_below_table", 1),)), "other numbers"),
        (FOOTER, SAID, "refused, though it can be read"),
        (BROKEN, READ, "read, though it must be refused"),
        (BROKEN, SAID, "the message lacks"),
        (BROKEN, replace(SAID, message=f"{BROKEN.refused[0]}. Or 0612345678."), "shows"),
        (BROKEN, replace(SAID, message=f"{BROKEN.refused[0]}."), ""),
        (BROKEN, replace(SAID, message=BROKEN.refused[0]), "the message is no clear"),
        (BROKEN, replace(SAID, exit_code=4), "exit code 4"),
    ],
)
def test_what_ended_wrong_is_told(export: Export, outcome: Outcome, wrong: str) -> None:
    assert re.match(f"{wrong}.*" if wrong else "$", wrong_with(export, outcome))
