"""A code that is spelled otherwise than in the export is refused; one that is rare is only told."""

from __future__ import annotations

from pathlib import Path

import pytest

from balanstest_analysis.errors import BalanstestError, DataError
from balanstest_analysis.history.compliance.review import ReviewedHistory, review_history
from balanstest_analysis.history.sources.codes_in_vain import likeness
from tests.histories import write_csv, write_dossier

SECRET = b"a secret for tests"
CODES = ("Donateur", "Geen interesse", "Geen gehoor", "Actie 2")
VALUES = """
[data.calls]
path = "calls.csv"
where = {{ richting = [{where}] }}
[data.calls.values.resultaat]
converted = [{converted}]
net_contact = [{contact}]
no_contact = [{no_contact}]
[data.events]
path = "events.csv"
[data.objections]
from_calls = {{ resultaat = [{told}] }}
"""
RIGHT = {
    "where": '"uit"',
    "converted": '"Donateur"',
    "contact": '"Donateur", "Geen interesse"',
    "no_contact": '"Geen gehoor", "Actie 2"',
    "told": '"Geen interesse"',
}


def reviewed(folder: Path, *, codes: tuple[str, ...] = CODES, **lists: str) -> ReviewedHistory:
    rows = [
        [f"K{100 + n}", f"2024-03-{1 + n % 27:02d} 10:{n:02d}", codes[n % len(codes)], "uit"]
        for n in range(40)
    ]
    write_csv(folder / "calls.csv", ["customer_id", "called_at", "resultaat", "richting"], rows)
    events = [[row[0], "2023-06-01"] for row in rows]
    write_csv(folder / "events.csv", ["customer_id", "occurred_on"], events)
    dossier = write_dossier(folder, VALUES.format(**{**RIGHT, **lists}))
    return review_history(dossier, SECRET, examples=True)


@pytest.mark.parametrize(
    ("lists", "slip", "meant"),
    [
        ({"converted": '"Donateurr", "Donateur"', "contact": '"Geen interesse"'}, "", ""),
        ({"contact": '"Donateur", "Geen intresse"'}, "Geen intresse", "Geen interesse"),
        ({"no_contact": '"geen gehoor", "Actie 2"'}, "geen gehoor", "Geen gehoor"),
        ({"told": '"Geen interesse!", "Donateur"'}, "Geen interesse!", "Geen interesse"),
    ],
)
def test_a_slip_is_refused_with_the_code_that_is_meant(
    tmp_path: Path, lists: dict[str, str], slip: str, meant: str
) -> None:
    if not slip:  # the right code is listed as well, so that nothing is lost
        found = reviewed(tmp_path, **lists)
        assert found.exposure.readings[0].in_vain == {"resultaat": ("Donateurr",)}
        return
    with pytest.raises(DataError) as told:
        reviewed(tmp_path, **lists)
    assert f"`calls.csv`: `resultaat` never holds '{slip}', which the dossier lists, and " in str(
        told.value
    )
    assert f"holds '{meant}' in 10 rows, which it does not." in str(told.value)


def test_a_slip_among_the_rows_that_count_is_refused(tmp_path: Path) -> None:
    rows = [
        [f"K{100 + n}", "2024-03-04 10:00", "Donateur", "uit" if n % 2 else "Outbound"]
        for n in range(40)
    ]
    header = ["customer_id", "called_at", "resultaat", "richting"]
    write_csv(tmp_path / "calls.csv", header, rows)
    write_csv(tmp_path / "events.csv", ["customer_id", "occurred_on"], [["K100", "2023-06-01"]])
    lists = {**RIGHT, "where": '"uit", "Outbond"', "told": '"Donateur"'}
    dossier = write_dossier(tmp_path, VALUES.format(**lists))
    with pytest.raises(DataError, match=r"never holds 'Outbond', .* holds 'Outbound' in 20 rows"):
        review_history(dossier, SECRET)


def test_codes_of_the_second_of_two_diallers_that_nobody_divided_are_told(tmp_path: Path) -> None:
    reviewed(tmp_path)
    rows = [[f"K{100 + n}", "2024-05-06 10:00", f"S{n % 3}"] for n in range(40)]
    write_csv(tmp_path / "other.csv", ["customer_id", "called_at", "status"], rows)
    both = VALUES.format(**RIGHT).replace("[data.calls", "[[data.calls", 1).replace("]", "]]", 1)
    second = """
[[data.calls]]
path = "other.csv"
[data.calls.values.status]
converted = ["S0"]
net_contact = ["S0", "S1"]
[data.events]"""
    dossier = write_dossier(tmp_path, both.replace("\n[data.events]", second, 1))
    findings = review_history(dossier, SECRET, examples=True).exposure.findings
    (unmapped,) = [finding for finding in findings if finding.code == "unmapped_codes"]
    assert (unmapped.count, unmapped.example_file, unmapped.example_row) == (13, "other.csv", 4)


@pytest.mark.parametrize("rare", ["Overleden", "Actie 1", "Nee, dank u"])
def test_a_code_that_is_rare_or_of_another_year_is_told_and_refuses_nothing(
    tmp_path: Path, rare: str
) -> None:
    lists = {"no_contact": f'"Geen gehoor", "{rare}"'}
    reading = reviewed(tmp_path, **lists).exposure.readings[0]
    assert reading.in_vain == {"resultaat": (rare,)}
    assert "Actie 2" in reading.describe_codes("resultaat")
    assert "in_vain" not in reading.to_dict()


def test_the_days_of_a_source_are_told_as_those_of_the_rows_that_count(tmp_path: Path) -> None:
    rows = [
        [f"K{100 + n}", "2024-03-04 10:00", "Donateur", "uit" if n % 2 else "in"] for n in range(40)
    ]
    reviewed(tmp_path)
    header = ["customer_id", "called_at", "resultaat", "richting"]
    write_csv(tmp_path / "calls.csv", header, rows)
    lists = {**RIGHT, "told": '"Donateur"'}
    dossier = write_dossier(tmp_path, VALUES.format(**lists))
    reading = review_history(dossier, SECRET).exposure.readings[0]
    assert (reading.left_out, reading.source_rows) == (20, 40)
    assert "left_out" not in reading.to_dict()


def test_what_may_be_a_person_is_never_told_as_what_is_meant(tmp_path: Path) -> None:
    codes = ("Donateur", "Geen interesse", "Geen gehoor", "fatima@example.org")
    lists = {"no_contact": '"Geen gehoor", "fatima@exmple.org"'}
    with pytest.raises(BalanstestError) as refused:
        reviewed(tmp_path, codes=codes, **lists)
    assert "fatima@example.org" not in str(refused.value)


def test_likeness_has_no_order_and_knows_no_digit_for_another() -> None:
    pairs = [("Opgehange", "Opgehangen"), ("G1 VM", "G2 VM"), ("", "x"), ("JA", "ja ")]
    assert all(likeness(a, b) == pytest.approx(likeness(b, a)) for a, b in pairs)
    assert [likeness(*pair) >= 0.88 for pair in pairs] == [True, False, False, True]
