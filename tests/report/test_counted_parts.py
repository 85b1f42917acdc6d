"""How far the counting is, is told with the time that is left, across processes, and once."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console

from balanstest_analysis.cli.console import counting
from balanstest_analysis.cli.terminal import logged_run, shown_progress
from balanstest_analysis.dossier.loading import load_dossier
from balanstest_analysis.history.compliance.review import review_history
from balanstest_analysis.history.engines import buckets, connecting
from balanstest_analysis.report import counted_parts
from balanstest_analysis.report.counted_parts import (
    COUNTED_FILE,
    CountedParts,
    parts_to_run,
    parts_watched,
)
from balanstest_analysis.report.onderbouwing import open_onderbouwing
from balanstest_analysis.report.run import ReportRun, Step
from balanstest_analysis.report.run.progress import Progress, StepTimer
from tests.histories import crowded_world, write_world

SAMPLE = Path("data/sample/balanstest.toml")
SLOW = "counting customers: 2 of 8 parts, about 3 minutes to go"


def clock_of(*seconds: float) -> CountedParts:
    """Return what puts parts in words at these moments."""
    moments = iter(seconds)
    return CountedParts(clock=lambda: next(moments))


def test_the_time_left_follows_from_the_parts_that_are_counted() -> None:
    parts = clock_of(100, 100.2, 160, 190)
    assert [parts.told(done, 8) for done in (0, 0, 2, 6)] == [
        "counting customers: 0 of 8 parts",
        "counting customers: 0 of 8 parts",
        SLOW,
        "counting customers: 6 of 8 parts, about 30 seconds to go",
    ]


def test_parts_that_were_counted_before_anybody_looked_are_not_timed() -> None:
    parts = clock_of(100, 160)
    assert parts.told(3, 9) == "counting customers: 3 of 9 parts"
    assert parts.told(6, 9) == "counting customers: 6 of 9 parts, about 60 seconds to go"


def test_another_counting_begins_anew() -> None:
    parts = clock_of(0, 10, 500, 502)
    for done in (0, 1):
        parts.told(done, 2)
    assert parts.told(0, 0) == ""
    assert parts.told(0, 3) == "counting customers: 0 of 3 parts"
    assert parts.told(1, 3) == "counting customers: 1 of 3 parts, about 5 seconds to go"


def test_what_another_process_writes_is_passed_on_when_it_is_new(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    file = tmp_path / "counted"
    with parts_watched(file, lambda done, total: seen.append((done, total)), every=0.001):
        for text in ("", "half a li", "3 7", "3 7", "4 7", "0 0"):
            file.write_text(text, "ascii")
            time.sleep(0.05)
    assert seen == [(3, 7), (4, 7), (0, 0)]


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[list[str]]:
    """Yield what is written for the run that waits."""
    lines: list[str] = []
    file = tmp_path / "counted"
    monkeypatch.setenv(COUNTED_FILE, str(file))
    write = counted_parts._written_to

    def kept(place: Path) -> counted_parts.OnParts:
        def both(done: int, total: int) -> None:
            write(place)(done, total)
            lines.append(place.read_text("ascii"))

        return both

    monkeypatch.setattr(counted_parts, "_written_to", kept)
    yield lines
    assert not list(tmp_path.glob("counted.*"))


def test_a_notebook_tells_its_run_of_every_part_and_of_the_end(
    written: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connecting, "SMALL_BYTES", 0)
    monkeypatch.setattr(buckets, "ROWS_AT_ONCE", 60)
    dossier = write_world(tmp_path, crowded_world(seed=5))
    open_onderbouwing(str(dossier.path))
    *parts, end = [tuple(map(int, line.split())) for line in written]
    assert end == (0, 0)
    assert parts[0][0] == 0
    assert parts == sorted(parts)
    assert {total for _, total in parts} == {len(parts)}


def test_of_a_history_in_one_piece_nothing_is_told(written: list[str], tmp_path: Path) -> None:
    review_history(
        write_world(tmp_path, crowded_world(seed=5)), b"secret", on_progress=parts_to_run()
    )
    assert written == []


def test_without_a_run_nothing_is_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(COUNTED_FILE, raising=False)
    monkeypatch.chdir(tmp_path)
    parts_to_run()(1, 2)
    assert not list(tmp_path.iterdir())


def test_what_cannot_be_told_stops_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(COUNTED_FILE, str(tmp_path / "nowhere" / "counted"))
    parts_to_run()(1, 2)


def told_by(timer_progress: Progress) -> None:
    """Begin a step, tell of its parts, and begin the next."""
    timer = StepTimer(on_progress=timer_progress, total=2)
    timer.tell("nothing goes on")
    timer.begin("reading", measured_as="notebook")
    for words in (SLOW, ""):
        timer.tell(words)
    timer.begin("writing", measured_as="notebook")


def test_a_terminal_shows_the_parts_in_the_place_of_the_step() -> None:
    out = io.StringIO()
    shown: list[tuple[str, str | None, int, bool]] = []
    with shown_progress(Console(file=out, force_terminal=True, width=150)) as progress:

        def both(step: Step) -> None:
            progress(step)
            time.sleep(0.3)
            shown.append((step, step.within, step.done, SLOW in out.getvalue()))
            out.truncate(0)

        told_by(both)
    assert shown == [
        ("reading", None, 0, False),
        ("reading", SLOW, 0, True),
        ("reading", "", 0, False),
        ("writing", None, 1, False),
    ]


def test_lines_and_logs_hold_steps_and_no_parts(tmp_path: Path) -> None:
    out = io.StringIO()
    events: list[str] = []
    run = ReportRun(directory=tmp_path, status="made", seconds=1.0)

    def make(progress: Progress) -> ReportRun:
        told_by(progress)
        return run

    with shown_progress(Console(file=out)) as progress:
        logged_run(
            make,
            log=lambda event, **_: events.append(event),
            dossier=SAMPLE,
            progress=progress,
        )
    assert [line.split(" s  ")[1] for line in out.getvalue().splitlines()] == ["reading", "writing"]
    assert events == ["run_begins", "step", "step", "made"]


@pytest.mark.parametrize(("before", "shown"), [("", False), ("reading", True)])
def test_of_a_small_history_nothing_is_told(before: str, shown: bool) -> None:
    out = io.StringIO()
    with counting(before, Console(file=out, force_terminal=True)) as on_progress:
        review_history(load_dossier(SAMPLE), b"secret", on_progress=on_progress)
    assert "parts" not in out.getvalue()
    assert bool(out.getvalue().strip()) == shown


def test_of_a_large_history_the_parts_are_told_until_they_are_counted() -> None:
    out = io.StringIO()
    with counting("", Console(file=out, force_terminal=True, width=150)) as on_progress:
        on_progress(0, 3)
        on_progress(0, 0)
        told = out.getvalue()
        time.sleep(0.2)
    assert "counting customers: 0 of 3 parts" in told
    assert out.getvalue().count("0 of 3") == told.count("0 of 3")
