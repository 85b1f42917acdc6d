"""A number that is not read is told by its form, and no other text is."""

from __future__ import annotations

import pytest

from balanstest_analysis.history.columns.columns import TABLES
from balanstest_analysis.history.columns.notations import ISO
from balanstest_analysis.history.columns.number_forms import form_of_number
from balanstest_analysis.history.sources.cell_messages import about_cell

FORMS = {
    "debit or credit": ("25,00 CR", "25.00DR", "25 C", "25,00 Af", "1.025,00 S"),
    "brackets": ("[25,00]", "<25,00>", "{25}"),
    "another script or width": ("\uff12\uff15", "25,\uff10\uff10", "\u0662\u0665"),
    "the letter O": ("25,OO", "1o0", "-2O.00"),
    "between thousands": ("1,400.0", "1.400", "1'400", "1 400"),
}


@pytest.mark.parametrize("told", FORMS)
def test_what_is_odd_in_a_number_is_told(told: str) -> None:
    assert [cell for cell in FORMS[told] if told not in form_of_number(cell)] == []


@pytest.mark.parametrize("text", ["vijf", "25 p/m", "3.5", "1e3", "Jansen", "o", "oo.", "12.5", ""])
def test_of_any_other_text_nothing_is_told(text: str) -> None:
    assert form_of_number(text) == ""


def test_the_message_about_an_amount_tells_its_form_and_nothing_of_the_cell() -> None:
    amount = next(column for column in TABLES["events"] if column.name == "amount")
    told = about_cell("events", amount, ISO, "8317,00 CR")
    assert "It ends with a mark of debit or credit" in told
    assert "8317" not in told
