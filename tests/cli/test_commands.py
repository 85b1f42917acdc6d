"""The command line: one clear sentence and the right exit code, nothing half-written."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import webbrowser
from importlib import metadata
from pathlib import Path

import pytest
from jupyterlab import labapp
from rich.console import Console

from balanstest_analysis.cli import terminal
from balanstest_analysis.cli.checked import finding_lines
from balanstest_analysis.cli.terminal import open_in_browser, shown_progress
from balanstest_analysis.history.findings import BridgeLine, Finding
from balanstest_analysis.report.run import Step
from tests.command_line import run_command

SAMPLE = Path(__file__).parents[2] / "data" / "sample"
DOSSIER = """\
schema = 1
template = "opt-in"
[organisation]
name = "Stichting Voorbeeld"
sector = "charity"
[scope]
category = "donaties"
[data]
data_through = 2026-09-30
[data.calls]
path = "calls.csv"
[data.events]
path = "events.csv"
[[criteria]]
name = "baat"
kind = "minimum_rate"
outcome = "conversion"
threshold = 0.03
reason = "kosten"
"""
CALLS = """\
customer_id,called_at,net_contact,converted
F-1,2026-03-02 10:00,ja,nee
F-2,2026-03-03 10:00,ja,ja
F-3,2026-03-04 10:00,nee,nee
"""
EVENTS = """\
customer_id,occurred_on
F-1,2025-03-02
F-2,2025-03-02
F-3,2025-03-02
"""
COUNTS = DOSSIER.replace("[data.calls]\n", "[data.counts]\n").replace("calls.csv", "counts.csv")
COUNTS = COUNTS.replace('[data.events]\npath = "events.csv"\n', "")


def run_apart(*arguments, cwd):
    """Run a command in a process of its own: all that reaches a terminal is in what it returns."""
    command = [sys.executable, "-m", "balanstest_analysis", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def lines(path):
    return path.read_text("utf-8").splitlines()


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "balanstest.toml").write_text(DOSSIER, "utf-8")
    (tmp_path / "calls.csv").write_text(CALLS, "utf-8")
    (tmp_path / "events.csv").write_text(EVENTS, "utf-8")
    return tmp_path


def assert_refused(result, folder, *words):
    assert result.returncode == 3, result.stderr
    assert result.stdout == ""
    refusals = [line for line in result.stderr.splitlines() if not line.startswith(" ")]
    assert len(refusals) == 1
    assert refusals[0].startswith("balanstest: ")
    assert all(word in result.stderr for word in words)
    assert "Traceback" not in result.stderr
    assert "F-" not in result.stderr
    assert not (folder / "reports").exists()


def test_a_dossier_with_an_unknown_key_is_refused(folder):
    (folder / "balanstest.toml").write_text(DOSSIER.replace("category", "categry"), "utf-8")
    text = DOSSIER.replace('category = "donaties"', 'category = "donaties"\nterm = 3')
    (folder / "balanstest.toml").write_text(text, "utf-8")
    result = run_command("report", "balanstest.toml", cwd=folder)
    assert_refused(result, folder, "unknown key `scope.term`", "Allowed are category")


def test_a_missing_file_is_refused(folder):
    (folder / "events.csv").unlink()
    result = run_command("report", "balanstest.toml", cwd=folder)
    assert_refused(result, folder, "events.csv")


def test_a_missing_column_is_refused(folder):
    (folder / "calls.csv").write_text(CALLS.replace("converted", "sold"), "utf-8")
    result = run_apart("report", "balanstest.toml", cwd=folder)
    assert_refused(result, folder, "calls.csv", "`converted`", "sold")


def test_a_date_after_data_through_is_refused(folder):
    (folder / "calls.csv").write_text(CALLS.replace("2026-03-03", "2031-04-05"), "utf-8")
    result = run_command("report", "balanstest.toml", cwd=folder)
    assert_refused(result, folder, "calls.csv", "row 3", "2031-04-05", "2026-09-30")


def test_check_tells_what_was_found_and_writes_nothing(folder):
    before = sorted(folder.iterdir())
    result = run_command("check", "balanstest.toml", cwd=folder)
    assert result.returncode == 0, result.stderr
    assert "rows in" in result.stdout
    assert "not delivered" in result.stdout
    assert "conditions.same_entity" in result.stdout
    assert "The report counts more: measures for the breaches" in result.stdout
    assert result.stdout.splitlines()[-1].startswith("Nothing blocks. Next: ")
    assert sorted(folder.iterdir()) == before


def test_check_tells_every_finding_and_refuses_what_blocks(folder):
    header, *_ = CALLS.splitlines()
    rows = [f"{n},2026-03-{n:02d} 23:00,nee,nee" for n in range(2, 14)]
    (folder / "calls.csv").write_text("\n".join([header, *rows]), "utf-8")
    events = "\n".join(["customer_id,occurred_on", *(f"{n:04d},2025-03-02" for n in range(2, 14))])
    (folder / "events.csv").write_text(events, "utf-8")
    result = run_command("check", "balanstest.toml", cwd=folder)
    assert result.returncode == 3, result.stderr
    told = result.stdout[result.stdout.index("Findings") :]
    assert told.splitlines()[1].startswith("  BLOCKING ")
    assert told.rindex("BLOCKING") < told.index("outside hours: 11 in calls, for example calls.csv")
    assert "leading zeros differ events: 12" in told
    assert len(result.stderr.splitlines()) == 2
    assert "Export the same key in both." in result.stderr
    assert "Map the dialler's codes" in result.stderr
    assert run_command("analyse", "balanstest.toml", cwd=folder).returncode == 3


def test_analyse_prints_the_criteria_and_writes_the_internal_result(tmp_path):
    (tmp_path / "balanstest.toml").write_text(COUNTS, "utf-8")
    rows = "".join(f"{month},500,{60 - 2 * month}\n" for month in range(30))
    header = "months_since_purchase,contacts,conversions\n"
    (tmp_path / "counts.csv").write_text(header + rows, "utf-8")
    result = run_apart("analyse", "balanstest.toml", "--json", "result.json", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert "baat" in result.stdout
    written = json.loads((tmp_path / "result.json").read_text("utf-8"))
    assert written["audience"] == "internal"
    assert written["outcomes"]["conversion"]["rates"][3]["k"] == 54
    assert written["outcomes"]["complaint"]["available"] is False
    assert "criteria.burden" in written["gaps"]


def test_wrong_usage_has_its_own_exit_code(folder):
    assert run_apart("report", cwd=folder).returncode == 2
    assert run_command("check", "balanstest.toml", "--quarter", "lente", cwd=folder).returncode == 2
    assert run_command("simulate", "out", "--scenario", "none", cwd=folder).returncode == 2


def test_a_final_report_with_gaps_is_refused_by_its_own_exit_code(folder):
    result = run_command("report", "balanstest.toml", "--final", "--log", "log.jsonl", cwd=folder)
    assert result.returncode == 5
    events = [json.loads(line) for line in lines(folder / "log.jsonl")]
    assert [event["event"] for event in events if event["event"] != "step"] == [
        "run_begins",
        "failed",
    ]
    assert events[-1]["exit_code"] == 5
    assert {"time", "dossier", "step", "done", "total"} == set(events[1]) - {"event"}
    assert "conditions.same_entity" in result.stderr
    assert not (folder / "reports").exists() or not any((folder / "reports").iterdir())


def test_quarterly_tries_every_dossier_and_returns_the_worst_exit_code(tmp_path):
    for name, text in {"een": "schema = = 1", "twee": COUNTS.replace("kosten", "")}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "balanstest.toml").write_text(text, "utf-8")
    result = run_command("quarterly", ".", "--log", "log.jsonl", cwd=tmp_path)
    assert result.returncode == 3
    assert "twee/balanstest.toml" in result.stdout
    assert "not valid TOML" in result.stderr
    html, overview = (tmp_path / line for line in result.stdout.splitlines()[-2:])
    assert "Wat niet is gelukt" in html.read_text("utf-8")
    rows = json.loads(overview.read_text("utf-8"))["dossiers"]
    assert [row["exit_code"] for row in rows] == [3, 3]
    events = [json.loads(line)["event"] for line in lines(tmp_path / "log.jsonl")]
    assert events == ["quarter_begins", "failed", "failed", "quarter_ended"]


def test_every_option_is_explained(folder):
    for command in ("init", "check", "analyse", "report", "quarterly", "simulate"):
        result = run_command(command, "--help", cwd=folder)
        assert result.returncode == 0
        assert "Usage" in result.stdout


def test_a_starter_dossier_can_be_checked_right_away(tmp_path):
    assert run_command("init", "nieuw", cwd=tmp_path).returncode == 0
    result = run_command("check", "nieuw/balanstest.toml", cwd=tmp_path)
    assert "Traceback" not in result.stderr
    assert result.returncode in {0, 3}
    assert run_command("init", "nieuw", cwd=tmp_path).returncode == 2


def test_the_version_is_told_alone(folder):
    told = run_command("--version", cwd=folder)
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout == f"balanstest {metadata.version('balanstest-analysis')}\n"


@pytest.mark.parametrize("command", ["", "report", "answers"])
def test_h_is_help(command, folder):
    asked = run_command(*filter(None, [command]), "-h", cwd=folder)
    assert asked.returncode == 0
    assert "Usage" in asked.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_completes_the_commands(shell, folder):
    options = {"_BALANSTEST_COMPLETE": f"complete_{shell}", "COMP_WORDS": "balanstest do"}
    options |= {"COMP_CWORD": "1", "_TYPER_COMPLETE_ARGS": "balanstest do"}
    options |= {"_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    command = Path(sys.executable).with_name("balanstest")
    environment = {**os.environ, **options, "PYTHONPATH": str(SAMPLE.parents[1])}
    done = subprocess.run(
        [command], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert "doctor" in done.stdout
    assert "document" in done.stdout
    assert "quarterly" not in done.stdout


def test_a_report_is_opened_when_asked(folder, monkeypatch, capsys):
    opened = []
    monkeypatch.setattr(webbrowser, "open", lambda page: opened.append(page) or True)
    open_in_browser(folder / "onderbouwing.html")
    assert opened == [(folder / "onderbouwing.html").resolve().as_uri()]
    assert capsys.readouterr() == ("", "")


def test_a_machine_without_a_browser_is_told_so(folder, monkeypatch):
    monkeypatch.setattr(webbrowser, "open", lambda _page: False)
    said = []
    monkeypatch.setattr(terminal.notes, "print", said.append)
    open_in_browser(folder / "onderbouwing.html")
    assert said == ["No browser was found here; open the file yourself."]


def test_a_step_is_told_once_however_many_cells_it_takes():
    out = io.StringIO()
    steps = ["starting", "starting", "writing the chapters", "writing the chapters"]
    with shown_progress(Console(file=out)) as progress:
        for done, name in enumerate(steps):
            progress(Step(name, done=done, total=len(steps)))
    assert [line.split(" s  ")[1] for line in out.getvalue().splitlines()] == [
        "starting",
        "writing the chapters",
    ]


def test_a_finding_that_counts_other_than_the_account_says_why():
    bridge = [
        BridgeLine(code=code, count=count)
        for code, count in (("rows_in", 200), ("duplicate_call", 0), ("running_customer", 30))
    ] + [BridgeLine(code="after_objection", count=82), BridgeLine(code="in_exposure", count=88)]
    told = list(finding_lines([Finding(code="after_objection", count=98)], bridge))
    assert told[0] == "after objection: 98 in calls"
    assert told[2] == (
        "  The account above has 82 of them: there a call stands once, in the first line that "
        "applies (before this one: `running customer`)."
    )
    alike = list(finding_lines([Finding(code="after_objection", count=82)], bridge))
    assert len(alike) == len(told) - 1


def test_a_finding_about_a_term_says_from_which_relation_each_of_two_counts_is():
    bridge = [BridgeLine(code="rows_in", count=200), BridgeLine(code="beyond_cap", count=82)]
    told = list(finding_lines([Finding(code="beyond_cap", count=98)], bridge))
    assert told[3] == (
        "  Nor do both look at the same relation: here it is the last that counted by the rules of "
        "the day of the call, there the last that counts by those of the report date."
    )


def test_lab_says_where_there_are_no_notebooks(folder):
    refused = run_command("lab", "weg", "--no-browser", cwd=folder)
    assert refused.returncode == 2
    assert refused.stderr == (
        "balanstest: There is no folder `weg`. Give the folder that holds notebooks.\n"
    )


def test_lab_passes_on_what_is_for_jupyterlab(folder, monkeypatch):
    given = []
    monkeypatch.setattr(labapp.LabApp, "launch_instance", lambda *, argv: given.append(argv))
    assert run_command("lab", ".", "--no-browser", "--port=8890", cwd=folder).returncode == 0
    assert given == [[".", "--no-browser", "--port=8890"]]
