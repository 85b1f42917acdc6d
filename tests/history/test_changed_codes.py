"""Codes that change their meaning: found, and not made up where codes vary or are renamed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import pytest

from balanstest_analysis.history.compliance.changed_codes import changed_codes
from balanstest_analysis.history.compliance.codes_by_month import CodesByMonth, codes_by_month
from balanstest_analysis.history.findings import Finding
from balanstest_analysis.history.sources import ListedCode

JANUARY = 12 * 2025
CODES = tuple(
    ListedCode(
        text=text,
        net_contact=text not in {"Voicemail", "Geen gehoor"},
        converted=text == "Verkocht",
        objection=text == "Verzet",
    )
    for text in (
        *("Voicemail", "Geen gehoor", "Geen tijd", "Geen interesse", "Te duur", "Verkocht"),
        *("Verzet", "Afgehandeld"),
    )
)
USUAL = {
    "Voicemail": 30,
    "Geen gehoor": 60,
    "Geen tijd": 10,
    "Geen interesse": 60,
    "Te duur": 20,
    "Verkocht": 10,
    "Verzet": 10,
}
Month = Mapping[str, int]


def joined(into: str, *codes: str) -> Month:
    """Return a month in which some codes are written as another."""
    kept = {text: number for text, number in USUAL.items() if text not in codes}
    return kept | {into: kept.get(into, 0) + sum(USUAL[text] for text in codes)}


def table_of(months: Sequence[Month], codes: Sequence[ListedCode] = CODES) -> CodesByMonth:
    places = {"": 0} | {code.text: place for place, code in enumerate(codes, start=1)}
    rows = [
        (JANUARY + number, places[text], calls)
        for number, month in enumerate(months)
        for text, calls in month.items()
    ]
    return codes_by_month(pd.DataFrame(rows, columns=["month", "code", "calls"]), codes)


def found_in(*months: Month) -> Finding | None:
    return changed_codes(table_of(months))


def test_a_code_whose_calls_go_to_one_of_another_meaning_is_told_with_it() -> None:
    found = found_in(*[USUAL] * 6, *[joined("Geen tijd", "Voicemail")] * 3)
    assert found is not None
    assert found.count == 2
    assert found.detail == (
        "In 2025-07 through 2025-09: Voicemail 0.0% of the calls, and 15.0% in the months around; "
        "Geen tijd 20.0% of the calls, and 5.0% in the months around. That changes net contacts."
    )


def test_objections_that_are_one_code_with_refusals_are_told_once() -> None:
    later = joined("Afgehandeld", "Geen interesse", "Te duur", "Verzet")
    found = found_in(*[USUAL] * 12, *[later] * 12)
    assert found is not None
    assert found.count == 4
    assert str(found.detail).count("In 20") == 1
    assert "Verzet 0.0% of the calls, and 5.0% in the months around. That changes obj" in str(
        found.detail
    )


@pytest.mark.parametrize("start", [0, 8, 21])
def test_codes_that_changed_for_some_months_are_told_wherever_these_are(start: int) -> None:
    months = [USUAL] * 24
    months[start : start + 3] = [joined("Geen tijd", "Voicemail")] * 3
    found = found_in(*months)
    assert found is not None
    first = f"{2025 + start // 12}-{start % 12 + 1:02d}"
    assert str(found.detail).startswith(f"In {first} through ")


def test_codes_that_nobody_listed_have_no_name() -> None:
    found = found_in(*[USUAL] * 6, *[joined("", "Geen interesse")] * 6)
    assert found is not None
    assert "codes that are not listed 30.0% of the calls, and 0.0%" in str(found.detail)


def test_all_that_changes_with_codes_is_told() -> None:
    found = found_in(*[USUAL] * 6, *[joined("", "Geen interesse", "Te duur", "Verzet")] * 6)
    assert found is not None
    assert str(found.detail).endswith("That changes net contacts and objections.")


def test_a_code_that_may_be_a_person_is_not_told() -> None:
    own = [
        ListedCode(text=text, net_contact=spoken, converted=False, objection=False)
        for text, spoken in (("j.jansen@voorbeeld.nl", True), ("Voicemail", False))
    ]
    months = [{own[0].text: 100, "Voicemail": 100}] * 6 + [{"Voicemail": 200}] * 6
    found = changed_codes(table_of(months, own))
    assert found is not None
    assert "a code 0.0%" in str(found.detail)
    assert "jansen" not in str(found.detail)


@pytest.mark.parametrize(
    "later",
    [
        joined("Geen gehoor", "Voicemail"),
        joined("Afgehandeld", "Geen interesse", "Te duur", "Geen tijd"),
        {**USUAL, "Voicemail": 0},
        {**USUAL, "Voicemail": 15, "Geen tijd": 25},
        {text: number * 3 for text, number in USUAL.items()},
    ],
    ids=["renamed", "joined", "left out", "shifted", "busier"],
)
def test_codes_that_change_within_a_meaning_or_by_themselves_are_none(later: Month) -> None:
    assert found_in(*[USUAL] * 12, *[later] * 12) is None


@pytest.mark.parametrize(("months", "is_told"), [(2, False), (3, True)])
def test_a_change_lasts_three_months(months: int, is_told: bool) -> None:
    later = joined("Geen tijd", "Voicemail")
    assert (found_in(*[USUAL] * 12, *[later] * months) is not None) == is_told
    assert (found_in(*[USUAL] * months, *[later] * 12) is not None) == is_told


def test_few_calls_say_nothing() -> None:
    few, later = (
        {text: number // 2 for text, number in month.items()}
        for month in (USUAL, joined("Geen tijd", "Voicemail"))
    )
    assert found_in(*[few] * 4, *[later] * 12) is None
    assert found_in(*[few] * 5, *[later] * 12) is not None


def test_no_calls_have_no_codes() -> None:
    assert found_in() is None


@pytest.mark.parametrize("of_the_first", [0.0, 0.5])
def test_a_second_dialler_with_codes_of_its_own_is_no_change(of_the_first: float) -> None:
    others = [
        ListedCode(
            text=f"{code.text} 2",
            net_contact=code.net_contact,
            converted=code.converted,
            objection=code.objection,
        )
        for code in CODES
    ]
    second = {f"{text} 2": number for text, number in USUAL.items()}
    second |= {"Geen gehoor 2": 20, "Verkocht 2": 30, "Geen interesse 2": 80, "Verzet 2": 2}
    later = {text: int(number * of_the_first) for text, number in USUAL.items()} | second
    table = table_of([USUAL] * 12 + [later] * 12, [*CODES, *others])
    assert changed_codes(table) is None


def drawn(source: np.random.Generator, moods: float, months: int = 36) -> np.ndarray:
    """Return calls per month of codes that differ from campaign to campaign and between months."""
    usual = np.log([USUAL.get(code.text, 1e-9) for code in CODES])
    campaigns = source.normal(0, moods, (months // 3, len(CODES))).repeat(3, axis=0)
    shares = np.exp(usual + campaigns + source.normal(0, 0.2, (months, len(CODES))))
    return np.array([source.multinomial(600, row / row.sum()) for row in shares])


def of_calls(calls: np.ndarray) -> CodesByMonth:
    none = np.zeros((len(calls), 1))
    return CodesByMonth(
        months=np.arange(JANUARY, JANUARY + len(calls)),
        calls=np.hstack([none, calls]),
        codes=(None, *CODES),
    )


def test_codes_that_vary_between_campaigns_are_hardly_ever_told() -> None:
    source = np.random.default_rng(2026)
    assert not any(changed_codes(of_calls(drawn(source, 0.5))) for _ in range(150))
    assert sum(changed_codes(of_calls(drawn(source, 0.8))) is not None for _ in range(150)) <= 3


def test_a_change_among_campaigns_that_vary_is_found_in_four_of_five() -> None:
    source, found = np.random.default_rng(2026), 0
    for _ in range(100):
        calls = drawn(source, 0.5)
        calls[18:, 2] += calls[18:, 0]
        calls[18:, 0] = 0
        found += changed_codes(of_calls(calls)) is not None
    assert found >= 80
