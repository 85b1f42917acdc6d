"""Junk added to a clean history changes no month in silence: it is told, or it is refused."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from balanstest_analysis.history.exposure import Exposure
from studies.reading import JUNK, TABLE
from tests.junk import (
    KINDS,
    OTHER,
    PERSON,
    REFUSED,
    Kind,
    clean_counts,
    clean_history,
    ending,
    read,
    told,
    with_junk,
)

SEED = 15
TOLD = [kind for kind in KINDS if not (kind.refused or kind.of_counts or kind.doubted)]
KIND = {kind.name: kind for kind in KINDS}
TOGETHER = [["failed payments", "incoming calls"], ["an empty file"]]


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Exposure:
    return read(tmp_path_factory.mktemp("clean"), clean_history(SEED))


def test_the_clean_history_has_every_outcome(clean: Exposure) -> None:
    frame = clean.month_table.frame
    outcomes = ("conversion", "objection", "complaint")
    assert all(frame[f"{outcome}_events"].sum() for outcome in outcomes)


def test_all_junk_together_changes_no_number_and_every_kind_of_it_is_told(
    clean: Exposure, tmp_path: Path
) -> None:
    dirty = read(tmp_path, with_junk(SEED, TOLD))
    assert dirty.month_table.frame.equals(clean.month_table.frame)
    before, after = told(clean), told(dirty)
    new = {word for word, number in after.items() if number > before.get(word, 0)}
    untold = [kind.name for kind in TOLD if not any(w.endswith(kind.tells) for w in new)]
    assert untold == []


@pytest.mark.parametrize("names", TOGETHER, ids=" and ".join)
def test_what_would_change_numbers_is_refused(
    names: list[str], clean: Exposure, tmp_path: Path
) -> None:
    kinds = [KIND[name] for name in names]
    how, message = ending(clean, tmp_path, kinds[0], with_junk(SEED, kinds))
    assert how == REFUSED
    assert all(part in message for kind in kinds for part in kind.tells)
    assert PERSON not in message


@pytest.mark.parametrize("kind", [k for k in KINDS if k.of_counts], ids=lambda kind: kind.name)
def test_counts_that_would_count_twice_are_refused(kind: Kind, tmp_path: Path) -> None:
    counts = read(tmp_path, clean_counts(SEED))
    how, message = ending(counts, tmp_path, kind, with_junk(SEED, [kind]))
    assert how in kind.right, message


@pytest.mark.parametrize("kind", [k for k in KINDS if k.doubted], ids=lambda kind: kind.name)
def test_what_may_count_is_counted_and_told(kind: Kind, clean: Exposure, tmp_path: Path) -> None:
    how, told_words = ending(clean, tmp_path, kind, with_junk(SEED, [kind]))
    assert how == OTHER, told_words


def test_the_committed_study_found_no_other_number_in_silence() -> None:
    rows = list(csv.DictReader(TABLE.read_text("utf-8").splitlines()))
    by_kind = {row["kind"]: row for row in rows if row["study"] == JUNK}
    assert set(by_kind) == set(KIND)
    for name, row in by_kind.items():
        right = sum(int(row[end.replace(" ", "_")]) for end in KIND[name].right)
        assert int(row["trials"]) == right >= 1, name
