"""What `balanstest analyse` says beside the criteria of what makes them doubtful."""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd
import pytest
from rich.console import Console

from balanstest_analysis import analyse, load_dossier
from balanstest_analysis.cli.outcome import doubt_lines, print_outcome
from balanstest_analysis.history.findings import Finding
from tests.counted_dossier import write_counts


def test_the_terminal_waits_for_no_other_view_of_the_proposal(tmp_path: Path) -> None:
    write_counts(tmp_path / "d")
    counts = pd.read_csv(tmp_path / "d" / "counts.csv").drop(columns="complaints")
    counts.to_csv(tmp_path / "d" / "counts.csv", index=False)
    analysis, out = analyse(load_dossier(tmp_path / "d" / "balanstest.toml")), io.StringIO()
    print_outcome(Console(file=out, width=100), analysis)
    assert "Verzet" in out.getvalue()
    assert "No data were delivered about the complaints." in out.getvalue()
    assert "objections." not in out.getvalue()
    exact = analysis.exact
    assert "views" not in vars(exact)
    assert exact.standing.gaps == exact.result.gaps
    assert "views" in vars(exact)


def test_doubtful_findings_are_named_with_where_they_are_told() -> None:
    codes = ("months_without_objections", "few_customer_match_events", "outside_hours")
    [line] = doubt_lines([Finding(code=code, count=12) for code in codes], 0)
    assert line == (
        "Doubtful by what was found in the history: few customer match events, months without "
        "objections; see `balanstest check`."
    )


@pytest.mark.parametrize("code", ["outside_hours", "months_without_calls"])
def test_where_nothing_is_doubtful_nothing_is_added(code: str) -> None:
    assert list(doubt_lines([Finding(code=code, count=12)], 0)) == []


def test_codes_that_stand_elsewhere_than_their_words_say_are_counted() -> None:
    [one], [two] = doubt_lines([], 1), doubt_lines([], 2)
    assert one.startswith("Look again: 1 result code stands elsewhere than its words say;")
    assert two.startswith("Look again: 2 result codes stand elsewhere than their words say;")
