"""The proposal is derived again from the published criteria and the cap."""

from __future__ import annotations

from typing import Any

import pytest

from balanstest_analysis.verification.proposal import proposal_faults, proposed
from balanstest_analysis.verification.values import Value


def criterion(name: str, **stated: Any) -> dict[str, Any]:
    plain = {"name": name, "kind": "maximum_rate", "outcome": "objection", "status": "reached"}
    limits = {"crossing": 22.5, "lower": 20.8, "upper": 24.5, "last_month_with_evidence": 35}
    return {**plain, **limits, "term_months": 21, "parameters": {}, **stated}


def result(*criteria: dict[str, Any], cap: int | None = 36, **stated: Any) -> dict[str, Any]:
    content = {
        "criteria": list(criteria),
        "regime": {"cap_months": cap, "allowed": True},
        "settings": {"confidence_level": 0.95},
        "proposal": {"set_aside": [], "requested_term_months": None, **stated},
    }
    due = proposed(Value(content=content))
    content["proposal"] |= {**due, "set_aside": content["proposal"]["set_aside"]}
    return content


def told(content: dict[str, Any]) -> list[str]:
    return [one.sentence() for one in proposal_faults(Value(content=content))]


HORIZON = criterion("Duur", kind="horizon", outcome=None, term_months=60)
UNTESTED = criterion("Klachten", status="too_little_data", term_months=None, lower=None)


def test_the_smallest_term_binds_and_the_cap_comes_after_it() -> None:
    due = proposed(Value(content=result(criterion("Verzet"), HORIZON)))
    assert (due["status"], due["term_months"], due["binding"]) == ("proposed", 21, "Verzet")
    capped = proposed(Value(content=result(HORIZON, cap=36)))
    assert (capped["term_months"], capped["uncapped_term_months"]) == (36, 60)
    assert capped["binding"] == "regime_cap"


def test_what_could_not_be_tested_leaves_no_proposal_unless_it_is_set_aside() -> None:
    content = result(criterion("Verzet"), UNTESTED)
    assert content["proposal"]["status"] == "undetermined"
    aside = result(criterion("Verzet"), UNTESTED, set_aside=[{"criterion": "Klachten"}])
    assert aside["proposal"]["status"] == "proposed_incomplete"
    assert told(aside) == []


@pytest.mark.parametrize(
    ("key", "value"),
    [("term_months", 24), ("binding", "Duur"), ("route", "request"), ("privacy_binds", False)],
)
def test_a_proposal_that_does_not_follow_is_told(key: str, value: object) -> None:
    content = result(criterion("Verzet"), HORIZON)
    assert told(content) == []
    content["proposal"][key] = value
    assert [one.partition(":")[0] for one in told(content)] == [f"resultaat.json, proposal.{key}"]


def test_a_term_that_its_limit_does_not_carry_is_told() -> None:
    raised = result(criterion("Verzet", term_months=24))
    assert told(raised) == [
        "resultaat.json, criteria[0].term_months: it says 24, and should say 21, from the limit "
        "20.8."
    ]
