"""Persons are planted in every text of an export, and nothing that comes out holds one.

`make study` plants every form in every place; this is a slice of it.
"""

from __future__ import annotations

import csv
import json
import random
from collections import Counter

import pytest

from studies.planted_persons import TABLE, cases, run_case, traces_of
from studies.planted_places import PLACES
from studies.planted_quarter import CAMPAIGNS, MARKS, Quarter, run_quarter
from tests.leaks import found_in, unpacked
from tests.planted_persons import PERSONS

SLICE = random.Random(2026).sample(list(cases()), 3)
READ = (".html", ".json", ".jsonl", ".ipynb", ".csv")


@pytest.fixture(scope="module")
def quarter(tmp_path_factory: pytest.TempPathFactory) -> Quarter:
    return run_quarter(tmp_path_factory.mktemp("kwartaal"))


def test_there_are_many_forms_and_every_place_has_them_all() -> None:
    assert len(set(PERSONS)) == len(PERSONS) >= 60
    planted = {
        place: [form for at, forms in cases() if at == place for form in forms] for place in PLACES
    }
    assert all(forms == list(PERSONS) for forms in planted.values())


def test_the_committed_study_planted_every_form_in_every_place_and_found_none_again() -> None:
    rows = list(csv.DictReader(TABLE.read_text("utf-8").splitlines()))
    planted = Counter[str]()
    for row in rows:
        planted[row["place"]] += int(row["forms"])
    assert {place: planted[place] for place in PLACES} == dict.fromkeys(PLACES, len(PERSONS))
    assert planted["a quarter"] == len(CAMPAIGNS) - 1
    assert {row["traces"] for row in rows} == {"0"}


@pytest.mark.parametrize(("place", "forms"), SLICE)
def test_a_planted_person_is_found_nowhere(place: str, forms: tuple[str, ...]) -> None:
    planted, found = run_case(place, forms)
    assert found == []
    assert {planted.check, planted.init} <= {0, 2, 3}


def test_a_quarter_tells_logs_and_leaves_nobody(quarter: Quarter) -> None:
    assert quarter.code == 3
    assert {"log.jsonl", "stdout", "processes"} <= set(quarter.files)
    assert any(name.endswith("onderbouwing.pdf") for name in quarter.files)
    assert found_in(quarter.files, traces_of((*CAMPAIGNS[2:], "0612345678"))) == []


def test_the_search_finds_what_is_there(quarter: Quarter) -> None:
    results = {n: c for n, c in quarter.files.items() if n.endswith(("resultaat.json", ".pdf"))}
    found = found_in(results, traces_of(CAMPAIGNS[:1]))
    assert found


def test_ordinary_campaigns_keep_their_names_and_others_get_an_ordinal(quarter: Quarter) -> None:
    result = next(c for name, c in quarter.files.items() if name.endswith("resultaat.json"))
    rows = json.loads(result)["sensitivity"]
    named = {row["value"] for row in rows if row["choice"] == "without_campaign"}
    assert named == {"Kerstactie", "Voorjaar 2024", *(f"campagne {n}" for n in range(1, 7))}


def test_no_mark_of_a_dossier_or_of_data_turns_a_text_of_a_report(quarter: Quarter) -> None:
    for name, content in quarter.files.items():
        for where, part in unpacked(name, content):
            is_text = where.endswith((*READ, ".xml", "stdout", "stderr")) or "!page" in where
            text = part.decode("utf-8-sig") if is_text else ""
            text = text.replace("\u200b", "") if "!page" in where else text
            assert not set(MARKS) & set(text), where
            assert not any(f"\\u{ord(mark):04x}" in text for mark in MARKS), where
