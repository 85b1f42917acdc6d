"""Many dossiers at once: whatever becomes of one, the others get their report."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import nbformat
import pytest
from rich.console import Console

from balanstest_analysis.cli.terminal import overview_table
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.dossier.loading import load_dossier
from balanstest_analysis.errors import UsageError
from balanstest_analysis.published.earlier_reports import carried_text, counts_of
from balanstest_analysis.published.json_form import to_json
from balanstest_analysis.report.batch import (
    Batch,
    Choices,
    Doubt,
    Row,
    capacity,
    dossiers,
    run_quarterly,
    worker_pool,
)
from balanstest_analysis.report.batch.jobs import Job, Outcome, failed, job_of
from balanstest_analysis.report.batch.overview import keep_overview, overview_body
from balanstest_analysis.report.batch.rows import ProposalFacts
from balanstest_analysis.report.event_log import log_to
from balanstest_analysis.report.run import Limits
from studies.hostile_quarter import HOSTILE, TABLE, run_quarter
from tests.counted_dossier import SMALLEST, write_smallest
from tests.example_results import proposed, published
from tests.report.test_run import FILES, SETUP, SMALL, files, wait_for_no_process

# What a dossier's category makes the small notebook do.
BEHAVIOUR = """
import os, signal, sys, time
text = Path(dossier).read_text()
if "sterft" in text: os.kill(os.getpid(), signal.SIGKILL)
if "stopt" in text: sys.exit(0)
if "hangt" in text: time.sleep(600)
"""
READ = """
from balanstest_analysis.dossier.loading import load_dossier
from balanstest_analysis.history.sources.history import check_tables
check_tables(load_dossier(dossier))
"""
# What a whole notebook does beside an earlier report, and the small one only where one is known.
REMEMBERING = """
known = Path(dossier).parent / "known.json"
if known.exists(): (run_directory / "eerder.json").write_text(known.read_text())
"""
EARLIER = {"organisation": "STICHTING  Één & Twee", "category": "A"}
NAMES = ["a", "b", "c", "sterft", "d", "hangt", "e", "f", "g"]


def write_dossier(folder: Path, category: str, **replaced: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    dossier = write_smallest(folder)
    text = SMALLEST.replace("periodieke donaties", category)
    for old, new in replaced.items():
        text = text.replace(old, new)
    dossier.write_text(text, "utf-8")
    return dossier


def result_of(period: str, term: int) -> dict[str, Any]:
    result = proposed() | {"period": period}
    result["proposal"] |= {"term_months": term}
    return to_json(published(result))


@pytest.fixture(scope="module")
def notebook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small notebook that publishes a result with a proposal, unless told to fail."""
    path = tmp_path_factory.mktemp("notebook") / "gedrag.ipynb"
    made = nbformat.read(SMALL, as_version=4)
    made.cells[SETUP].source += BEHAVIOUR
    result = result_of("2026-Q3", 21)
    writing = f"_ = (run_directory / 'resultaat.json').write_text(json.dumps({result!r}), 'utf-8')"
    made.cells[4].source = f"{writing}\n{REMEMBERING}"
    nbformat.write(made, path)
    return path


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small notebook, which reads the tables of the dossier as well."""
    path = tmp_path_factory.mktemp("notebook") / "leest.ipynb"
    made = nbformat.read(SMALL, as_version=4)
    made.cells[SETUP].source += READ
    nbformat.write(made, path)
    return path


def write_counts(folder: Path, category: str) -> Path:
    """Write a dossier whose counts can be read."""
    dossier = write_dossier(folder, category)
    (folder / "counts.csv").write_text("months_since_purchase,contacts,conversions\n0,120,12\n")
    return dossier


def statuses(batch: Batch) -> dict[str, str]:
    return {row.dossier.split("/")[0]: row.outcome.status for row in batch.rows}


def test_with_one_broken_one_dying_and_one_hanging_the_other_seven_are_published(
    tmp_path: Path, notebook: Path
) -> None:
    dossiers, reports = tmp_path / "dossiers", tmp_path / "reports"
    for name in NAMES:
        write_dossier(dossiers / name, name)
    (dossiers / "kapot").mkdir()
    (dossiers / "kapot" / "balanstest.toml").write_text("schema = = 1")
    (dossiers / "pyproject.toml").write_text('[project]\nname = "geen dossier"\n')
    events: list[tuple[str, dict[str, Any]]] = []

    batch = run_quarterly(
        [dossiers],
        output_dir=reports,
        choices=Choices(limits=Limits(cell=4), notebook=notebook),
        jobs=2,
        log=lambda event, **facts: events.append((event, facts)),
    )

    lost = {"kapot", "sterft", "hangt"}
    assert statuses(batch) == {
        name: "failed" if name in lost else "made" for name in [*NAMES, "kapot"]
    }
    assert batch.exit_code == 4
    for name in set(NAMES) - lost:
        assert files(reports / "stichting-een-twee" / name / "2026-Q3") == FILES
    reasons = {row.dossier.split("/")[0]: row.outcome.reason for row in batch.rows}
    assert "kernel died" in reasons["sterft"]
    assert "time limit" in reasons["hangt"]
    assert "not valid TOML" in reasons["kapot"]
    assert len(list((reports / "mislukt").iterdir())) == 2
    overview = json.loads((batch.overview / "overzicht.json").read_text("utf-8"))
    assert overview["exit_code"] == 4
    assert {row["exit_code"] for row in overview["dossiers"]} == {0, 3, 4}
    assert not list(reports.rglob(".*"))
    assert [event for event, _ in events].count("made") == 7
    assert {"quarter_begins", "step", "failed", "quarter_ended"} <= {event for event, _ in events}
    wait_for_no_process(str(reports))


def test_of_a_quarter_with_five_hostile_dossiers_the_others_are_published_and_each_is_told_why(
    tmp_path: Path, reading: Path
) -> None:
    found = run_quarter(
        tmp_path,
        dossiers=8,
        hostile=tuple(HOSTILE),
        write=lambda place: write_counts(place, place.name),
        table="counts.csv",
        notebook=reading,
    )

    assert found.is_sound, found
    assert not list((tmp_path / "reports").rglob(".*"))


def test_the_table_of_the_study_holds_thirty_five_reports_in_twice_the_time_of_forty() -> None:
    with TABLE.open(encoding="utf-8", newline="") as file:
        good, hostile = csv.DictReader(file)
    assert (good["made"], good["failed"]) == ("40", "0")
    assert (hostile["made"], hostile["failed"], hostile["told"]) == ("35", "5", "5")
    assert float(hostile["seconds"]) <= 2 * float(good["seconds"])


def test_a_hostile_report_in_the_folder_of_reports_stops_its_own_series_only(
    tmp_path: Path, notebook: Path
) -> None:
    for name in ("a", "b", "c"):
        write_dossier(tmp_path / "in" / name, name)
    series = tmp_path / "uit" / "stichting-een-twee"
    for name in ("a", "b"):
        (series / name / "2026-Q2").mkdir(parents=True)
    os.mkfifo(series / "a" / "2026-Q2" / "resultaat.json")
    deep = '{"audience": ' + "[" * 10_000 + "]" * 10_000 + "}"
    (series / "b" / "2026-Q2" / "resultaat.json").write_text(deep, "utf-8")

    batch = run_quarterly(
        [tmp_path / "in"], output_dir=tmp_path / "uit", choices=Choices(notebook=notebook)
    )

    assert statuses(batch) == {"a": "failed", "b": "failed", "c": "made"}
    assert batch.exit_code == 4
    for row in batch.rows[:2]:
        assert "2026-Q2/resultaat.json` cannot be read" in row.outcome.reason


def test_a_dossier_of_which_even_the_looking_fails_is_told_and_stops_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_dossier(tmp_path / "a", "a")
    write_dossier(tmp_path / "b", "b")

    def load(file: Path, *, quarter: str) -> Dossier:
        if file.parent.name == "a":
            raise MemoryError
        return load_dossier(file, quarter=quarter)

    monkeypatch.setattr(dossiers, "load_dossier", load)
    first, second = dossiers.candidates([tmp_path], quarter="", output=tmp_path / "uit")
    assert "could not be looked at (MemoryError)" in str(first.refusal)
    assert second.refusal is None


@pytest.mark.skipif(sys.platform != "linux", reason="there a name can be any bytes")
def test_a_dossier_in_a_folder_whose_name_is_no_text_is_told_in_the_overview(
    tmp_path: Path, notebook: Path
) -> None:
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/in/odd-\xff"))
    write_dossier(odd, "oud")
    (odd / "balanstest.toml").write_text("schema = = 1")
    write_dossier(tmp_path / "in" / "b", "b")

    batch = run_quarterly(
        [tmp_path / "in"], output_dir=tmp_path / "uit", choices=Choices(notebook=notebook)
    )

    assert [row.outcome.status for row in batch.rows] == ["made", "failed"]
    assert "odd-\\udcff" in (batch.overview / "overzicht.html").read_text("utf-8")


# ---------------------------------------------------------------- one quarter, and the next run


@pytest.fixture(scope="module")
def quarter(tmp_path_factory: pytest.TempPathFactory, notebook: Path) -> tuple[Path, Batch]:
    """A folder and its batch: a missing dossier, one named twice with a Q2, and one of a Q2."""
    folder = tmp_path_factory.mktemp("kwartaal")
    twice = write_dossier(folder / "in" / "a", "a")
    write_dossier(folder / "in" / "b", "b", **{"2026-09-30": "2026-07-15"})
    older = folder / "uit" / "stichting-een-twee" / "a" / "2026-Q2"
    older.mkdir(parents=True)
    before = result_of("2026-Q2", 24) | EARLIER
    (older / "resultaat.json").write_text(json.dumps(before))
    (twice.parent / "known.json").write_text(carried_text([counts_of(before)]))
    return folder, run_quarterly(
        [folder / "in" / "weg.toml", twice, folder / "in"],
        output_dir=folder / "uit",
        choices=Choices(notebook=notebook),
        jobs=1,
    )


def test_a_dossier_named_twice_is_made_once(quarter: tuple[Path, Batch]) -> None:
    _, batch = quarter
    assert statuses(batch) == {"weg.toml": "failed", "a": "made", "b": "made"}
    assert len(batch.rows) == 3


def test_a_dossier_that_is_not_there_is_a_failure_among_the_others(
    quarter: tuple[Path, Batch],
) -> None:
    _, batch = quarter
    assert [row.outcome.exit_code for row in batch.rows] == [3, 0, 0]


def test_the_quarter_comes_from_the_data_of_each_dossier(quarter: tuple[Path, Batch]) -> None:
    _, batch = quarter
    assert [row.period for row in batch.rows[1:]] == ["2026-Q3", "2026-Q2"]


def test_the_overview_tells_what_changed_since_the_quarter_before(
    quarter: tuple[Path, Batch],
) -> None:
    _, batch = quarter
    row = batch.rows[1]
    assert (row.previous or {})["period"] == "2026-Q2"
    assert row.change_months == -3
    page = (batch.overview / "overzicht.html").read_text("utf-8")
    assert "<td" in page
    assert "−3" in page
    assert '<html lang="nl">' in page
    assert 'href="../../stichting-een-twee/a/2026-Q3/onderbouwing.html"' in page
    assert (batch.overview / "../../stichting-een-twee/a/2026-Q3/onderbouwing.html").exists()


def test_a_second_run_makes_only_what_changed(quarter: tuple[Path, Batch], notebook: Path) -> None:
    folder, first = quarter
    (folder / "in" / "b" / "counts.csv").write_text("months_since_purchase,contacts\n0,121\n")

    second = run_quarterly(
        [folder / "in"], output_dir=folder / "uit", choices=Choices(notebook=notebook), jobs=1
    )

    assert statuses(second) == {"a": "skipped", "b": "made"}
    assert first.overview.is_dir()
    assert second.overview != first.overview


# ---------------------------------------------------------------- what a receiver would find


def test_a_report_that_is_not_sound_is_named_in_the_overview_and_stops_no_other(
    tmp_path: Path, notebook: Path
) -> None:
    for name in ("a", "b-sterft", "c", "d"):
        write_dossier(tmp_path / "in" / name, name)

    def check(directory: Path, seconds: int) -> Doubt | None:
        assert seconds == Limits().beside
        if directory.parent.name == "c":
            raise MemoryError
        spoilt = directory.parent.name == "a"
        return (
            Doubt(reason="A <file> is gone.", reden="Er is een <bestand> weg.") if spoilt else None
        )

    def quarter() -> Batch:
        return run_quarterly(
            [tmp_path / "in"],
            output_dir=tmp_path / "uit",
            choices=Choices(notebook=notebook),
            check=check,
        )

    batch = quarter()
    assert statuses(batch) == {"a": "unsound", "b-sterft": "failed", "c": "unsound", "d": "made"}
    assert [row.outcome.exit_code for row in batch.rows] == [7, 4, 7, 0]
    assert batch.exit_code == 7
    row = json.loads((batch.overview / "overzicht.json").read_text("utf-8"))["dossiers"][0]
    assert (row["status"], row["exit_code"], row["reason"]) == ("unsound", 7, "A <file> is gone.")
    assert row["proposal"]["term_months"] == 21
    page = (batch.overview / "overzicht.html").read_text("utf-8")
    assert "2 klopt niet" in page
    assert "<strong>Stichting Één &amp; Twee, a</strong>: Er is een &lt;bestand&gt; weg." in page
    assert "MemoryError" in page
    assert statuses(quarter())["a"] == "unsound"


# ---------------------------------------------------------------- refusals, and the overview


def test_two_dossiers_of_one_series_and_quarter_are_named_as_they_are_typed(tmp_path: Path) -> None:
    one, other = (write_dossier(tmp_path / name, "giften") for name in ("een", "twee"))
    typed = other.read_text("utf-8").replace('"giften"', '"gif\u00adten"')
    other.write_text(typed, "utf-8")

    with pytest.raises(UsageError, match="both write the report") as caught:
        run_quarterly([one, other], output_dir=tmp_path / "uit")
    assert "'giften'" in str(caught.value)
    assert r"'gif\xadten'" in str(caught.value)
    assert not (tmp_path / "uit").exists()


def test_two_dossiers_of_one_report_are_refused_before_anything_starts(tmp_path: Path) -> None:
    one, other = (write_dossier(tmp_path / name, "giften") for name in ("een", "twee"))

    with pytest.raises(UsageError, match="both write the report"):
        run_quarterly([one, other], output_dir=tmp_path / "uit")
    assert not (tmp_path / "uit").exists()


@pytest.mark.parametrize(
    ("quarter", "paths"), [("lente", ["in"]), ("", ["leeg"])], ids=["quarter", "empty folder"]
)
def test_wrong_usage_starts_nothing(tmp_path: Path, quarter: str, paths: list[str]) -> None:
    write_dossier(tmp_path / "in", "giften")
    (tmp_path / "leeg").mkdir()

    with pytest.raises(UsageError):
        run_quarterly(
            [tmp_path / path for path in paths],
            output_dir=tmp_path / "uit",
            choices=Choices(quarter=quarter),
        )
    assert not (tmp_path / "uit").exists()


def test_the_overview_shows_what_others_wrote_as_text(tmp_path: Path) -> None:
    row = Row(
        dossier="x/balanstest.toml",
        organisation="<script>alert(1)</script>",
        category="A & B",
        outcome=failed("`x` is <b>wrong</b>.", exit_code=3),
    )
    body = overview_body([row])
    assert "<script>" not in body
    assert "<b>wrong" not in body
    assert '<span lang="en">' in body
    folders = [keep_overview([row], quarter="", output=tmp_path, seconds=1.0) for _ in range(2)]
    assert [folder.name for folder in folders] == ["onbekend_1", "onbekend_2"]


@pytest.mark.parametrize("is_provisional", [True, False])
def test_a_provisional_term_is_called_so_in_the_overview_and_on_the_terminal(
    is_provisional: bool,
) -> None:
    facts: ProposalFacts = {
        "status": "proposed",
        "route": "own_file",
        "term_months": 21,
        "provisional": is_provisional,
        "binding": "Verzet",
        "lower": 21.4,
        "upper": 25.0,
    }
    row = Row(dossier="x/balanstest.toml", outcome=Outcome(status="made"), proposal=facts)
    assert ("21 maanden, voorlopig" in overview_body([row])) == is_provisional
    out = io.StringIO()
    Console(file=out, width=120).print(overview_table([row]))
    assert ("21 provisional" in out.getvalue()) == is_provisional


def test_a_worker_that_is_killed_costs_one_dossier(tmp_path: Path, notebook: Path) -> None:
    for name in ("a-hangt", "b", "c"):
        write_dossier(tmp_path / "in" / name, name)
    killed = threading.Event()

    def kill(event: str, **facts: Any) -> None:
        if "a-hangt" in facts.get("report", "") and facts.get("done") == 3:
            os.killpg(worker_group(), signal.SIGKILL)
            killed.set()

    batch = run_quarterly(
        [tmp_path / "in"],
        output_dir=tmp_path / "uit",
        choices=Choices(notebook=notebook),
        jobs=1,
        log=kill,
    )
    assert killed.is_set()
    assert statuses(batch) == {"a-hangt": "failed", "b": "made", "c": "made"}
    assert "was killed" in batch.rows[0].outcome.reason
    wait_for_no_process(str(tmp_path / "uit"))


def worker_group() -> int:
    """The process group of the only worker of this process."""
    listing = subprocess.run(
        ["ps", "-ww", "-o", "pid=,args=", "--ppid", str(os.getpid())],
        capture_output=True,
        text=True,
        check=True,
    )
    [line] = [line for line in listing.stdout.splitlines() if "batch.worker" in line]
    return int(line.split()[0])


@pytest.mark.skipif(sys.platform != "linux", reason="workers fork on Linux only")
def test_a_worker_that_stands_still_outside_the_notebook_is_given_up(
    tmp_path: Path, notebook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_pool, "_GRACE", 1)
    limits = iter([6, 600])
    monkeypatch.setattr(worker_pool, "time_for", lambda _: next(limits))
    for name in ("a-hangt", "b"):
        write_dossier(tmp_path / "in" / name, name)

    def stop(event: str, **facts: Any) -> None:
        if "a-hangt" in facts.get("report", "") and facts.get("done") == 3:
            os.killpg(worker_group(), signal.SIGSTOP)

    batch = run_quarterly(
        [tmp_path / "in"],
        output_dir=tmp_path / "uit",
        choices=Choices(notebook=notebook),
        jobs=1,
        log=stop,
    )
    assert statuses(batch) == {"a-hangt": "failed", "b": "made"}
    assert "time limit of a run" in batch.rows[0].outcome.reason


def test_asked_to_end_it_ends_its_workers_and_still_tells_what_came_of_each(
    tmp_path: Path, notebook: Path
) -> None:
    for name in ("a", "b-hangt", "c"):
        write_dossier(tmp_path / "in" / name, name)
    script = (
        "from pathlib import Path\nfrom balanstest_analysis.report.batch import *\n"
        "def tell(event, **facts):\n"
        "    print(facts.get('report'), 'cell', facts.get('done'), flush=True)\n"
        f"batch = run_quarterly([{str(tmp_path / 'in')!r}], output_dir={str(tmp_path / 'uit')!r},"
        f" jobs=1, log=tell, choices=Choices(notebook=Path({str(notebook)!r})))\n"
        "raise SystemExit(batch.exit_code)"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        for line in run.stdout:
            if "b-hangt" in line and "cell 3" in line:
                run.terminate()
                break
        run.stdout.read()
    assert run.returncode == 4
    [overview] = (tmp_path / "uit" / "overzicht").glob("*/overzicht.json")
    rows = json.loads(overview.read_text("utf-8"))["dossiers"]
    assert [row["status"] for row in rows] == ["made", "failed", "failed"]
    assert "asked to end" in rows[1]["reason"]
    assert not list((tmp_path / "uit").rglob(".*"))
    wait_for_no_process(str(tmp_path / "uit"))


def test_workers_of_a_killed_batch_die_and_the_next_batch_needs_no_tidying(
    tmp_path: Path, notebook: Path
) -> None:
    write_dossier(tmp_path / "in" / "a-hangt", "a-hangt")
    script = (
        "from pathlib import Path\nfrom balanstest_analysis.report.batch import *\n"
        "tell = lambda event, **facts: print('cell', facts.get('done'), flush=True)\n"
        f"run_quarterly([{str(tmp_path / 'in')!r}], output_dir={str(tmp_path / 'uit')!r},"
        f" log=tell, choices=Choices(notebook=Path({str(notebook)!r})))"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        while "cell 3" not in run.stdout.readline():
            assert run.poll() is None
        run.kill()
    wait_for_no_process(str(tmp_path / "uit"))
    write_dossier(tmp_path / "in" / "a-hangt", "a-hangt", **{"Onder drie": "Onder de drie"})
    time.sleep(0.1)

    batch = run_quarterly(
        [tmp_path / "in"],
        output_dir=tmp_path / "uit",
        choices=Choices(notebook=SMALL),
    )
    assert batch.exit_code == 0
    assert not list((tmp_path / "uit").rglob(".*"))


def test_memory_and_cores_limit_how_many_are_made_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = load_dossier(write_dossier(tmp_path / "klein", "a"))
    large = load_dossier(write_dossier(tmp_path / "groot", "b"))
    with (tmp_path / "groot" / "counts.csv").open("r+b") as file:
        file.truncate(2 * 2**30)
    monkeypatch.setattr(capacity, "usable_cores", lambda: 8)
    monkeypatch.setattr(capacity, "available_memory", lambda: 20 * 2**30)

    assert capacity.jobs_for([small]) == 8
    assert capacity.jobs_for([small], asked=3) == 3
    assert capacity.jobs_for([small, large]) == 2
    monkeypatch.setattr(capacity, "available_memory", lambda: 2**20)
    assert capacity.jobs_for([small]) == 1


def test_jobs_and_outcomes_survive_the_way_to_a_worker() -> None:
    job = Job(
        dossier=Path("a.toml"),
        output=Path("uit"),
        quarter="2026-Q2",
        final=True,
        limits=Limits(cell=3),
        notebook=Path("x.ipynb"),
    )
    assert job_of(json.loads(json.dumps(job.to_dict()))) == job
    assert failed("x").exit_code == 4
    assert Outcome(status="made").to_dict()["directory"] is None


def test_a_log_keeps_its_lines_whole_and_believes_no_clock(tmp_path: Path) -> None:
    times = iter(
        [dt.datetime(2026, 10, 1, 6, tzinfo=dt.UTC), dt.datetime(1999, 1, 1, tzinfo=dt.UTC)]
    )
    log = log_to(tmp_path / "log.jsonl", clock=lambda: next(times))
    log("step", step="één\nregel")
    log("made", seconds=1.5)

    lines = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text("utf-8").splitlines()]
    assert [line["event"] for line in lines] == ["step", "made"]
    assert lines[1]["time"] == "1999-01-01T00:00:00.000Z"
    with pytest.raises(UsageError, match="cannot be written"):
        log_to(tmp_path / "geen" / "log.jsonl")
