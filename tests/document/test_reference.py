"""References: a link on the screen, a page on paper, words where there is neither."""

from __future__ import annotations

from typing import Any

import pytest

from balanstest_analysis.document.blocks import BlockError, BulletList, Paragraph, Reference
from balanstest_analysis.document.blocks.html import html_of
from balanstest_analysis.document.blocks.inline import literal
from balanstest_analysis.document.blocks.plain import plain_of, words_of
from balanstest_analysis.document.blocks.typst import typst_of

TO_C = Reference(anchor="bijlage-c", words="bijlage C")


def test_a_reference_is_a_link_on_the_screen_in_a_paragraph_and_in_a_list() -> None:
    link = '<a class="reference" href="#bijlage-c">bijlage C</a>'

    assert html_of((Paragraph(text=f"Zie {TO_C}."),)) == f"<p>Zie {link}.</p>"
    assert f"<li>Zie {link}.</li>" in html_of((BulletList(items=(f"Zie {TO_C}.",)),))


def test_a_reference_asks_for_its_page_on_paper() -> None:
    markup = typst_of((Paragraph(text=f"Zie {TO_C}."),))

    assert '#page-reference("bijlage-c", form: "beside")[#"bijlage C";];' in markup


def test_a_reference_is_its_words_in_plain_text() -> None:
    assert plain_of((Paragraph(text=f"Zie {TO_C}."),)) == "Zie bijlage C."


@pytest.mark.parametrize("words", ["een ] haak", r"een \ streep", "a|b|c", "tabel [3]", "**vet**"])
def test_the_words_of_a_reference_are_kept_as_they_are(words: str) -> None:
    assert words_of(f"Zie {Reference(anchor='x', words=words)}.") == f"Zie {words}."


def test_words_of_a_dossier_never_become_a_reference() -> None:
    typed = "Zie [[#bijlage-c|beside|bijlage C]] en [[set_aside]] en [1]."

    assert words_of(literal(typed)) == typed
    assert "<a" not in html_of((Paragraph(text=literal(typed)),))
    assert "page-reference" not in typst_of((Paragraph(text=literal(typed)),))


def test_a_mark_that_is_no_reference_stays_as_it_was_typed() -> None:
    for typed in ("[[#bijlage-c]]", "[[#Bijlage C|beside|x]]"):
        assert words_of(typed) == typed
        assert html_of((Paragraph(text=typed),)) == f"<p>{typed}</p>"
        assert "page-reference" not in typst_of((Paragraph(text=typed),))


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"anchor": "Bijlage C"}, "Anchor 'Bijlage C'"),
        ({"words": " "}, "needs words"),
        ({"form": "somewhere"}, "form 'somewhere'"),
    ],
)
def test_a_reference_without_place_words_or_form_cannot_be_made(
    changed: dict[str, Any], named: str
) -> None:
    with pytest.raises(BlockError, match=named):
        Reference(**{"anchor": "x", "words": "x", **changed})
