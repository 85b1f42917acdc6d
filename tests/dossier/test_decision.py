"""What the organisation decides and does is read as stated, or refused in one sentence."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.dossier.loading import load_dossier
from balanstest_analysis.errors import DossierError
from tests.dossier.test_dossier import BARE
from tests.example_results import dossier, dossier_values

DECISION = """\
[decision]
term_months = 21
decided_on = 2026-10-20
decided_by = "Directeur"
reason = "De gegevens onderbouwen niet meer."
"""
MEASURE = """\
[[measures]]
finding = "after_objection"
measure = "Dagelijks vergelijken."
owner = "Databeheerder"
by = 2026-12-01
"""


@pytest.fixture
def read(tmp_path):
    def read(text: str) -> Dossier:
        path = tmp_path / "balanstest.toml"
        path.write_text(text, "utf-8")
        return load_dossier(path)

    return read


def test_a_decision_and_a_measure_are_read_as_they_are_stated(read) -> None:
    stated = read(BARE + DECISION + MEASURE)
    assert stated.decision is not None
    assert (stated.decision.term_months, stated.decision.decided_by) == (21, "Directeur")
    assert [(one.finding, one.by) for one in stated.measures] == [
        ("after_objection", dt.date(2026, 12, 1))
    ]
    assert "decision" not in stated.gaps()


def test_a_dossier_of_before_decisions_still_loads_and_lacks_one(read) -> None:
    assert "decision" in read(BARE).gaps()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "= 21",
            "= -1",
            "`decision.term_months` is -1; allowed is a whole number, at least 0 and at most 600",
        ),
        ("= 21", "= 21.5", "`decision.term_months` is 21.5"),
        (
            "= 21",
            "= 601",
            "`decision.term_months` is 601; allowed is a whole number, at least 0 and at most 600",
        ),
        ('reason = "De', 'why = "De', "`decision.reason` is missing"),
        (
            '"Directeur"',
            '""',
            "`decision.decided_by` is empty; allowed is text between quotes. Fill it in.",
        ),
        ("2026-10-20", '"20-10-2026"', "`decision.decided_on` is '20-10-2026'"),
        (
            "2026-10-20",
            "2062-10-20",
            "is 2062-10-20, more than a year after the report date 2026-09-30; a decision rests",
        ),
        (
            '"after_objection"',
            '"after_complaint"',
            "in `measures` 1: `finding`, the finding is 'after_complaint'; a measure is about one "
            "of after_objection, objection_processed_late, forbidden_day, outside_hours, "
            "without_ground, beyond_cap, beyond_own_term, no_earlier_event",
        ),
        (
            "by = 2026-12-01",
            "done_on = 2026-12-01",
            "about `after_objection` has `done_on` 2026-12-01, after the report date 2026-09-30; "
            "write `by`",
        ),
        ("owner", "name", "`measures` 1: unknown key `name`"),
    ],
)
def test_what_nobody_can_have_decided_or_done_is_refused_by_name(read, old, new, message) -> None:
    with pytest.raises(DossierError) as refusal:
        read((BARE + DECISION + MEASURE).replace(old, new, 1))
    assert message in str(refusal.value)


def test_a_decision_from_before_the_data_is_a_gap_of_its_own(read) -> None:
    before = DECISION.replace("2026-10-20", "2026-09-29")
    assert "decision.outdated" in read(BARE + before).gaps()
    assert "decision" not in read(BARE + before).gaps()


@pytest.mark.parametrize(
    ("key", "value"),
    [("reason", "NOG IN TE VULLEN"), ("decided_on", dt.date(2099, 12, 31))],
)
def test_a_decision_with_something_to_fill_in_is_none_yet(key: str, value: Any) -> None:
    stated = {**dossier_values()["decision"], key: value}
    assert dossier(decision=stated).gaps() == ("decision",)


def test_nobody_has_to_decide_on_a_term_that_is_not_possible() -> None:
    organisation = {"name": "Winkel", "sector": "commercial"}
    assert "decision" not in dossier(organisation=organisation, decision=None).gaps()


def test_a_decision_to_call_nobody_is_a_decision() -> None:
    stated = {**dossier_values()["decision"], "term_months": 0}
    assert dossier(decision=stated).gaps() == ()
