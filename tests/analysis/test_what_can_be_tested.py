"""`check` says what the delivered contacts can test, and writes the way out."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace

import numpy as np
import pytest

from balanstest_analysis.analysis.what_can_be_tested import (
    alike_lines,
    densest_lines,
    months_tested_lines,
    too_strict_lines,
    what_can_be_tested,
)
from balanstest_analysis.dossier.criteria import SetAside
from balanstest_analysis.statistics.outcome_counts import OutcomeCounts
from balanstest_analysis.term.strictest_maxima import (
    contacts_needed,
    strictest_maxima,
    strictest_maximum,
)
from tests.counts import dossier, month_table

CURVES = {
    "conversion": lambda month: 0.12 + 0 * month,
    "objection": lambda month: 0.03 + 0 * month,
    "complaint": lambda month: 0.0005 + 0 * month,
}


def complaints(threshold, kind="maximum_rate"):
    return {"name": "Klachten", "kind": kind, "outcome": "complaint", "threshold": threshold}


def advice(contacts, *criteria, aside=()):
    table = month_table(np.random.default_rng(1), CURVES, contacts=contacts, groups=1)
    asked = dossier([*criteria]).model_copy(update={"set_aside": [*aside]})
    return asked, [*too_strict_lines(asked, what_can_be_tested(asked, table))]


def prepared(lines):
    first = next(place for place, line in enumerate(lines) if "[[set_aside]]" in line)
    return tomllib.loads("\n".join(line.strip() for line in lines[first:]))["set_aside"][0]


def test_a_threshold_that_can_be_tested_needs_no_advice():
    assert advice(300_000, complaints(0.002))[1] == []


def test_a_threshold_that_is_too_strict_by_month_may_do_over_the_whole_term():
    asked, lines = advice(20_000, complaints(0.002))
    assert any('kind = "maximum_overall_rate"' in line for line in lines)
    statement = SetAside.model_validate(prepared(lines))
    assert statement.is_about(asked.criteria[0])


def test_where_no_maximum_is_sensible_only_the_description_and_the_set_aside_are_left():
    _, lines = advice(400, complaints(0.002))
    assert "Counted over all months: " in lines[1]
    assert not any("laxer" in line or "overall" in line for line in lines)
    assert "NOG IN TE VULLEN" in prepared(lines)["reason"]


def test_it_says_how_many_contacts_a_test_takes_and_how_many_count():
    by_month = advice(400, complaints(0.002))[1][0]
    needed = f"{contacts_needed(0.002, 0.95):,}"
    assert f"whatever was counted. A test takes {needed} contacts in six months; the" in by_month
    overall = advice(400, complaints(0.002, "maximum_overall_rate"))[1][0]
    assert f"{needed} contacts in the first months, until half of all are in; those" in overall
    assert re.search(r"those count for 2\d\d\.", overall)


def test_the_prepared_reason_holds_nothing_that_was_counted():
    reasons = {prepared(advice(size, complaints(0.001))[1])["reason"] for size in (5_000, 6_000)}
    assert len(reasons) == 1


def test_a_laxer_maximum_is_named_where_one_is_sensible():
    _, lines = advice(5_000, complaints(0.0005))
    assert any(
        re.search(r"A laxer maximum can be tested: 2\.\d % in every month", x) for x in lines
    )


def objections(threshold, kind):
    return {"name": "Verzet", "kind": kind, "outcome": "objection", "threshold": threshold}


@pytest.mark.parametrize("kind", ["maximum_rate", "maximum_overall_rate"])
def test_a_maximum_below_all_months_together_gets_no_way_around_it(kind):
    _, lines = advice(2_000, objections(0.01, kind))
    assert re.search(
        r"asks for at most 1 %, and all months together lie above it: \d+ objections on 2,\d{3} "
        r"contacts; at 95% confidence at least [\d.]+ %\.",
        lines[0],
    )
    assert lines[1:] == ["  It cannot be set aside; `analyse` tells whether it holds in any month."]


def test_a_maximum_is_named_with_all_its_digits_and_what_was_counted_with_two():
    _, lines = advice(2_000, objections(0.0125, "maximum_rate"))
    assert "asks for at most 1.25 %, and" in lines[0]
    assert re.search(r"at least \d\.\d %\.$", lines[0])


def test_a_maximum_that_can_be_tested_is_left_to_the_analysis_whatever_all_months_show():
    assert advice(300_000, objections(0.02, "maximum_rate"))[1] == []


def test_a_stated_set_aside_that_is_void_is_told_as_such():
    aside = SetAside(criterion="Verzet", threshold=0.01, reason="te weinig contacten")
    _, lines = advice(2_000, objections(0.01, "maximum_rate"), aside=[aside])
    assert lines[1:] == [
        "  That it is set aside is void; `analyse` tells whether it holds in any month."
    ]


def test_where_more_was_counted_than_is_allowed_no_set_aside_is_prepared():
    _, lines = advice(300, objections(0.02, "maximum_rate"))
    assert "too strict" in lines[0]
    assert lines[-1] == "  More was counted than it allows, so it cannot be set aside."


@pytest.mark.parametrize("contacts", [[1000] * 12, [1000, 50] * 6, [1000] * 3])
def test_even_contacts_test_the_same_through_the_last_month(contacts):
    found = {"objection": strictest_maxima(counts_of(contacts), 0.95)}
    assert [*densest_lines(found)] == []


def test_the_last_six_months_decide_whether_the_last_month_can_be_tested():
    one = strictest_maxima(counts_of([1000] * 8 + [50] * 8 + [1000] * 8), 0.95)
    assert one.through_all == one.by_month
    assert [*densest_lines({"complaint": one})] == []


def test_it_says_what_can_be_tested_where_contacts_become_fewer():
    one = strictest_maxima(counts_of([1000] * 12 + [50] * 12), 0.95)
    dense, thin = (strictest_maximum(6 * contacts, 0.95) for contacts in (1000, 50))
    assert (one.by_month, one.through_all) == (dense, thin)
    (line,) = densest_lines({"complaint": one})
    assert f"complaints: {100 * dense:.2g} % where contacts are densest" in line
    assert line.endswith(f"through the last month, the strictest is {100 * thin:.2g} %.")


FEWER = {"conversion": lambda month: 0.1 + 0 * month, "objection": lambda month: 0.02 + 0 * month}
MINIMUM = {"name": "Baten", "kind": "minimum_rate", "outcome": "conversion", "threshold": 0.04}


def told_of(contacts, *criteria, months=36, **choices):
    curves = {name: curve for name, curve in FEWER.items() if name != choices.get("without")}
    rng = np.random.default_rng(5)
    table = month_table(rng, curves, contacts=contacts, months=months, groups=1)
    asked = dossier([*criteria])
    return [*months_tested_lines(asked, table, what_can_be_tested(asked, table))]


def test_it_says_through_which_month_a_minimum_can_be_tested():
    (line,) = told_of(2_000, MINIMUM)
    needed = int(re.search(r"at least (\d+) contacts in six months", line)[1])
    assert 100 < needed < 300
    assert line.endswith("there are as many through the last month, 35.")
    (line,) = told_of(300, MINIMUM)
    assert line.endswith("and no six months have as many that count.")


def test_it_says_that_no_term_is_longer_than_the_months_that_can_be_tested():
    curves = {"conversion": lambda month: 0.1 + 0 * month}
    table = month_table(np.random.default_rng(5), curves, contacts=2_000, groups=1)
    table = replace(
        table, frame=table.frame[(table.frame["month"] < 12) | (table.frame["month"] > 33)]
    )
    (line,) = months_tested_lines(dossier([MINIMUM]), table, {})
    assert "there are as many through month 11. After it, with contacts through month 35" in line


def test_a_maximum_that_is_too_strict_or_of_no_data_is_not_told_twice():
    strict = objections(0.001, "maximum_rate")
    assert len(told_of(2_000, MINIMUM, strict)) == 1
    assert len(told_of(2_000, MINIMUM, objections(0.2, "maximum_rate"))) == 2
    assert told_of(2_000, complaints(0.05)) == []


def counts_of(contacts):
    exposure = np.array([contacts])
    return OutcomeCounts(exposure=exposure, events=np.zeros_like(exposure))


def alike(**choices):
    curves = {**CURVES, "objection": lambda month: 0.2 + 0 * month}
    table = month_table(np.random.default_rng(2), curves, contacts=20_000, **choices)
    return [*alike_lines(table, what_can_be_tested(dossier([complaints(0.002)]), table))]


def test_it_says_for_how_many_the_contacts_count_where_campaigns_differ():
    lines = alike(groups=1, campaigns=6, campaign_sd=0.5)
    told = re.search(r"half of all contacts: ([\d,]+)\..* about ([\d,]+):", lines[0])
    there, counting = (int(number.replace(",", "")) for number in told.groups())
    assert 9_500 < there < 10_600
    assert counting < there / 3


def test_it_says_that_a_term_can_be_too_long_where_no_campaigns_are_told_apart():
    assert "`campaign` is not mapped" in alike(groups=1)[-1]
    assert not any("`campaign`" in line for line in alike(groups=1, campaigns=6))
