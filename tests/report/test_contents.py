"""Contents and references: each leads to where the words are, on the screen and on paper."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import cache

from pypdf import PdfReader

from balanstest_analysis.document.blocks import (
    Block,
    Contents,
    Heading,
    PageBreak,
    Paragraph,
    Picture,
    Prose,
    Reference,
)
from balanstest_analysis.report.exporters import html_page, pdf_document
from balanstest_analysis.report.onderbouwing import Onderbouwing
from tests.document.test_blocks import Tags, table
from tests.example_results import dossier, no_term, not_allowed, proposed, published
from tests.pdf_readers import reading_faults
from tests.report.test_exporters import SVG, notebook
from tests.report_cases import notebook_of

LONG = Prose(markdown="\n\n".join(["Een alinea die ruimte inneemt. " * 12] * 14))
BLOCKS: tuple[Block, ...] = (
    Paragraph(
        text=f"Zie {Reference(anchor='slot', words='het slot')}, "
        f"{Reference(anchor='slot', words='het slot', form='page')}, "
        f"{Reference(anchor='tabel-2', words='de tabel', form='number')}, "
        f"{Reference(anchor='figuur-1', words='de figuur', form='number')} en "
        f"{Reference(anchor='nergens', words='wat er niet is')}."
    ),
    PageBreak(),
    Contents(),
    Heading(level=2, text="Begin"),
    LONG,
    table(),
    table(caption="Nog een tabel", anchor="tabel-2"),
    Heading(level=2, text="Midden"),
    LONG,
    Picture(svg=SVG, alt="Een vlak.", caption="Vlak", anchor="figuur-1"),
    LONG,
    Heading(level=2, text="Slot", anchor="slot"),
    Paragraph(text="Tot zover."),
)


@cache
def sheets(kind: str = "blocks") -> list[str]:
    """Return the text of each page."""
    return [" ".join(sheet.extract_text().split()) for sheet in paper(kind).pages]


@cache
def paper(kind: str = "blocks") -> PdfReader:
    return PdfReader(io.BytesIO(document(kind)))


@cache
def document(kind: str) -> bytes:
    if kind == "blocks":
        return pdf_document(notebook(*BLOCKS))
    content = {"proposed": proposed, "no_term": no_term, "not_allowed": not_allowed}[kind]()
    report = Onderbouwing(dossier=dossier(), result=published(content))
    return pdf_document(notebook_of(report))


def shown_by(report: Onderbouwing) -> Iterator[str]:
    """Yield what each cell shows: the page itself has no links to what is not there."""
    for cell in notebook_of(report).cells:
        yield from (output.data["text/html"] for output in cell.outputs)


def page_with(words: str, kind: str = "blocks", after: int = 2) -> int:
    """Return the number of the page on which a heading or caption stands, the contents aside."""
    return next(n for n, text in enumerate(sheets(kind), start=1) if n > after and words in text)


def listed(kind: str) -> dict[str, int]:
    """Return the lines of the contents: title and page."""
    text = next(text for text in sheets(kind) if "Inhoud" in text)
    lines = re.findall(r"([^.]\S.*?)(?: ?\.){3,} ?(\d+)", text[text.index("Inhoud") + 6 :])
    return {title.strip(): int(number) for title, number in lines}


def test_a_reference_prints_the_page_where_its_place_really_is() -> None:
    first = sheets()[0]
    slot, numbered, drawn = (page_with(w) for w in ("Tot zover.", "Tabel 2", "Figuur 1"))

    assert f"Zie het slot (bladzijde {slot}), bladzijde {slot}," in first
    assert f"tabel 2 (bladzijde {numbered}), figuur 1 (bladzijde {drawn})" in first
    assert slot > drawn > numbered > 1


def test_a_reference_to_what_is_not_there_is_only_its_words() -> None:
    assert "en wat er niet is." in sheets()[0]
    assert "wat er niet is." in Tags(html_page(notebook(*BLOCKS))).text


def test_the_contents_give_the_page_of_each_section() -> None:
    assert listed("blocks") == {
        "Begin": 2,
        "Midden": page_with("Midden"),
        "Slot": page_with("Tot zover."),
    }


def test_contents_and_references_are_no_hindrance_for_who_hears_the_pdf() -> None:
    assert reading_faults(document("proposed")) == []


def test_links_on_the_screen_lead_to_a_place_and_name_tables_by_their_number() -> None:
    page = html_page(notebook(*BLOCKS))
    tags = Tags(page)
    places = {attributes.get("id") for _, attributes in tags.tags}
    links = [link for link in tags.named("a") if link.get("class") == "reference"]

    assert [link["href"] for link in links] == ["#slot", "#slot", "#tabel-2", "#figuur-1"]
    assert {str(link["href"])[1:] for link in links} <= places
    assert '<a class="reference" href="#tabel-2">tabel 2</a>' in page
    assert '<a class="reference" href="#figuur-1">figuur 1</a>' in page


def test_the_contents_stand_behind_the_first_page_and_beside_it_on_a_wide_screen() -> None:
    page = html_page(notebook(*BLOCKS))

    assert page.index('class="page-break"') < page.index('<nav class="contents"')
    assert page.index('<nav class="contents"') < page.index('id="begin"')
    assert '<nav class="outer beside"' in page


def test_a_document_without_contents_of_its_own_keeps_those_beside_it() -> None:
    page = html_page(notebook(Heading(level=2, text="Begin")))

    assert '<nav class="outer"' in page
    assert 'class="contents"' not in page


def test_every_section_of_a_report_is_in_its_contents_with_its_page() -> None:
    for kind in ("proposed", "no_term", "not_allowed"):
        found = listed(kind)
        outline = paper(kind).outline[1]
        due = {
            entry.title: paper(kind).get_destination_page_number(entry) + 1
            for entry in outline
            if not isinstance(entry, list)
        }
        assert found == due, kind


def test_every_reference_of_a_report_leads_to_a_place() -> None:
    for content in (proposed(), no_term(), not_allowed()):
        report = Onderbouwing(dossier=dossier(), result=published(content))
        html = "".join(
            output.data["text/html"]
            for cell in notebook_of(report).cells
            for output in cell.outputs
        )
        html = "".join(shown_by(report))
        wanted = set(re.findall(r'class="reference" href="#([^"]+)"', html))
        places = set(re.findall(r' id="([^"]+)"', html))
        assert wanted
        assert wanted <= places


def test_the_first_page_stays_one_page_before_the_contents() -> None:
    assert "Inhoud" not in sheets("proposed")[0]
    assert "Inhoud" in sheets("proposed")[1]
