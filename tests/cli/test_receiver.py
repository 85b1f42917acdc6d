"""Who makes reports is told what their receiver would find, in the words of both."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from balanstest_analysis.cli.receiver import doubt_in, main
from tests.delivered_reports import delivered
from tests.report_cases import Case, report_of


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    return delivered(report_of(Case(), folder), folder / "report")


def test_a_report_that_was_spoilt_is_named_in_both_languages_and_a_sound_one_is_not(
    report: Path,
) -> None:
    assert doubt_in(report, 300) is None
    result = report / "resultaat.json"
    before = result.read_bytes()
    content = json.loads(before)
    content["proposal"]["term_months"] += 6
    result.write_text(json.dumps(content), "utf-8")
    found = doubt_in(report, 300)
    result.write_bytes(before)
    assert found is not None
    assert found.reason.startswith("Who checks it finds ")
    assert "resultaat.json was changed: its SHA-256 is" in found.reason
    assert found.reden.startswith("Wie het controleert, vindt ")
    assert "resultaat.json is gewijzigd: het SHA-256-kenmerk is" in found.reden


def test_a_check_that_lasts_too_long_is_a_doubt(report: Path) -> None:
    found = doubt_in(report, 0)
    assert found is not None
    assert "took more than 0 seconds" in found.reason


def test_what_is_no_report_is_a_doubt_and_no_trouble(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["receiver", str(tmp_path / "weg")])
    main()
    told = json.loads(capsys.readouterr().out)
    assert "is not there" in told["reason"]
    assert "de map is niet als rapport te lezen" in told["reden"]
