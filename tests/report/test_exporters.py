"""The exporters: a real page, a real PDF, and what neither will show."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from importlib.metadata import entry_points
from typing import Any

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from pypdf import PdfReader

from balanstest_analysis.document.blocks import (
    Block,
    BlockError,
    Fragment,
    Heading,
    Notice,
    Paragraph,
    Picture,
    Prose,
)
from balanstest_analysis.document.blocks.fragment import SENTINEL
from balanstest_analysis.document.style.logo import logo_of
from balanstest_analysis.report.exporters import (
    BalanstestHTMLExporter,
    BalanstestPDFExporter,
    annexes,
    html_page,
    pdf_document,
)
from balanstest_analysis.report.exporters.contents import with_numbers
from tests.document.test_blocks import HOSTILE, Tags, every_block, table
from tests.logos import SVG_LOGO, png_logo
from tests.report_checks import pdf_faults

SVG = "<svg xmlns='http://www.w3.org/2000/svg' width='80' height='40'><rect width='80'/></svg>"
ADDRESS = {"src", "href", "srcset", "action", "data"}
METADATA = {
    "title": "Onderbouwing van de klanttermijn",
    "organisation": "Stichting Één & Twee",
    "category": "periodieke donaties",
    "period": "2026-Q3",
    "status": "concept",
    "report_date": "2026-10-15",
    "fictitious": True,
}
BLOCKS: tuple[Block, ...] = (
    Heading(level=2, text="3b. Conversie"),
    table(),
    Picture(svg=SVG, alt="Een zwart vlak.", caption="Vlak"),
    Notice(kind="proposal", title="Voorstel: 27 maanden", blocks=(Paragraph(text="Zo is het."),)),
    table(caption="Nog een tabel", wide=True),
)


def shown(data: dict[str, Any], metadata: dict[str, Any] | None = None) -> NotebookNode:
    output = new_output("display_data", data=data, metadata=metadata or {})
    return new_code_cell("geheim = 1", execution_count=1, outputs=[output])


def notebook(*blocks: Block, title: str = "# Onderbouwing", **metadata: Any) -> NotebookNode:
    fragment = Fragment(blocks=blocks or BLOCKS)._repr_mimebundle_()
    cells = [new_markdown_cell(title), shown(fragment)] if title else [shown(fragment)]
    return new_notebook(cells=cells, metadata={"balanstest": METADATA | metadata})


@pytest.mark.parametrize("export", [html_page, pdf_document])
def test_a_notebook_that_was_not_executed_says_so_and_gives_no_empty_report(
    export: Callable[[NotebookNode], object],
) -> None:
    bare = new_notebook(cells=[new_markdown_cell("# Onderbouwing"), new_code_cell("1 + 1")])
    with pytest.raises(BlockError, match=r"nog niet uitgevoerd, .* Run All Cells"):
        export(bare)


@pytest.fixture(scope="module")
def page() -> str:
    return html_page(notebook())


@pytest.fixture(scope="module")
def pdf() -> PdfReader:
    return PdfReader(io.BytesIO(pdf_document(notebook())))


def test_jupyter_finds_both_exporters() -> None:
    found = {entry.name: entry.load() for entry in entry_points(group="nbconvert.exporters")}

    assert found["balanstest"] is BalanstestHTMLExporter
    assert found["balanstest-pdf"] is BalanstestPDFExporter


def test_the_exporters_give_what_nbconvert_writes_to_a_file(page: str) -> None:
    html, resources = BalanstestHTMLExporter().from_notebook_node(notebook())
    pdf, pdf_resources = BalanstestPDFExporter().from_notebook_node(notebook())

    assert (html, resources["output_extension"]) == (page, ".html")
    assert (pdf[:5], pdf_resources["output_extension"]) == (b"%PDF-", ".pdf")


def test_the_page_is_dutch_titled_and_complete_in_itself(page: str) -> None:
    tags = Tags(page)

    assert page.startswith("<!DOCTYPE html>")
    assert tags.named("html")[0]["lang"] == "nl"
    assert '<meta charset="utf-8">' in page
    assert "<title>Onderbouwing van de klanttermijn</title>" in page
    assert tags.named("script") == []
    assert tags.named("link") == []
    addresses = [
        value for _, given in tags.tags for name, value in given.items() if name in ADDRESS
    ]
    assert all(str(address).startswith(("data:", "#")) for address in addresses)
    assert set(re.findall(r"url\((.{5})", page)) == {"data:"}


def test_the_page_names_organisation_status_and_that_data_are_fictitious(page: str) -> None:
    text = Tags(page).text

    assert "Stichting Één & Twee" in text
    assert "concept" in text
    assert "fictieve gegevens" in text
    assert "15 oktober 2026" in text


def test_the_page_shows_no_code_and_no_prompts(page: str) -> None:
    assert "geheim" not in page
    assert "In [" not in page


def test_the_page_can_be_walked_by_skip_link_landmarks_and_contents(page: str) -> None:
    tags = Tags(page)
    targets = {attributes.get("id") for _, attributes in tags.tags}

    assert tags.named("a")[0] == {"class": "skip", "href": "#inhoud"}
    assert all(str(link["href"])[1:] in targets for link in tags.named("a"))
    assert [len(tags.named(name)) for name in ("header", "nav", "main", "footer", "h1")] == [1] * 5


def test_equal_headings_get_anchors_of_their_own() -> None:
    tags = Tags(html_page(notebook(Heading(level=2, text="Slot"), Heading(level=2, text="Slot"))))

    assert [attributes["id"] for attributes in tags.named("h2")] == ["slot", "slot-2"]


def test_tables_and_figures_have_the_same_numbers_on_page_and_paper(
    page: str, pdf: PdfReader
) -> None:
    paper = " ".join(sheet.extract_text() for sheet in pdf.pages)

    for numbered in ("Tabel 1", "Tabel 2", "Figuur 1"):
        assert numbered in Tags(page).text
        assert numbered in paper
    assert "Tabel 3" not in Tags(page).text + paper


def test_numbers_run_on_over_cells() -> None:
    body = '<span class="number" data-series="Tabel">Tabel</span>' * 2

    assert re.findall(r"Tabel \d", with_numbers(body)) == ["Tabel 1", "Tabel 2"]


def test_the_pdf_is_tagged_dutch_and_titled(pdf: PdfReader) -> None:
    root = pdf.trailer["/Root"]

    assert root["/Lang"] == "nl-NL"
    assert "/StructTreeRoot" in root
    assert root["/MarkInfo"]["/Marked"]
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Onderbouwing van de klanttermijn"
    assert pdf.metadata.author == "Stichting Één & Twee"
    assert pdf.metadata.creation_date is not None
    assert pdf.metadata.creation_date.date().isoformat() == "2026-10-15"


def test_the_pdf_claims_ua_1_and_a_3a(pdf: PdfReader) -> None:
    claims = pdf.trailer["/Root"]["/Metadata"].get_data().decode()

    assert "<pdfuaid:part>1</pdfuaid:part>" in claims
    assert "<pdfaid:part>3</pdfaid:part>" in claims
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in claims


def test_the_pdf_has_bookmarks_page_numbers_and_a_header_on_every_page(pdf: PdfReader) -> None:
    assert [entry["/Title"] for entry in pdf.outline if isinstance(entry, dict)] == ["Onderbouwing"]
    for number, sheet in enumerate(pdf.pages, start=1):
        text = sheet.extract_text()
        assert f"bladzijde {number} van {len(pdf.pages)}" in text
        assert "Stichting Één & Twee" in text
        assert "concept" in text


def test_every_picture_in_the_pdf_has_its_words(pdf: PdfReader) -> None:
    figures = [element for element in structure(pdf) if element.get("/S") == "/Figure"]

    assert [figure["/Alt"] for figure in figures] == ["Een zwart vlak."]


def structure(pdf: PdfReader) -> list[Any]:
    waiting, found = [pdf.trailer["/Root"]["/StructTreeRoot"]], []
    while waiting:
        element = waiting.pop().get_object()
        if isinstance(element, list):
            waiting += element
        elif isinstance(element, dict):
            found.append(element)
            waiting += [element["/K"]] if "/K" in element else []
    return found


def test_a_wide_table_gets_a_landscape_page(pdf: PdfReader) -> None:
    shapes = [sheet.mediabox.width > sheet.mediabox.height for sheet in pdf.pages]

    assert shapes == [False, True]


def test_the_same_notebook_gives_the_same_bytes() -> None:
    assert pdf_document(notebook()) == pdf_document(notebook())
    assert html_page(notebook()) == html_page(notebook())


def test_hostile_words_are_printed_as_they_are() -> None:
    hostile = notebook(*every_block(HOSTILE), organisation=HOSTILE, title="")

    paper = PdfReader(io.BytesIO(pdf_document(hostile)))
    assert "#panic(" in paper.pages[0].extract_text()
    assert Tags(html_page(hostile)).named("script") == []


def test_prose_of_every_kind_compiles() -> None:
    markdown = "# Kop\n\n> citaat\n\n1. een\n   - twee\n\n    code\n\n<b>html</b>\n\n***\n\na\\\nb"

    assert pdf_document(notebook(Prose(markdown=markdown)))


def test_a_markdown_cell_may_hold_a_table_and_no_html() -> None:
    cell = "# Kop\n\n| a | b |\n|---|---|\n| 1 | <script>2</script> |\n\n<script>3</script>"
    mixed = notebook(title=cell)

    tags = Tags(html_page(mixed))
    assert tags.named("script") == []
    assert len(tags.named("table")) == 3
    assert pdf_document(mixed)


def test_a_document_without_title_gets_one() -> None:
    untitled = notebook(title="")

    assert "<h1" in html_page(untitled)
    outline = PdfReader(io.BytesIO(pdf_document(untitled))).outline
    assert outline[0]["/Title"] == "Onderbouwing van de klanttermijn"


def test_without_metadata_the_first_heading_is_the_title() -> None:
    bare = notebook()
    bare.metadata = NotebookNode()

    assert "<title>Onderbouwing</title>" in html_page(bare)
    assert pdf_document(bare)


def test_an_error_in_the_notebook_is_refused() -> None:
    failed = notebook()
    failed.cells[1].outputs.append(new_output("error", ename="ValueError", evalue="geheim"))

    for export in (html_page, pdf_document):
        with pytest.raises(BlockError, match="ValueError"):
            export(failed)


def test_a_heading_that_skips_a_level_is_refused() -> None:
    for export in (html_page, pdf_document):
        with pytest.raises(BlockError, match="level 4"):
            export(notebook(Heading(level=4, text="Te diep")))


def test_a_picture_without_words_is_refused() -> None:
    for data in ({"image/png": "iVBORw0KGgo="}, {"image/svg+xml": SVG}):
        with pytest.raises(BlockError):
            html_page(new_notebook(cells=[shown(data)]))


def test_a_foreign_svg_with_words_and_a_plain_result_are_shown() -> None:
    words = {"image/svg+xml": {"alt": "Een vlak."}}
    mixed = new_notebook(
        cells=[shown({"image/svg+xml": SVG}, words), shown({"text/plain": "<42>"})]
    )

    assert Tags(html_page(mixed)).named("img")[0]["alt"] == "Een vlak."
    assert "&lt;42&gt;" in html_page(mixed)
    assert pdf_document(mixed)


def test_html_of_strangers_is_not_trusted() -> None:
    foreign = shown({"text/html": "<script>1</script>", "text/plain": "tabel"})

    assert Tags(html_page(new_notebook(cells=[foreign]))).named("script") == []


def test_what_a_cell_prints_is_no_part_of_the_document() -> None:
    chatty = notebook()
    chatty.cells[1].outputs.append(new_output("stream", name="stderr", text="geheime waarschuwing"))

    assert "geheime waarschuwing" not in html_page(chatty)


def test_a_drawing_that_typst_cannot_read_is_refused() -> None:
    broken = Picture(svg="<svg><", alt="Kapot", caption="Kapot")

    with pytest.raises(BlockError, match="PDF"):
        pdf_document(notebook(broken))


def test_a_long_table_repeats_its_header_on_every_page() -> None:
    rows = tuple((str(month), "10") for month in range(120))
    paper = PdfReader(io.BytesIO(pdf_document(notebook(table(rows=rows)))))

    assert len(paper.pages) > 2
    assert all("Maand" in sheet.extract_text() for sheet in paper.pages)


# ---------------------------------------------------------------- colour and logo

LOGOS = {"svg": SVG_LOGO, "png": png_logo()}


def styled(kind: str = "svg", **metadata: Any) -> NotebookNode:
    return notebook(accent="#00695c", logo=logo_of(LOGOS[kind]).uri, **metadata)


def test_a_page_takes_the_colour_and_shows_the_logo_in_its_masthead() -> None:
    page = html_page(styled())
    logo, _drawing = Tags(page).named("img")

    assert "--accent: #00695c;" in page
    assert ".notice.proposal { --dark: #00695c; --light: #ebf3f2; }" in page
    assert logo["alt"] == "Stichting Één & Twee"
    assert str(logo["src"]).startswith("data:image/svg+xml;base64,")
    assert page.index('class="logo"') < page.index("</header>")
    assert set(re.findall(r"url\((.{5})", page)) == {"data:"}


def test_a_name_in_the_words_of_a_logo_stays_words() -> None:
    hostile = styled(organisation=HOSTILE)

    assert Tags(html_page(hostile)).named("img")[0]["alt"] == HOSTILE
    assert Tags(html_page(hostile)).named("script") == []
    assert pdf_document(hostile)


@pytest.mark.parametrize("kind", LOGOS)
def test_a_logo_on_paper_stands_on_page_one_with_the_name_as_its_words(kind: str) -> None:
    pdf = pdf_document(styled(kind))
    paper = PdfReader(io.BytesIO(pdf))
    figures = [element for element in structure(paper) if element.get("/S") == "/Figure"]

    assert pdf_faults(pdf) == []
    assert {figure["/Alt"] for figure in figures} == {"Een zwart vlak.", "Stichting Één & Twee"}
    claims = paper.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in claims
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in claims
    assert [name for name in paper.attachments if "logo" in name] == []


def test_a_logo_on_paper_leaves_page_one_as_long_as_it_was() -> None:
    plain, with_logo = (
        PdfReader(io.BytesIO(pdf_document(one))).pages[0].extract_text()
        for one in (notebook(), styled())
    )
    assert with_logo == plain


def test_a_notebook_with_a_colour_or_logo_that_no_report_shows_is_refused() -> None:
    for own in ({"accent": "#fff;} </style>"}, {"logo": "https://voorbeeld.nl/logo.png"}):
        for export in (html_page, pdf_document):
            with pytest.raises(BlockError):
                export(notebook(**own))


# ---------------------------------------------------------------- what goes with a report


def carrying() -> NotebookNode:
    sentinel = {"complete": True, "result": '{"naam": "é"}\n', "terms": [["Maand", "Een maand."]]}
    carried = notebook()
    carried.cells.append(shown({SENTINEL: json.dumps(sentinel), "text/html": ""}))
    return carried


def test_a_notebook_alone_gives_a_pdf_with_result_and_tables_attached() -> None:
    expected = {annex.name: annex for annex in annexes(carrying())}
    paper = PdfReader(io.BytesIO(pdf_document(carrying())))

    assert {name: contents[0] for name, contents in paper.attachments.items()} == {
        name: annex.content for name, annex in expected.items()
    }
    assert list(expected) == [
        "resultaat.json",
        "tabellen.xlsx",
        "leeswijzer.csv",
        "tabel-01-contacten-per-maand.csv",
        "tabel-02-nog-een-tabel.csv",
    ]


def test_each_attachment_says_in_dutch_what_it_is_and_how_it_relates() -> None:
    paper = PdfReader(io.BytesIO(pdf_document(carrying())))
    given = [entry.get_object() for entry in paper.trailer["/Root"]["/AF"]]

    assert {entry["/AFRelationship"] for entry in given} == {"/Data"}
    described = {entry["/UF"]: entry["/Desc"] for entry in given}
    assert described["resultaat.json"] == "Alle gepubliceerde uitkomsten van dit rapport (JSON)"
    assert described["tabel-02-nog-een-tabel.csv"] == "Tabel 2. Nog een tabel (CSV)"
    kinds = {entry["/UF"]: entry["/EF"]["/F"]["/Subtype"] for entry in given}
    assert kinds["tabellen.xlsx"].endswith("spreadsheetml.sheet")
    assert kinds["leeswijzer.csv"] == "/text/csv"


def test_the_numbers_of_the_table_files_are_those_of_the_page() -> None:
    text = Tags(html_page(carrying())).text

    assert "Tabel 2 Nog een tabel" in text
    assert next(a for a in annexes(carrying()) if "nog-een-tabel" in a.path).name.startswith(
        "tabel-02"
    )


def test_a_notebook_of_somebody_else_carries_nothing() -> None:
    assert annexes(new_notebook(cells=[shown({"text/plain": "42"})])) == ()


def test_the_guide_to_the_tables_tells_organisation_status_and_fictitious_data() -> None:
    guide = next(a for a in annexes(carrying()) if a.name == "leeswijzer.csv").content.decode()

    for line in ("Organisatie;Stichting Één & Twee", "Status;concept", "Maand;Een maand."):
        assert line in guide
    assert "fictief" in guide
