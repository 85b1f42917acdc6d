"""Numbers of a result are computed again from its counts, and told where they differ."""

from __future__ import annotations

import pytest
from statsmodels.stats.proportion import proportion_confint

from balanstest_analysis.verification.arithmetic import arithmetic_faults
from balanstest_analysis.verification.rates import interval
from balanstest_analysis.verification.values import Value


def result(**changed: object) -> dict[str, object]:
    limits = interval(30, 1000, 0.95, 1.0)
    row = {
        "month_from": 0,
        "month_to": 3,
        "n": 1000,
        "k": 30,
        "rate": 0.03,
        "rate_lower": limits.lower,
        "rate_upper": limits.upper,
        "design_effect": 1.0,
    }
    outcome = {"available": True, "exposure": 1000, "events": 30, "rates": [row | changed]}
    return {
        "settings": {"confidence_level": 0.95, "disclosure_minimum": 10},
        "outcomes": {"objection": {**outcome, "total": row}},
        "bridge": [
            {"code": "rows_in", "count": 100},
            {"code": "duplicate_call", "count": 20},
            {"code": "in_exposure", "count": 80},
        ],
        "findings": [{"code": "duplicate_call", "count": 20}],
    }


def told(content: object) -> list[str]:
    return [one.sentence() for one in arithmetic_faults(Value(content=content))]


def test_a_result_that_follows_has_no_fault() -> None:
    assert told(result()) == []


@pytest.mark.parametrize("effect", [1.0, 1.7])
@pytest.mark.parametrize(("events", "contacts"), [(0, 40), (3, 90), (236, 1737), (88, 90)])
def test_limits_are_those_of_another_library(events: int, contacts: int, effect: float) -> None:
    few = min(events, contacts - events) < 5
    due = proportion_confint(
        events / effect, contacts / effect, alpha=0.05, method="beta" if few else "wilson"
    )
    assert interval(events, contacts, 0.95, effect) == pytest.approx(due, abs=1e-12)


def test_each_number_that_does_not_follow_is_named_with_what_does() -> None:
    assert told(result(rate=0.04)) == [
        "resultaat.json, outcomes.objection.rates[0].rate: it says 0.04, and should say 0.03."
    ]
    assert any("rate_upper" in one for one in told(result(rate_upper=0.05)))
    assert any("total.k: it says 30, and should say 31" in one for one in told(result(k=31)))
    assert told(result(k=None, rate=None, rate_lower=None, hidden={"k": "few"}))


def test_a_bridge_that_does_not_add_up_is_told() -> None:
    content = result()
    content["bridge"][2]["count"] = 81  # type: ignore[index]
    assert told(content) == ["resultaat.json, bridge[2].count: it says 81, and should say 80."]


def test_a_count_told_twice_and_not_alike_is_told() -> None:
    content = result()
    content["findings"][0]["count"] = 21  # type: ignore[index]
    assert any("as in findings[0]" in one for one in told(content))


@pytest.mark.parametrize("junk", [None, [], "x", {"outcomes": 3}, {"outcomes": {"objection": []}}])
def test_junk_makes_no_trouble(junk: object) -> None:
    assert told(junk) == []
