"""Legs of one call are one call; a number that is not that of a call joins nothing."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from balanstest_analysis.history.exposure import Exposure, load_exposure
from tests.histories import tables, write_csv, write_dossier
from tests.small_history import SECRET, months_of

HEADER = ["customer_id", "called_at", "net_contact", "converted", "call_id", "campaign"]
PLAIN = [
    [f"p{n:02d}", f"2024-03-{4 + n % 5:02d} 09:{n:02d}", "1", "0", f"u{n}", "lente"]
    for n in range(40)
]
LEGS = [
    # Answered in another leg.
    ["q", "2024-03-04 10:05", "0", "0", "7"],
    ["q", "2024-03-04 10:07", "1", "0", "7"],
    # Converted in the last of three.
    ["r", "2024-03-05 10:05", "0", "0", "8"],
    ["r", "2024-03-05 10:06", "1", "0", "8"],
    ["r", "2024-03-05 10:09", "1", "1", "8"],
    # One leg is there twice.
    ["s", "2024-03-06 10:05", "0", "0", "9"],
    ["s", "2024-03-06 10:06", "1", "1", "9"],
    ["s", "2024-03-06 10:06", "1", "1", "9"],
    # Nobody is reached in any.
    ["t", "2024-03-07 10:05", "0", "0", "10"],
    ["t", "2024-03-07 10:06", "0", "0", "10"],
]
WHOLE = [
    ["q", "2024-03-04 10:05", "1", "0", "7"],
    ["r", "2024-03-05 10:05", "1", "1", "8"],
    ["s", "2024-03-06 10:05", "1", "1", "9"],
    ["t", "2024-03-07 10:05", "0", "0", "10"],
]
APART = [
    # The number also stands at another customer, on another day, or is empty.
    ["q", "2024-03-04 10:05", "0", "0", "7"],
    ["r", "2024-03-04 10:07", "1", "1", "7"],
    ["s", "2024-03-04 23:59", "0", "0", "8"],
    ["s", "2024-03-05 00:01", "1", "1", "8"],
    ["t", "2024-03-04 10:05", "0", "0", ""],
    ["t", "2024-03-04 10:07", "1", "1", ""],
]


def exposed(folder: Path, rows: Sequence[Sequence[str]], settings: str = "") -> Exposure:
    write_csv(folder / "calls.csv", HEADER, [[*row, "lente"][:6] for row in rows])
    events = [[key, "2023-06-01"] for key in sorted({row[0] for row in rows})]
    write_csv(folder / "events.csv", ["customer_id", "occurred_on"], events)
    dossier = write_dossier(folder, tables("calls", "events"), settings=settings)
    return load_exposure(dossier, SECRET)


def bridge(exposure: Exposure) -> dict[str, int]:
    return {line.code: line.count for line in exposure.bridge if line.count}


def findings(exposure: Exposure) -> dict[str, int]:
    return {finding.code: finding.count for finding in exposure.findings}


def test_legs_of_one_call_are_one_call_at_its_first_moment(tmp_path: Path) -> None:
    rows = [*PLAIN, *LEGS]
    random.Random(5).shuffle(rows)
    apart, one = exposed(tmp_path, rows), exposed(tmp_path, [*PLAIN, *WHOLE])
    assert months_of(apart) == months_of(one) == {9: (43, 2)}
    assert bridge(one) == {"rows_in": 44, "no_net_contact": 1, "in_exposure": 43}
    repeated = {"legs_of_one_call": 5, "duplicate_call": 1}
    assert bridge(apart) == {**bridge(one), **repeated, "rows_in": 50}
    assert findings(apart) == {**findings(one), **repeated}


def test_a_number_joins_no_calls_where_it_stands_at_others_or_nowhere(tmp_path: Path) -> None:
    plain = [[f"{name}{row[0]}", *row[1:4], f"{name}{row[4]}"] for row in PLAIN for name in "xyz"]
    exposure = exposed(tmp_path, [*plain, *APART])
    assert bridge(exposure) == {"rows_in": 126, "no_net_contact": 3, "in_exposure": 123}
    assert findings(exposure)["call_id_repeats"] == 4
    assert "legs_of_one_call" not in findings(exposure)


@pytest.mark.parametrize("number", ["campaign", "sequence"])
def test_a_column_that_holds_no_numbers_of_calls_joins_nothing_and_is_a_finding(
    tmp_path: Path, number: str
) -> None:
    numbered = [*PLAIN, *([*leg[:4], "2"] for leg in LEGS[:2])]
    rows = [
        [*row[:4], "16" if number == "campaign" else str(at % 6)] for at, row in enumerate(numbered)
    ]
    exposure = exposed(tmp_path, rows)
    assert bridge(exposure) == {"rows_in": 42, "no_net_contact": 1, "in_exposure": 41}
    assert findings(exposure)["call_id_repeats"] == 42


def test_legs_are_one_call_where_calls_are_counted(tmp_path: Path) -> None:
    exposure = exposed(tmp_path, [*PLAIN, *LEGS], 'denominator = "call"')
    assert months_of(exposure) == {9: (44, 2)}
