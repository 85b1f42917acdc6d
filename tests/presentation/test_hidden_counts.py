"""A hidden count is called what it is: nothing is called few that is not."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from balanstest_analysis.disclosure.exact_result import ExactResult
from balanstest_analysis.disclosure.publish import publish
from balanstest_analysis.document.blocks import Table
from balanstest_analysis.history.findings import Finding
from balanstest_analysis.presentation.conclusions import outcome_sentences
from balanstest_analysis.presentation.hidden_counts import NOT_PUBLISHED, count_words, hidden_note
from balanstest_analysis.presentation.tables import compliance_table, rates_table
from balanstest_analysis.published.counts import (
    Count,
    Exact,
    Few,
    FewOthers,
    Kept,
    NotDelivered,
    Withheld,
    number,
)
from balanstest_analysis.published.names import OUTCOMES, Outcome
from balanstest_analysis.published.outcomes import RateRow
from balanstest_analysis.published.result import PublishedResult
from tests.disclosure_histories import draw, internal
from tests.exact_results import exact_outcome, exact_result

FEWER = "minder dan 10"
HISTORIES = 60


def held(exact: ExactResult, outcome: Outcome, row: RateRow) -> tuple[int, int]:
    """Return contacts and events that a row stands for."""
    found = exact.outcomes[outcome]
    assert found is not None
    told = found.followed or found.rates
    inside = [month for month in told if row.month_from <= month.month <= row.month_to]
    return sum(month.contacts for month in inside), sum(month.events for month in inside)


def is_true(count: Count, events: int, contacts: int) -> bool:
    """Return whether a published count tells no untruth about what it stands for."""
    match count:
        case Exact(value):
            return value == events
        case Few():
            return events < 10
        case FewOthers():
            return events >= 10 and 0 < contacts - events < 10
        case Withheld() | NotDelivered() | Kept():
            return True


def shown(result: PublishedResult, outcome: Outcome) -> Table:
    """Return the table of an outcome."""
    return rates_table(result, outcome)


@pytest.mark.parametrize("seed", range(HISTORIES))
def test_no_row_sentence_or_note_calls_few_what_is_not(seed: int) -> None:
    exact = internal(draw(np.random.default_rng(seed)))
    result = publish(exact)
    for outcome in result.shown_outcomes:
        rows, total = result.outcomes[outcome].rows, result.outcomes[outcome].total
        assert total is not None
        for row in (*rows, total):
            contacts, events = held(exact, outcome, row)
            assert is_true(row.events, events, contacts)
        said = " ".join(outcome_sentences(result, outcome))
        few_of_many = isinstance(total.events, Few) and number(total.contacts) is not None
        assert ("waren er minder dan" in said) == few_of_many
        hidden = [row for row in (*rows, total) if number(row.events) is None]
        few = all(isinstance(row.events, Few) for row in hidden)
        note = shown(result, outcome).note
        assert note.startswith(f"Een punt staat voor {FEWER};") == (bool(hidden) and few)


@pytest.mark.parametrize("seed", range(HISTORIES))
def test_no_cell_or_finding_calls_few_calls_what_are_many(seed: int) -> None:
    exact = internal(draw(np.random.default_rng(seed)))
    result = publish(exact)
    assert exact.compliance is not None
    table = compliance_table(result)
    assert table is not None
    counts = {rule.code: rule.count or 0 for rule in exact.compliance.rules}
    for code, cells in zip(counts, table.rows, strict=True):
        assert cells[1] != FEWER or counts[code] < 10
    found = {finding.code: finding.count for finding in exact.findings}
    for finding in result.findings:
        assert FEWER not in finding.text.lower() or found[finding.code] < 10


def test_nearly_all_converted_contacts_are_not_called_few() -> None:
    exact = exact_result({"conversion": exact_outcome([(0, 1200, 1194)])})
    result = publish(exact)
    assert isinstance(result.outcomes["conversion"].events, FewOthers)
    said = " ".join(outcome_sentences(result, "conversion"))
    assert "alle 1.200" in said
    assert not re.search(r"minder dan 10 (conversies|netto)", said)


def test_many_unlawful_calls_are_not_called_few() -> None:
    exact = internal(draw(np.random.default_rng(3)))
    assert exact.compliance is not None
    broken = replace(exact.compliance.rules[0], count=2576, checked=2580, by_year=())
    rules = (broken, *exact.compliance.rules[1:])
    others = [finding for finding in exact.findings if finding.code != broken.code]
    found = (Finding(code=broken.code, count=2576), *others)
    compliance = replace(exact.compliance, rules=rules)
    result = publish(replace(exact, compliance=compliance, findings=found))
    table = compliance_table(result)
    assert table is not None
    assert table.rows[0][1] == NOT_PUBLISHED


def test_each_reason_has_words_of_its_own() -> None:
    words = [count_words(count, 10) for count in (Few(), FewOthers(), Withheld("tells_another"))]
    assert words == [FEWER, NOT_PUBLISHED, NOT_PUBLISHED]
    assert count_words(NotDelivered(), 10) == "niet aangeleverd"


def test_a_note_tells_of_few_only_where_there_are_few() -> None:
    assert hidden_note([Exact(12), Kept(14, "2026-Q1")], 10) == ""
    assert hidden_note([Few()], 10) == f"Een punt staat voor {FEWER}"
    assert hidden_note([FewOthers()], 10).startswith("Een punt staat voor een aantal waaruit")
    assert ", of voor een aantal" in hidden_note([Few(), FewOthers()], 10)


def test_an_outcome_that_was_not_delivered_is_not_counted() -> None:
    result = publish(exact_result({"conversion": exact_outcome([(0, 1200, 90)])}))
    for outcome in OUTCOMES[1:]:
        assert isinstance(result.outcomes[outcome].contacts, NotDelivered)
        assert isinstance(result.outcomes[outcome].events, NotDelivered)
