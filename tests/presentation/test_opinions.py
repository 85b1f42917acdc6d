"""Opinions stand with their status, and the decision with its reason."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape
from typing import Any

import pytest

from balanstest_analysis.document.blocks.html import html_of
from balanstest_analysis.presentation import chapters
from tests.example_results import dossier, dossier_values, proposed, published


def text_of(*, current: int = 36, **review: Any) -> str:
    given, result = {**dossier_values()["review"], **review}, proposed()
    result["proposal"]["current_term_months"] = current
    blocks = chapters.review(published(result), dossier(review=given))
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html_of(blocks))).split())


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("agrees", "akkoord"),
        ("agrees_if", "akkoord onder voorwaarden"),
        ("disagrees", "niet akkoord"),
        ("awaited", "gevraagd, nog niet ontvangen"),
        ("no_dpo", "de organisatie heeft geen FG"),
        ("not_asked", "niet gevraagd"),
    ],
)
def test_an_opinion_stands_with_what_it_comes_to(status: str, words: str) -> None:
    given = status in {"agrees", "agrees_if", "disagrees"}
    text = text_of(dpo_status=status, dpo_date=dt.date(2026, 10, 8) if given else None)
    assert f"Oordeel van de FG {words} " in text
    assert ("Datum van het oordeel 8 oktober 2026" in text) == given
    assert ("Opgevolgd NOG IN TE VULLEN" in text) == (status in {"agrees_if", "disagrees"})


def test_an_opinion_that_is_not_followed_stands_with_the_reason() -> None:
    text = text_of(dpo_status="disagrees", dpo_followed=False, dpo_followed_reason="Te <streng>.")
    assert "Opgevolgd nee Reden om het niet op te volgen Te <streng>." in text


def test_an_officer_who_does_not_exist_has_no_opinion_to_wait_for() -> None:
    nobody = {"dpo_status": "no_dpo", "dpo_date": None, "dpo_opinion": ""}
    assert "NOG IN TE VULLEN" not in text_of(**nobody)
    assert "NOG IN TE VULLEN" in text_of(**{**nobody, "dpo_status": "awaited"})


def test_the_decision_stands_there_with_its_reason_and_that_of_a_longer_term() -> None:
    text = text_of()
    assert "Besluit van de organisatie: een klanttermijn van 22 maanden" in text
    assert (
        "Reden van de organisatie: Langer bellen vindt het bestuur niet te verantwoorden." in text
    )
    assert "Reden voor een langere termijn" not in text
    assert "Reden voor een langere termijn: Een donateurschap duurt" in text_of(current=12)
