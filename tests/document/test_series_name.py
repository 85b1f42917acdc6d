"""One series, however the names of organisation and category were typed."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balanstest_analysis.document.series_name import normalised, series_name

NAME = "Stichting Één & Twee"
TYPED = {
    "decomposed": unicodedata.normalize("NFD", NAME),
    "capitals": NAME.upper(),
    "two spaces": NAME.replace(" ", "  "),
    "a space behind": f"{NAME} ",
    "a no-break space": NAME.replace(" ", "\u00a0"),
    "a narrow space": NAME.replace(" ", "\u202f"),
    "a line of its own": NAME.replace(" & ", " &\n"),
    "a zero-width space": NAME.replace("ng", "n\u200bg"),
    "a soft hyphen": NAME.replace("ng", "n\u00adg"),
    "a mark of direction": f"\u200e{NAME}",
    "a byte order mark": f"\ufeff{NAME}",
    "a selector of a variant": f"{NAME}\ufe0f",
    "a filler": f"{NAME}\u3164",
    "wide letters": NAME.replace("T", "\uff34"),
    "a letter between space and mark": NAME.replace(" ", " \u200b "),
}


@pytest.mark.parametrize("how", TYPED)
def test_a_name_that_looks_the_same_is_the_same(how: str) -> None:
    assert TYPED[how] != NAME
    assert series_name(TYPED[how], "Giften") == series_name(NAME, "giften")
    assert series_name("X", TYPED[how]) == series_name("x", NAME)


@pytest.mark.parametrize("other", ["Stichting Een & Twee", "Stichting Één en Twee", "Stichting"])
def test_a_name_that_looks_different_is_another(other: str) -> None:
    assert series_name(other, "Giften") != series_name(NAME, "Giften")
    assert series_name("a b", "c") != series_name("a", "b c")


def test_what_is_no_text_names_nobody() -> None:
    assert normalised(None) == normalised(7) == normalised("\u200b") == ""


@given(st.text())
def test_a_normalised_name_stays_as_it_is(text: str) -> None:
    assert normalised(normalised(text)) == normalised(text)
