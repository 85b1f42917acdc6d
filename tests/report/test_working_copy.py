"""The working copy: the report in Word, with its headings, tables, figures and alt texts."""

from __future__ import annotations

import hashlib
import io
import re
import shutil
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table as WordTable
from nbformat.v4 import new_code_cell, new_notebook, new_output
from pypdf import PdfReader

from balanstest_analysis.document.blocks import (
    BulletList,
    Definitions,
    Fragment,
    Heading,
    Notice,
    PageBreak,
    Paragraph,
    Picture,
    Prose,
    Reference,
    SignatureLines,
    Table,
)
from balanstest_analysis.document.blocks.model import Block
from balanstest_analysis.errors import BlockError, DataError, UsageError
from balanstest_analysis.report.exporters.html import html_body, numbered_body
from balanstest_analysis.report.exporters.notebook import document_metadata
from balanstest_analysis.report.run import run_report
from balanstest_analysis.report.word.markup import Element, tree_of
from balanstest_analysis.report.working_copy import document_report, working_copy
from tests.command_line import run_command
from tests.counted_dossier import write_smallest
from tests.office import NEEDS_OFFICE, converted
from tests.report.test_run import SMALL
from tests.report_cases import Case, notebook_of, report_of

SVG = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 5'><rect width='9' height='4'/></svg>"
CASES = [
    Case(),
    Case(sector="commercial"),
    Case(shape="sparse", answers="none"),
    Case(asked=120, template="bel-me-niet", regime="ctm-2024"),
]
REFERENCE = Reference(anchor="t", words="x", form="number")
PROSE = "Eerst *dit*.\n\n1. een\n2. twee\n   - dieper\n\n| a | b |\n|---|---|\n| 1 | 2 |"
COUNTED = Table(
    columns=("Maand", "Aantal"),
    rows=(("0", "12"), ("1", "minder dan 10")),
    caption="Per maand",
    note="Noot.",
    anchor="t",
    emphasise=(1,),
)
PROPOSED = Paragraph(text=f"Hooguit **21 maanden**; zie {REFERENCE}.")
BLOCKS: tuple[Block, ...] = (
    Heading(level=1, text="Onderbouwing"),
    Notice(kind="proposal", title="Voorstel", blocks=(PROPOSED,)),
    Heading(level=2, text="Eén & twee"),
    Prose(markdown=PROSE),
    BulletList(items=("punt `code`",), voice="rule"),
    Definitions(items=(("Maand", "een *hele*"),)),
    PageBreak(),
    COUNTED,
    Table(columns=("Breed", "Aantal"), rows=(("0", "12"),), caption="Breed", wide=True),
    Picture(svg=SVG, alt="Een vlak van <9> bij 4.", caption="Een vlak"),
    SignatureLines(roles=("Directeur", "FG")),
)


def word_of(*blocks: Block) -> Document:
    data = Fragment(blocks=blocks)._repr_mimebundle_()
    output = new_output("execute_result", data=data, execution_count=1)
    notebook = new_notebook(cells=[new_code_cell(outputs=[output], execution_count=1)])
    return docx.Document(io.BytesIO(working_copy(notebook)))


def texts(document: Document, style: str = "") -> list[str]:
    return [p.text for p in document.paragraphs if p.text and (not style or p.style.name == style)]


def words(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.fixture(scope="module")
def document() -> Document:
    return word_of(*BLOCKS)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    dossier = write_smallest(tmp_path_factory.mktemp("dossier"))
    output = tmp_path_factory.mktemp("uit")
    return run_report(dossier, output_dir=output, notebook=SMALL).directory


@pytest.fixture
def run(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "reeks" / made.name))


def test_headings_are_headings_of_their_level(document: Document) -> None:
    headed = [(p.style.name, p.text) for p in document.paragraphs if "Heading" in p.style.name]

    assert headed == [("Heading 1", "Onderbouwing"), ("Heading 2", "Eén & twee")]


def test_the_head_of_a_table_is_repeated_and_no_row_is_split(document: Document) -> None:
    assert len(document.tables) == 3
    for table in document.tables:
        heads = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
        assert heads == [True] + [False] * (len(heads) - 1)
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert [[cell.text for cell in row.cells] for row in document.tables[1].rows] == [
        ["Maand", "Aantal"],
        ["0", "12"],
        ["1", "minder dan 10"],
    ]


def kept(table: WordTable) -> list[bool]:
    return [bool(row.cells[0].paragraphs[0].paragraph_format.keep_with_next) for row in table.rows]


def test_a_short_table_stays_on_one_page_with_its_note() -> None:
    noted, bare = word_of(COUNTED, replace(COUNTED, note="", anchor="u")).tables

    assert kept(noted) == [True, True, True]
    assert kept(bare) == [True, True, False]


def test_no_page_begins_or_ends_with_a_single_row_of_a_long_table() -> None:
    rows = tuple((str(month), "12") for month in range(40))
    [table] = word_of(replace(COUNTED, rows=rows)).tables

    assert kept(table) == [True] * 3 + [False] * 36 + [True] * 2


def test_a_card_stays_on_one_page_and_apart_from_the_next() -> None:
    pairs = Definitions(items=(("Eis", "ten hoogste 8%"), ("Reden", "meer stoort")))
    shown = word_of(*[Notice(kind="card", title=name, blocks=(pairs,)) for name in ("Eén", "Twee")])
    _, *lines = [p for p in shown.paragraphs if p.style.name in {"Kadertitel", "Begrip"}]

    assert [bool(p.paragraph_format.keep_with_next) for p in lines] == [True, True, False] * 2
    after_first = shown.paragraphs[[p._p for p in shown.paragraphs].index(lines[2]._p) + 1]
    assert after_first.text == ""


def test_a_caption_has_a_number_that_word_counts_on_and_the_words_of_the_report(document) -> None:
    captions = [p for p in document.paragraphs if p.style.name == "Caption"]

    assert [p.text for p in captions] == ["Tabel 1 Per maand", "Tabel 2 Breed", "Figuur 1 Een vlak"]
    codes = [p._p.findall(f".//{qn('w:instrText')}")[0].text.split()[1] for p in captions]
    assert codes == ["Tabel", "Tabel", "Figuur"]


def test_a_figure_has_its_alt_text(document: Document) -> None:
    shown = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]

    assert shown == ["Een vlak van <9> bij 4."]


def test_lists_are_lists_and_count_from_one(document: Document) -> None:
    levels = [p._p.pPr.numPr.ilvl.val for p in document.paragraphs if p._p.pPr.numPr is not None]

    assert levels == [0, 0, 1, 0]


def test_a_wide_table_has_a_page_of_its_own_on_its_side(document: Document) -> None:
    assert [s.page_width > s.page_height for s in document.sections] == [False, True, False]


def test_a_reference_leads_to_its_place(document: Document) -> None:
    link = document.element.find(f".//{qn('w:hyperlink')}")
    names = [one.get(qn("w:name")) for one in document.element.iter(qn("w:bookmarkStart"))]

    assert link.text == "tabel 1"
    assert link.get(qn("w:anchor")) in names


def test_every_page_says_that_it_is_a_working_copy(document: Document) -> None:
    first, *others = document.sections
    assert "WERKVERSIE" in first.header.paragraphs[0].text
    assert "pagina" in first.footer.paragraphs[0].text
    assert all(one.header.is_linked_to_previous for one in others)


def test_nobody_can_sign_it(document: Document) -> None:
    whole = "\n".join(texts(document))

    assert "Handtekening" not in whole
    assert "getekend wordt het rapport zelf (onderbouwing.pdf). Daarin tekenen: Directeur; FG." in (
        whole
    )


def test_words_that_could_be_markup_are_words() -> None:
    shown = word_of(Paragraph(text="a < b & \\*c\\* \x07"), Heading(level=2, text="<w:p>"))

    assert {"a < b & *c* ", "a < b & *c*"} & set(texts(shown))
    assert "<w:p>" in texts(shown)


def test_html_of_nobody_is_refused() -> None:
    data = {"text/html": "<video></video>", "text/x-typst": "x"}
    output = new_output("execute_result", data=data, execution_count=1)
    notebook = new_notebook(cells=[new_code_cell(outputs=[output], execution_count=1)])

    with pytest.raises(BlockError, match="no form for `video`"):
        working_copy(notebook)


@pytest.mark.parametrize("case", CASES, ids="{0.sector} {0.shape} {0.template}".format)
def test_every_word_of_a_report_stands_in_its_working_copy_in_the_same_order(
    case: Case, tmp_path: Path
) -> None:
    notebook = notebook_of(report_of(case, tmp_path))
    body = tree_of(numbered_body(html_body(notebook), document_metadata(notebook)))
    shown = docx.Document(io.BytesIO(working_copy(notebook)))

    due = [words(one.text()) for one in body.walk() if one.tag in {"td", "th"}]
    cells = [words(c.text) for t in shown.tables for row in t.rows for c in row.cells]
    assert cells == due
    headings = [words(one.text()) for one in body.walk() if re.fullmatch("h[1-4]", one.tag)]
    assert [words(p.text) for p in shown.paragraphs if "Heading" in p.style.name] == headings
    alts = [one.attributes["alt"] for one in body.walk() if one.tag == "img"]
    assert [shape._inline.docPr.get("descr") for shape in shown.inline_shapes] == alts
    whole = words("".join(p.text for p in shown.paragraphs).replace(" · ", ""))
    for one in body.walk():
        if one.tag in {"p", "dd", "figcaption", "caption"}:
            assert words(said(one)) in whole


def said(one: Element) -> str:
    return "".join(c if isinstance(c, str) else said(c) for c in one.children)


def test_the_same_report_gives_the_same_bytes_beside_an_unchanged_directory(run: Path) -> None:
    before = {f: hashlib.sha256(f.read_bytes()).digest() for f in run.rglob("*") if f.is_file()}
    path = document_report(run)
    first = path.read_bytes()

    assert path == run.parent / f"onderbouwing-werkversie_{run.name}.docx"
    assert document_report(run, force=True).read_bytes() == first
    assert before == {
        f: hashlib.sha256(f.read_bytes()).digest() for f in run.rglob("*") if f.is_file()
    }


def test_edits_are_only_overwritten_with_force_and_never_in_the_run_directory(run: Path) -> None:
    document_report(run).write_bytes(b"bewerkt")

    with pytest.raises(UsageError, match="may have been edited"):
        document_report(run)
    with pytest.raises(UsageError, match="stand in the run directory"):
        document_report(run, output=run / "x.docx")


def test_a_report_that_was_changed_is_refused(run: Path) -> None:
    file = run / "onderbouwing.ipynb"
    file.write_bytes(file.read_bytes() + b" ")

    with pytest.raises(DataError, match="was changed after the report was made"):
        document_report(run)


def test_the_command_says_where_the_file_is(run: Path, tmp_path: Path) -> None:
    done = run_command("document", run, "--output", tmp_path / "werk.docx", cwd=tmp_path)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip() == str(tmp_path / "werk.docx")
    assert texts(docx.Document(str(tmp_path / "werk.docx")))
    assert run_command("document", tmp_path, cwd=tmp_path).returncode == 2


@NEEDS_OFFICE
def test_libreoffice_opens_it_and_keeps_tables_figures_and_alt_texts(
    document: Document, tmp_path: Path
) -> None:
    content = io.BytesIO()
    document.save(content)
    pdf = PdfReader(io.BytesIO(converted(content.getvalue(), tmp_path)))
    pages = [page.extract_text() for page in pdf.pages]

    assert all("WERKVERSIE" in page for page in pages)
    for phrase in ("Per maand", "minder dan 10", "Een vlak", "Eén & twee"):
        assert any(phrase in page for page in pages)
    again = docx.Document(io.BytesIO(converted(content.getvalue(), tmp_path, after="docx")))
    assert [s._inline.docPr.get("descr") for s in again.inline_shapes] == [
        "Een vlak van <9> bij 4."
    ]
    assert len(again.tables) == 3
