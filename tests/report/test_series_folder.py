"""A series is known by its names, however they are spelled."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from balanstest_analysis.report.earlier_quarters import all_series, earlier_in_series
from balanstest_analysis.report.earlier_reports import earlier_reports
from balanstest_analysis.report.series_folder import is_same_series, series_folder, series_name
from tests.history.test_history import keep, quarter
from tests.report.test_earlier_reports import published, put

NAME = "Donaties aan Café Één"
SPELLINGS = {
    "decomposed accents": unicodedata.normalize("NFD", NAME),
    "capitals": NAME.upper(),
    "a double space": NAME.replace(" ", "  "),
    "a no-break space": NAME.replace(" ", "\u00a0"),
    "a narrow no-break space": NAME.replace(" ", "\u202f"),
    "a zero-width space": NAME.replace("Café", "Ca\u200bfé"),
    "a soft hyphen": NAME.replace("Donaties", "Dona\u00adties"),
    "a mark of direction": "\u202e" + NAME,
    "spaces around it": f" {NAME}\t",
    "wide letters": NAME.replace("Donaties", "Ｄonaties"),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_an_earlier_report_is_found_under_every_spelling(tmp_path: Path, spelling: str) -> None:
    other = SPELLINGS[spelling]
    put(tmp_path, published("2026-Q1", category=NAME))
    for organisation in ("Stichting Voorbeeld", "stichting  VOORBEELD"):
        found = earlier_reports(
            tmp_path, organisation=organisation, category=other, data_through="2026-09-30"
        )
        assert [report["period"] for report in found] == ["2026-Q1"]
    assert series_folder("a", other) == series_folder("a", NAME)


def test_quarters_of_one_series_stand_together_under_the_last_name(tmp_path: Path) -> None:
    for period, category in (("2026-Q1", NAME), ("2026-Q2", NAME.upper())):
        keep(tmp_path, quarter(period), category=category)
    [(names, quarters)] = all_series(tmp_path).items()
    assert names[1] == NAME.upper()
    assert [found.period for found in quarters] == ["2026-Q1", "2026-Q2"]
    scope = {"organisation": names[0].lower(), "category": NAME}
    assert earlier_in_series(tmp_path, **scope, period="2026-Q3") == quarters


OTHERS = ["Donaties aan Café Twee", "Donatie aan Café Één", "", "Donaties"]


@pytest.mark.parametrize("other", OTHERS)
def test_another_name_is_another_series(other: str) -> None:
    assert series_name(other) != series_name(NAME)
    assert not is_same_series(("Stichting", other), ("Stichting", NAME))
    assert not is_same_series(("Stichting", None), ("Stichting", NAME))
