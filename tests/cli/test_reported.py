"""What `report` says on the terminal: where reports come, before the first step, and page one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from balanstest_analysis.cli import reported
from balanstest_analysis.cli.reported import Telling
from balanstest_analysis.published.json_form import RESULT_NAME
from balanstest_analysis.report.run import ReportRun, Step
from tests.example_results import proposed


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what is told beside results."""
    lines: list[str] = []
    monkeypatch.setattr(reported.notes, "print", lambda line, **_options: lines.append(line))
    return lines


def test_where_reports_come_is_said_once_and_before_the_first_step(
    tmp_path: Path, said: list[str]
) -> None:
    tell = Telling(tmp_path / "reports").before(said.append)
    assert said == []
    for number in range(2):
        tell(Step("starting", done=number, total=2))
    place = f"reports are kept in {tmp_path / 'reports'} (`--output`)"
    assert [line.strip() for line in said] == [place, "starting", "starting"]


@pytest.mark.parametrize("status", ["made", "skipped"])
def test_at_the_end_page_one_is_told_and_results_are_places_alone(
    status: Any, tmp_path: Path, said: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / RESULT_NAME).write_text(json.dumps(proposed()), "utf-8")
    run = ReportRun(directory=tmp_path, status=status, seconds=12.34)
    Telling(tmp_path).after(run, show=False)
    assert said[0].startswith("Done in 12.3 s." if status == "made" else "Nothing changed since")
    assert said[1].startswith("Page one says: ")
    assert capsys.readouterr().out.splitlines() == [
        str(tmp_path / "onderbouwing.html"),
        str(tmp_path / "onderbouwing.pdf"),
    ]
