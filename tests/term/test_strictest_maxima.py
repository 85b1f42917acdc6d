"""What contacts can test is told before anyone states a threshold that they cannot."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from balanstest_analysis.document import wording
from balanstest_analysis.statistics.evidence import needed_for_maximum
from balanstest_analysis.term.outcomes import analyse_outcomes, series_of
from balanstest_analysis.term.proposal import propose
from balanstest_analysis.term.strictest_maxima import strictest_maxima, strictest_maximum
from tests.counts import dossier, month_table

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "how-to" / "what-can-be-tested.md"
STARTER = ROOT / "balanstest_analysis" / "cli" / "starter.toml"


def shown(rate):
    return f"{100 * rate:.2g}"


def test_the_strictest_maximum_is_the_last_that_its_contacts_suffice_for():
    for contacts in (200, 1_500, 40_000):
        strictest = strictest_maximum(contacts, 0.95)
        assert needed_for_maximum(strictest, 0.95) <= contacts
        assert needed_for_maximum(0.9 * strictest, 0.95) > contacts


def test_the_page_tells_what_is_computed():
    rows = re.findall(r"^\| ([\d,]+) \| ([\d.]+) % \| ([\d.]+) % \|$", PAGE.read_text(), re.M)
    assert {int(size.replace(",", "")) for size, _, _ in rows} >= {300, 5_000, 20_000, 100_000}
    for size, by_month, overall in rows:
        contacts = int(size.replace(",", ""))
        assert by_month == shown(strictest_maximum(contacts / 6, 0.95))
        assert overall == shown(strictest_maximum(contacts / 2, 0.95))


def test_the_starter_tells_the_same_in_dutch():
    rows = re.findall(r"^# +([\d.]+) +([\d,]+)% +([\d,]+)%$", STARTER.read_text("utf-8"), re.M)
    page = PAGE.read_text("utf-8").split("<!-- strictest -->")[1].split("<!-- end")[0]
    assert len(rows) == len(re.findall(r"^\| [\d,]+ \| [\d.]+ %", page, re.M))
    for size, by_month, overall in rows:
        contacts = int(size.replace(".", ""))
        assert size == wording.number(contacts)
        assert by_month == shown(strictest_maximum(contacts / 6, 0.95)).replace(".", ",")
        assert overall == shown(strictest_maximum(contacts / 2, 0.95)).replace(".", ",")


CURVES = {
    "conversion": lambda month: 0.12 + 0 * month,
    "complaint": lambda month: 0 * month,
}


@pytest.mark.parametrize("kind", ["maximum_rate", "maximum_overall_rate"])
def test_a_stricter_maximum_is_untested_and_a_laxer_one_is_not(kind):
    table = month_table(np.random.default_rng(2), CURVES, contacts=30_000, groups=1)
    found = strictest_maxima(table.outcome("complaint"), 0.95)
    strictest = found.by_month if kind == "maximum_rate" else found.overall
    statuses = []
    for threshold in (0.9 * strictest, 1.05 * strictest):
        asked = dossier(
            [{"name": "klachten", "kind": kind, "outcome": "complaint", "threshold": threshold}]
        )
        series = series_of(analyse_outcomes(asked, table), table.months)
        statuses.append(propose(asked, series).per_criterion[0].status)
    assert statuses[0] == "too_little_data" != statuses[1]


def test_repeated_calls_leave_less_to_test():
    crowd = month_table(np.random.default_rng(2), CURVES, contacts=30_000, group_sd=1.5)
    apart = month_table(np.random.default_rng(2), CURVES, contacts=30_000, groups=1)
    conversions = [strictest_maxima(one.outcome("conversion"), 0.95) for one in (crowd, apart)]
    assert conversions[0].by_month > conversions[1].by_month


def test_complaints_on_few_contacts_leave_no_sensible_maximum():
    table = month_table(np.random.default_rng(2), CURVES, contacts=400, groups=1)
    assert not strictest_maxima(table.outcome("complaint"), 0.95).is_sensible("complaint")
    table = month_table(np.random.default_rng(2), CURVES, contacts=40_000, groups=1)
    assert strictest_maxima(table.outcome("complaint"), 0.95).is_sensible("complaint")


def test_the_page_tells_how_many_dossiers_end_with_a_number():
    table = pd.read_csv(ROOT / "studies" / "dossiers.csv").set_index(["contacts", "complaints"])
    share = table["with_a_number"]
    text = PAGE.read_text("utf-8").split("<!-- dossiers -->")[1]
    rows = re.findall(r"^\| ([\d,]+) \| (\d+) % \| (\d+) % \| (\d+) % \|$", text, re.M)
    assert len(rows) == len(share.index.unique("contacts"))
    for size, *told in rows:
        ways = ("in every month", "over the whole term", "set aside")
        counted = [share[int(size.replace(",", "")), way] for way in ways]
        assert told == [f"{100 * one:.0f}" for one in counted]
