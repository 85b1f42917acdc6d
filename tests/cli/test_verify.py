"""`balanstest verify` tells level by level, writes the page, and ends with 0 or 7."""

from __future__ import annotations

from pathlib import Path

from tests.command_line import run_command
from tests.delivered_reports import delivered
from tests.report_cases import Case, report_of


def test_a_sound_report_ends_with_0_and_a_changed_one_with_7(tmp_path: Path) -> None:
    place = delivered(report_of(Case(), tmp_path), tmp_path / "report")
    page = tmp_path / "controle.html"
    sound = run_command(
        "verify", str(place / "onderbouwing.pdf"), "--html", str(page), cwd=tmp_path
    )
    assert sound.returncode == 0, sound.stderr
    assert "SOUND: nothing was found." in sound.stdout
    assert "Er is niets gevonden dat niet klopt." in page.read_text("utf-8")
    (place / "tabellen.xlsx").unlink()
    broken = run_command("verify", str(place), cwd=tmp_path)
    assert broken.returncode == 7
    assert "tabellen.xlsx is missing, though manifest.json names it." in broken.stdout


def test_what_is_no_report_is_wrong_usage(tmp_path: Path) -> None:
    found = run_command("verify", "weg.pdf", cwd=tmp_path)
    assert found.returncode == 2
    assert "is not there" in found.stderr
