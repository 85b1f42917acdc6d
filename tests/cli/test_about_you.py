"""What is said on the command line of `init` stands in the dossier, and is asked for no more."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path

import pytest

from balanstest_analysis.cli.about_you import AboutYou, about_you, to_state
from balanstest_analysis.dossier.grounds import SECTORS
from balanstest_analysis.errors import UsageError
from tests.command_line import run_command

SAID = [
    *("--organisation", 'Stichting "De Vuurtoren" \\ Zee', "--sector", "charity"),
    *("--sector", "publisher", "--category", "Donateurschap", "--report-date", "2026-03-31"),
]


def test_what_is_said_is_written_in_its_places(tmp_path: Path) -> None:
    done = run_command("init", "d", *SAID, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    dossier = tomllib.loads((tmp_path / "d" / "balanstest.toml").read_text("utf-8"))
    assert dossier["organisation"] == {
        "name": 'Stichting "De Vuurtoren" \\ Zee',
        "sector": ["charity", "publisher"],
    }
    assert dossier["scope"]["category"] == "Donateurschap"
    assert dossier["scope"]["report_date"] == dt.date(2026, 3, 31)
    assert [criterion["name"] for criterion in dossier["criteria"]] == ["NOG IN TE VULLEN"]
    assert "who you are" not in done.stdout
    assert "your sector" not in done.stdout
    assert "your criteria with their reasons" in done.stdout


def test_what_is_not_said_is_still_asked_for() -> None:
    assert to_state(AboutYou(), last_day_known=False) == (
        "State in it what only you know: who you are and the category, which `check` lists until "
        "then, and what is refused until then: your sector, the last day of the data, after which "
        "a report is named, the day of the report, and your criteria with their reasons."
    )
    everything = about_you(
        organisation="A", sectors=["charity"], category="b", report_date="2026-03-31"
    )
    assert to_state(everything, last_day_known=True).endswith(
        "what is refused until then: your criteria with their reasons."
    )


def test_the_help_names_every_sector(tmp_path: Path) -> None:
    told = " ".join(run_command("init", "-h", cwd=tmp_path, COLUMNS="500").stdout.split())
    assert f"Your sector: {', '.join(SECTORS[:-1])} or {SECTORS[-1]}." in told


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"sectors": ["goed doel"]}, "--sector is 'goed doel'; allowed is one of charity, "),
        ({"report_date": "31-03-2026"}, "--report-date is '31-03-2026'; allowed is a day such as"),
    ],
)
def test_a_sector_or_a_day_that_there_is_not_is_refused(
    said: dict[str, object], sentence: str
) -> None:
    nothing = {"organisation": "", "sectors": (), "category": "", "report_date": ""}
    with pytest.raises(UsageError) as found:
        about_you(**{**nothing, **said})  # type: ignore[arg-type]
    assert sentence in str(found.value)
