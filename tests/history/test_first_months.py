"""Months that somebody else counted: from which one they begin."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from balanstest_analysis.history.exposure import load_exposure
from balanstest_analysis.history.first_months import begin_at_one
from tests.histories import tables, write_dossier


@pytest.mark.parametrize(
    ("contacts", "found"),
    [
        ({1: 50, 2: 60, 3: 80}, 50),
        ({1: 50, 2: 100, 3: 100}, 50),
        ({1: 49, 2: 60, 3: 80}, None),
        ({1: 50, 2: 100, 3: 101}, None),
        ({0: 1, 1: 500, 2: 500}, None),
        ({2: 500, 3: 500}, None),
        ({}, None),
    ],
    ids=["many", "half", "few", "less than half", "a first month", "called later", "nothing"],
)
def test_many_contacts_in_month_one_and_none_in_month_nought_are_told(
    contacts: dict[int, int], found: int | None
) -> None:
    months = pd.DataFrame({"month": contacts.keys(), "net_contacts": contacts.values()})
    told = begin_at_one(months)
    assert (told and told.count) == found


@pytest.mark.parametrize(("shift", "told"), [(0, False), (1, True)])
def test_counts_that_were_rounded_up_are_a_finding(
    tmp_path: Path, shift: int, *, told: bool
) -> None:
    rows = "".join(f"{month + shift},100,5\n" for month in range(12))
    (tmp_path / "counts.csv").write_text(f"months_since_purchase,contacts,conversions\n{rows}")
    findings = load_exposure(write_dossier(tmp_path, tables("counts")), b"secret").findings
    assert ("months_begin_at_one" in {finding.code for finding in findings}) == told
