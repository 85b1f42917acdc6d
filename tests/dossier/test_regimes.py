"""The date and the sector decide the rules."""

from __future__ import annotations

import datetime as dt

import pytest

from balanstest_analysis.dossier.regimes import all_regimes, cap_periods, regime_on


@pytest.mark.parametrize(
    ("date", "regime", "cap"),
    [
        (dt.date(2010, 1, 1), "ctm-2012", None),
        (dt.date(2020, 2, 29), "ctm-2012", None),
        (dt.date(2020, 3, 1), "ctm-2020", 36),
        (dt.date(2021, 7, 1), "tw-2021", 36),
        (dt.date(2024, 10, 15), "ctm-2024", 36),
        (dt.date(2026, 7, 1), "tw-2026", 36),
    ],
)
def test_a_date_has_one_regime(date, regime, cap):
    assert (regime_on(date).id, regime_on(date).cap_months) == (regime, cap)


def test_commercial_organisations_have_no_ground_from_july_2026():
    assert not regime_on(dt.date(2026, 7, 1)).allows("commercial")
    assert regime_on(dt.date(2026, 6, 30)).allows("commercial")
    for sector in ("charity", "charity_lottery", "publisher"):
        assert regime_on(dt.date(2026, 7, 1)).allows(sector)


def test_what_was_not_verified_says_so():
    assert [regime.id for regime in all_regimes() if not regime.verified] == ["ctm-2024", "tw-2026"]


def test_the_cap_begins_later_than_the_code_that_brought_it():
    assert (dt.date(2020, 6, 1), 36) in cap_periods()


def test_only_under_the_rules_of_2020_the_register_takes_the_place_of_a_test():
    assert [regime.id for regime in all_regimes() if regime.register_exempts] == ["ctm-2020"]


def test_the_forbidden_days_of_2024_were_read_in_a_source_and_the_hours_were_not():
    hours = regime_on(dt.date(2025, 1, 1)).hours
    assert (hours.days_verified, hours.verified) == (True, False)
