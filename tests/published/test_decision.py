"""A decision is written with the status that names its kind, and read back as it was."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from balanstest_analysis.errors import RunError
from balanstest_analysis.published.decision import Decision, DecisionNotRecorded, Undecided
from balanstest_analysis.published.json_form import from_json, to_json
from tests.example_results import proposed, undecided


@pytest.mark.parametrize(
    ("stated", "kind"),
    [
        (proposed()["decision"], Decision),
        (undecided(), Undecided),
        ({**undecided(), "status": "not_recorded"}, DecisionNotRecorded),
    ],
)
def test_a_decision_is_read_and_written_without_a_change(stated: Any, kind: type) -> None:
    read = from_json({**proposed(), "decision": stated})
    assert isinstance(read.decision, kind)
    assert json.loads(json.dumps(to_json(read)))["decision"] == stated


def test_a_report_of_before_decisions_is_not_said_to_have_decided_nothing() -> None:
    old = copy.deepcopy(proposed())
    del old["decision"], old["measures"]
    read = from_json(old)
    assert read.decision == DecisionNotRecorded()
    assert read.measures == ()


@pytest.mark.parametrize(
    "wrong",
    [
        {"status": "perhaps"},
        {"term_months": "21"},
        {"term_months": None},
        {"reason": 1},
    ],
)
def test_a_decision_of_another_form_is_refused_with_its_place(wrong: dict[str, Any]) -> None:
    stated = {**proposed()["decision"], **wrong}
    with pytest.raises(RunError, match=r"`resultaat.json` cannot be read: .*decision"):
        from_json({**proposed(), "decision": stated})
