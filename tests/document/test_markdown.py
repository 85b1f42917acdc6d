"""Words of the organisation: what of their marks is kept, on the screen and on paper."""

from __future__ import annotations

import pytest

from balanstest_analysis.document.blocks import Prose
from balanstest_analysis.document.blocks.html import html_of
from balanstest_analysis.document.blocks.typst import typst_of
from balanstest_analysis.report.exporters import pdf_document
from tests.document.test_blocks import Tags
from tests.report.test_exporters import notebook

ANSWER = (
    "Zo vaak:\n\n| jaar | gesprekken |\n|---|---:|\n| 2024 | *1.200* |\n| 2025 | <b>900</b> |\n"
)


def test_a_table_in_an_answer_is_a_table_with_heads() -> None:
    tags = Tags(html_of((Prose(markdown=ANSWER),)))

    assert [len(tags.named(name)) for name in ("table", "th", "td", "b")] == [1, 2, 4, 0]
    assert "<b>900</b>" in tags.text


def test_a_table_in_an_answer_is_a_table_on_paper() -> None:
    markup = typst_of((Prose(markdown=ANSWER),))

    assert '#plain-table(2, table.header([#"jaar";], [#"gesprekken";], )' in markup
    assert pdf_document(notebook(Prose(markdown=ANSWER)))


@pytest.mark.parametrize(
    "odd",
    [
        "| a | b |\n|---|---|",
        "| a |\n|---|---|\n| 1 |",
        "|||\n|-|-|\n|||",
        "a | b\n--|--\n1 | 2 | 3",
    ],
)
def test_an_odd_table_does_no_harm(odd: str) -> None:
    assert html_of((Prose(markdown=odd),))
    assert pdf_document(notebook(Prose(markdown=odd)))
