"""Keys that stand for nobody are left out, counted and named by kind, and never joined into one."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from balanstest_analysis.cli.checked import finding_lines
from balanstest_analysis.errors import DataError
from balanstest_analysis.history.columns.key_forms import key_text, tidied
from balanstest_analysis.history.columns.placeholder_keys import (
    PLACEHOLDER_KINDS,
    is_placeholder,
    placeholder_kind,
)
from balanstest_analysis.history.columns.privacy import is_plain_key
from balanstest_analysis.history.compliance.crowded_keys import fewest_of_nobody
from balanstest_analysis.history.compliance.review import ReviewedHistory, review_history
from balanstest_analysis.history.engines.duckdb_engine import DuckDBEngine
from tests.histories import crowded_world, tables, write_csv, write_dossier, write_world
from tests.slow_reference import World

SECRET = b"a secret for tests"
NOBODY = {
    "excel_error": "#N/B #N/A #REF! #VERW! #WAARDE! #NAAM? #DEEL/0! #NV #n/b Err:502 #SPILL! #NVT "
    "#NOM?",
    "nothing": r"NULL null nan NaN None nil \N (leeg) (blank) (null) undefined geen n.v.t. N.v.t. "
    "nvt n/a N/A leeg <NA> [null] NA false geen_klantnummer no-customer n.n. NB n/d inf "
    "null_null new vide keine <Leer> aucun",
    "nobody": "onbekend ONBEKEND unknown anoniem Anoniem anonymous klant_onbekend "
    "anonieme-donateur guest niet-bekend [deleted] verwijderd AVG_verwijderd klant donateur "
    "onbekend/anoniem anonieme_gift contante_klant unassigned webshop_gast John_Doe "
    "inconnu Unbekannt REDACTED kassaklant winkel donateur_anonyme Anonymer_Spender ONBEKEND-1 "
    "Walk-in_Customer Laufkundschaft",
    "test": "test TEST dummy Dummy xxxxx XX testklant test1 test-klant",
    "zeros": "0 00000 0.0 0,00 -0 0000-00-00 00000000-0000-0000-0000-000000000000 "
    "{00000000-0000-0000-0000-000000000000} 000000000000000AAA",
    "filler": "-1 -1.0 -999 99999 9999999 009999999 9999999999 1111111 123456789 2147483647 "
    "-9223372036854775808",
    "signs": r"- -- ? . *** … _ # ##### / \ !",
}
SOMEBODY = (
    "100101 1 10 99 999 9998 1111 2000000000 K-1 K-0 k0 KLT-88001 REL-0000 a b n x fatima nadia "
    "test-1001 anon-12345 a3f0 1e12 000123 0000100126-abcd-4000-8000-000000100126 C0000 00Q5e-77"
)
SPELLINGS = ("{}", " {} ", "\u00a0{}\t", '"{}"', "'{}", '="{}"', "\ufeff{}", "“{}”")


def kinds_of(keys: Sequence[str]) -> dict[str, str]:
    """Return the kind of every key that stands for nobody, as the engine sees it."""
    engine = DuckDBEngine()
    rows = engine.put("keys", pa.table({"spelled": list(keys)}))
    bare = tidied(key_text(rows.spelled))
    seen = {"left_out": is_placeholder(bare), "plain": is_plain_key(rows.spelled)}
    found = engine.fetch(rows.select("spelled", kind=placeholder_kind(bare), **seen)).to_pylist()
    engine.close()
    assert {row["kind"] for row in found} <= {"", *PLACEHOLDER_KINDS}
    assert all((row["kind"] != "") == row["left_out"] for row in found)
    assert not any(row["left_out"] and row["plain"] for row in found)
    return {row["spelled"]: row["kind"] for row in found if row["kind"]}


def test_words_for_nobody_are_known_in_every_spelling() -> None:
    expected = {
        spelling.format(word): kind
        for kind, words in NOBODY.items()
        for word in words.split()
        for spelling in SPELLINGS
    }
    assert kinds_of(list(expected)) == expected


def test_ordinary_keys_are_somebody() -> None:
    assert kinds_of(SOMEBODY.split()) == {}


def nobody_in(world: World, words: Sequence[str], seed: int) -> World:
    """Return a history with copies of its rows of which the key is a word for nobody."""
    rng = random.Random(seed)

    def more(rows: Any) -> Any:
        if rows is None:
            return None
        copies = [dataclasses.replace(row, customer=word) for word in words for row in rows[:3]]
        mixed = [*rows, *copies]
        rng.shuffle(mixed)
        return mixed

    names = ("calls", "events", "objections", "complaints")
    return dataclasses.replace(world, **{name: more(getattr(world, name)) for name in names})


def same_counts(one: ReviewedHistory, other: ReviewedHistory) -> None:
    pd.testing.assert_frame_equal(one.exposure.month_table.frame, other.exposure.month_table.frame)
    lines, others = (
        {line.code: line.count for line in reviewed.exposure.bridge} for reviewed in (one, other)
    )
    changed = {"rows_in", "placeholder_key"}
    assert {c: n for c, n in lines.items() if c not in changed} == {
        c: n for c, n in others.items() if c not in changed
    }
    assert one.compliance == other.compliance


@pytest.mark.parametrize(
    ("seed", "words"),
    [
        (2, ("#N/B", "0", "onbekend", "NULL")),
        (3, ("-", "Anoniem", "9999999", " nan ", "(leeg)", "\\N", "'0000", '="0"', "test")),
    ],
)
def test_rows_of_nobody_change_no_number_and_are_a_finding(
    tmp_path: Path, seed: int, words: tuple[str, ...]
) -> None:
    clean = crowded_world(seed=seed, has_kind=True, has_ends_on=True)
    (tmp_path / "clean").mkdir()
    plain = review_history(write_world(tmp_path / "clean", clean), SECRET)
    dirty = write_world(tmp_path, nobody_in(clean, words, seed))
    found = review_history(dirty, SECRET, examples=True)
    same_counts(plain, found)
    lines = {line.code: line.count for line in found.exposure.bridge}
    assert lines["placeholder_key"] == 3 * len(words)
    findings = {finding.code: finding for finding in found.exposure.findings}
    for table in ("calls", "events", "objections", "complaints"):
        finding = findings[f"placeholder_keys_{table}"]
        assert finding.count == 3 * len(words)
        assert finding.example_file == f"{table}.csv"
        assert finding.example_row is not None
        assert any("The key is " in line for line in finding_lines([finding]))


def test_a_number_0_in_parquet_is_nobody(tmp_path: Path) -> None:
    days = ["2024-03-04 10:00"] * 4
    for keys, kind in (([0, 0, 7, 8], pa.int64()), ([0.0, -1.0, 7.0, 8.0], pa.float64())):
        columns = {
            "customer_id": pa.array(keys, kind),
            "called_at": days,
            "net_contact": ["true"] * 4,
            "converted": ["true", "false"] * 2,
        }
        pq.write_table(pa.table(columns), tmp_path / "calls.parquet")
        rows = [[key, "2023-06-01"] for key in ("0", "7", "8")]
        write_csv(tmp_path / "events.csv", ["customer_id", "occurred_on"], rows)
        data = f"{tables('calls', suffix='parquet')}\n{tables('events')}"
        exposure = review_history(write_dossier(tmp_path, data), SECRET).exposure
        lines = {line.code: line.count for line in exposure.bridge}
        assert (lines["rows_in"], lines["placeholder_key"], lines["in_exposure"]) == (4, 2, 2)


def calls_of(folder: Path, keys: Sequence[str], moments: Sequence[dt.datetime] = ()) -> Any:
    """Return a dossier with a call and an event for each key."""
    when = moments or [dt.datetime(2024, 3, 4, 10)] * len(keys)
    calls = [[key, at, "true", "true"] for key, at in zip(keys, when, strict=True)]
    header = ["customer_id", "called_at", "net_contact", "converted"]
    write_csv(folder / "calls.csv", header, calls)
    events = [[key, "2023-06-01"] for key in sorted(set(keys))]
    write_csv(folder / "events.csv", ["customer_id", "occurred_on"], events)
    return write_dossier(folder, tables("calls", "events"))


def test_a_table_of_nobody_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError) as refused:
        review_history(calls_of(tmp_path, ["NULL", "0", "NULL"]), SECRET)
    told_of = str(refused.value)
    assert "`calls.csv`: `customer_id` stands for nobody in every row" in told_of
    assert "a word for nothing, such as NULL, nan or (leeg) (2), or zeros only (1)" in told_of
    assert "has no rows" not in told_of


def test_an_empty_key_is_still_refused_with_its_row(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="row 3: `customer_id` is empty"):
        review_history(calls_of(tmp_path, ["NULL", "", "a"]), SECRET)


def test_a_wrong_cell_beside_nobody_does_not_refuse_the_table(tmp_path: Path) -> None:
    dossier = calls_of(tmp_path, ["a", "NULL", "b"], ["2024-03-04 10:00", "?", "2024-03-04 11:00"])  # type: ignore[list-item]
    exposure = review_history(dossier, SECRET).exposure
    assert [line.count for line in exposure.bridge][:3] == [3, 0, 1]


def test_one_key_behind_many_rows_blocks(tmp_path: Path) -> None:
    start = dt.datetime(2024, 1, 1, 9)
    keys = [f"k{n}" for n in range(1, 400)] + ["k999"] * 101
    moments = [start + dt.timedelta(hours=7 * n) for n in range(len(keys))]
    exposure = review_history(calls_of(tmp_path, keys, moments), SECRET).exposure
    finding = next(f for f in exposure.findings if f.code == "one_key_many_rows_calls")
    assert (finding.blocking, finding.count) == (True, 101)
    assert finding.detail == "1 key stands behind 101 of the 500 rows."


def test_a_small_history_may_have_customers_with_many_rows() -> None:
    assert fewest_of_nobody({5: 10, 40: 2}, 36, 1) == 50
    assert fewest_of_nobody({70: 12}, 36, 2) == 72
    assert fewest_of_nobody({30: 100, 200: 1}, 36, 1) == 300
    assert fewest_of_nobody({1: 10_000_000, 1500: 1}, 36, 1) == 1000
