"""How a report looks on paper: what belongs together stands together, and no page is half empty."""

from __future__ import annotations

import io
from functools import cache

import pytest
from pypdf import PdfReader

from balanstest_analysis.document.blocks import (
    Block,
    BulletList,
    Definitions,
    Heading,
    Notice,
    PageBreak,
    Paragraph,
    Picture,
    Prose,
    SignatureLines,
    Table,
)
from balanstest_analysis.report.exporters import pdf_document
from balanstest_analysis.report.onderbouwing import Onderbouwing
from tests.document.test_blocks import table
from tests.example_results import EXAMPLES, dossier, published
from tests.paper import POINTS_PER_MM, emptied, placed
from tests.report.test_exporters import notebook
from tests.report_cases import notebook_of

FULL = 46
LINE = "Een alinea die ruimte inneemt en nergens over gaat."


def filler(lines: int) -> list[Block]:
    return [Paragraph(text=LINE) for _ in range(lines)]


def sheets(*blocks: Block, title: str = "# Onderbouwing") -> list[str]:
    paper = PdfReader(io.BytesIO(pdf_document(notebook(*blocks, title=title))))
    return [" ".join(sheet.extract_text().split()) for sheet in paper.pages]


@pytest.mark.parametrize("lines", range(42, 50))
def test_page_one_settles_however_full_it_is_and_only_its_figure_yields(lines: int) -> None:
    sized = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 1"><path d="M0 0h4v1"/></svg>'
    drawn = Picture(svg=sized, alt="Een vlak", caption="Een vlak")
    after = (PageBreak(), Heading(level=2, text="Hierna"))
    found = sheets(Heading(level=1, text="Titel"), *filler(lines), drawn, *after, title="")

    at = page_of("Figuur 1", found)
    assert (page_of("Hierna", found), len(found)) == (1, 2), at
    assert at == (0 if lines < FULL else 1)


def page_of(words: str, pages: list[str]) -> int:
    return next(number for number, text in enumerate(pages) if words in text)


FOLLOWING: dict[str, Block] = {
    "a table": table(caption="Wat volgt"),
    "a list": BulletList(items=("Wat volgt",)),
    "terms": Definitions(items=(("Wat volgt", "Een uitleg."),)),
    "words of the organisation": Prose(markdown="Wat volgt"),
    "a box": Notice(kind="info", title="Wat volgt", blocks=(Paragraph(text="Een uitleg."),)),
    "signatures": SignatureLines(roles=("Wat volgt",)),
}


@pytest.mark.parametrize("kind", FOLLOWING)
def test_a_heading_and_its_introduction_stay_with_what_they_introduce(kind: str) -> None:
    introduced = (
        Heading(level=2, text="De kop"),
        Paragraph(text="De inleiding."),
        FOLLOWING[kind],
    )
    for lines in range(42, 51, 2):
        pages = sheets(*filler(lines), *introduced)
        places = {page_of(words, pages) for words in ("De kop", "De inleiding.", "Wat volgt")}
        assert len(places) == 1, lines


def long_table(note: str = "") -> Block:
    rows = tuple((f"rij {number}", str(number)) for number in range(60))
    return table(rows=rows, caption="Een lange tabel", note=note)


def test_a_table_that_goes_on_says_of_which_table_it_is() -> None:
    pages = sheets(table(), long_table())

    assert "Tabel 2, vervolg" in pages[-1]
    assert not any("vervolg" in text for text in pages[: page_of("Een lange tabel", pages) + 1])


def test_the_caption_of_a_table_that_goes_on_stays_with_its_first_rows() -> None:
    for lines in range(42, 51, 2):
        pages = sheets(*filler(lines), long_table())
        assert page_of("Een lange tabel", pages) == page_of("rij 0", pages), lines


def test_the_note_of_a_table_stays_with_its_last_rows() -> None:
    for lines in range(8):
        pages = sheets(*filler(lines), long_table(note="De noot bij de tabel."))
        assert page_of("De noot bij de tabel.", pages) == page_of("rij 59", pages), lines


def test_tables_are_as_wide_as_the_text_however_few_columns_they_have() -> None:
    paper = PdfReader(io.BytesIO(pdf_document(notebook(table(), Paragraph(text=LINE)))))
    found = [x for text, x, _ in placed(paper.pages[0]) if text in {"120", "98"}]

    assert min(found) > 170 * POINTS_PER_MM


def test_no_signature_stands_alone_on_a_page() -> None:
    roles = ("Eerste rol", "Tweede rol", "Derde rol")
    for lines in range(34, 50, 3):
        pages = sheets(*filler(lines), Heading(level=2, text="Kop"), SignatureLines(roles=roles))
        assert len({page_of(role, pages) for role in roles}) == 1, lines


@cache
def printed(example: str) -> PdfReader:
    report = Onderbouwing(dossier=dossier(), result=published(EXAMPLES[example]()))
    return PdfReader(io.BytesIO(pdf_document(notebook_of(report))))


@pytest.mark.parametrize("example", ["proposed", "no_term", "request_carried"])
def test_no_page_of_the_body_is_more_than_a_third_empty(example: str) -> None:
    paper = printed(example)
    texts = [sheet.extract_text() for sheet in paper.pages]
    end = next(n for n, text in enumerate(texts) if n > 1 and "Bijlage A. De methode" in text)
    empty = {
        number + 1: round(emptied(paper.pages[number]), 2)
        for number in range(1, end - 1)
        if emptied(paper.pages[number]) > 1 / 3
    }
    assert empty == {}


def test_the_heads_of_an_overview_break_between_words_and_not_within_them() -> None:
    heads = ("Maanden", "Netto contacten", "Conversies", "Percentage", "95%-interval")
    heads += ("Ontwerpeffect", "Ondergrens", "Bovengrens")
    row = ("29 t/m 31", "20.476", "1.832", "13,6%", "12,1% tot 15,3%", "1,0", "12,25%", "15,01%")
    total = ("Alle maanden", *row[1:])
    (sheet,) = sheets(Table(columns=heads, rows=(row, total), caption="Conversie per tijdvak"))

    assert all(words in sheet for words in (*heads, *total))
