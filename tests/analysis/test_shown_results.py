"""What a notebook shows of a proposal says what page one of the report says."""

from __future__ import annotations

import pytest

from balanstest_analysis.analysis.shown_results import shown_proposal
from balanstest_analysis.published.json_form import from_json
from tests.example_results import EXAMPLES, proposed


@pytest.mark.parametrize(
    ("gaps", "begins"),
    [
        ([], "Voorstel: termijn "),
        (["1a", "decision.term_months"], "Voorstel: termijn "),
        (["conditions.same_entity"], "Voorlopig voorstel: termijn "),
    ],
)
def test_a_term_is_shown_as_provisional_while_a_condition_has_no_answer(
    gaps: list[str], begins: str
) -> None:
    shown = shown_proposal(from_json({**proposed(), "gaps": gaps}))
    assert f'aria-label="{begins}' in shown._repr_html_()


def test_without_a_term_nothing_is_called_provisional() -> None:
    for name in ("undetermined", "no_term", "not_allowed"):
        result = from_json({**EXAMPLES[name](), "gaps": ["conditions.same_entity"]})
        assert "oorlopig" not in shown_proposal(result)._repr_html_(), name
