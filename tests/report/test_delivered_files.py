"""The files of one whole run: what they are, and that none holds a trace of a person."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import html
import io
import json
import re
import subprocess
import sys
import urllib.parse
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd
import pytest
from nbformat import NotebookNode, reads
from nbformat.v4 import new_code_cell, new_notebook, new_output, writes
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from balanstest_analysis.document.blocks import Fragment, Heading, Paragraph, Table
from balanstest_analysis.dossier.loading import load_dossier
from balanstest_analysis.history.stretching import stretched
from balanstest_analysis.report.exporters import html_page, pdf_document
from balanstest_analysis.report.spreadsheets import About, table_files
from balanstest_analysis.validation.simulate import simulate_history, write_history
from tests.delivered_attacker import Delivery, attacked, figures_of
from tests.few_draws import with_few_draws
from tests.leaks import Traces, digests_of, files_in, found_in
from tests.report.test_exporters import structure

CONTACTS = 3000
WORDS = (
    "zwaluwstaart",
    "kwikstaartlaan",
    "zwaluwpost",
    "9876zq",
    "klnt77x",
    "belid88q",
    "nl00zwal",
)
KEY, NAME, PHONE = "KLNT77X0000007", "Annelies Zwaluwstaart", "0655501234"


def key_of(number: int) -> str:
    return f"KLNT77X{number:07}"


def phone_of(number: int) -> str:
    return f"06555{number % 100_000:05}"


@dataclass(frozen=True, kw_only=True)
class Delivered:
    """What left the house: the files, and what was printed."""

    files: dict[str, bytes]
    printed: dict[str, bytes]
    traces: Traces
    folder: Path


def seeded(folder: Path) -> Traces:
    """Fill every table with people whom nobody could overlook, and return their traces."""
    dossier = write_history(simulate_history("sample", contacts=CONTACTS, seed=11), folder)
    with_few_draws(dossier)
    numbers: dict[str, int] = {}
    for file in sorted(folder.glob("*.csv")):
        table = pd.read_csv(file, dtype=str, keep_default_na=False)
        person = [numbers.setdefault(key, len(numbers)) for key in table["customer_id"]]
        table["customer_id"] = [key_of(number) for number in person]
        table["naam"] = [f"Annelies {number} Zwaluwstaart" for number in person]
        table["telefoon"] = [phone_of(number) for number in person]
        table["adres"] = [f"Kwikstaartlaan {number}, 9876 ZQ Dorp" for number in person]
        table["e-mail"] = [f"annelies{number}@zwaluwpost.example" for number in person]
        table["iban"] = [f"NL00ZWAL{number:010}" for number in person]
        table["notitie"] = "bel Zwaluwstaart terug"
        if file.stem == "calls":
            table["call_id"] = [f"BELID88Q{row}" for row in range(len(table))]
        table.to_csv(file, index=False)
    return Traces(
        words=WORDS,
        phones=frozenset(phone_of(number)[1:] for number in numbers.values()),
        digests=digests_of(map(key_of, numbers.values())),
    )


def command(*arguments: object) -> tuple[int, bytes]:
    done = subprocess.run(
        [sys.executable, "-m", "balanstest_analysis", *map(str, arguments)],
        capture_output=True,
        check=False,
    )
    return done.returncode, done.stdout + b"\n" + done.stderr


@pytest.fixture(scope="module")
def delivered(tmp_path_factory: pytest.TempPathFactory) -> Delivered:
    folder, output = tmp_path_factory.mktemp("dossier"), tmp_path_factory.mktemp("uit")
    traces = seeded(folder)
    secret = (folder / ".balanstest-key").read_text().strip()
    words = (secret.removeprefix("published-"), stretched(secret.encode()).hex())
    assert all(len(word) == 64 for word in words)
    traces = replace(traces, words=(*traces.words, *words))
    (folder / "dpia.txt").write_text("Een DPIA.")
    report = command("report", folder / "balanstest.toml", "--output", output)
    assert report[0] == 0, report[1].decode()
    [run] = [path.parent for path in output.rglob("manifest.json")]
    bundle = command("bundle", run, "--attach", folder / "dpia.txt")
    assert bundle[0] == 0, bundle[1].decode()
    printed = {"report": report[1], "bundle": bundle[1]}
    return Delivered(files=files_in(output), printed=printed, traces=traces, folder=folder)


def test_no_delivered_file_holds_a_trace_of_a_person_or_of_the_secret(delivered: Delivered) -> None:
    kinds = {name.rpartition(".")[2] for name in delivered.files}

    assert kinds == {"html", "pdf", "ipynb", "json", "csv", "xlsx", "zip", "docx"}
    assert found_in(delivered.files, delivered.traces) == []


def test_nothing_that_is_printed_holds_a_trace_of_a_person(delivered: Delivered) -> None:
    assert found_in(delivered.printed, delivered.traces) == []


def test_the_search_finds_the_people_in_the_history_itself(delivered: Delivered) -> None:
    found = "\n".join(found_in(files_in(delivered.folder), delivered.traces))

    assert all(word in found for word in WORDS)
    assert phone_of(0)[1:] in found


def test_a_cell_that_cannot_be_read_is_refused_without_showing_it(delivered, tmp_path) -> None:
    for file in delivered.folder.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    calls = pd.read_csv(tmp_path / "calls.csv", dtype=str, keep_default_na=False)
    calls.loc[3, "called_at"] = f"{NAME} {PHONE}"
    calls.to_csv(tmp_path / "calls.csv", index=False)

    code, printed = command("report", tmp_path / "balanstest.toml", "--output", tmp_path / "uit")

    assert code == 3
    assert found_in({"stderr": printed}, traces()) == []
    assert not (tmp_path / "uit").exists()


def test_no_delivered_file_tells_more_than_the_published_result(delivered: Delivered) -> None:
    parted = {path.partition("/2026-Q3/")[2]: path for path in delivered.files}
    inside = {name: delivered.files[path] for name, path in parted.items() if name}
    delivery = Delivery(files=inside, dossier=load_dossier(delivered.folder / "balanstest.toml"))

    assert '"few"' in inside["resultaat.json"].decode()
    assert len([*figures_of(delivery)]) >= 5
    assert attacked(delivery) == []


def test_the_sizes_are_fit_to_be_sent(delivered: Delivered) -> None:
    sizes = {name.rpartition("/")[2]: len(content) for name, content in delivered.files.items()}

    assert sizes["onderbouwing.html"] <= 2_000_000
    assert sizes["onderbouwing.pdf"] <= 1_500_000


# ---------------------------------------------------------------- the PDF


def delivered_file(delivered: Delivered, name: str) -> bytes:
    [content] = [
        content for path, content in delivered.files.items() if path.endswith(f"/2026-Q3/{name}")
    ]
    return content


@pytest.fixture(scope="module")
def paper(delivered: Delivered) -> PdfReader:
    return PdfReader(io.BytesIO(delivered_file(delivered, "onderbouwing.pdf")))


def test_what_is_attached_to_the_pdf_is_what_lies_beside_it(delivered, paper) -> None:
    attached = dict(paper.attachments.items())
    tables = [path for path in delivered.files if re.search(r"/2026-Q3/tabellen/.*csv$", path)]

    assert set(attached) == {
        "resultaat.json",
        "tabellen.xlsx",
        *(path.rpartition("/")[2] for path in tables),
    }
    for name, contents in attached.items():
        folder = "tabellen/" if name.endswith(".csv") else ""
        assert contents == [delivered_file(delivered, folder + name)]


def test_the_notebook_alone_gives_the_same_pdf_and_page(delivered: Delivered) -> None:
    notebook = reads(delivered_file(delivered, "onderbouwing.ipynb").decode(), as_version=4)

    assert pdf_document(notebook) == delivered_file(delivered, "onderbouwing.pdf")
    assert html_page(notebook).encode() == delivered_file(delivered, "onderbouwing.html")


def test_the_whole_pdf_is_tagged_dutch_titled_and_bookmarked(paper: PdfReader) -> None:
    root = paper.trailer["/Root"]
    chapters = [entry["/Title"] for part in paper.outline for entry in flat(part)]

    assert root["/Lang"] == "nl-NL"
    assert root["/MarkInfo"]["/Marked"]
    assert paper.metadata is not None
    assert paper.metadata.title == "Onderbouwing van de klanttermijn"
    assert any(title.startswith("3b. ") for title in chapters)
    assert len(chapters) > 20


def flat(part):
    return [entry for inner in part for entry in flat(inner)] if isinstance(part, list) else [part]


def test_every_page_says_draft_and_its_number(paper: PdfReader) -> None:
    for number, page in enumerate(paper.pages, start=1):
        text = page.extract_text()
        assert "concept" in text
        assert f"bladzijde {number} van {len(paper.pages)}" in text


def test_no_picture_of_the_pdf_is_without_words(paper: PdfReader) -> None:
    figures = [element for element in structure(paper) if element.get("/S") == "/Figure"]

    assert len(figures) >= 5
    assert all(len(figure["/Alt"]) > 40 for figure in figures)


def test_each_table_has_the_number_in_its_file_name_that_the_report_prints(
    delivered: Delivered, paper: PdfReader
) -> None:
    text = " ".join("".join(page.extract_text() for page in paper.pages).split())
    book = CalamineWorkbook.from_filelike(io.BytesIO(delivered_file(delivered, "tabellen.xlsx")))

    assert len(book.sheet_names) > 15
    for name in book.sheet_names[1:]:
        printed = str(book.get_sheet_by_name(name).to_python()[0][0]).replace(". ", " ", 1)
        assert printed in text


# ---------------------------------------------------------------- the search can fail


def traces() -> Traces:
    return Traces(words=WORDS, phones=frozenset([PHONE[1:]]), digests=digests_of([KEY]))


def leaking(words: str) -> NotebookNode:
    fragment = Fragment(blocks=(Heading(level=1, text="Kop"), Paragraph(text=words)))
    output = new_output("display_data", data=fragment._repr_mimebundle_())
    cells = [new_code_cell("1", execution_count=1, outputs=[output])]
    return new_notebook(cells=cells, metadata={"balanstest": {"report_date": "2026-10-15"}})


def workbook(words: str) -> bytes:
    table = Table(columns=("a", "n"), rows=((words, "1"),), caption="Tabel")
    return table_files((table,), About(), dt.date(2026, 1, 1))[0].content


def in_an_attachment(words: str) -> bytes:
    table = Table(columns=("a", "n"), rows=((words, "1"),), caption="Tabel")
    notebook = leaking("niets")
    notebook.cells[0].outputs[0].data = Fragment(blocks=(table,))._repr_mimebundle_()
    return pdf_document(notebook)


def packed(name: str, content: bytes) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return whole.getvalue()


SVG = base64.b64encode(f"<svg><text>{NAME}</text></svg>".encode()).decode()
PLANTED = {
    "page.html": html_page(leaking(NAME)).encode(),
    "entities.html": "".join(f"&#{ord(c)};" for c in NAME).encode(),
    "named.html": html.escape(f"<{NAME}>").encode(),
    "picture.html": f'<img src="data:image/svg+xml;base64,{SVG}">'.encode(),
    "address.html": urllib.parse.quote("Kwikstaartlaan é 9876 ZQ").encode(),
    "text.pdf": pdf_document(leaking(f"{NAME}, {KEY}")),
    "attachment.pdf": in_an_attachment(NAME),
    "notebook.ipynb": writes(leaking(NAME)).encode(),  # type: ignore[no-untyped-call]
    "escaped.json": json.dumps({"a": "\u200bzwaluwst\u0061art"}).replace("zw", "\\u007aw").encode(),
    "phone.json": b'{"a": ["06-555 01 234"]}',
    "international.json": b'{"a": "+31655501234"}',
    "digest.json": hashlib.sha256(KEY.encode()).hexdigest().encode(),
    "short.json": hashlib.sha256(KEY.encode()).hexdigest()[:24].upper().encode(),
    "table.csv": f"a;{KEY}\r\n".encode("utf-8-sig"),
    "wide.csv": f"a;{NAME}\r\n".encode("utf-16"),
    "odd.bin": b"x" + NAME.encode("utf-16-be"),
    "table.xlsx": workbook(NAME),
    "bundle.zip": packed("a.xlsx", workbook(KEY)),
    "zwaluwstaart.csv": b"",
    "name.zip": packed("zwaluwstaart.txt", b""),
    "run.log": f"refused {KEY}".encode(),
}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_trace_is_found_in_every_format(name: str) -> None:
    assert found_in({name: PLANTED[name]}, traces())


def test_text_of_a_pdf_is_found_although_no_byte_of_the_file_shows_it() -> None:
    content = PLANTED["text.pdf"]

    assert NAME.encode() not in content
    assert NAME in PdfReader(io.BytesIO(content)).pages[0].extract_text()


def test_words_of_nobody_are_no_trace() -> None:
    clean = leaking("De zwaluw en de laan; 0655599999.")

    files = {"a.html": html_page(clean).encode(), "a.pdf": pdf_document(clean)}
    assert found_in(files | {"a.xlsx": workbook("zwaluw")}, traces()) == []
