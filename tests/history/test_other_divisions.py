"""A code in another list than its words say is looked at again; a choice that fits them is not."""

from __future__ import annotations

import pytest

from balanstest_analysis.dossier.data import TableSource
from balanstest_analysis.history.recognition.other_divisions import divided_otherwise

RIGHT = {
    "converted": ["Wordt donateur"],
    "net_contact": ["Wordt donateur", "Geen interesse", "Bel me niet meer"],
    "no_contact": ["Niet thuis", "Voicemail", "Q7"],
}
TOLD = {"Resultaat": ["Bel me niet meer"]}


def found(lists: dict[str, list[str]], told: dict[str, list[str]]) -> list[tuple[str, str, str]]:
    calls = TableSource(path="calls.csv", values={"Resultaat": lists, "converted": ["ja"]})
    objections = [TableSource(from_calls=told)] if told else []
    return [(one.code, one.stated, one.why) for one in divided_otherwise([calls], objections)]


def test_a_division_by_its_words_is_not_looked_at_again() -> None:
    assert found(RIGHT, TOLD) == []


@pytest.mark.parametrize(
    ("code", "moved_to", "words"),
    [
        ("Geen interesse", "no_contact", "net_contact"),
        ("Voicemail", "net_contact", "no_contact"),
        ("Niet thuis", "converted", "no_contact"),
    ],
)
def test_a_code_in_another_list_than_its_words_say_is_named(
    code: str, moved_to: str, words: str
) -> None:
    lists = {name: [one for one in codes if one != code] for name, codes in RIGHT.items()}
    lists[moved_to].append(code)
    assert found(lists, TOLD) == [(code, moved_to, f"is `{words}` by its words")]


@pytest.mark.parametrize("code", ["Terugbellen", "CALLBK", "Doorverbonden", "Weigert gesprek"])
def test_a_code_in_doubt_is_named_where_it_counts_as_a_contact(code: str) -> None:
    lists = {**RIGHT, "net_contact": [*RIGHT["net_contact"], code]}
    ((named, stated, why),) = found(lists, TOLD)
    assert (named, stated) == (code, "net_contact")
    assert "seldom a conversation about the offer" in why
    assert found({**RIGHT, "no_contact": [*RIGHT["no_contact"], code]}, TOLD) == []


def test_a_conversion_that_is_listed_as_a_contact_alone_is_named() -> None:
    ((code, stated, why),) = found({**RIGHT, "converted": []}, TOLD)
    assert (code, stated) == ("Wordt donateur", "net_contact")
    assert why == "is `converted` by its words"


def test_an_objection_by_its_words_that_is_told_nowhere_is_named() -> None:
    ((code, _, why),) = found(RIGHT, {"outcome": ["Bel me niet meer"]})
    assert code == "Bel me niet meer"
    assert why == "is an objection by its words, and no `from_calls` names it"


def test_an_objection_that_is_told_and_no_contact_is_named() -> None:
    lists = {**RIGHT, "net_contact": ["Wordt donateur", "Geen interesse"]}
    lists["no_contact"] = [*RIGHT["no_contact"], "Bel me niet meer"]
    ((_, stated, why),) = found(lists, TOLD)
    assert stated == "no_contact"
    assert why.endswith("without a contact is in no rate")
