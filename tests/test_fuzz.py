"""A seeded slice of the fuzz: no traceback, no defect of the tool, no customer's key shown."""

from __future__ import annotations

from studies.fuzz import fuzz

SECONDS = 45


def test_damaged_dossiers_and_exports_end_in_a_report_or_a_message() -> None:
    codes, failures = fuzz(SECONDS)
    assert failures == []
    assert codes[0] > 0
    assert codes[3] > 0
