"""The account of the calls adds up, and agrees with what was found in them."""

from __future__ import annotations

import pytest

from balanstest_analysis.verification.account import account_faults
from balanstest_analysis.verification.values import Value


def result(**changed: int) -> dict[str, object]:
    """Return an account in which 25 of the 122 calls after an objection stand in lines above."""
    counts = {
        "rows_in": 2955,
        "running_customer": 241,
        "no_earlier_event": 394,
        "after_objection": 97,
        "beyond_cap": 0,
        "no_net_contact": 1366,
        "in_exposure": 857,
        **changed,
    }
    found = {"after_objection": changed.get("found", 122), "running_customer": 241}
    return {
        "bridge": [{"code": code, "count": n} for code, n in counts.items() if code != "found"],
        "findings": [{"code": code, "count": n} for code, n in found.items()],
        "compliance": {"rules": [{"code": "beyond_cap", "count": 40}]},
    }


def told(content: object) -> list[str]:
    return [one.sentence() for one in account_faults(Value(content=content))]


def test_a_finding_may_have_more_calls_than_its_line_as_far_as_the_lines_above_hold_them() -> None:
    assert told(result()) == []
    assert told(result(found=97)) == []
    assert told(result(found=97 + 241 + 394)) == []


@pytest.mark.parametrize("found", [96, 97 + 241 + 394 + 1])
def test_a_finding_that_its_lines_cannot_hold_is_told(found: int) -> None:
    assert told(result(found=found)) == [
        f"resultaat.json, bridge[3].count: it says 97, and should say {found}, as in findings[0]."
    ]


def test_a_finding_that_is_its_line_has_the_same_count() -> None:
    faults = told(result(running_customer=240, in_exposure=858))
    assert faults == [
        "resultaat.json, bridge[1].count: it says 240, and should say 241, as in findings[1]."
    ]


def test_a_limit_by_the_rules_of_another_day_is_not_held_against_its_line() -> None:
    assert told(result(beyond_cap=44, no_net_contact=1322)) == []


def test_a_rule_and_a_finding_that_tell_one_count_tell_it_alike() -> None:
    content = result()
    content["compliance"] = {"rules": [{"code": "after_objection", "count": 120}]}
    assert told(content) == [
        "resultaat.json, findings[0].count: it says 122, and should say 120, as in "
        "compliance.rules[0].",
    ]


def test_what_is_withheld_or_kept_is_not_held_against_anything() -> None:
    content = result()
    content["bridge"][3] |= {"count": 50, "kept_from": "2025-Q3"}  # type: ignore[index]
    content["bridge"][1]["count"] = None  # type: ignore[index]
    assert told(content) == []
