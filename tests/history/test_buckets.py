"""A history in buckets of customers gives what it gives in one piece, and leaves nothing behind."""

from __future__ import annotations

import dataclasses
import errno
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import duckdb
import ibis
import pandas as pd
import pytest

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.dossier.loading import load_dossier
from balanstest_analysis.errors import DataError, RunError
from balanstest_analysis.history.compliance.review import ReviewedHistory, review_history
from balanstest_analysis.history.engines import bucket_pass, buckets, connecting
from balanstest_analysis.history.engines.duckdb_engine import DuckDBEngine
from balanstest_analysis.history.engines.duckdb_errors import in_our_words
from balanstest_analysis.history.files import spill
from balanstest_analysis.history.sources import History, numbered_rows, open_history
from tests.engine_histories import same_products
from tests.histories import WEIGHED_TOGETHER, crowded_world, write_world

SECRET = b"a secret for tests"

WORLDS: dict[str, dict[str, Any]] = {
    "everything": {"has_kind": True, "has_ends_on": True, "with_call_ids": True, "own_term": 30},
    "little": {"has_kind": False, "with_objections": False, "with_complaints": False},
    "calls counted": {"count_calls": True, "has_ends_on": True},
    "stated months": {"age": "months"},
    "stated dates": {"age": "reference", "with_complaints": False},
}


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Yield where temporary files go, and see that nothing is left there."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    yield folder
    assert list(folder.iterdir()) == []


@pytest.fixture
def small_buckets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connecting, "SMALL_BYTES", 0)
    monkeypatch.setattr(buckets, "ROWS_AT_ONCE", 60)
    monkeypatch.setattr(bucket_pass, "_ROWS_UNFOLDED", 10)


def with_data(dossier: Dossier, line: str) -> Dossier:
    """Return the dossier with one more line about the data."""
    text = dossier.path.read_text("utf-8").replace("[data]\n", f"[data]\n{line}\n", 1)
    path = dossier.path.with_name("stated.toml")
    path.write_text(text, "utf-8")
    return load_dossier(path, quarter=dossier.quarter)


def frames(reviewed: ReviewedHistory) -> dict[str, pd.DataFrame]:
    """Return all tables of a history, by name, in an order of their own."""
    exposure = reviewed.exposure
    found = {"months": exposure.month_table.frame, **exposure.life_table}
    for recount in exposure.recounts:
        table = recount.table.frame.astype({"campaign": str})
        keys = ["campaign", "month"]
        found[f"{recount.choice} {recount.value}"] = table.groupby(keys).sum()
    return found


def same(one: ReviewedHistory, other: ReviewedHistory) -> None:
    here, there = frames(one), frames(other)
    assert list(here) == list(there)
    for name, frame in here.items():
        pd.testing.assert_frame_equal(frame, there[name])
    same_products(one.exposure.month_table, other.exposure.month_table)
    assert one.exposure.bridge == other.exposure.bridge
    assert one.exposure.findings == other.exposure.findings
    assert one.compliance == other.compliance


def test_a_small_history_that_is_held_gives_what_its_files_give(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = write_world(tmp_path, crowded_world(seed=5))
    held = review_history(dossier, SECRET, examples=True)
    monkeypatch.setattr(connecting, "SMALL_BYTES", 0)

    same(held, review_history(dossier, SECRET, examples=True))


def in_pieces(dossier: Dossier, monkeypatch: pytest.MonkeyPatch, rows: int) -> ReviewedHistory:
    monkeypatch.setattr(connecting, "SMALL_BYTES", 0)
    monkeypatch.setattr(buckets, "ROWS_AT_ONCE", rows)
    return review_history(dossier, SECRET, examples=True)


@pytest.mark.parametrize("choices", WORLDS.values(), ids=WORLDS)
def test_buckets_add_up_to_the_history_in_one_piece(
    tmp_path: Path, place: Path, monkeypatch: pytest.MonkeyPatch, choices: dict[str, Any]
) -> None:
    world = crowded_world(seed=11, **choices)
    dossier = write_world(tmp_path, world, quarter="2024-Q1", criteria=WEIGHED_TOGETHER)
    whole = in_pieces(dossier, monkeypatch, 1_000_000)
    assert any(finding.example_row for finding in whole.exposure.findings)
    same(whole, in_pieces(dossier, monkeypatch, 60))


@pytest.mark.usefixtures("small_buckets", "place")
def test_an_empty_table_is_empty_in_every_bucket(tmp_path: Path) -> None:
    world = dataclasses.replace(crowded_world(seed=3), complaints=[])
    reviewed = review_history(write_world(tmp_path, world), SECRET)
    assert reviewed.exposure.month_table.frame["complaint_events"].sum() == 0
    assert reviewed.exposure.month_table.frame["objection_events"].sum() > 0


@pytest.mark.usefixtures("small_buckets", "place")
def test_what_breaks_off_the_counting_ends_it_and_leaves_nothing(tmp_path: Path) -> None:
    told = []

    def stop(done: int, total: int) -> None:
        told.append((done, total))
        raise KeyboardInterrupt

    dossier = write_world(tmp_path, crowded_world(seed=5))
    with pytest.raises(KeyboardInterrupt):
        review_history(dossier, SECRET, on_progress=stop)
    assert 1 <= len(told) <= (os.cpu_count() or 1) < told[0][1]


@pytest.mark.parametrize(("threads", "sessions", "during"), [(3, 3, 1), (4, 2, 4), (1, 1, 1)])
def test_as_many_sessions_as_threads_count_on_one_each_and_all_are_back_afterwards(
    tmp_path: Path, threads: int, sessions: int, during: int
) -> None:
    backend = ibis.duckdb.connect(threads=threads)
    kept = buckets.Buckets(backend=backend, folder=tmp_path, number=9, sessions=sessions)

    def threads_now() -> int:
        return int(backend.con.execute("select current_setting('threads')").fetchall()[0][0])

    with suppress(KeyboardInterrupt), kept.one_thread_each():
        found = threads_now()
        raise KeyboardInterrupt
    assert (found, threads_now()) == (during, threads)


@pytest.mark.usefixtures("small_buckets", "place")
def test_every_bucket_is_told(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    dossier = write_world(tmp_path, crowded_world(seed=5))
    review_history(dossier, SECRET, on_progress=lambda done, total: told.append((done, total)))
    assert len(told) == told[0][1] > 3
    assert {total for _, total in told} == {len(told)}


def test_the_number_of_buckets_follows_the_memory() -> None:
    most = buckets.number_of_buckets(10_000_000, 250_000_000, 2)
    assert buckets.number_of_buckets(10_000_000, 8_000_000_000, 2) == 20 < most == 49
    assert buckets.number_of_buckets(10_000_000, 250_000_000, 4) == 97
    assert buckets.number_of_buckets(0, 250_000_000, 1) == 1


def opened(folder: Path, line: str = "") -> History:
    dossier = write_world(folder, crowded_world(seed=5))
    return open_history(with_data(dossier, line) if line else dossier, SECRET)


@pytest.mark.usefixtures("small_buckets")
def test_what_is_written_is_private_holds_no_customer_and_goes(tmp_path: Path, place: Path) -> None:
    with closing(opened(tmp_path)) as history:
        (folder,) = place.iterdir()
        assert folder.name.startswith(spill.PREFIX)
        assert folder.stat().st_mode & 0o777 == 0o700
        written = list(folder.rglob("*.parquet"))
        assert history.buckets is not None
        assert history.buckets.number > 3
        assert len(written) > 6
        known = set(pd.read_csv(tmp_path / "calls.csv", dtype=str)["customer_id"])
        content = b"".join(file.read_bytes() for file in written)
        assert not [customer for customer in known if customer.encode() in content]


@pytest.mark.usefixtures("small_buckets")
def test_a_stated_directory_is_used_from_the_folder_of_the_dossier(tmp_path: Path) -> None:
    (tmp_path / "snel").mkdir()
    with closing(opened(tmp_path, 'spill_directory = "snel"')):
        assert [f.name.startswith(spill.PREFIX) for f in (tmp_path / "snel").iterdir()] == [True]
    assert list((tmp_path / "snel").iterdir()) == []


def test_a_directory_that_another_run_takes_for_left_behind_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[str] = []
    made = spill.tempfile.mkdtemp

    def taken_once(**where: Any) -> str:
        folder = made(**where)
        if not taken:
            taken.append(folder)
            spill._remove_left_behind(tmp_path)
        return folder

    monkeypatch.setattr(spill.tempfile, "mkdtemp", taken_once)
    found = spill.make_spill(tmp_path)
    assert found is not None
    assert found.folder.stat().st_mode & 0o777 == 0o700
    assert [str(found.folder)] == [str(folder) for folder in tmp_path.iterdir()] != taken
    found.remove()
    assert list(tmp_path.iterdir()) == []


def test_a_directory_that_cannot_be_written_is_refused_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="`spill_directory`: in `nergens` no file can be") as told:
        opened(tmp_path, 'spill_directory = "nergens"')
    assert str(tmp_path) not in str(told.value)


def test_without_a_place_for_temporary_files_a_history_stays_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nergens"))
    with closing(opened(tmp_path)) as history:
        assert history.buckets is None


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize(
    ("line", "setting", "expected"),
    [
        ("memory_limit_gb = 0.5", "memory_limit", "476.8 MiB"),
        ("threads = 1", "threads", "1"),
    ],
)
def test_what_is_stated_about_the_machine_reaches_the_engine(
    tmp_path: Path, line: str, setting: str, expected: str
) -> None:
    with closing(opened(tmp_path, line)) as history:
        query = f"select current_setting('{setting}')"
        assert isinstance(history.engine, DuckDBEngine)
        history.engine._queue.settle()
        assert str(history.engine.backend.con.execute(query).fetchall()[0][0]) == expected


HELD = """
import signal, sys, time
from balanstest_analysis.dossier.loading import load_dossier
from balanstest_analysis.history.engines import buckets
from balanstest_analysis.history.sources import open_history
buckets.ROWS_AT_ONCE = 60
history = open_history(load_dossier(sys.argv[1]), b"secret")
print("open", flush=True)
time.sleep(60)
"""


def test_what_a_killed_run_left_is_removed_by_the_next_and_a_running_one_is_left_alone(
    tmp_path: Path,
) -> None:
    dossier = with_data(write_world(tmp_path, crowded_world(seed=5)), 'spill_directory = "."')
    command = [sys.executable, "-c", textwrap.dedent(HELD), str(dossier.path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=dict(os.environ)) as running:
        assert running.stdout is not None
        running.stdout.readline()
        (theirs,) = tmp_path.glob(f"{spill.PREFIX}*")
        open_history(dossier, SECRET).close()
        assert list(tmp_path.glob(f"{spill.PREFIX}*")) == [theirs]
        running.send_signal(signal.SIGKILL)
    assert list(theirs.rglob("*.parquet"))
    open_history(dossier, SECRET).close()
    assert not list(tmp_path.glob("balanstest-*"))


@pytest.mark.parametrize(
    ("error", "remedy"),
    [
        (duckdb.IOException("Could not write: No space left on device"), "Free some room"),
        (OSError(errno.ENOSPC, "No space left on device"), "Free some room"),
        (duckdb.OutOfMemoryException("failed to pin block"), "Raise `memory_limit_gb`"),
    ],
)
def test_a_lack_of_room_is_told_with_its_remedy(error: Exception, remedy: str) -> None:
    with pytest.raises(RunError, match=remedy), in_our_words():
        raise error


@pytest.mark.usefixtures("small_buckets", "place")
def test_rows_are_numbered_as_in_the_file_whatever_the_buckets(tmp_path: Path) -> None:
    with closing(opened(tmp_path)) as history:
        (_, rows), *_ = numbered_rows(history, "calls", ("customer_id",))
        numbers = sorted(history.frame(rows)["row"])
    assert numbers == list(range(2, len(numbers) + 2))
