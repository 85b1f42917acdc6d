"""Every awkward export ends in the right numbers, or in one clear message and exit code 3."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from balanstest_analysis.cli import commands as cli
from balanstest_analysis.history.compliance import review as compliance
from balanstest_analysis.history.month_table import MonthTable
from tests.awkward_exports import EXPORTS, RIGHT, Export, write_export


@pytest.fixture
def tables(monkeypatch: pytest.MonkeyPatch) -> list[MonthTable]:
    """Return the month tables that `check` made."""
    made: list[MonthTable] = []
    review = compliance.review_history

    def recorded(*arguments: Any, **options: Any) -> compliance.ReviewedHistory:
        reviewed = review(*arguments, **options)
        made.append(reviewed.exposure.month_table)
        return reviewed

    monkeypatch.setattr(compliance, "review_history", recorded)
    return made


def months_of(table: MonthTable) -> dict[int, tuple[int, int]]:
    """Return net contacts and conversions per month."""
    frame = table.frame.groupby("month")[["conversion_exposure", "conversion_events"]].sum()
    return {
        int(month): (int(exposure), int(events))
        for month, exposure, events in frame.itertuples()
        if exposure
    }


def check(dossier: Path) -> int:
    return cli._run(lambda: cli.app(["check", str(dossier)], standalone_mode=False))


def test_there_are_at_least_forty() -> None:
    assert len({export.name for export in EXPORTS}) == len(EXPORTS) >= 40


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.name)
def test_an_awkward_export_is_read_right_or_refused_clearly(
    export: Export,
    tmp_path: Path,
    tables: list[MonthTable],
    capsys: pytest.CaptureFixture[str],
) -> None:
    code = check(write_export(tmp_path, export))
    message = capsys.readouterr().err
    if not export.refused:
        assert (code, message) == (0, "")
        assert months_of(tables[0]) == (export.months or RIGHT)
        return
    assert code == 3
    assert all(part in message for part in export.refused), message
    assert tables == []
    assert len(message) < 600
    assert not re.search(r"Traceback|06-12345678|voorbeeld\.nl|NL91|99999", message)
