"""What the months that are asked for bring and cost."""

from __future__ import annotations

from typing import Any

from balanstest_analysis.presentation.conclusions.requested import (
    requested_months,
    requested_sentences,
)
from balanstest_analysis.presentation.tables.request import request_table
from tests.example_results import proposed, published, request


def up_to(result: dict[str, Any], month: int) -> dict[str, Any]:
    for outcome in result["outcomes"].values():
        outcome["rates"] = [row for row in outcome["rates"] if row["month_to"] <= month]
    return result


def test_nothing_is_said_where_nothing_beyond_the_cap_is_asked() -> None:
    assert requested_sentences(published(proposed())) == ()
    assert request_table(published(proposed())) is None


def test_months_beyond_the_cap_stand_beside_those_before_it() -> None:
    result = published(request(requested=48, carried=48))
    found = requested_months(result)
    assert found is not None
    assert found.before is not None
    assert found.beyond is not None
    assert found.before.month_to + 1 == found.beyond.month_from
    assert found.beyond.month_from >= 36
    assert found.beyond.month_to < 48
    text = " ".join(requested_sentences(result))
    assert text.startswith("De aanvraag gaat over maand 36 tot en met 47.")
    assert "stonden tegenover elke 100 conversies" in text
    table = request_table(result)
    assert table is not None
    assert len(table.rows) == 2


def test_data_that_end_within_the_months_asked_for_say_where() -> None:
    result = published(up_to(request(requested=60, carried=48), 47))
    text = " ".join(requested_sentences(result))
    assert "De cijfers eindigen met maand 47: over maand 48 tot en met 59 zeggen zij niets" in text


def test_without_data_beyond_the_cap_a_request_rests_on_words_alone() -> None:
    result = published(up_to(request(requested=48, carried=48), 35))
    text = " ".join(requested_sentences(result))
    assert "berust de aanvraag alleen op een redenering" in text
    assert request_table(result) is None
