"""Codes of the dossier that are no lists are refused in one sentence, with the right way round."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from balanstest_analysis.dossier.data import TableSource


@pytest.mark.parametrize(
    ("values", "example"),
    [
        ({"kind": {"Dagblad": "contract"}}, 'kind = { contract = ["yours"] }'),
        ({"converted": "SALE"}, 'converted = ["yours"]'),
        ({"resultaat": {"converted": "SALE"}}, 'resultaat = { converted = ["yours"] }'),
    ],
)
def test_codes_the_wrong_way_round_are_refused_with_the_right_one(
    values: dict[str, Any], example: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        TableSource(path="x.csv", values=values)
    [error] = refused.value.errors()
    assert example in error["msg"]


def test_lists_of_codes_are_taken() -> None:
    values: dict[str, Any] = {"converted": ["ja"], "kind": {"contract": ["Dagblad"]}}
    assert TableSource(path="x.csv", values=values).values == values
