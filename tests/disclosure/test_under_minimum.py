"""What was published under a lower minimum is not told again where it is small today."""

from __future__ import annotations

import numpy as np
import pytest

from balanstest_analysis.disclosure.publish import publish
from balanstest_analysis.disclosure.under_minimum import under_minimum
from balanstest_analysis.published.counts import Exact, Few, Kept, number
from balanstest_analysis.published.json_form import counts_from_json
from balanstest_analysis.published.report_counts import ReportCounts, counts_of_result
from tests.disclosure_histories import draw, internal, later
from tests.exact_results import published


def small(report: ReportCounts, minimum: int) -> list[int]:
    """Return counts of 1 to the minimum less one, and such rests of a row."""
    rows = [row for outcome in report.outcomes.values() for row in outcome.rows]
    people = [row for table in report.incidence_since_contact.values() for row in table]
    counts = [count for row in rows for count in (row.contacts, row.events)]
    counts += [count for row in people for count in (row.at_risk, row.events)]
    counts += [row.contacts for row in report.composition]
    counts += [finding.count for finding in report.findings]
    values = [number(count) for count in counts] + [line.count for line in report.bridge]
    for row in rows:
        n, k = number(row.contacts), number(row.events)
        values.append(None if n is None or k is None else n - k)
    return [value for value in values if value is not None and 0 < value < minimum]


@pytest.mark.parametrize("seed", range(40))
def test_no_count_below_the_minimum_of_today_is_left_of_an_earlier_report(seed: int) -> None:
    history = draw(np.random.default_rng(seed))
    history.minimum = 3
    before = counts_of_result(publish(internal(history)))
    assert small(under_minimum(before, 10), 10) == []
    assert under_minimum(before, 3) == before


def test_there_were_small_counts_to_leave_out() -> None:
    histories = [draw(np.random.default_rng(seed)) for seed in range(40)]
    for history in histories:
        history.minimum = 3
    assert sum(bool(small(counts_of_result(publish(internal(h))), 10)) for h in histories) > 15


@pytest.mark.parametrize("seed", range(12))
def test_a_row_that_is_kept_hides_what_is_small_under_the_minimum_of_today(seed: int) -> None:
    rng = np.random.default_rng(seed)
    history = draw(rng)
    history.minimum = 5
    first = published(internal(history))
    then = later(rng, history, "quiet")
    then.minimum = 10
    report = published(internal(then), [first])
    assert small(counts_from_json(report), 10) == []


def test_a_count_that_is_large_enough_or_hidden_stays_as_it_was() -> None:
    history = draw(np.random.default_rng(2))
    report = counts_of_result(publish(internal(history)))
    assert under_minimum(report, 10) == report
    assert {type(row.events) for row in report.outcomes["complaint"].rows} <= {Exact, Few, Kept}
