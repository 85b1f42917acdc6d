"""Objections that a code of a call tells, beside a table or instead of one, each once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from balanstest_analysis.dossier.loading import load_dossier
from balanstest_analysis.errors import BalanstestError
from balanstest_analysis.history.compliance.review import review_history
from balanstest_analysis.history.exposure import Exposure, load_exposure
from tests.histories import tables, write_csv, write_dossier
from tests.small_history import SECRET, months_of

HEADER = ["customer_id", "called_at", "net_contact", "converted", "code"]
CALLS = [
    ["a", "2024-03-04 10:00", "1", "0", "NEE"],
    ["b", "2024-03-04 10:05", "1", "0", "DNC"],
    ["b", "2024-03-04 10:05", "1", "1", "JA"],
    ["c", "2024-03-05 10:00", "0", "0", "DNC"],
    ["d", "2024-03-05 10:00", "1", "0", "DNC"],
    ["d", "2024-03-05 12:00", "1", "0", " DNC "],
    ["e", "2024-03-05 12:00", "1", "1", "JA"],
    ["e", "2024-04-05 12:00", "1", "0", "Opt-out"],
    ["d", "2024-05-06 12:00", "1", "0", "NEE"],
]
FROM_CALLS = '[[data.objections]]\nfrom_calls = { code = ["DNC", "Opt-out"] }\n'
OWN_TABLE = '[[data.objections]]\npath = "objections.csv"\n'
TOLD = [["b", "2024-03-04"], ["c", "2024-03-05"], ["d", "2024-03-05"], ["e", "2024-04-05"]]


def exposed(folder: Path, data: str, objections: Sequence[Sequence[str]] = ()) -> Exposure:
    write_csv(folder / "calls.csv", HEADER, CALLS)
    events = [[key, "2023-06-01"] for key in "abcde"]
    write_csv(folder / "events.csv", ["customer_id", "occurred_on"], events)
    write_csv(folder / "objections.csv", ["customer_id", "objected_on"], objections)
    dossier = write_dossier(folder, f"{tables('calls', 'events')}\n{data}")
    return load_exposure(dossier, SECRET)


def objected(exposure: Exposure) -> dict[int, int]:
    """Return calls with an objection, per month."""
    frame = exposure.month_table.frame.groupby("month")["objection_events"].sum()
    return {int(month): int(number) for month, number in frame.items() if number}


def findings(exposure: Exposure) -> dict[str, int]:
    return {finding.code: finding.count for finding in exposure.findings}


def test_codes_tell_the_same_objections_as_a_table_of_them(tmp_path: Path) -> None:
    several = FROM_CALLS.replace(', "Opt-out"', "") + FROM_CALLS.replace('"DNC", ', "")
    told = exposed(tmp_path, several)
    tabled = exposed(tmp_path, OWN_TABLE, TOLD)
    assert objected(told) == {9: 2, 10: 1}
    assert objected(tabled) == objected(told)
    assert months_of(tabled) == months_of(told)
    assert tabled.bridge == told.bridge
    assert findings(told) == findings(tabled)
    assert findings(told)["after_objection"] == 1
    assert findings(told)["objection_after_unanswered_calls"] == 1


def test_an_objection_in_both_is_counted_once_at_the_call_that_tells_it(tmp_path: Path) -> None:
    later = [["b", "2024-03-04"], ["d", "2024-03-20"], ["e", "2024-05-05"], ["c", "2024-03-05"]]
    alone = exposed(tmp_path, FROM_CALLS)
    both = exposed(tmp_path, f"{FROM_CALLS}{OWN_TABLE}", later)
    assert objected(both) == objected(alone)
    assert both.bridge == alone.bridge
    assert findings(both) == {**findings(alone), "objections_told_twice": 4}


def test_how_many_the_calls_tell_stands_beside_the_rows_of_the_table(tmp_path: Path) -> None:
    both = exposed(tmp_path, OWN_TABLE + FROM_CALLS, [*TOLD[:2], ["a", "2024-04-01"]])
    [reading] = [one for one in both.readings if one.table == "objections"]
    assert reading.source_rows == 3
    told = "beside 4 told by codes of the calls, 2 of them in the table as well"
    assert reading.describe().endswith(told)


def test_other_objections_of_the_table_stand_beside_those_that_calls_tell(tmp_path: Path) -> None:
    others = [["a", "2024-03-06"], ["b", "2024-06-01"], ["e", "2024-04-04"], ["x", "2024-01-01"]]
    both = exposed(tmp_path, f"{OWN_TABLE}{FROM_CALLS}", others)
    assert objected(both) == {9: 4}
    found = findings(both)
    assert "objections_told_twice" not in found
    assert found["objection_unattributed"] == 2
    assert found["objection_on_excluded_call"] == 1
    assert found["after_objection"] == 2


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('"DNC", "Opt-out"', '"XX"', "`calls.csv`: `code` never holds any of the codes of"),
        ('"DNC", "Opt-out"', '"dnc"', "`calls.csv`: `code` never holds 'dnc', which the dossier"),
        ("code =", "status =", "`data.objections.from_calls` names `status`, and no file of the"),
        ("objections", "complaints", "has `from_calls`, which only `objections` can have"),
    ],
)
def test_codes_that_no_call_has_are_refused(
    tmp_path: Path, old: str, new: str, sentence: str
) -> None:
    with pytest.raises(BalanstestError) as refused:
        exposed(tmp_path, FROM_CALLS.replace(old, new))
    assert sentence in str(refused.value)
    assert "\n" not in str(refused.value)


def test_keys_of_the_table_that_nobody_called_are_found_though_the_calls_tell_objections(
    tmp_path: Path,
) -> None:
    other = [[f"00{key}", "2024-03-05"] for key in "abcdefghijklm"]
    exposed(tmp_path, FROM_CALLS + OWN_TABLE, other)
    found = review_history(load_dossier(tmp_path / "balanstest.toml"), SECRET).exposure.findings
    assert {one.code: one.count for one in found}["no_customer_match_objections"] == 13
