"""The date and the sector decide the rules."""

from __future__ import annotations

import datetime as dt

import pytest

from balanstest_analysis.dossier import regimes
from balanstest_analysis.dossier.grounds import grounds_of
from balanstest_analysis.dossier.regimes import (
    all_regimes,
    cap_periods,
    regime_on,
    regimes_from,
)
from balanstest_analysis.errors import RunError


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
    assert [regime.id for regime in all_regimes() if not regime.verified] == ["ctm-2024"]


def test_the_law_of_july_2026_was_read_in_its_source_and_its_cap_was_not():
    regime = regime_on(dt.date(2026, 7, 1))
    assert (regime.verified, regime.cap_verified) == (True, False)
    assert "artikel 11.7 (BWBR0009950)" in regime.source
    assert "zelfregulering" in regime.cap_source


@pytest.mark.parametrize(
    ("sector", "kinds"),
    [
        ("charity", {"donation", "volunteer", "public_event"}),
        ("charity_lottery", {"purchase", "service", "contract"}),
        ("publisher", {"purchase", "service", "contract"}),
        ("commercial", set()),
    ],
)
def test_from_july_2026_a_sector_has_a_ground_by_some_kinds_of_event_only(sector, kinds):
    assert regime_on(dt.date(2026, 7, 1)).accepted([sector]) == kinds


def test_an_organisation_in_two_sectors_relies_on_what_either_may():
    regime = regime_on(dt.date(2026, 7, 1))
    cells = grounds_of(regime.grounds, ["charity", "publisher"])
    assert cells["donation"].paragraph.startswith("artikel 11.7, vijfde lid")
    assert cells["purchase"].paragraph.startswith("artikel 11.7, zesde lid")
    assert all(cell.ground for cell in cells.values())


def test_from_2021_volunteers_and_visitors_are_a_relation_of_charities_only():
    regime = regime_on(dt.date(2025, 1, 1))
    assert {"volunteer", "public_event", "donation"} <= regime.accepted(["charity"])
    assert regime.accepted(["commercial"]) == {"purchase", "service", "contract"}
    assert "volunteer" not in regime_on(dt.date(2021, 6, 30)).accepted(["charity"])


CELL = 'charity.donation = { ground = true, paragraph = "artikel 11.7, vijfde lid (schenking)" }'


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("", "`tw-2026.grounds`: has no cell charity.donation"),
        (CELL.replace("true", '"ja"'), "`tw-2026.grounds.charity.donation.ground`"),
        (CELL.replace("charity.", "goed_doel."), "`tw-2026.grounds.goed_doel`"),
        (
            CELL.replace("artikel 11.7, vijfde lid (schenking)", ""),
            "grounds.charity.donation.paragraph`",
        ),
        (CELL.replace("donation", "gift"), "`tw-2026.grounds.charity.gift`"),
    ],
)
def test_a_cell_of_the_rules_that_is_wrong_is_refused_by_its_place(wrong, told):
    with pytest.raises(RunError) as refused:
        regimes_from(regimes._rules_text().replace(CELL, wrong))
    assert told in str(refused.value)


def test_the_cap_begins_later_than_the_code_that_brought_it():
    assert (dt.date(2020, 6, 1), 36) in cap_periods()


def test_only_under_the_rules_of_2020_the_register_takes_the_place_of_a_test():
    assert [regime.id for regime in all_regimes() if regime.register_exempts] == ["ctm-2020"]


def test_the_forbidden_days_of_2024_were_read_in_a_source_and_the_hours_were_not():
    hours = regime_on(dt.date(2025, 1, 1)).hours
    assert (hours.days_verified, hours.verified) == (True, False)
