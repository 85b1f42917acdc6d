"""What carries no meaning does not move the term: slices of the study."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from balanstest_analysis.validation.calibration import SCENARIOS, simulate_counts
from studies import stability as study

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "calibration.md"
COMMITTED = pd.read_csv(ROOT / "studies" / "stability.csv")


def test_another_seed_moves_the_limit_by_a_tenth_of_a_month_at_most():
    assert 0 < study.sd_over_seeds("rising-small", seeds=5) <= 1.5 * study.MOST_SD


@pytest.mark.parametrize("trial", [4, 5, 7])
def test_other_names_and_another_order_leave_term_and_limit_as_they_are(trial):
    assert study.moved_by_names(trial, resamples=200) <= study.MOST_MOVED


def test_supporting_contacts_rarely_shorten_the_term():
    assert sum(study.supported(trial) for trial in range(6)) <= 1


def test_counts_doubled_within_the_same_customers_rarely_shorten_the_term():
    assert sum(study.duplicated(trial) for trial in range(6)) <= 1


@pytest.fixture
def table():
    return simulate_counts(replace(SCENARIOS["exponential"], contacts=6_000), seed=1)[0]


def test_support_is_a_fifth_more_in_the_first_months_at_their_own_rates(table):
    more = study.with_support(table, 6).outcome("conversion")
    before = table.outcome("conversion")
    grown = more.exposure_by_month / before.exposure_by_month
    assert grown[:6] == pytest.approx(1.2, abs=0.02)
    assert (grown[6:] == 1).all()
    rates = [
        one.events_by_month[:6].sum() / one.exposure_by_month[:6].sum() for one in (before, more)
    ]
    assert rates[1] == pytest.approx(rates[0], rel=0.01)
    assert np.trace(more.customers.contacts) == more.exposure.sum()
    assert np.trace(more.customers.events) == more.events.sum()


def test_doubled_counts_say_no_more_than_they_did(table):
    before, twice = (one.outcome("conversion") for one in (table, study.doubled(table)))
    rate = before.events_by_month / before.exposure_by_month
    assert (twice.exposure == 2 * before.exposure).all()
    spread, doubled = (one.customers.residuals(rate) for one in (before, twice))
    assert doubled == pytest.approx(4 * spread)


def test_the_whole_study_stays_within_what_is_asked():
    assert [*COMMITTED["trials"]] == [20, 20, 20, study.HISTORIES, 120, 120, study.RENAMED]
    assert (COMMITTED["value"] <= COMMITTED["allowed"]).all()


def test_the_page_tells_how_many_terms_doubled_counts_move():
    """What was found stands on the page as the study found it."""
    moved = COMMITTED.loc[COMMITTED["what"] == "all counts doubled", "value"].item()
    told = re.search(r"doubled\); now they move (\d+)\.", PAGE.read_text("utf-8"))
    assert told is not None
    assert int(told[1]) == moved
