"""The days on which calling is forbidden: what is listed is what the package says."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys

import pytest

from balanstest_analysis.dossier.calling_hours import dutch_holidays
from tests.slow_compliance import holidays_of
from tools.list_holidays import CATEGORIES, FIRST_YEAR, LAST_YEAR, LISTED, listed_holidays


def test_the_listed_days_are_those_of_the_package() -> None:
    assert LISTED.read_text(encoding="utf-8") == listed_holidays()


@pytest.mark.parametrize("year", [2014, 2025, LAST_YEAR, LAST_YEAR + 1])
def test_a_year_has_the_days_that_are_reckoned_from_easter_by_hand(year: int) -> None:
    remembrance = dt.date(year, 5, 4)

    assert dutch_holidays(year, CATEGORIES) == holidays_of(year) - {remembrance}
    assert dutch_holidays(year, ("optional",)) <= {dt.date(year, 5, 5)}


def test_the_calendars_of_all_countries_are_not_loaded_for_a_listed_year() -> None:
    code = (
        "import sys; from balanstest_analysis.dossier.calling_hours import dutch_holidays; "
        f"dutch_holidays({FIRST_YEAR}, ('public',)); assert 'holidays' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
